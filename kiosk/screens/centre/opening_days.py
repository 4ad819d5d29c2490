"""Days that are not like the week: off, worked for another day, or with hours of their own."""

from datetime import date, timedelta

from flask import render_template, request
from werkzeug.wrappers import Response

from kiosk import opening, staff
from kiosk.opening_hours import SpecialDay
from kiosk.screens.centre.hours_form import periods_of, read_spans, span_names, written_spans
from kiosk.screens.centre.opening import day_cell
from kiosk.screens.web.access import asked
from kiosk.screens.web.forms import Draft, Reading, day, done, text
from kiosk.screens.web.labels import DAY_WORDS
from kiosk.screens.web.page import box, say
from kiosk.screens.web.screen import staffed
from kiosk.words import Own, mark

screen = staffed(
    __name__, staff.Role.ADMIN, menu=None, under="centre.opening", url_prefix="/admin/opening/days"
)

KINDS = {
    "off": mark("休息，不取号"),
    "like": mark("开，照另一个星期几的时间（调休上班）"),
    "hours": mark("开，按下面的时间"),
}
SPAN_NAMES = span_names("")
NAMES = ("first_on", "last_on", "kind", "like", *SPAN_NAMES, "words", "words_en")
FURTHEST = timedelta(days=3653)
MOST_LISTED = 200


@screen.get("")
def form() -> str:
    """Every special day to come, and the form; filled in with the day that was pressed."""
    with box().database.read() as tx:
        centre = box().centre.as_of(tx)
    today = centre.day(box().now())
    on = Reading(request.args).day("on") or today
    special = centre.hours.days.get(on)
    periods = centre.hours.on(on)
    values = {
        "first_on": f"{on}",
        "last_on": f"{on}",
        "kind": "hours" if "kind" in request.args else _kind_of(special),
        "like": str(special.like + 1) if special and special.like is not None else "",
        "words": special.words.zh if special else "",
        "words_en": special.words.en if special else "",
    }
    return _form(Draft(values | written_spans(periods, "")))


@screen.post("")
def save() -> Response | tuple[str, int]:
    """Make a day special, or a row of days."""
    values = {name: text(name) for name in NAMES}
    reading = Reading(values)
    first, kind = reading.day("first_on"), reading.choice("kind", KINDS)
    last = reading.day("last_on") if values["last_on"] else first
    spans = read_spans(reading, "") if kind == "hours" else ()
    like = _weekday(reading) if kind == "like" else None
    if kind == "hours" and not spans and not reading.faults:
        reading.faults[SPAN_NAMES[0]] = "empty"
    faults = reading.faults | opening.words_faults(values)
    if first and last:
        faults |= _range_faults(first, last)
    if first is None or last is None or faults:
        return _form(Draft(values).judged(faults)), 400
    special = SpecialDay(periods_of(spans), Own(values["words"], values["words_en"]), like)
    with box().database.write() as tx:
        days = dict.fromkeys(opening.days_between(first, last), special)
        opening.set_days(tx, box().centre, asked(), days, values["words"])
    return done(say(mark("记下了。")), "centre.opening.now")


@screen.post("/remove")
def remove() -> Response:
    """Let a day be like the week again."""
    with box().database.write() as tx:
        opening.clear_day(tx, box().centre, asked(), day("day"))
    return done(say(mark("去掉了，那天照每周的时间。")), ".form")


def _kind_of(special: SpecialDay | None) -> str:
    if special is None or special.is_off:
        return "off"
    return "hours" if special.follows is None else "like"


def _weekday(reading: Reading) -> int | None:
    """The weekday as which a day is worked, one on which the centre is open."""
    offered = [str(day + 1) for day in opening.open_weekdays(box().centre)]
    found = reading.choice("like", offered)
    return None if found is None else int(found) - 1


def _range_faults(first: date, last: date) -> dict[str, str]:
    today = box().centre.day(box().now())
    if first < today:
        return {"first_on": "past_day"}
    if last < first:
        return {"last_on": "order"}
    if last > today + FURTHEST:
        return {"last_on": "years"}
    return {"last_on": "too_many_days"} if (last - first).days >= opening.MOST_DAYS else {}


def _form(draft: Draft) -> str:
    centre = box().centre
    today = centre.day(box().now())
    coming = sorted((on, one) for on, one in centre.hours.days.items() if on >= today)
    return render_template(
        "centre/opening_days/form.html",
        draft=draft,
        kinds=KINDS,
        weekdays=[(str(day + 1), say(DAY_WORDS[day])) for day in opening.open_weekdays(centre)],
        coming=[(day_cell(centre, on)) for on, _ in coming[:MOST_LISTED]],
        day_words=DAY_WORDS,
    )
