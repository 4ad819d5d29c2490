"""派给谁: who gets what first, by kind, by building, by grid, as one table on one page."""

from flask import render_template, request
from msgspec.structs import replace
from werkzeug.wrappers import Response

from kiosk import concerns, staff
from kiosk.concerns import GridPlan
from kiosk.database import Tx
from kiosk.screens.web.access import asked
from kiosk.screens.web.forms import Draft, done, text, whole_or_none
from kiosk.screens.web.page import box, say
from kiosk.screens.web.screen import staffed
from kiosk.staff import Role
from kiosk.words import mark

screen = staffed(
    __name__, Role.MANAGER, Role.SECRETARY, menu=None, under="concerns.categories",
    url_prefix="/admin/concerns/routing",
)  # fmt: skip

Answer = Response | tuple[str, int]


@screen.get("")
def table() -> str:
    """The whole table."""
    return _page(Draft({}))


def _page(draft: Draft) -> str:
    with box().database.read() as tx:
        plans = [(code, plan) for code, plan in concerns.category_plans(tx) if not plan.is_retired]
        places = [(number, plan) for number, plan in concerns.place_plans(tx) if not plan.is_retired]
        grids, lies_in = concerns.grid_plans(tx), concerns.grid_of_places(tx)
        people = _people(tx)
    names = {number: plan.name for number, plan in places}
    return render_template(
        "concerns/routing/table.html",
        plans=plans,
        places=[(number, _called(plan, names), plan.parent_id) for number, plan in places],
        grids=[(number, plan) for number, plan in grids if not plan.is_retired],
        retired=[(number, plan) for number, plan in grids if plan.is_retired],
        lies_in=lies_in,
        people=people,
        draft=draft,
    )


def _called(plan: concerns.PlacePlan, names: dict[int, str]) -> str:
    return f"{names.get(plan.parent_id or 0, '')} {plan.name}".strip()


def _people(tx: Tx) -> list[tuple[int, str]]:
    """Who can have a concern."""
    found = (one for one in staff.accounts(tx) if one.is_enabled)
    return [(one.id, one.name) for one in found if one.role not in (Role.ADMIN, Role.VIEWER)]


@screen.post("")
def save() -> Response:
    """Write the whole table; what the form does not say stays. Raises BadConcern, UnknownGrid."""
    with box().database.write() as tx:
        people: set[int | None] = {number for number, _ in _people(tx)}
        for code, plan in concerns.category_plans(tx):
            if (name := f"owner-{code}") in request.form:
                owner = _one_of(name, people | {plan.owner_id})
                concerns.edit_category(tx, asked(), code, replace(plan, owner_id=owner))
        for number, grid in concerns.grid_plans(tx):
            if (name := f"worker-{number}") in request.form:
                worker = _one_of(name, people | {grid.worker_id})
                concerns.edit_grid(tx, asked(), number, replace(grid, worker_id=worker))
        for place_id in concerns.grid_of_places(tx):
            if (name := f"grid-{place_id}") in request.form:
                concerns.put_place(tx, asked(), place_id, whole_or_none(name) or None)
    return done(say(mark("记下了，新来的事照这张表派。")), ".table")


def _one_of(name: str, people: set[int | None]) -> int | None:
    chosen = whole_or_none(name) or None
    if chosen is not None and chosen not in people:
        raise concerns.BadConcern
    return chosen


@screen.post("/grids")
def add() -> Answer:
    """Add a grid."""
    plan = GridPlan(text("name"))
    draft = Draft({"name": plan.name}).judged(concerns.grid_faults(plan))
    if draft.faults:
        return _page(draft), 400
    with box().database.write() as tx:
        concerns.add_grid(tx, asked(), plan)
    return done(say(mark("加上了。再选它的网格员，和哪些楼在里面。")), ".table")


@screen.post("/grids/<int:grid_id>/retire")
def retire(grid_id: int) -> Response:
    """Its places lie in no grid any more."""
    with box().database.write() as tx:
        concerns.retire_grid(tx, asked(), grid_id, is_retired=True)
    return done(say(mark("停用了，里面的楼不再归它。")), ".table")


@screen.post("/grids/<int:grid_id>/bring-back")
def bring_back(grid_id: int) -> Response:
    """They lie in it again."""
    with box().database.write() as tx:
        concerns.retire_grid(tx, asked(), grid_id, is_retired=False)
    return done(say(mark("恢复了。")), ".table")
