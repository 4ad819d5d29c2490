"""The state's holidays: taken over one by one, with the days worked for them; new years by a file."""

from datetime import date

from flask import render_template, request
from werkzeug.wrappers import Response

from kiosk import opening, staff
from kiosk.centre import Centre
from kiosk.opening_hours import SpecialDay
from kiosk.screens.web.access import asked
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import Draft, done, text
from kiosk.screens.web.page import box, say
from kiosk.screens.web.screen import staffed
from kiosk.words import Own, Refusal, mark

screen = staffed(
    __name__, staff.Role.ADMIN, menu=None, under="centre.opening", url_prefix="/admin/opening/holidays"
)

MOST_BYTES = 64 * 1024
WORK_LIKE = 0
"""A Saturday or Sunday that is worked for a holiday has Monday's hours."""


@screen.get("")
def every() -> str:
    """The holidays to come, and whether the centre follows each."""
    return _page(Draft({}))


@screen.post("")
def take_over() -> Response:
    """Be off and open for one holiday as the state says."""
    with box().database.write() as tx:
        centre = box().centre.as_of(tx)
        today = centre.day(box().now())
        holiday = opening.holiday_of(tx, text("holiday"), today)
        opening.set_days(tx, centre, asked(), _days(centre, holiday, today), holiday.name)
    return done(say(mark("记下了：%(name)s照国家的安排。"), name=holiday.name), ".every")


@screen.post("/file")
def bring() -> Response | tuple[str, int]:
    """Another year, from a file."""
    sent = request.files.get("file")
    try:
        if sent is None or not sent.filename:
            return _page(Draft({}).judged({"file": "empty"})), 400
        today = box().centre.day(box().now())
        days = opening.read_holidays(sent.stream.read(MOST_BYTES), today)
        with box().database.write() as tx:
            opening.keep_holidays(tx, asked(), days)
    except Refusal as refusal:
        return _page(Draft({}, {"file": words_of(refusal)})), status_of(refusal)
    return done(say(mark("放假安排收下了。要照着放，请一个一个按“照这样”。")), ".every")


def _days(centre: Centre, holiday: opening.Holiday, today: date) -> dict[date, SpecialDay | None]:
    """What the centre does on the days of a holiday that are still to come.

    A centre without hours is open on any day, so nothing is special on one that is worked.
    """
    worked = Own(f"{holiday.name}调休上班")
    like = centre.hours.week[WORK_LIKE] if centre.hours.week else ()
    return {
        one.day: SpecialDay(words=Own(holiday.name)) if one.is_off else SpecialDay(like, worked)
        for one in holiday.days
        if one.day >= today and (one.is_off or like)
    }


def _page(draft: Draft) -> str:
    with box().database.read() as tx:
        centre = box().centre.as_of(tx)
        today = centre.day(box().now())
        known = opening.holidays(tx, today)
        until = opening.known_until(tx, today)
    shown = []
    for holiday in known:
        wanted = _days(centre, holiday, today)
        is_followed = all(_alike(centre.hours.days.get(day), special) for day, special in wanted.items())
        shown.append((holiday, bool(wanted) and is_followed))
    return render_template(
        "centre/opening_holidays/every.html",
        draft=draft,
        holidays=shown,
        until=until,
        next_year=today.year + 1,
        is_late=today.month >= 11,
    )


def _alike(present: SpecialDay | None, wanted: SpecialDay | None) -> bool:
    return present is not None and wanted is not None and present.is_off == wanted.is_off
