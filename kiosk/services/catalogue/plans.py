"""What a service, a group or a counter is to be, as staff write it, and what is wrong with one."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kiosk.opening_hours import BadOpeningHours, parse_hours
from kiosk.services.catalogue.initials import MOST

ONLY_STAFF = "staff"
"""`for_whom` of a service that nobody takes at the station: staff give its numbers."""

LETTER = re.compile(r"[A-Z]{1,2}")
CODE = re.compile(r"[A-Z0-9]{1,8}")
LAST_COUNTER = 99
MOST_MATERIALS = 20
MOST_OUTCOMES = 9
"""Each result has a key of the clerk's keyboard, 1 to 9."""
LONGEST_DURATION_MIN = 480
LARGEST_CAP = 9999

ICONS = (
    "file-text", "shield-check", "wallet", "badge-check", "id-card", "accessibility", "baby", "medal",
    "hand-heart", "heart-handshake", "heart-pulse", "stethoscope", "users-round", "user-round", "house",
    "building-2", "wrench", "hammer", "zap", "flame", "droplets", "briefcase", "graduation-cap",
    "book-open", "scale", "landmark", "scroll-text", "bus", "car", "utensils", "dog", "phone",
    "calendar-days", "message-square", "clock", "search", "ticket", "map-pin",
)  # fmt: skip


class MaterialKind(StrEnum):
    """For whom a line of a checklist is: everybody, who comes for somebody else, or only who has it."""

    OWN = "own"
    AGENT = "agent"
    IF_YOU_HAVE = "if_you_have"


class MaterialPlan(Struct, frozen=True):
    """A line of a service's checklist; without English it is shown in Chinese."""

    text: str
    text_en: str = ""
    note: str = ""
    note_en: str = ""
    kind: MaterialKind = MaterialKind.OWN


class OutcomeKind(StrEnum):
    """What a line of a service's outcomes says: what came of a visit, or in which way it was done."""

    RESULT = "result"
    WAY = "way"


class OutcomePlan(Struct, frozen=True):
    """A line of what is asked at the end of a visit: 、 between its `reasons`, a semicolon in English."""

    text: str
    text_en: str = ""
    reasons: str = ""
    reasons_en: str = ""
    kind: OutcomeKind = OutcomeKind.RESULT


class ServicePlan(Struct, frozen=True):
    """A service as staff write it.

    `group` is a slug. An empty `letter` is the group's, `initials` are made from the name, `hours` (as
    `opening_hours.parse_hours` reads them) are the centre's. `for_whom`: empty for anybody, ONLY_STAFF, or
    words that are shown.
    """

    group: str
    name: str
    name_en: str = ""
    letter: str = ""
    icon: str = "file-text"
    place: str = ""
    place_en: str = ""
    initials: str = ""
    duration_min: int | None = None
    hours: str = ""
    for_whom: str = ""
    daily_cap: int | None = None
    is_popular: bool = False
    materials: tuple[MaterialPlan, ...] = ()
    outcomes: tuple[OutcomePlan, ...] = ()


class GroupPlan(Struct, frozen=True):
    """A group as staff write it: a tile of the home screen, and the letter that its services share."""

    name: str
    name_en: str = ""
    icon: str = "file-text"
    letter: str = ""


SERVICE_LENGTHS = {"name": 30, "name_en": 96, "place": 30, "place_en": 96, "initials": MOST, "for_whom": 20}
GROUP_LENGTHS = {"name": 16, "name_en": 64}
MATERIAL_LENGTHS = {"text": 40, "text_en": 128, "note": 30, "note_en": 128}
OUTCOME_LENGTHS = {"text": 20, "text_en": 64, "reasons": 200, "reasons_en": 400}
"""How much of a text a card, a slip and a line of the hall show whole."""

SPACES = re.compile(r"\s+")


def tidied(text: str) -> str:
    """One line, one space between words, none around them."""
    return SPACES.sub(" ", text).strip()


def tidied_service(plan: ServicePlan) -> ServicePlan:
    """The same with its texts tidied and without lines of materials that say nothing."""
    texts: dict[str, Any] = {name: tidied(getattr(plan, name)) for name in SERVICE_LENGTHS}
    letters: dict[str, Any] = {
        "letter": plan.letter.strip().upper(),
        "initials": texts.pop("initials").lower(),
    }
    texts |= {
        "materials": _tidied_lines(plan.materials, MATERIAL_LENGTHS, MaterialKind.AGENT),
        "outcomes": _tidied_lines(plan.outcomes, OUTCOME_LENGTHS, OutcomeKind.WAY),
    }
    return replace(plan, **texts, **letters, hours=tidied(plan.hours))


