"""The centre itself: its name, its time zone, and when it is open."""

from datetime import time

from flask import request
from werkzeug.wrappers import Response

from kiosk import opening, setup
from kiosk.screens.setup._steps import go_on, note_done, step_page
from kiosk.screens.web.access import asked
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import Draft, Reading, text
from kiosk.screens.web.labels import zone_choices
from kiosk.screens.web.page import box, say
from kiosk.screens.web.screen import staffed
from kiosk.setup import Days, Step
from kiosk.staff import Role
from kiosk.words import mark

screen = staffed(__name__, Role.ADMIN, menu=None, under="accounts.staff_accounts", url_prefix="/setup")

Answer = Response | str | tuple[str, int]

KINDS = (0, 1)
"""Two kinds of days are asked for: those of the week, and others."""

DAY_WORDS = {
    1: mark("周一"), 2: mark("周二"), 3: mark("周三"), 4: mark("周四"), 5: mark("周五"), 6: mark("周六"),
    7: mark("周日"),
}  # fmt: skip
TIMES = ("opens", "closes", "opens_again", "closes_again")
TWICE = mark("有一天上面已经勾了，只能勾一次。")


@screen.get("/centre")
def name() -> str:
    """What it is called, and where on earth its clock is."""
    centre = box().centre
    names = {"name": centre.name("zh"), "name_en": centre.name("en")}
    return _name(Draft(names | {"time_zone": centre.settings.time_zone}))


@screen.post("/centre")
def call() -> Answer:
    """Call it so from now on."""
    values = {field: text(field) for field in ("name", "name_en")}
    zone = text("time_zone") or box().settings.time_zone
    known = (*opening.zones(), box().settings.time_zone)
    faults = setup.name_faults(values) | ({} if zone in known else {"time_zone": "choice"})
    draft = Draft(values | {"time_zone": zone}).judged(faults)
    if draft.faults:
        return _name(draft), 400
    try:
        with box().database.write() as tx:
            setup.write_name(tx, box().centre, asked(), values | {"time_zone": zone})
            note_done(tx, Step.CENTRE)
    except (opening.DayBegun, opening.DayIsOver) as refusal:
        return _name(draft.with_faults({"time_zone": words_of(refusal)})), status_of(refusal)
    return go_on(Step.CENTRE)


def _name(draft: Draft) -> str:
    return step_page("setup/centre/name.html", Step.CENTRE, draft=draft, zones=zone_choices())


@screen.get("/hours")
def hours() -> str:
    """The week as it is, as far as this form shows it; the usual one at first."""
    with box().database.read() as tx:
        is_done = Step.HOURS in setup.done_steps(tx)
        week = box().centre.as_of(tx).hours
    kinds = setup.days_of(week)
    if not week.week and not is_done:
        kinds = setup.USUAL
    return _hours(
        _draft_of(kinds or setup.USUAL, is_always=is_done and not week.week), is_finer=kinds is None
    )


@screen.post("/hours")
def open_so() -> Answer:
    """Be open so from now on."""
    is_always = bool(request.form.get("always"))
    draft, kinds = _read()
    if not is_always:
        found = setup.week_faults(kinds)
        twice = {"days1": say(TWICE)} if found.get("days1") else {}
        draft = draft.judged({field: code for field, code in found.items() if field != "days1"}).with_faults(
            twice
        )
    if draft.faults:
        return _hours(draft), 400
    with box().database.write() as tx:
        setup.write_week(tx, box().centre, asked(), "" if is_always else setup.week_text(kinds))
        note_done(tx, Step.HOURS)
    return go_on(Step.HOURS)


def _read() -> tuple[Draft, tuple[Days, Days]]:
    """The form as it was sent, with what is no time at all, and what it says."""
    reading = Reading(request.form)
    kinds = tuple(_kind(reading, at) for at in KINDS)
    ticked = {f"days{at}": tuple(request.form.getlist(f"days{at}")) for at in KINDS}
    ticked["always"] = tuple(request.form.getlist("always"))
    values = {f"{field}{at}": text(f"{field}{at}") for at in KINDS for field in TIMES}
    in_use = {field: code for field, code in reading.faults.items() if ticked[f"days{field[-1]}"]}
    draft = Draft(values, ticked=ticked)
    return (draft if ticked["always"] else draft.judged(in_use)), (kinds[0], kinds[1])


def _kind(reading: Reading, at: int) -> Days:
    days = tuple(day for day in DAY_WORDS if str(day) in request.form.getlist(f"days{at}"))
    read = [reading.clock(f"{field}{at}") if text(f"{field}{at}") else None for field in TIMES]
    return Days(days, (read[0], read[1]), (read[2], read[3]))


def _draft_of(kinds: tuple[Days, Days], *, is_always: bool) -> Draft:
    values: dict[str, str] = {}
    ticked: dict[str, tuple[str, ...]] = {"always": ("1",) if is_always else ()}
    for at, kind in enumerate(kinds):
        times = (*kind.morning, *kind.afternoon)
        values |= {f"{field}{at}": _said(moment) for field, moment in zip(TIMES, times, strict=True)}
        ticked[f"days{at}"] = tuple(str(day) for day in kind.days)
    return Draft(values, ticked=ticked)


def _said(moment: time | None) -> str:
    return f"{moment:%H:%M}" if moment else ""


def _hours(draft: Draft, *, is_finer: bool = False) -> str:
    return step_page(
        "setup/centre/hours.html",
        Step.HOURS,
        draft=draft,
        kinds=KINDS,
        days=DAY_WORDS,
        is_finer=is_finer,
    )
