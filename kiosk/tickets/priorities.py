"""The reasons for going first, as staff change them: what each is called and how many minutes it is worth."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import Connection

from kiosk import changes
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.services import signs_of_no_text, tidied
from kiosk.tickets.refusals import BadPriority, UnknownPriority
from kiosk.tickets.rules import Status
from kiosk.tickets.tables import priority, ticket

KIND = "priority"
LENGTHS = {"name": 12, "name_en": 48}
"""How much of a text the button at the station shows in one line."""
MOST_MINUTES = 240


class PriorityPlan(Struct, frozen=True):
    """A reason as staff write it: who has it came `head_start_min` minutes earlier, for the line."""

    name: str
    name_en: str = ""
    head_start_min: int = 15


class ListedPriority(Struct, frozen=True):
    """A reason in the order of the station."""

    code: str
    plan: PriorityPlan
    retired_at: datetime | None


def priority_faults(plan: PriorityPlan) -> dict[str, str]:
    """What is wrong with a tidied plan: codes by field."""
    faults = {}
    for name, most in LENGTHS.items():
        text = getattr(plan, name)
        if name == "name" and not text:
            faults[name] = "empty"
        elif len(text) > most:
            faults[name] = "long"
        elif signs_of_no_text(text):
            faults[name] = "signs"
    if not 0 <= plan.head_start_min <= MOST_MINUTES:
        faults["head_start_min"] = "range"
    return faults


_ALL = sa.select(priority).order_by(priority.c.position, priority.c.code)


def every_priority(tx: Connection) -> tuple[ListedPriority, ...]:
    """All reasons, retired ones too."""
    return tuple(_listed(row) for row in tx.execute(_ALL))


def listed_priority(tx: Connection, code: str) -> ListedPriority:
    """One of them. Raises UnknownPriority."""
    row = tx.execute(_ALL.where(priority.c.code == code)).first()
    if row is None:
        raise UnknownPriority
    return _listed(row)


_WAITING_WITH = sa.select(sa.func.count()).where(
    ticket.c.service_day == sa.bindparam("day"),
    ticket.c.status == Status.WAITING,
    ticket.c.priority_code == sa.bindparam("code"),
)


def waiting_with(tx: Connection, centre: Centre, now: datetime, code: str) -> int:
    """How many wait today who have this reason."""
    return int(tx.execute(_WAITING_WITH, {"day": centre.day(now), "code": code}).scalar_one())


def add_priority(tx: Connection, asked: Asked, plan: PriorityPlan, code: str = "") -> str:
    """One more reason, the last; its code, which is made when none is given. Raises BadPriority."""
    plan = _checked(plan)
    listed = every_priority(tx)
    taken = {one.code for one in listed}
    code = code or next(one for one in (f"p{number}" for number in count(1)) if one not in taken)
    if code in taken or len(code) > 16:
        raise BadPriority({"code": "taken"})
    position = tx.execute(sa.select(sa.func.max(priority.c.position))).scalar()
    tx.execute(sa.insert(priority).values(code=code, position=(position or 0) + 1, **asdict(plan)))
    _note(tx, asked, code, "add", None)
    return code


def edit_priority(tx: Connection, asked: Asked, code: str, plan: PriorityPlan) -> bool:
    """Change a reason, for who comes from now on; whether anything is other than it was.

    Raises UnknownPriority, BadPriority.
    """
    before, plan = listed_priority(tx, code), _checked(plan)
    if plan == before.plan:
        return False
    _set(tx, code, asdict(plan))
    _note(tx, asked, code, "edit", before)
    return True


def retire_priority(tx: Connection, asked: Asked, code: str) -> None:
    """Offer it no more; who has it keeps it. Raises UnknownPriority."""
    before = listed_priority(tx, code)
    if before.retired_at is None:
        _set(tx, code, {"retired_at": asked.now})
        _note(tx, asked, code, "retire", before)


def bring_back_priority(tx: Connection, asked: Asked, code: str) -> None:
    """Offer it again. Raises UnknownPriority."""
    before = listed_priority(tx, code)
    if before.retired_at is not None:
        _set(tx, code, {"retired_at": None})
        _note(tx, asked, code, "bring_back", before)


def arrange_priorities(tx: Connection, asked: Asked, codes: Sequence[str], undoes: int | None = None) -> None:
    """Put the reasons in this order: all of them, retired ones too. Raises UnknownPriority."""
    before = [one.code for one in every_priority(tx)]
    if sorted(before) != sorted(codes):
        raise UnknownPriority
    if before == list(codes):
        return
    for place, code in enumerate(codes):
        _set(tx, code, {"position": place})
    verb = "arrange" if undoes is None else "undo"
    was, now = {"places": before}, {"places": list(codes)}
    changes.note(tx, asked, changes.Noted(KIND, ":places", "", verb, was, now, undoes))


def put_back_priority(tx: Connection, asked: Asked, change: changes.Change) -> None:
    """Make a reason as it was before `change`; one that was added is retired.

    Raises changes.UndoneAlready, changes.ChangedSince.
    """
    changes.check_undoable(tx, change)
    code, was = change.noted.key, change.noted.before
    if code == ":places":
        kept: list[str] = list((was or {}).get("places", []))
        come = [one.code for one in every_priority(tx) if one.code not in kept]
        arrange_priorities(tx, asked, kept + come, change.id)
        return
    now = listed_priority(tx, code)
    if was is None or was["retired"]:
        _set(tx, code, {"retired_at": now.retired_at or asked.now})
    else:
        _set(tx, code, {name: was[name] for name in PriorityPlan.__struct_fields__} | {"retired_at": None})
    _note(tx, asked, code, "undo", now, change.id)


def _checked(plan: PriorityPlan) -> PriorityPlan:
    plan = PriorityPlan(tidied(plan.name), tidied(plan.name_en), plan.head_start_min)
    faults = priority_faults(plan)
    if faults:
        raise BadPriority(faults)
    return plan


def _listed(row: Any) -> ListedPriority:
    plan = PriorityPlan(row.name, row.name_en, row.head_start_min)
    return ListedPriority(row.code, plan, row.retired_at)


def _facts(listed: ListedPriority) -> changes.Facts:
    return asdict(listed.plan) | {"code": listed.code, "retired": listed.retired_at is not None}


def _note(
    tx: Connection,
    asked: Asked,
    code: str,
    verb: str,
    before: ListedPriority | None,
    undoes: int | None = None,
) -> None:
    now = listed_priority(tx, code)
    was = None if before is None else _facts(before)
    changes.note(tx, asked, changes.Noted(KIND, code, now.plan.name, verb, was, _facts(now), undoes))


def _set(tx: Connection, code: str, values: dict[str, Any]) -> None:
    tx.execute(sa.update(priority).where(priority.c.code == code).values(values))
