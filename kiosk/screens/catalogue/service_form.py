"""The form of a service: what was typed, what is wrong with it, and the plan that it makes."""

from collections.abc import Iterable, Mapping
from datetime import time

from kiosk import services
from kiosk.opening_hours import Hours, Period, parse_hours
from kiosk.screens.web.forms import Draft, Reading
from kiosk.screens.web.page import say, typed
from kiosk.services import MaterialKind, MaterialPlan, OutcomeKind, OutcomePlan, ServicePlan
from kiosk.words import mark

TEXTS = ("group", "name", "name_en", "letter", "icon", "place", "place_en", "initials")
NUMBERS = ("duration_min", "daily_cap")
LINE = ("text", "note", "text_en", "note_en")
END = ("text", "text_en", "reasons", "reasons_en")
SPANS = (("opens", "closes"), ("opens_again", "closes_again"))
DAYS = tuple(str(day) for day in range(1, 8))
MORE_LINES = 3
"""Empty lines of the checklist below those that say something."""
MORE_ENDS = 2
"""The same of what is asked at the end of a visit."""

FAULTS = {
    "letter": mark("请填一个或两个大写字母，例如 A 或 SQ。"),
    "initials": mark("只能是小写字母和数字，例如 ylbx。"),
    "hours": mark("时间没有看懂，请看看格式，结束要晚于开始。"),
    "signs": mark("不能有表情图，打印机和大屏都画不出来。"),
    "many": mark("太多了，请合并几行。"),
    "same": mark("有两个一样的，请改一个。"),
    "days": mark("请选星期几，或者选“和中心一样”。"),
}
"""What the room calls a fault and no other form has."""

FOR_ANYBODY, FOR_SOME = "", "some"


def blank(group: str) -> Draft:
    """The form of a new service."""
    plan = ServicePlan(group, "", icon=services.ICONS[0])
    return draft_of(plan)


def draft_of(plan: ServicePlan) -> Draft:
    """The form of a service that is there."""
    values = {name: getattr(plan, name) for name in TEXTS}
    values |= {name: _shown(getattr(plan, name)) for name in NUMBERS}
    values |= {"is_popular": "1" if plan.is_popular else ""}
    is_some = plan.for_whom not in (FOR_ANYBODY, services.ONLY_STAFF)
    values |= {"for_whom": FOR_SOME if is_some else plan.for_whom, "whom": plan.for_whom if is_some else ""}
    for row, line in enumerate(plan.materials):
        values |= {f"material_{row}_{name}": getattr(line, name) for name in LINE}
        values |= {f"material_{row}_kind": line.kind}
    for row, end in enumerate(plan.outcomes):
        values |= {f"outcome_{row}_{name}": getattr(end, name) for name in END}
        values |= {f"outcome_{row}_kind": end.kind}
    values |= {"ends": str(min(len(plan.outcomes) + MORE_ENDS, services.MOST_OUTCOMES))}
    hours, days = _hours_shown(plan.hours)
    values |= hours | {"lines": str(min(len(plan.materials) + MORE_LINES, services.MOST_MATERIALS))}
    return Draft(values, ticked={"day": days})


def read(form: Mapping[str, str], days: Iterable[str]) -> tuple[Draft, ServicePlan]:
    """What was typed, judged field by field, and the plan that it makes: none to keep while it has faults."""
    values = {name: typed(text)[:400] for name, text in form.items()}
    reading, chosen = Reading(values), tuple(day for day in DAYS if day in set(days))
    lines = reading.whole("lines", services.MOST_MATERIALS, 1) or MORE_LINES
    ends = reading.whole("ends", services.MOST_OUTCOMES, 1) or MORE_ENDS
    for count in ("lines", "ends"):
        reading.faults.pop(count, None)
    rows = range(lines)
    numbers = {name: reading.whole(name) for name in NUMBERS}
    plan = ServicePlan(
        **{name: values.get(name, "") for name in TEXTS},  # type: ignore[arg-type]
        **numbers,  # type: ignore[arg-type]
        hours=_hours(reading, chosen),
        for_whom=_for_whom(reading),
        is_popular=bool(values.get("is_popular")),
        materials=tuple(_line(values, row) for row in rows),
        outcomes=tuple(_end(values, row) for row in range(ends)),
    )
    plan = services.tidied_service(plan)
    said = [row for row in rows if any(values.get(f"material_{row}_{name}") for name in LINE)]
    faults = {name: code for name, code in reading.faults.items() if code}
    asked = [row for row in range(ends) if any(values.get(f"outcome_{row}_{name}") for name in END)]
    # as in the plan: lines that say how it was done come last
    asked.sort(key=lambda row: values.get(f"outcome_{row}_kind") == OutcomeKind.WAY)
    faults |= {_field(name, said, asked): code for name, code in services.service_faults(plan).items()}
    draft = Draft(values | {"lines": str(lines), "ends": str(ends)}, ticked={"day": chosen})
    return judged(draft, faults), plan


