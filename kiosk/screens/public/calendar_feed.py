"""The centre's events as a calendar to subscribe to (RFC 5545), for phones and for the street's office."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING

from flask import Response, current_app, request
from msgspec import Struct

from kiosk import events
from kiosk.box import Box
from kiosk.screens.web.page import box, lang
from kiosk.screens.web.screen import public

if TYPE_CHECKING:
    from icalendar import Event

screen = public(__name__)

BACK, AHEAD = timedelta(days=7), timedelta(days=90)
"""How far the feed reaches. It is asked for again every few hours, so it need not reach for ever."""

KEPT_FOR = timedelta(minutes=10)
"""What changes without a change of an event, a team's name or a stall's, is in it after this."""

REFRESH = timedelta(hours=4)


@screen.get("/events.ics")
def feed() -> Response:
    """Each day of each event on its own.

    Not as rules: a day that was cancelled, moved or had its places changed is a row of its own here, and a
    rule that is edited must not move the days that have been. Times are in UTC, so that no reader needs our
    zone's table.
    """
    made = _calendar()
    headers = {"Content-Disposition": 'inline; filename="events.ics"', "Cache-Control": "max-age=600"}
    answer = Response(made.text, mimetype="text/calendar", headers=headers)
    answer.set_etag(made.tag)
    answer.make_conditional(request)
    return answer


class Made(Struct, frozen=True):
    """A calendar as it was written for one language at one version of the events."""

    box: Box
    version: tuple[object, ...]
    at: datetime
    text: bytes
    tag: str


_ONE_WRITES = Lock()


def _calendar() -> Made:
    """Written once for each change: two thousand days take a second, and phones ask every few hours.

    Who asks while it is written gets the one before, so that no second thread is busy with it; without one
    he waits.
    """
    version, made = _kept()
    if made is not None and _is_good(made, version):
        return made
    if not _ONE_WRITES.acquire(blocking=made is None):
        return made  # type: ignore[return-value]
    try:
        version, made = _kept()  # somebody else may have written it
        if made is None or not _is_good(made, version):
            text = _written()
            made = Made(box(), version, box().now(), text, sha256(text).hexdigest()[:32])
            current_app.extensions["calendar_feeds"][lang()] = made
        return made
    finally:
        _ONE_WRITES.release()


def _kept() -> tuple[tuple[object, ...], Made | None]:
    """What a calendar of now is made of, and the one that there is of this box."""
    with box().database.read() as tx:
        version = (box().centre.day(box().now()), *events.version(tx))
    made: Made | None = current_app.extensions.setdefault("calendar_feeds", {}).get(lang())
    return version, made if made is not None and made.box is box() else None


def _is_good(made: Made, version: tuple[object, ...]) -> bool:
    return made.version == version and timedelta() <= box().now() - made.at < KEPT_FOR


def _written() -> bytes:
    from icalendar import (
        Calendar,
        Event,
    )  # to load it took 75 ms of each start; few centres have a subscriber

    now, centre = box().now(), box().centre
    first = centre.day(now)
    with box().database.read() as tx:
        days = events.days_between(tx, centre, first - BACK, first + AHEAD, lang())
        edits = events.edits(tx)
    calendar = Calendar()
    calendar.add("prodid", "-//Linli//events//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", centre.name(lang()))
    calendar.add("x-wr-timezone", centre.settings.zone.key)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for day in days:
        calendar.add_component(_filled(Event(), day, edits[day.event_id]))
    return bytes(calendar.to_ical())


def _filled(entry: Event, day: events.EventDay, edited: events.Edited) -> Event:
    # the centre's own address: whoever subscribes to two would lose events whose names were the same
    entry.add("uid", f"{day.event_id}-{day.on:%Y%m%d}@{box().centre.address}")
    entry.add("dtstamp", box().now())
    entry.add("sequence", edited.times)
    entry.add("last-modified", edited.at)
    entry.add("dtstart", day.starts_at)
    entry.add("dtend", day.ends_at)
    entry.add("summary", day.title)
    entry.add("location", day.place)
    entry.add("description", "\n".join(_about(day)))
    entry.add("status", "CANCELLED" if day.cancelled else "CONFIRMED")
    return entry


def _about(day: events.EventDay) -> list[str]:
    stalls = "、".join(stall.name for stall in day.stalls)
    return [line for line in (day.cancelled, day.organiser, day.about, stalls) if line]
