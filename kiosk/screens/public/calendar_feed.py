"""The centre's events as a calendar to subscribe to (RFC 5545), for phones and for the street's office."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Response, current_app
from icalendar import Calendar, Event

from kiosk import events
from kiosk.box import Box
from kiosk.screens.web.page import box, lang
from kiosk.screens.web.screen import public

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
    headers = {"Content-Disposition": 'inline; filename="events.ics"', "Cache-Control": "max-age=600"}
    return Response(_calendar(), mimetype="text/calendar", headers=headers)


@dataclass(frozen=True)
class Made:
    """A calendar as it was written for one language at one version of the events."""

    box: Box
    version: tuple[object, ...]
    at: datetime
    text: bytes


def _calendar() -> bytes:
    """Written once for each change: two thousand days take a second, and phones ask every few hours."""
    now = box().now()
    kept: dict[str, Made] = current_app.extensions.setdefault("calendar_feeds", {})
    with box().database.read() as tx:
        version = (box().centre.day(now), *events.version(tx))
    made = kept.get(lang())
    is_same = made is not None and made.box is box() and made.version == version
    if made is None or not is_same or not timedelta() <= now - made.at < KEPT_FOR:
        made = kept[lang()] = Made(box(), version, now, _written())
    return made.text


def _written() -> bytes:
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
        calendar.add_component(_entry(day, edits[day.event_id]))
    return bytes(calendar.to_ical())


def _entry(day: events.EventDay, edited: events.Edited) -> Event:
    entry = Event()
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
