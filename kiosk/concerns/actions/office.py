"""Categories and places as the office sets them: each change one row of the history."""

from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import asdict, replace
from sqlalchemy import Connection

from kiosk import changes
from kiosk.asked import Asked
from kiosk.concerns.refusals import InnerCategory, UnknownCategory, UnknownPlace
from kiosk.concerns.rules import INNER, Kind, Unit
from kiosk.concerns.tables import concern_category, concern_place

KIND = "concern"
"""Under which kind the history tells it."""

LONGEST_CATEGORY, LONGEST_PLACE = 16, 20
MOST_LENGTH = 365

ICONS = (
    "droplets", "zap", "trash-2", "volume-2", "hand-heart", "car", "building-2", "user-round",
    "message-square", "circle-help", "dog", "flame", "wrench", "footprints", "heart-pulse", "users-round",
)  # fmt: skip
"""Pictures that a category may have."""


class CategoryPlan(Struct, frozen=True):
    """A category as the office writes it: `length` of `unit` is its promise, `owner_id` who gets it first."""

    name: str
    name_en: str
    icon: str
    kind: str
    length: int
    unit: str
    is_public: bool = False
    is_sealed: bool = False
    owner_id: int | None = None
    is_retired: bool = False


def category_faults(plan: CategoryPlan) -> dict[str, str]:
    """What is wrong with it: field → code."""
    faults = {}
    if not 0 < len(plan.name) <= LONGEST_CATEGORY:
        faults["name"] = "long" if plan.name else "empty"
    if len(plan.name_en) > 2 * LONGEST_CATEGORY:
        faults["name_en"] = "long"
    if plan.icon not in ICONS:
        faults["icon"] = "choice"
    if plan.kind not in tuple(Kind):
        faults["kind"] = "choice"
    if plan.unit not in tuple(Unit):
        faults["unit"] = "choice"
    if not 1 <= plan.length <= MOST_LENGTH:
        faults["length"] = "range"
    return faults


def category_plans(tx: Connection) -> tuple[tuple[str, CategoryPlan], ...]:
    """Every category by its code, those that are retired too."""
    ordered = sa.select(concern_category).order_by(concern_category.c.position, concern_category.c.code)
    return tuple((row.code, _plan(row)) for row in tx.execute(ordered))


def category_plan(tx: Connection, code: str) -> CategoryPlan:
    """One category. Raises UnknownCategory."""
    row = tx.execute(sa.select(concern_category).where(concern_category.c.code == code)).first()
    if row is None:
        raise UnknownCategory
    return _plan(row)


def _plan(row: Any) -> CategoryPlan:
    return CategoryPlan(
        row.name, row.name_en, row.icon, row.kind, row.length, row.unit, row.is_public, row.is_sealed,
        row.owner_id, row.retired_at is not None,
    )  # fmt: skip


def add_category(tx: Connection, asked: Asked, plan: CategoryPlan) -> str:
    """Add a category after the others; its code."""
    codes = set(tx.execute(sa.select(concern_category.c.code)).scalars())
    last = int(
        tx.execute(sa.select(sa.func.coalesce(sa.func.max(concern_category.c.position), -1))).scalar_one()
    )
    code = next(f"own{number}" for number in range(1, len(codes) + 2) if f"own{number}" not in codes)
    tx.execute(
        sa.insert(concern_category).values({"code": code, "position": last + 1, **_values(asked, plan)})
    )
    changes.note(tx, asked, changes.Noted(KIND, f"category:{code}", plan.name, "add", None, _facts(plan)))
    return code


def edit_category(tx: Connection, asked: Asked, code: str, plan: CategoryPlan, verb: str = "edit") -> None:
    """Write an edited category. Raises UnknownCategory."""
    before = category_plan(tx, code)
    if code in INNER:  # the house takes in under it, whatever the form says
        plan = replace(plan, kind=before.kind, is_public=False, is_sealed=before.is_sealed, is_retired=False)
    if plan == before:
        return
    mine = concern_category.c.code == code
    tx.execute(sa.update(concern_category).where(mine).values(_values(asked, plan)))
    noted = changes.Noted(KIND, f"category:{code}", plan.name, verb, _facts(before), _facts(plan))
    changes.note(tx, asked, noted)


