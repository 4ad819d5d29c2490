"""What a score sheet is: criteria of one place, answered with the five grades, told by quarter."""

import re
import unicodedata
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from kiosk.signs import has_pictures


class PlaceKind(StrEnum):
    """What is scored."""

    CANTEEN = "canteen"
    SITE = "site"
    EVENT = "event"
    OTHER = "other"


class Source(StrEnum):
    """Where a sheet was filled in; paper is typed in by staff."""

    PHONE = "phone"
    PAPER = "paper"


class Named(Struct, frozen=True):
    """A criterion's name, and its English; "" where there is none."""

    zh: str
    en: str = ""


STARTERS: dict[PlaceKind, tuple[Named, ...]] = {
    PlaceKind.CANTEEN: (
        Named("口味", "Taste"), Named("营养", "Nutrition"), Named("服务", "Service"),
        Named("卫生", "Hygiene"),
    ),
    PlaceKind.SITE: (
        Named("安全", "Safety"), Named("质量", "Quality"), Named("进度", "Progress"),
        Named("扰民少", "Little disturbance"),
    ),
    PlaceKind.EVENT: (
        Named("内容", "Content"), Named("组织", "Organisation"), Named("场地", "Place"), Named("收获", "Use"),
    ),
    PlaceKind.OTHER: (Named("服务", "Service"), Named("环境", "Surroundings")),
}  # fmt: skip
"""The criteria that a sheet begins with when the centre names none."""

LONGEST_NAME, LONGEST_CRITERION, MOST_CRITERIA = 24, 12, 8
ENGLISH = 2
"""English names may be so many times as long."""

MOST_IN = timedelta(minutes=10)
MOST_ANSWERS = 60
"""Answers by phone to one sheet within MOST_IN: more than a full canteen gives is somebody playing."""

BACK_DAYS = 366
"""How long ago a sheet of paper may have been filled in."""

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 6
"""The short link's code: letters that nobody mistakes for another, 887 million of them."""


class Quarter(Struct, frozen=True, order=True):
    """A quarter of a year by its first day."""

    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after.first - timedelta(days=1)

    @property
    def after(self) -> "Quarter":
        """The one that follows."""
        return quarter_of(self.first + timedelta(days=95))

    @property
    def before(self) -> "Quarter":
        """The one before."""
        return quarter_of(self.first - timedelta(days=1))

    def __str__(self) -> str:
        return f"{self.first.year}Q{self.first.month // 3 + 1}"


def quarter_of(day: date) -> Quarter:
    """The quarter that a day is in."""
    return Quarter(date(day.year, day.month - (day.month - 1) % 3, 1))


def quarter_called(written: str) -> Quarter | None:
    """The quarter of "2026Q4"; None for what is none from 2020 to 2099."""
    found = re.fullmatch(r"(20[2-9][0-9])Q([1-4])", written, re.ASCII)
    return Quarter(date(int(found[1]), 3 * int(found[2]) - 2, 1)) if found else None


class SurveyPlan(Struct, frozen=True):
    """A score sheet as the office writes it. `run_by` is who of staff runs the place: never types it in."""

    name: str
    name_en: str = ""
    kind: str = PlaceKind.OTHER
    criteria: tuple[Named, ...] = ()
    run_by: int | None = None
    is_retired: bool = False


def criteria_of(written: str) -> tuple[Named, ...]:
    """One criterion a line, its English after a slash: 口味 / Taste. Empty lines and repeats go."""
    found: dict[str, Named] = {}
    for line in written.splitlines():
        zh, _, en = unicodedata.normalize("NFC", line).replace("／", "/").partition("/")
        if zh.strip():
            found.setdefault(zh.strip(), Named(zh.strip(), en.strip()))
    return tuple(found.values())


def criteria_text(criteria: tuple[Named, ...]) -> str:
    """The same, to be edited."""
    return "\n".join(f"{one.zh} / {one.en}" if one.en else one.zh for one in criteria)


def survey_faults(plan: SurveyPlan) -> dict[str, str]:
    """What is wrong with it: field → code."""
    faults = {}
    if not 0 < len(plan.name) <= LONGEST_NAME:
        faults["name"] = "long" if plan.name else "empty"
    if len(plan.name_en) > ENGLISH * LONGEST_NAME:
        faults["name_en"] = "long"
    if plan.kind not in tuple(PlaceKind):
        faults["kind"] = "choice"
    is_long = any(
        len(one.zh) > LONGEST_CRITERION or len(one.en) > ENGLISH * LONGEST_CRITERION for one in plan.criteria
    )
    if is_long or len(plan.criteria) > MOST_CRITERIA:
        faults["criteria"] = "long"
    texts = {"name": plan.name + plan.name_en, "criteria": criteria_text(plan.criteria)}
    return faults | {name: "pictures" for name, text in texts.items() if has_pictures(text)}


def is_filled_on(day: date, today: date) -> bool:
    """Whether paper can have been filled in on that day."""
    return today - timedelta(days=BACK_DAYS) <= day <= today
