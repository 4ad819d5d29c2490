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
    _write_todays_days(now)
    with box().database.read() as tx:
        coming = events.days_from(tx, centre, now, first + WEEK, lang())
    shown = _once_each(coming, now)
    page = min(page_asked(), len(shown) // PAGE)
    here = shown[page * PAGE : (page + 1) * PAGE]
    return render_template(
        "station/events/week.html",
        shown=here,
        page=page,
        more=len(shown) > (page + 1) * PAGE,
        also_text=also_text,
    )


def _once_each(coming: Sequence[events.EventDay], now: datetime) -> list[ShownDay]:
    """Each event with its next day, and on which others it is held: one every day is not seven cards.

    A day that was cancelled is shown beside the next one.
    """
    shown: list[ShownDay] = []
    for day in coming:
        earlier = [one for one in shown if one.day.event_id == day.event_id and one.state != DayState.OFF]
        if earlier and not day.cancelled:
            shown[shown.index(earlier[0])] = replace(earlier[0], also=(*earlier[0].also, day.on))
        elif day.id is not None and _state(day, now) != DayState.OVER:
            shown.append(_shown(day, now))
    return shown


def also_text(days: Sequence[date]) -> str:
    """On which other days of the week: 每天都有, or 还有周四、周六; empty for none."""
    if len(days) >= WEEK.days - 1:
        return say(mark("每天都有"))
    names = say(mark("、")).join(_weekday(on) for on in days)
    return say(mark("还有%(days)s"), days=names) if days else ""


def _weekday(on: date) -> str:
    return f"{on:%a}" if lang() == "en" else f"周{events.WEEKDAYS[on.weekday()]}"


def _write_todays_days(now: datetime) -> None:
    # the nightly jobs have written them, unless the box was off for longer than it looks ahead
    with box().database.read() as tx:
        is_written = all(day.id for day in events.today(tx, box().centre, now, lang()))
    if not is_written:
        with box().database.write() as tx:
            events.make_days(tx, box().centre, now)


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
