"""The form of an event: what was typed, what is wrong with it, and the plan that it makes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from kiosk import events
from kiosk.screens.office.repeating import WEEKDAYS, Repeat, Repeating, repeating_of, rule_of
from kiosk.screens.web.page import say, typed
from kiosk.words import mark

TEXTS = ("title", "title_en", "place", "place_en", "about", "about_en")
NUMBERS = ("capacity", "early_min", "grace_min", "points_per_hour")
FAULTS = {
    "empty": mark("请填写这一项。"),
    "long": mark("太长了，请写短一点。"),
    "range": mark("这个数太大或太小了。"),
    "rule": mark("按这样重复，一天也没有。请看看日期。"),
    "date": mark("请填日期，例如 2026-11-28。"),
    "time": mark("请填时间，例如 18:00。"),
    "order": mark("结束要晚于开始。"),
    "number": mark("请填一个整数。"),
    "choice": mark("请选一项。"),
}


@dataclass(frozen=True)
class Draft:
    """All fields as text, as the form shows them; `faults` are codes by field (see FAULTS)."""

    values: Mapping[str, str]
    days: tuple[str, ...] = ()
    faults: Mapping[str, str] = field(default_factory=dict)
    plan: events.EventPlan | None = None

    def fault(self, name: str) -> str:
        """What is wrong with a field, in the reader's language; empty when it is right."""
        return say(FAULTS[self.faults[name]]) if name in self.faults else ""

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")


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
    return Draft(values, chosen.days, plan=plan)


def read(form: Mapping[str, str], days: list[str], team_ids: set[int]) -> Draft:
    """What was typed, judged field by field; `plan` is None while something is wrong."""
    values = {name: typed(text)[:600] for name, text in form.items()}
    reading = _Reading(values)
    plan = reading.plan(tuple(day for day in WEEKDAYS if day in days), team_ids)
    faults = dict(reading.faults)
    if plan is not None:
        # the rooms know two fields by other names than the form
        names = {"lasts_min": "ends", "rule": "repeat"}
        faults |= {names.get(name, name): fault for name, fault in events.plan_faults(plan).items()}
    return Draft(values, tuple(days), faults, None if faults else plan)


class _Reading:
    """Turns text into values, noting which could not be read."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.faults: dict[str, str] = {}

    def plan(self, days: tuple[str, ...], team_ids: set[int]) -> events.EventPlan | None:
        first_on, starts, ends = self.day("first_on"), self.clock("starts"), self.clock("ends")
        until = self.day("until") if self.values.get("until") else None
        numbers = {name: self.number(name) for name in (*NUMBERS, "team_id")}
        kind = self.choice("kind", tuple(events.EventKind))
        repeat = self.choice("repeat", tuple(Repeat))
        if numbers["team_id"] is not None and numbers["team_id"] not in team_ids:
            self.faults["team_id"] = "choice"
        for name in set(NUMBERS) - {"capacity"}:
            if numbers[name] is None:
                self.faults.setdefault(name, "number")
        if starts and ends and ends <= starts:
            self.faults["ends"] = "order"
        if self.faults or first_on is None or starts is None or ends is None:
            return None
        rule = rule_of(Repeating(Repeat(repeat), days, until), first_on, self.values.get("rule", ""))
        lasts_min = (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
        return events.EventPlan(
            kind=events.EventKind(kind),
            first_on=first_on,
            starts=starts,
            lasts_min=lasts_min,
            rule=rule,
            team_id=numbers["team_id"],
            capacity=numbers["capacity"],
            early_min=numbers["early_min"] or 0,
            grace_min=numbers["grace_min"] or 0,
            points_per_hour=numbers["points_per_hour"] or 0,
            **{name: self.values.get(name, "") for name in TEXTS},
        )

    def day(self, name: str) -> date | None:
        try:
            return date.fromisoformat(self.values.get(name, ""))
        except ValueError:
            self.faults[name] = "date"
            return None

    def clock(self, name: str) -> time | None:
        found = re.fullmatch(r"([01]?[0-9]|2[0-3])[:：]([0-5][0-9])", self.values.get(name, ""), re.ASCII)
        if not found:
            self.faults[name] = "time"
            return None
        return time(int(found[1]), int(found[2]))

    def number(self, name: str) -> int | None:
        text = self.values.get(name, "")
        if text and not re.fullmatch(r"[0-9]{1,9}", text, re.ASCII):
            self.faults[name] = "number"
        return int(text) if text and name not in self.faults else None

    def choice(self, name: str, offered: tuple[str, ...]) -> str:
        if self.values.get(name) not in offered:
            self.faults[name] = "choice"
        return self.values.get(name, "")


def _shown(number: int | None) -> str:
    return "" if number is None else str(number)