def judged(draft: Draft, faults: Mapping[str, str]) -> Draft:
    """The form with what is wrong: codes of the web's FAULTS or of those here."""
    own = {name: say(FAULTS[code]) for name, code in faults.items() if code in FAULTS}
    return draft.judged({name: code for name, code in faults.items() if code not in FAULTS}).with_faults(own)


def with_more_lines(draft: Draft) -> Draft:
    """The same form with more empty lines for materials."""
    lines = min(int(draft["lines"]) + MORE_LINES, services.MOST_MATERIALS)
    ends = min(int(draft["ends"]) + MORE_ENDS, services.MOST_OUTCOMES)
    return Draft({**draft.values, "lines": str(lines), "ends": str(ends)}, ticked=draft.ticked)


def _line(values: Mapping[str, str], row: int) -> MaterialPlan:
    texts = {name: values.get(f"material_{row}_{name}", "") for name in LINE}
    kind = values.get(f"material_{row}_kind", "")
    known = MaterialKind(kind) if kind in tuple(MaterialKind) else MaterialKind.OWN
    return MaterialPlan(**texts, kind=known)


def _end(values: Mapping[str, str], row: int) -> OutcomePlan:
    texts = {name: values.get(f"outcome_{row}_{name}", "") for name in END}
    kind = values.get(f"outcome_{row}_kind", "")
    known = OutcomeKind(kind) if kind in tuple(OutcomeKind) else OutcomeKind.RESULT
    return OutcomePlan(**texts, kind=known)


def _field(name: str, said: list[int], asked: list[int]) -> str:
    """A field's name in the form: there empty lines count, in the plan they do not."""
    if not name.startswith(("material_", "outcome_")):
        return "whom" if name == "for_whom" else name
    what, row, rest = name.split("_", 2)
    return f"{what}_{(said if what == 'material' else asked)[int(row)]}_{rest}"


def _for_whom(reading: Reading) -> str:
    chosen = reading.choice("for_whom", (FOR_ANYBODY, services.ONLY_STAFF, FOR_SOME))
    words = services.tidied(reading.values.get("whom", ""))
    if chosen == FOR_SOME and (not words or words == services.ONLY_STAFF):
        reading.faults["whom"] = "empty"
    return words if chosen == FOR_SOME else chosen or FOR_ANYBODY


def _hours(reading: Reading, days: tuple[str, ...]) -> str:
    """The text of a service's own hours; empty: those of the centre."""
    way = reading.choice("own_hours", ("", "days", "text"))
    if way == "text":
        return reading.values.get("hours", "")
    if way != "days":
        return ""
    spans = [_span(reading, *names) for names in SPANS if any(reading.values.get(name) for name in names)]
    if not spans:
        reading.clock("opens")
    if not days:
        reading.faults["days"] = "days"
    if reading.faults.keys() & {"days", *(name for names in SPANS for name in names)}:
        return ""
    times = " ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in spans if opens and closes)
    text = "; ".join(f"{day} {times}" for day in days)
    if not _is_read(text):
        reading.faults[SPANS[len(spans) - 1][1]] = "order"
        return ""
    return text


def _span(reading: Reading, opens: str, closes: str) -> tuple[time | None, time | None]:
    return reading.clock(opens), reading.clock(closes)


def _is_read(text: str) -> bool:
    try:
        return bool(parse_hours(text).week)
    except ValueError:
        return False


def _hours_shown(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """The fields of a service's own hours and its days: ticks where each day is alike, else the text."""
    if not text or not _is_read(text):
        return {"own_hours": "text" if text else "", "hours": text}, ()
    week = _by_day(parse_hours(text))
    spans = set(week.values())
    if len(spans) > 1 or len(next(iter(spans))) > len(SPANS):
        return {"own_hours": "text", "hours": text}, ()
    shown = {"own_hours": "days", "hours": ""}
    for (opens, closes), period in zip(SPANS, next(iter(spans)), strict=False):
        shown |= {opens: f"{period.opens:%H:%M}", closes: f"{period.closes:%H:%M}"}
    return shown, tuple(week)


def _by_day(hours: Hours) -> dict[str, tuple[Period, ...]]:
    return {day: periods for day, periods in zip(DAYS, hours.week, strict=True) if periods}


def _shown(number: int | None) -> str:
    return "" if number is None else str(number)
