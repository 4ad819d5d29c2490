"""By problem ("下水道堵了找谁"): what residents come with, and whose cards help."""

from flask import render_template, request
from werkzeug.wrappers import Response

from kiosk import cards, changes, staff
from kiosk.screens.web.access import asked
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import Draft, choice, done, text, whole_or_none
from kiosk.screens.web.labels import told_changes, undo_id
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import staffed
from kiosk.words import mark

screen = staffed(
    __name__,
    staff.Role.MANAGER,
    menu=None,
    under="office.contact_cards",
    url_prefix="/admin/cards/problems",
)

Answer = Response | tuple[str, int]
Meanwhile = tuple[str, tuple[changes.Change, ...]]

STEPS = {"up": -1, "down": 1}
LONGEST_LIST = 8
ICONS = (
    "circle-help", "wrench", "zap", "triangle-alert", "house", "building-2", "volume-2", "message-square",
    "map-pin", "heart-handshake", "hand-heart", "baby", "briefcase", "users-round", "wallet", "shield-check",
)  # fmt: skip
FACT_WORDS = {
    "zh": mark("中文"),
    "en": mark("英文"),
    "icon": mark("图标"),
    "cards": mark("找谁"),
    "retired": mark("停用"),
}


@screen.get("")
def every() -> str:
    """Every problem with whom it leads to; those that are retired at the end."""
    with box().database.read() as tx:
        plans = cards.problem_plans(tx)
        posts = {one.id: one.post for one in cards.cards(tx, lang())}
        moves = changes.changes(tx, changes.Wanted(cards.KIND, cards.PROBLEMS), of=1)
    known = {plan.zh for _, plan in plans}
    return render_template(
        "centre/card_problems/problems.html",
        standing=[(number, plan) for number, plan in plans if not plan.is_retired],
        retired=[(number, plan) for number, plan in plans if plan.is_retired],
        helping={number: [posts[card] for card in plan.cards if card in posts] for number, plan in plans},
        starters=[one for one in cards.STARTER_PROBLEMS if one.zh not in known],
        moved=undo_id(moves),
    )


@screen.get("/new")
def new_problem() -> str:
    """The empty form; one of the list to start from is filled in already when it is asked for."""
    start = {one.zh: one for one in cards.STARTER_PROBLEMS}.get(request.args.get("start", ""))
    values = {"zh": start.zh, "en": start.en, "icon": start.icon} if start else {"icon": ICONS[0]}
    return _form(None, Draft(values))


@screen.post("/new")
def add_problem() -> Answer:
    """Add a problem, or show what is wrong."""
    draft, plan = _read()
    if draft.faults:
        return _form(None, draft), 400
    with box().database.write() as tx:
        cards.add_problem(tx, asked(), plan)
    return done(say(mark("加上了，自助机上已经能看到。")), ".every")


@screen.get("/<int:problem_id>")
def problem(problem_id: int) -> str:
    """One problem's form, and what was done to it."""
    with box().database.read() as tx:
        plan = cards.problem_plan(tx, problem_id)
        seen = changes.newest(tx, cards.KIND, f"{cards.PROBLEM}{problem_id}")
    values = {"zh": plan.zh, "en": plan.en, "icon": plan.icon, "seen": str(seen)}
    return _form(problem_id, Draft(values, ticked={"cards": tuple(str(card) for card in plan.cards)}))


@screen.post("/<int:problem_id>")
def edit_problem(problem_id: int) -> Answer:
    """Write the edited problem, or show what is wrong, or who was faster."""
    with box().database.read() as tx:
        cards.problem_plan(tx, problem_id)
    draft, plan = _read()
    if draft.faults:
        return _form(problem_id, draft), 400
    try:
        with box().database.write() as tx:
            cards.edit_problem(tx, asked(), problem_id, plan, whole_or_none("seen") or 0)
    except changes.ChangedMeanwhile as refusal:
        fresh = Draft({**draft.values, "seen": str(refusal.changes[-1].id)}, ticked=draft.ticked)
        return _form(problem_id, fresh, (words_of(refusal), refusal.changes)), status_of(refusal)
    return done(say(mark("保存好了，自助机上已经是新的")), ".every")


@screen.post("/<int:problem_id>/retire")
def retire_problem(problem_id: int) -> Response:
    """Show a problem no longer; it can be brought back."""
    with box().database.write() as tx:
        cards.retire_problem(tx, asked(), problem_id, is_retired=True)
    return done(say(mark("停用了，自助机上不再显示。")), ".every")


@screen.post("/<int:problem_id>/bring-back")
def bring_back_problem(problem_id: int) -> Response:
    """Show a retired problem again."""
    with box().database.write() as tx:
        cards.retire_problem(tx, asked(), problem_id, is_retired=False)
    return done(say(mark("恢复了，自助机上又能看到。")), ".every")


@screen.post("/<int:problem_id>/move")
def move_problem(problem_id: int) -> Response:
    """One place up or down."""
    with box().database.write() as tx:
        cards.move_problem(tx, asked(), problem_id, STEPS[choice("way", STEPS)])
    return done(say(mark("换了位置。")), ".every")


def _read() -> tuple[Draft, cards.ProblemPlan]:
    values = {name: text(name)[:200] for name in ("zh", "en", "icon")}
    sent = request.form.getlist("cards")
    with box().database.read() as tx:
        chosen = tuple(one.id for one in cards.cards(tx, lang()) if str(one.id) in sent)
    plan = cards.ProblemPlan(values["zh"], values["en"], values["icon"], chosen)
    faults = cards.problem_faults(plan)
    if plan.icon not in ICONS:
        faults["icon"] = "choice"
    values["seen"] = request.form.get("seen", "")
    return Draft(values, ticked={"cards": tuple(sent)}).judged(faults), plan


def _form(problem_id: int | None, draft: Draft, meanwhile: Meanwhile | None = None) -> str:
    past: tuple[changes.Change, ...] = ()
    with box().database.read() as tx:
        people = staff.staff_names(tx)
        shown = cards.cards(tx, lang())
        if problem_id is not None:
            wanted = changes.Wanted(cards.KIND, f"{cards.PROBLEM}{problem_id}")
            past = changes.changes(tx, wanted, of=LONGEST_LIST)
    return render_template(
        "centre/card_problems/problem.html",
        problem_id=problem_id,
        draft=draft,
        cards=shown,
        icons=ICONS,
        most={"zh": cards.LONGEST_ZH, "en": cards.LONGEST_EN},
        told=told_changes(past, FACT_WORDS, people),
        undo=undo_id(past),
        meanwhile=(meanwhile[0], told_changes(meanwhile[1], FACT_WORDS, people)) if meanwhile else None,
    )
