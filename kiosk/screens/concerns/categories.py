"""What residents can choose under 我要说: its pictures and promises, and the centre's places."""

from flask import render_template, request
from msgspec.structs import asdict
from werkzeug.wrappers import Response

from kiosk import concerns, staff
from kiosk.concerns import KIND_WORDS, CategoryPlan, Kind, PlacePlan, Unit
from kiosk.screens.concerns.words import UNIT_WORDS
from kiosk.screens.web.access import asked
from kiosk.screens.web.forms import Draft, Reading, choice, done, text, whole_or_none
from kiosk.screens.web.page import box, say
from kiosk.screens.web.screen import MenuEntry, staffed
from kiosk.staff import Role
from kiosk.words import mark

screen = staffed(
    __name__,
    Role.MANAGER,
    Role.SECRETARY,
    menu=MenuEntry(mark("居民能说的事"), mark("回到居民能说的事"), "message-square", "every", 14),
    url_prefix="/admin/concerns",
)

Answer = Response | tuple[str, int]
STEPS = {"up": -1, "down": 1}


@screen.get("")
def every() -> str:
    """Every category with its promise, and every place."""
    return _page(Draft({}))


def _page(place: Draft) -> str:
    with box().database.read() as tx:
        plans, places = concerns.category_plans(tx), concerns.place_plans(tx)
        names, takers = staff.staff_names(tx), concerns.takers(tx)
    return render_template(
        "concerns/categories/every.html",
        takers=takers,
        standing=[(code, plan) for code, plan in plans if not plan.is_retired and code not in concerns.INNER],
        inner=[(code, plan) for code, plan in plans if code in concerns.INNER],
        retired=[(code, plan) for code, plan in plans if plan.is_retired],
        places=places,
        compounds=[(number, plan.name) for number, plan in places if plan.parent_id is None],
        names=names,
        promise={code: _promise(plan) for code, plan in plans},
        draft=place,
    )


def _promise(plan: CategoryPlan) -> str:
    return f"{plan.length} {say(UNIT_WORDS[Unit(plan.unit)])}"


@screen.get("/new")
def new() -> str:
    """The empty form."""
    values = {"icon": concerns.ICONS[0], "kind": Kind.COMPLAINT, "length": "5", "unit": Unit.WORKDAY}
    return _form("", Draft(values))


@screen.post("/new")
def add() -> Answer:
    """Add a category, or show what is wrong."""
    draft, plan = _read()
    if plan is None:
        return _form("", draft), 400
    with box().database.write() as tx:
        concerns.add_category(tx, asked(), plan)
    return done(say(mark("加上了，自助机上已经能看到。")), ".every")


@screen.get("/category/<code>")
def one(code: str) -> str:
    """One category's form."""
    with box().database.read() as tx:
        plan = concerns.category_plan(tx, code)
    values = {name: str(value) for name, value in asdict(plan).items() if isinstance(value, str | int)}
    values["owner_id"] = str(plan.owner_id or "")
    on = tuple(name for name in ("is_public", "is_sealed") if getattr(plan, name))
    return _form(code, Draft(values, ticked={"on": on}))


@screen.post("/category/<code>")
def edit(code: str) -> Answer:
    """Write the edited category, or show what is wrong."""
    with box().database.read() as tx:
        concerns.category_plan(tx, code)
    draft, plan = _read()
    if plan is None:
        return _form(code, draft), 400
    with box().database.write() as tx:
        concerns.edit_category(tx, asked(), code, plan)
    return done(say(mark("保存好了，自助机上已经是新的")), ".every")


@screen.post("/category/<code>/retire")
def retire(code: str) -> Response:
    """Offer it no longer."""
    with box().database.write() as tx:
        concerns.retire_category(tx, asked(), code, is_retired=True)
    return done(say(mark("停用了，自助机上不再显示。")), ".every")


@screen.post("/category/<code>/bring-back")
def bring_back(code: str) -> Response:
    """Offer it again."""
    with box().database.write() as tx:
        concerns.retire_category(tx, asked(), code, is_retired=False)
    return done(say(mark("恢复了，自助机上又能看到。")), ".every")


@screen.post("/category/<code>/move")
def move(code: str) -> Response:
    """One place up or down."""
    with box().database.write() as tx:
        concerns.move_category(tx, asked(), code, STEPS[choice("way", STEPS)])
    return done(say(mark("换了位置。")), ".every")


@screen.post("/places")
def add_place() -> Answer:
    """Add a compound, or a building of one."""
    values = {
        "name": text("name"),
        "name_en": text("name_en"),
        "parent_id": request.form.get("parent_id", ""),
    }
    plan = PlacePlan(values["name"], values["name_en"], whole_or_none("parent_id") or None)
    draft = Draft(values).judged(concerns.place_faults(plan))
    if draft.faults:
        return _page(draft), 400
    with box().database.write() as tx:
        concerns.add_place(tx, asked(), plan)
    return done(say(mark("加上了，自助机上已经能看到。")), ".every")


@screen.post("/places/<int:place_id>/retire")
def retire_place(place_id: int) -> Response:
    """Offer a place no longer."""
    with box().database.write() as tx:
        concerns.retire_place(tx, asked(), place_id, is_retired=True)
    return done(say(mark("停用了，自助机上不再显示。")), ".every")


@screen.post("/places/<int:place_id>/bring-back")
def bring_back_place(place_id: int) -> Response:
    """Offer a place again."""
    with box().database.write() as tx:
        concerns.retire_place(tx, asked(), place_id, is_retired=False)
    return done(say(mark("恢复了，自助机上又能看到。")), ".every")


FIELDS = ("name", "name_en", "icon", "kind", "length", "unit", "owner_id")


def _read() -> tuple[Draft, CategoryPlan | None]:
    values = {name: text(name) for name in FIELDS}
    on = tuple(request.form.getlist("on"))
    draft, reading = Draft(values, ticked={"on": on}), Reading(values)
    length, owner = reading.whole("length", 365, 1), reading.whole("owner_id")
    if length is None:
        reading.need("length")
    plan = CategoryPlan(
        values["name"], values["name_en"], values["icon"], values["kind"], length or 1, values["unit"],
        "is_public" in on, "is_sealed" in on, owner,
    )  # fmt: skip
    faults = concerns.category_faults(plan) | reading.faults
    with box().database.read() as tx:
        if owner is not None and owner not in staff.staff_names(tx):
            faults["owner_id"] = "choice"
    return draft.judged(faults), None if faults else plan


def _form(code: str, draft: Draft) -> str:
    with box().database.read() as tx:
        names = staff.staff_names(tx)
    return render_template(
        "concerns/categories/one.html",
        code=code,
        draft=draft,
        icons=concerns.ICONS,
        kinds=[(str(kind), say(words)) for kind, words in KIND_WORDS.items()],
        units=[(str(unit), say(words)) for unit, words in UNIT_WORDS.items()],
        people=[("", say(mark("谁都可以先接"))), *((str(number), name) for number, name in names.items())],
    )
