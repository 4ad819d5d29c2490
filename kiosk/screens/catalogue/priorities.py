"""The reasons for going first, and how many minutes each is worth."""

from flask import render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk import services, staff, tickets
from kiosk.database import Tx
from kiosk.screens.catalogue.editing import Answer, Beside, Editing
from kiosk.screens.catalogue.history import last_change
from kiosk.screens.catalogue.look import Look, OnlyLooking, look_at_priority
from kiosk.screens.catalogue.service_form import judged
from kiosk.screens.web.access import asked
from kiosk.screens.web.errors import words_of
from kiosk.screens.web.forms import Draft, Reading, done, text
from kiosk.screens.web.labels import change_to_undo
from kiosk.screens.web.page import box, say
from kiosk.screens.web.screen import staffed
from kiosk.tickets import PriorityPlan
from kiosk.words import Refusal, mark

screen = staffed(
    __name__, staff.Role.ADMIN, menu=None, under="catalogue.services", url_prefix="/admin/priorities"
)

TEXTS = ("name", "name_en")
LONGEST_MIN = 240


@screen.get("")
def every() -> str:
    """Every reason, and the empty form of another."""
    return _every(Draft({"head_start_min": "15"}))


@screen.post("")
def add() -> Answer:
    """One more reason, how it will look, or what is wrong."""
    draft, plan = _typed()
    if plan is None:
        return _every(draft), 400
    try:
        with box().database.write() as tx:
            look_at_priority(tx, tickets.add_priority(tx, asked(), plan))
    except OnlyLooking as shown:
        return _every(draft, shown.look), 200
    return done(say(mark("加好了，自助机上马上看得到。")), ".every")


@screen.get("/<reason>")
def priority(reason: str) -> str:
    """One reason's form."""
    return _editing.fresh(reason, lambda tx: _draft(tickets.listed_priority(tx, reason).plan))


@screen.post("/<reason>")
def edit(reason: str) -> Answer:
    """Change a reason, show how it will look, or what is wrong, or what others have changed."""
    draft, plan = _typed()
    if plan is None:
        return _editing.again(reason, draft, 400)

    def write(tx: Tx) -> None:
        tickets.edit_priority(tx, asked(), reason, plan)
        look_at_priority(tx, reason)

    return _editing.not_saved(reason, draft, write) or done(
        say(mark("保存好了。已经取了号的不变。")), ".every"
    )


@screen.post("/<reason>/retire")
def retire(reason: str) -> AnyResponse:
    """Offer it no more."""
    with box().database.write() as tx:
        tickets.retire_priority(tx, asked(), reason)
    return done(say(mark("停用了。已经取了号的不变。")), ".every")


@screen.post("/<reason>/bring-back")
def bring_back(reason: str) -> AnyResponse:
    """Offer it again."""
    with box().database.write() as tx:
        tickets.bring_back_priority(tx, asked(), reason)
    return done(say(mark("恢复了。")), ".every")


@screen.post("/arrange")
def arrange() -> AnyResponse:
    """Move one reason a place up or down."""
    way = "up" if request.form.get("up") else "down"
    code = text(way)
    with box().database.write() as tx:
        tickets.listed_priority(tx, code)
        codes = [one.code for one in tickets.every_priority(tx)]
        tickets.arrange_priorities(tx, asked(), services.moved(codes, code, way))
    return done(say(mark("换好了。")), ".every")


@screen.post("/undo")
def undo() -> AnyResponse:
    """Take back one change of a reason."""
    with box().database.write() as tx:
        tickets.put_back_priority(tx, asked(), change_to_undo(tx, "priority"))
    return done(say(mark("撤销了，又和以前一样。")), ".every")


def _typed() -> tuple[Draft, PriorityPlan | None]:
    values = {name: text(name)[:200] for name in TEXTS}
    reading = Reading(values | {"head_start_min": text("head_start_min")[:20]})
    minutes = reading.whole("head_start_min", LONGEST_MIN)
    if minutes is None:
        reading.need("head_start_min")
    plan = PriorityPlan(**values, head_start_min=minutes or 0)
    faults = tickets.priority_faults(plan) | reading.faults
    draft = Draft(dict(reading.values))
    return (judged(draft, faults), None) if faults else (draft, plan)


def _draft(plan: PriorityPlan) -> Draft:
    values = {name: getattr(plan, name) for name in TEXTS}
    return Draft(values | {"head_start_min": str(plan.head_start_min)})


def _refused(draft: Draft, refusal: Refusal) -> Draft:
    if isinstance(refusal, tickets.BadPriority):
        return judged(draft, refusal.faults)
    return draft.with_faults({"name": words_of(refusal)})


def _page(tx: Tx, reason: str, draft: Draft, beside: Beside) -> str:
    return render_template(
        "catalogue/priorities/priority.html",
        waiting=tickets.waiting_with(tx, box().centre, box().now(), reason),
        one=tickets.listed_priority(tx, reason),
        draft=draft,
        **beside,
    )


_editing = Editing("priority", _page, _refused)


def _every(draft: Draft, look: Look | None = None) -> str:
    with box().database.read() as tx:
        return render_template(
            "catalogue/priorities/every.html",
            priorities=tickets.every_priority(tx),
            draft=draft,
            look=look,
            last=last_change(tx, ("priority",)),
        )
