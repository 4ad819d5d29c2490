"""The form of an event: what was typed, what is wrong with it, and the plan that it makes."""

from collections.abc import Mapping
from datetime import date, time

from msgspec import Struct

from kiosk import events
from kiosk.screens.office.repeating import WEEKDAYS, Repeat, Repeating, repeating_of, rule_of
from kiosk.screens.web.forms import Draft, Reading
from kiosk.screens.web.page import typed

TEXTS = ("title", "title_en", "place", "place_en", "about", "about_en")
NUMBERS = ("capacity", "early_min", "grace_min", "points_per_hour")
BLANK = {
    "kind": events.EventKind.ACTIVITY, "repeat": Repeat.ONCE, "starts": "09:00", "ends": "11:00",
    "early_min": "30", "grace_min": "30", "points_per_hour": "10",
}  # fmt: skip


def blank(today: date) -> Draft:
    """The form of a new event."""
    return Draft(BLANK | {"first_on": f"{today}"})


def draft_of(plan: events.EventPlan) -> Draft:
    """The form of an event that is there."""
    chosen = repeating_of(plan.rule, plan.first_on)
    ends = (plan.starts.hour * 60 + plan.starts.minute + plan.lasts_min) % (24 * 60)
    values = {name: str(getattr(plan, name)) for name in ("kind", *TEXTS)}
    values |= {name: _shown(getattr(plan, name)) for name in (*NUMBERS, "team_id")}
    values |= {
        "first_on": f"{plan.first_on}",
        "starts": f"{plan.starts:%H:%M}",
        "ends": f"{ends // 60:02d}:{ends % 60:02d}",
        "repeat": chosen.repeat,
        "until": f"{chosen.until or ''}",
        "rule": plan.rule,
    }
    return Draft(values, ticked={"day": chosen.days})


class About(Struct, frozen=True):
    """What a form is judged beside: the date today, who may organise, and what the event has been."""

    today: date
    team_ids: frozenset[int]
    before: events.EventPlan | None = None


def read(
    form: Mapping[str, str], days: list[str], about: About
) -> tuple[Draft, events.EventPlan | None]:  # fmt: skip
    """What was typed, judged field by field, and the plan that it makes: None while something is wrong."""
    values = {name: typed(text)[:600] for name, text in form.items()}
    reading = Reading(values)
    plan = _plan(reading, tuple(day for day in WEEKDAYS if day in days), about.team_ids)
    faults = dict(reading.faults)
    if plan is not None:
        # the rooms know two fields by other names than the form
        names = {"lasts_min": "ends", "rule": "repeat"}
        found = events.plan_faults(plan, about.today, about.before)
        faults |= {names.get(name, name): fault for name, fault in found.items()}
    draft = Draft(values, ticked={"day": tuple(days)}).judged(faults)
    return draft, None if faults else plan


def _plan(reading: Reading, days: tuple[str, ...], team_ids: frozenset[int]) -> events.EventPlan | None:
    first_on, starts, ends = reading.day("first_on"), reading.clock("starts"), reading.clock("ends")
    until = reading.day("until") if reading.values.get("until") else None
    numbers = {name: reading.whole(name) for name in (*NUMBERS, "team_id")}
    kind, repeat = reading.choice("kind", events.EventKind), reading.choice("repeat", Repeat)
    if numbers["team_id"] is not None and numbers["team_id"] not in team_ids:
        reading.faults["team_id"] = "choice"
    for name in set(NUMBERS) - {"capacity"}:
        if numbers[name] is None:
            reading.need(name)
    if starts is not None and ends == starts:
        reading.faults["ends"] = "order"
    if reading.faults or not (first_on and starts is not None and ends is not None and kind and repeat):
        return None
    rule = rule_of(Repeating(repeat, days, until), first_on, reading.values.get("rule", ""))
    return events.EventPlan(
        kind=kind,
        first_on=first_on,
        starts=starts,
        lasts_min=_minutes_to(starts, ends),
        rule=rule,
        team_id=numbers["team_id"],
        capacity=numbers["capacity"],
        early_min=numbers["early_min"] or 0,
        grace_min=numbers["grace_min"] or 0,
        points_per_hour=numbers["points_per_hour"] or 0,
        **{name: reading.values.get(name, "") for name in TEXTS},
    )


def _minutes_to(starts: time, ends: time) -> int:
    """An end before the start is on the next day."""
    return ((ends.hour - starts.hour) * 60 + ends.minute - starts.minute) % (24 * 60)


def _shown(number: int | None) -> str:
    return "" if number is None else str(number)
