"""Events at the station: what is on today and this week, one event and its stalls."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil

from flask import render_template, request
from msgspec import Struct
from msgspec.structs import replace

from kiosk import checkin, events, services, speech, spool
from kiosk.database import Tx
from kiosk.screens.station.parts.choices import width
from kiosk.screens.station.parts.sign_in_result import forget
from kiosk.screens.web.access import station_name
from kiosk.screens.web.forms import page_asked
from kiosk.screens.web.labels import when
from kiosk.screens.web.page import box, lang, new_tap, say
from kiosk.screens.web.screen import station
from kiosk.screens.web.ticket_form import shut
from kiosk.words import mark

screen = station(__name__)

PAGE = 4
"""Events on one page at most: cards that are read from where one stands."""


class Room(Struct, frozen=True):
    """What a panel has for the list, in characters and millimetres, with large text.

    `columns` cards share a row. `title` and `line` are characters of a line in a card of one column,
    `title_mm` and `line_mm` the heights of such lines, `mm` that of the whole list.
    """

    columns: int
    title: float
    line: float
    title_mm: float
    line_mm: float
    mm: float

    def height(self, one: "ShownDay", *, is_broad: bool = False) -> float:
        """How high the card of a day is, in millimetres; a broad one takes the whole row."""
        share = self.columns if is_broad else 1
        lines = sum(
            ceil(width(words) / (self.line * share)) for words in one.told(is_whole=self.columns == 1)
        )
        titles = ceil(width(one.day.title) / (self.title * share))
        return titles * self.title_mm + lines * self.line_mm + EDGE_MM

    def has_room(self, page: Sequence["ShownDay"]) -> bool:
        """Whether these stand on one page, their words whole."""
        rows: list[float] = []
        free = 0  # columns of the last row that nothing stands in
        for one in page:
            needs = self.columns if one.is_broad else 1
            if needs > free:
                rows.append(0)
                free = self.columns
            rows[-1] = max(rows[-1], self.height(one, is_broad=one.is_broad))
            free -= needs
        return len(page) == 1 or sum(rows) + (len(rows) - 1) * GAP_MM <= self.mm


EDGE_MM, GAP_MM = 1, 5
"""Around the words of a card, and between two rows."""

ROOMS = (
    Room(columns=2, title=13.5, line=14.5, title_mm=12.5, line_mm=11.7, mm=80),
    Room(columns=2, title=12, line=15.5, title_mm=12.5, line_mm=9.4, mm=90),
    Room(columns=1, title=15, line=20, title_mm=19.5, line_mm=14, mm=330),
)
"""A wide panel of 15.6", one of 4:3, a tall one; others have more."""

WEEK = timedelta(days=6)


class DayState(StrEnum):
    """What can be done about a day of an event now."""

    OFF = "off"
    LATER = "later"
    OPEN = "open"
    LEAVING = "leaving"
    OVER = "over"


OVER = {DayState.OFF: mark("已取消"), DayState.LEAVING: mark("已经结束")}
"""What stands beside the hour of a day that nobody need come to."""


class ShownDay(Struct, frozen=True):
    """A day of an event as the station shows it; `opens` is when signing in begins.

    `when_said` are the clips that say `when`, stems between spaces. `places` are left; None where nobody
    counts them. `also` are other days of the same week; `is_broad`: its words need a row of a wide panel.
    """

    day: events.EventDay
    when: str
    opens: str
    state: DayState
    is_today: bool
    when_said: str = ""
    places: int | None = None
    came: int = 0
    also: tuple[date, ...] = ()
    is_broad: bool = False

    def told(self, *, is_whole: bool) -> tuple[str, ...]:
        """The lines under the title: when and where, and, told whole, the stalls or who holds it."""
        also = also_text(self.also)
        more = say(mark("、")).join(stall.name for stall in self.day.stalls) or self.day.organiser
        when = f"{self.when} · {also}" if also else self.when
        if over := OVER.get(self.state):
            when = f"{when} {say(over)}"
        return (when, self.day.place, more) if is_whole and more else (when, self.day.place)


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
    every = pages_of(replace(_shown(day, now), also=tuple(also)) for day, also in listed)
    page = min(page_asked(), len(every) - 1)
    return render_template(
        "station/events/week.html",
        over=OVER,
        shown=every[page],
        page=page,
        count=len(every),
        also_text=also_text,
    )


def pages_of(shown: Iterable[ShownDay]) -> list[list[ShownDay]]:
    """Cut into pages on which no word is cut, in their sequence; one empty page of none."""
    every: list[list[ShownDay]] = [[]]
    for one in shown:
        # two rows share what a wide panel has
        is_broad = any(room.height(one) > (room.mm - GAP_MM) / 2 for room in ROOMS if room.columns > 1)
        fitted = replace(one, is_broad=is_broad)
        page = [*every[-1], fitted]
        if len(page) > PAGE or not all(room.has_room(page) for room in ROOMS):
            every.append([])
        every[-1].append(fitted)
    return every


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
        _when_said(day),
        places,
        came,
    )


def _when_said(day: events.EventDay) -> str:
    """The clips that say its weekday and its hours: "周三八点半到十点"."""
    language = speech.language_of(lang())
    starts, ends = (box().centre.local(at) for at in (day.starts_at, day.ends_at))
    begins = speech.time_clips(starts.time(), starts.weekday(), language)
    return " ".join(
        (*begins, "to" if language == "en" else "dao", *speech.time_clips(ends.time(), None, language))
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
    """One day of an event, and what most people come for; with `more` what else can be done about it now."""
    forget()
    station_name()
    page = "others" if "more" in request.args else "event"
    with box().database.read() as tx:
        one, prints = shown_day(tx, day_id), spool.has_printer(tx, box().settings)
        return render_template(f"station/events/{page}.html", one=one, tap=new_tap(), prints=prints)


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
