"""Grids as the office sets them, and which places lie in them: each change one row of the history."""

from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from kiosk import changes, staff
from kiosk.asked import Asked
from kiosk.concerns.actions.office import KIND, LONGEST_PLACE, category_plans
from kiosk.concerns.refusals import UnknownGrid, UnknownPlace
from kiosk.concerns.sight import LEADS
from kiosk.concerns.tables import concern_grid, concern_place


class GridPlan(Struct, frozen=True):
    """A grid as the office writes it; `worker_id` is who knows it, None while nobody does."""

    name: str
    worker_id: int | None = None
    is_retired: bool = False


def grid_plans(tx: Connection) -> tuple[tuple[int, GridPlan], ...]:
    """Every grid by its id, those that are retired too."""
    rows = tx.execute(sa.select(concern_grid).order_by(concern_grid.c.id))
    return tuple((row.id, GridPlan(row.name, row.worker_id, row.retired_at is not None)) for row in rows)


class Takers(Struct, frozen=True):
    """Whether anybody is named to take on what residents say first, and whether sealed ones are seen."""

    is_named: bool
    sees_sealed: bool


def takers(tx: Connection) -> Takers:
    """Who takes on what is said at the kiosk, as far as their accounts are open.

    Without a name anybody of staff may; but what is sealed only a lead sees, or whom its category names.
    """
    roles = {one.id: one.role for one in staff.accounts(tx) if one.is_enabled}
    plans = [plan for _, plan in category_plans(tx) if not plan.is_retired]
    workers = {plan.worker_id for _, plan in grid_plans(tx) if not plan.is_retired}
    owners = {plan.owner_id for plan in plans}
    sealed = {plan.owner_id in roles for plan in plans if plan.is_sealed}
    has_lead = any(role in LEADS for role in roles.values())
    return Takers(not roles.keys().isdisjoint(workers | owners), has_lead or sealed <= {True})


def grid_faults(plan: GridPlan) -> dict[str, str]:
    """What is wrong with it: field → code."""
    if not 0 < len(plan.name) <= LONGEST_PLACE:
        return {"name": "long" if plan.name else "empty"}
    return {}


def add_grid(tx: Connection, asked: Asked, plan: GridPlan) -> int:
    """Add a grid; its id."""
    row = {"name": plan.name, "worker_id": plan.worker_id}
    made = int(tx.execute(sa.insert(concern_grid).values(row).returning(concern_grid.c.id)).scalar_one())
    changes.note(tx, asked, changes.Noted(KIND, f"grid:{made}", plan.name, "add", None, _facts(plan)))
    return made


def edit_grid(tx: Connection, asked: Asked, grid_id: int, plan: GridPlan) -> None:
    """Write an edited grid. Raises UnknownGrid."""
    before = dict(grid_plans(tx)).get(grid_id)
    if before is None:
        raise UnknownGrid
    if before == plan:
        return
    values: dict[str, Any] = {"name": plan.name, "worker_id": plan.worker_id}
    values["retired_at"] = asked.now if plan.is_retired else None
    tx.execute(sa.update(concern_grid).where(concern_grid.c.id == grid_id).values(values))
    verb = "edit"
    if before.is_retired != plan.is_retired:
        verb = "retire" if plan.is_retired else "bring_back"
    noted = changes.Noted(KIND, f"grid:{grid_id}", plan.name, verb, _facts(before), _facts(plan))
    changes.note(tx, asked, noted)


def retire_grid(tx: Connection, asked: Asked, grid_id: int, *, is_retired: bool) -> None:
    """Its places lie in no grid any more, or in it again. Raises UnknownGrid."""
    plan = dict(grid_plans(tx)).get(grid_id)
    if plan is None:
        raise UnknownGrid
    edit_grid(tx, asked, grid_id, replace(plan, is_retired=is_retired))


def grid_of_places(tx: Connection) -> dict[int, int | None]:
    """Which grid each place lies in by its own setting; a building without one lies in its compound's."""
    rows = tx.execute(sa.select(concern_place.c.id, concern_place.c.grid_id))
    return {row.id: row.grid_id for row in rows}


def put_place(tx: Connection, asked: Asked, place_id: int, grid_id: int | None) -> None:
    """Let a place lie in a grid, or in none of its own. Raises UnknownPlace, UnknownGrid."""
    row = tx.execute(sa.select(concern_place).where(concern_place.c.id == place_id)).first()
    if row is None:
        raise UnknownPlace
    if row.grid_id == grid_id:
        return
    names: dict[int | None, str] = {number: plan.name for number, plan in grid_plans(tx)}
    if grid_id is not None and grid_id not in names:
        raise UnknownGrid
    tx.execute(sa.update(concern_place).where(concern_place.c.id == place_id).values(grid_id=grid_id))
    before, after = ({"grid": names.get(one, "")} for one in (row.grid_id, grid_id))
    changes.note(tx, asked, changes.Noted(KIND, f"place:{place_id}", row.name, "edit", before, after))


def _facts(plan: GridPlan) -> dict[str, Any]:
    return {"name": plan.name, "owner_id": plan.worker_id, "retired": plan.is_retired}