def retire_category(tx: Connection, asked: Asked, code: str, *, is_retired: bool) -> None:
    """Offer it no longer, or again; what was said under it stays. Raises UnknownCategory, InnerCategory."""
    if code in INNER:
        raise InnerCategory
    plan = replace(category_plan(tx, code), is_retired=is_retired)
    edit_category(tx, asked, code, plan, "retire" if is_retired else "bring_back")


def move_category(tx: Connection, asked: Asked, code: str, by: int) -> None:
    """Let it change places with the one before (-1) or after it (1). Raises UnknownCategory."""
    codes = [one for one, plan in category_plans(tx) if not plan.is_retired and one not in INNER]
    if code not in codes:
        raise UnknownCategory
    at = codes.index(code)
    if not 0 <= at + by < len(codes):
        return
    now = list(codes)
    now[at], now[at + by] = now[at + by], now[at]
    for position, one in enumerate(now):
        mine = concern_category.c.code == one
        tx.execute(sa.update(concern_category).where(mine).values(position=position))
    changes.note(tx, asked, changes.Noted(KIND, "categories", "", "move", {"ids": codes}, {"ids": now}))


def _values(asked: Asked, plan: CategoryPlan) -> dict[str, Any]:
    values = {**asdict(plan), "retired_at": asked.now if plan.is_retired else None}
    del values["is_retired"]
    return values


def _facts(plan: CategoryPlan) -> dict[str, Any]:
    facts = {**asdict(plan), "retired": plan.is_retired}
    del facts["is_retired"]
    return facts


class PlacePlan(Struct, frozen=True):
    """A place as the office writes it; `parent_id` is the compound of a building."""

    name: str
    name_en: str = ""
    parent_id: int | None = None
    is_retired: bool = False


def place_plans(tx: Connection) -> tuple[tuple[int, PlacePlan], ...]:
    """Every place by its id, compounds before their buildings, those that are retired too."""
    rows = tx.execute(sa.select(concern_place).order_by(concern_place.c.position, concern_place.c.id)).all()
    plans = {
        row.id: PlacePlan(row.name, row.name_en, row.parent_id, row.retired_at is not None) for row in rows
    }
    found = []
    for number, plan in plans.items():
        if plan.parent_id is None:
            found.append((number, plan))
            found += [(inner, one) for inner, one in plans.items() if one.parent_id == number]
    return tuple(found)


def place_faults(plan: PlacePlan) -> dict[str, str]:
    """What is wrong with it: field → code."""
    faults = {}
    if not 0 < len(plan.name) <= LONGEST_PLACE:
        faults["name"] = "long" if plan.name else "empty"
    if len(plan.name_en) > 2 * LONGEST_PLACE:
        faults["name_en"] = "long"
    return faults


def add_place(tx: Connection, asked: Asked, plan: PlacePlan) -> int:
    """Add a compound, or a building to one; its id. Raises UnknownPlace."""
    plans = dict(place_plans(tx))
    if plan.parent_id is not None and (
        plan.parent_id not in plans or plans[plan.parent_id].parent_id is not None
    ):
        raise UnknownPlace
    row = {"name": plan.name, "name_en": plan.name_en, "parent_id": plan.parent_id, "position": len(plans)}
    made = int(tx.execute(sa.insert(concern_place).values(row).returning(concern_place.c.id)).scalar_one())
    facts = {"name": plan.name, "name_en": plan.name_en}
    changes.note(tx, asked, changes.Noted(KIND, f"place:{made}", plan.name, "add", None, facts))
    return made


def retire_place(tx: Connection, asked: Asked, place_id: int, *, is_retired: bool) -> None:
    """Offer it no longer, or again. Raises UnknownPlace."""
    plan = dict(place_plans(tx)).get(place_id)
    if plan is None:
        raise UnknownPlace
    if plan.is_retired == is_retired:
        return
    at = asked.now if is_retired else None
    tx.execute(sa.update(concern_place).where(concern_place.c.id == place_id).values(retired_at=at))
    verb = "retire" if is_retired else "bring_back"
    noted = changes.Noted(
        KIND, f"place:{place_id}", plan.name, verb, {"retired": plan.is_retired}, {"retired": is_retired}
    )
    changes.note(tx, asked, noted)