def _tidied_lines(lines: Iterable[Any], texts: Iterable[str], last: StrEnum) -> tuple[Any, ...]:
    """Lines that say something, those of the kind `last` behind the others, as the station shows them."""
    tidy = [replace(line, **{name: tidied(getattr(line, name)) for name in texts}) for line in lines]
    said = [line for line in tidy if any(getattr(line, name) for name in texts)]
    return tuple(sorted(said, key=lambda line: line.kind == last))


def tidied_group(plan: GroupPlan) -> GroupPlan:
    """The same with its texts tidied."""
    return replace(
        plan,
        name=tidied(plan.name),
        name_en=tidied(plan.name_en),
        letter=plan.letter.strip().upper(),
    )


def service_faults(plan: ServicePlan) -> dict[str, str]:
    """What is wrong with a tidied plan by itself: codes (empty, long, signs, …) by field.

    A material's fields are called `material_0_text`, counted from 0.
    """
    faults = _text_faults(plan, SERVICE_LENGTHS, needed=("name",))
    faults |= {} if not plan.letter or LETTER.fullmatch(plan.letter) else {"letter": "letter"}
    faults |= {} if re.fullmatch(r"[a-z0-9]*", plan.initials) else {"initials": "initials"}
    faults |= _hours_faults(plan.hours) | _range_faults(plan)
    if plan.icon not in ICONS:
        faults["icon"] = "choice"
    if len(plan.materials) > MOST_MATERIALS:
        faults["materials"] = "many"
    for row, line in enumerate(plan.materials):
        wrong = _text_faults(line, MATERIAL_LENGTHS, needed=("text",))
        faults |= {f"material_{row}_{name}": code for name, code in wrong.items()}
    return faults | _outcome_faults(plan.outcomes)


def _outcome_faults(outcomes: tuple[OutcomePlan, ...]) -> dict[str, str]:
    faults = {"outcomes": "many"} if len(outcomes) > MOST_OUTCOMES else {}
    known: set[tuple[str, str]] = set()
    for row, line in enumerate(outcomes):
        wrong = _text_faults(line, OUTCOME_LENGTHS, needed=("text",))
        if not wrong and (line.kind, line.text) in known:
            wrong = {"text": "same"}
        known.add((line.kind, line.text))
        faults |= {f"outcome_{row}_{name}": code for name, code in wrong.items()}
    return faults


def group_faults(plan: GroupPlan) -> dict[str, str]:
    """The same for a group."""
    faults = _text_faults(plan, GROUP_LENGTHS, needed=("name",))
    if plan.letter and not LETTER.fullmatch(plan.letter):
        faults["letter"] = "letter"
    if plan.icon not in ICONS:
        faults["icon"] = "choice"
    return faults


def _range_faults(plan: ServicePlan) -> dict[str, str]:
    ranges = (("duration_min", 1, LONGEST_DURATION_MIN), ("daily_cap", 0, LARGEST_CAP))
    values = ((name, getattr(plan, name), least, most) for name, least, most in ranges)
    return {name: "range" for name, value, least, most in values if value and not least <= value <= most}


def _hours_faults(hours: str) -> dict[str, str]:
    try:
        parse_hours(hours)
    except BadOpeningHours:
        return {"hours": "hours"}
    return {"hours": "long"} if len(hours) > 128 else {}


def _text_faults(plan: object, lengths: dict[str, int], needed: Iterable[str]) -> dict[str, str]:
    faults = {}
    for name, most in lengths.items():
        text = getattr(plan, name)
        if not text and name in needed:
            faults[name] = "empty"
        elif len(text) > most:
            faults[name] = "long"
        elif signs_of_no_text(text):
            faults[name] = "signs"
    return faults


def signs_of_no_text(text: str) -> str:
    """The pictures in a text (emoji and what joins them), which no printer of ours draws."""
    return "".join(sign for sign in text if _is_picture(ord(sign)))


def _is_picture(code: int) -> bool:
    return 0x1F000 <= code <= 0x1FAFF or 0x2600 <= code <= 0x27BF or code in (0x200D, 0xFE0E, 0xFE0F, 0x20E3)


def moved(listed: list[str], one: str, way: str) -> list[str]:
    """`listed` with `one` a place further "up" or down; at either end it stays."""
    at = listed.index(one)
    other = at - 1 if way == "up" else at + 1
    if 0 <= other < len(listed):
        listed[at], listed[other] = listed[other], listed[at]
    return listed
