"""The hours of each week as a table of times, and how many minutes before it the numbers begin and end."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from kiosk import changes, opening, staff
from kiosk.centre import Centre
from kiosk.screens.centre.hours_form import read_spans, span_names, written_spans
from kiosk.screens.web.access import asked
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import Draft, Reading, done, text, whole
from kiosk.screens.web.labels import DAY_WORDS
from kiosk.screens.web.page import box, say
from kiosk.screens.web.screen import staffed
from kiosk.words import mark

screen = staffed(
    __name__, staff.Role.ADMIN, menu=None, under="centre.opening", url_prefix="/admin/opening/week"
)

MINUTES = {"numbers_early_min": 120, "last_ticket_min": 240}
"""The most of each."""
MINUTE_WORDS = {
    "numbers_early_min": mark("开门前几分钟开始给号"),
    "last_ticket_min": mark("关门前几分钟不再给号"),
}
NAMES = (*(name for day in opening.WEEKDAYS for name in span_names(day)), *MINUTES)
MONDAY, COPIED = "1", ("2", "3", "4", "5")
ANSWER = Response | tuple[str, int] | str


@screen.get("")
def form() -> str:
    """The week as it is."""
    with box().database.read() as tx:
        centre = box().centre.as_of(tx)
        seen = changes.newest(tx, "opening", opening.WEEK)
    return _form(Draft(_written(centre)), seen)


@screen.post("")
def save() -> ANSWER:
    """Keep it; or, asked so, show it with Monday's hours from Tuesday to Friday, unsaved."""
    values, seen = {name: text(name) for name in NAMES}, whole("seen")
    if "copy" in request.form:
        return _form(Draft(_copied(values)), seen, is_copied=True)
    reading = Reading(values)
    week = _read(reading)
    if reading.faults:
        return _form(Draft(values).judged(reading.faults), seen), 400
    try:
        with box().database.write() as tx:
            changes.check_seen(tx, "opening", opening.WEEK, seen)
            opening.set_week(tx, box().centre, asked(), week)
    except changes.ChangedMeanwhile as refusal:
        newest = refusal.changes[-1].id if refusal.changes else seen
        return _form(Draft(values, {"week": words_of(refusal)}), newest, refusal.changes), status_of(refusal)
    return done(say(mark("每周的时间改好了，马上就用。")), "centre.opening.now")


def _read(reading: Reading) -> opening.Week:
    days = tuple(read_spans(reading, day) for day in opening.WEEKDAYS)
    early, last = (reading.whole(name, most) or 0 for name, most in MINUTES.items())
    week = opening.Week(days, early, last)
    if not reading.faults and (code := opening.week_faults(week)):
        reading.faults["last_ticket_min"] = code
    return week


def _written(centre: Centre) -> dict[str, str]:
    days = centre.hours.week or ((),) * len(opening.WEEKDAYS)
    values = {name: str(getattr(centre.settings, name)) for name in MINUTES}
    for day, periods in zip(opening.WEEKDAYS, days, strict=True):
        values |= written_spans(periods, day)
    return values


def _copied(values: Mapping[str, str]) -> dict[str, str]:
    copied = {
        name: values[first]
        for day in COPIED
        for name, first in zip(span_names(day), span_names(MONDAY), strict=True)
    }
    return {**values, **copied}


def _form(draft: Draft, seen: int, since: tuple[changes.Change, ...] = (), *, is_copied: bool = False) -> str:
    fields: list[dict[str, Any]] = [
        {"words": words, "names": span_names(day)}
        for day, words in zip(opening.WEEKDAYS, DAY_WORDS, strict=True)
    ]
    return render_template(
        "centre/opening_week/form.html",
        draft=draft,
        days=fields,
        seen=seen,
        is_copied=is_copied,
        differences=[
            one for change in since for one in changes.differing(change.noted.before, change.noted.after)
        ],
        names=dict(zip(opening.WEEKDAYS, DAY_WORDS, strict=True)) | MINUTE_WORDS,
    )
