"""Events at the station: what is on today and this week, one event and its stalls."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from flask import render_template

from kiosk import checkin, events, services
from kiosk.database import Tx
from kiosk.screens.station.sign_in_result import forget
from kiosk.screens.web.access import station_name
from kiosk.screens.web.forms import page_asked
from kiosk.screens.web.labels import when
from kiosk.screens.web.page import box, lang, new_tap, say
from kiosk.screens.web.screen import station
from kiosk.screens.web.ticket_form import shut
from kiosk.words import mark

screen = station(__name__)

PAGE = 4
"""Events on one page: cards that are read from where one stands."""

WEEK = timedelta(days=6)


class DayState(StrEnum):
    """What can be done about a day of an event now."""

    OFF = "off"
    LATER = "later"
    OPEN = "open"
    LEAVING = "leaving"
    OVER = "over"


@dataclass(frozen=True)
class ShownDay:
    """A day of an event as the station shows it; `opens` is when signing in begins.

    `places` are left; None where nobody counts them. `also` are other days of the same week.
    """

    day: events.EventDay
    when: str
    opens: str
    state: DayState
    is_today: bool
    places: int | None = None
    came: int = 0
    also: tuple[date, ...] = ()


@screen.get("/events")
def week() -> str:
    """Today and the six days after it, four events a page."""
    forget()
    now, centre = box().now(), box().centre
    first = centre.day(now)
    coming = _coming(now, first + WEEK)
    if not all(day.id for day in coming if day.on == first):
        # the nightly jobs have written them, unless the box was off for longer than it looks ahead
        with box().database.write() as tx:
            events.make_days(tx, centre, now)
        coming = _coming(now, first + WEEK)
    listed = _once_each(coming, now)
    page = min(page_asked(), len(listed) // PAGE)
    here = listed[page * PAGE : (page + 1) * PAGE]
    return render_template(
        "station/events/week.html",
        shown=[replace(_shown(day, now), also=tuple(also)) for day, also in here],
        page=page,
        more=len(listed) > (page + 1) * PAGE,
        also_text=also_text,
    )


def _once_each(
    coming: Sequence[events.EventDay], now: datetime
) -> list[tuple[events.EventDay, list[date]]]:  # fmt: skip
    """Each event with its next day, and on which others it is held: one every day is not seven cards.

    A day that was cancelled is shown beside the next one.
    """
    listed: list[tuple[events.EventDay, list[date]]] = []
    others: dict[int, list[date]] = {}
    for day in coming:
        if day.event_id in others and not day.cancelled:
            others[day.event_id].append(day.on)
        elif day.id is not None and (state := _state(day, now)) != DayState.OVER:
            listed.append((day, []))
            if state != DayState.OFF:
                others[day.event_id] = listed[-1][1]
    return listed


def also_text(days: Sequence[date]) -> str:
    """On which other days of the week: 每天都有, or 还有周四、周六; empty for none."""
    if len(days) >= WEEK.days - 1:
        return say(mark("每天都有"))
    names = say(mark("、")).join(_weekday(on) for on in days)
    return say(mark("还有%(days)s"), days=names) if days else ""


def _weekday(on: date) -> str:
    return f"{on:%a}" if lang() == "en" else f"周{events.WEEKDAYS[on.weekday()]}"


def _coming(now: datetime, last: date) -> Sequence[events.EventDay]:
    with box().database.read() as tx:
        return events.days_from(tx, box().centre, now, last, lang())


def _shown(day: events.EventDay, now: datetime, places: int | None = None, came: int = 0) -> ShownDay:
    centre = box().centre
    return ShownDay(
        day,
        when_text(day, now),
        when(centre.local(day.opens_at)),
        _state(day, now),
        day.on == centre.day(now),
        places,
        came,
    )


def when_text(day: events.EventDay, now: datetime) -> str:
    """今天 9:00–11:00; on another day its date."""
    words = events.when_text(box().centre, day, lang())
    if day.on != box().centre.day(now):
        return words
    return say(mark("今天 %(hours)s"), hours=events.hours_text(box().centre, day, lang()))


def _state(day: events.EventDay, now: datetime) -> DayState:
    if day.cancelled:
        return DayState.OFF
    if now < day.opens_at:
        return DayState.LATER
    if now <= day.ends_at:
        return DayState.OPEN
    # who is inside can always leave, so long as it is the same day, or just over
    is_leaving = day.counts_hours and (day.on == box().centre.day(now) or now <= day.over_at)
    return DayState.LEAVING if is_leaving else DayState.OVER


@screen.get("/events/<int:day_id>")
def event(day_id: int) -> str:
    """One day of an event, and what can be done about it now."""
    forget()
    station_name()
    with box().database.read() as tx:
        return render_template("station/events/event.html", one=shown_day(tx, day_id), tap=new_tap())


def shown_day(tx: Tx, day_id: int) -> ShownDay:
    """One day with its state and places. Raises events.UnknownEvent."""
    day = events.day_of(tx, day_id, lang())
    counts = checkin.counts(tx, day_id)
    places = None
    if day.capacity is not None:
        places = max(0, day.capacity - max(counts.registered, counts.signed_in))
    return _shown(day, box().now(), places, counts.signed_in)


@screen.get("/events/<int:day_id>/stalls")
def stalls(day_id: int) -> str:
    """The stalls of one day; each gives numbers like any service."""
    with box().database.read() as tx:
        one = shown_day(tx, day_id)
        offered = services.all_services(tx, lang(), one.day.on)
        codes = {stall.code for stall in one.day.stalls}
        listed = tuple(service for service in offered if service.code in codes)
        return render_template("station/events/stalls.html", one=one, services=listed, shut=shut(tx, listed))
