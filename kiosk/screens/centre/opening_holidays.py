"""The state's holidays: taken over one by one, with the days worked for them; new years by a file."""

from datetime import date

from flask import render_template, request
from werkzeug.wrappers import Response

from kiosk import concerns, opening, staff
from kiosk.centre import Centre
from kiosk.screens.web.access import asked
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import Draft, choice, done, text
from kiosk.screens.web.labels import DAY_WORDS
from kiosk.screens.web.page import box, say
from kiosk.screens.web.screen import staffed
from kiosk.words import Refusal, mark

screen = staffed(
    __name__, staff.Role.ADMIN, menu=None, under="centre.opening", url_prefix="/admin/opening/holidays"
)

MOST_BYTES = 64 * 1024


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
        days = opening.days_for(centre, holiday, today, _worked_as(centre, holiday))
        opening.set_days(tx, centre, asked(), days, holiday.name)
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
            moved = concerns.recount(tx, box().centre, asked())
    except Refusal as refusal:
        return _page(Draft({}, {"file": words_of(refusal)})), status_of(refusal)
    return done(say(mark("放假安排收下了。要照着放，请一个一个按“照这样”。")) + _moved(moved), ".every")


def _moved(count: int) -> str:
    """A sentence about the answers that are due on another day now; "" for none."""
    return say(mark("居民的事有%(count)s件，答复的日子跟着变了。"), count=count) if count else ""


@screen.post("/notice")
def paste() -> Response | tuple[str, int]:
    """Another year, from the text of the State Council's notice."""
    written = request.form.get("text", "")
    if not written.strip() or len(written) > opening.LONGEST_TEXT:
        fault = "long" if written.strip() else "empty"
        return _page(Draft({"text": ""}).judged({"text": fault})), 400
    try:
        notice = opening.read_notice(written, box().centre.day(box().now()))
        with box().database.write() as tx:
            opening.keep_notice(tx, asked(), notice)
            moved = concerns.recount(tx, box().centre, asked())
    except Refusal as refusal:
        return _page(Draft({"text": written}, {"text": words_of(refusal)})), status_of(refusal)
    words = say(
        mark("%(year)s年收下了：放假%(off)s天，周末上班%(worked)s天。要照着放，请一个一个按“照这样”。"),
        year=notice.year, off=notice.off, worked=notice.worked,
    )  # fmt: skip
    return done(words + _moved(moved), ".every")


def _worked_as(centre: Centre, holiday: opening.Holiday) -> dict[date, int]:
    """The weekday as which each day is worked that the form says something of. Raises Malformed."""
    offered = [str(day) for day in opening.open_weekdays(centre)]
    said = {day: choice(f"like_{day}", offered) for day in holiday.worked if text(f"like_{day}")}
    return {day: int(weekday) for day, weekday in said.items()}


def _page(draft: Draft) -> str:
    with box().database.read() as tx:
        centre = box().centre.as_of(tx)
        today = centre.day(box().now())
        known = opening.holidays(tx, today)
        until = opening.known_until(tx, today)
    shown = [(one, opening.is_followed(centre, one, today), opening.likely(centre, one)) for one in known]
    return render_template(
        "centre/opening_holidays/every.html",
        draft=draft,
        holidays=shown,
        known=centre.hours.days,
        open_weekdays=opening.open_weekdays(centre),
        day_words=DAY_WORDS,
        until=until,
        next_year=today.year + 1,
        is_late=today.month >= 11,
    )
