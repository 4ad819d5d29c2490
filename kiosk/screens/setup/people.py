"""The people: the secretary's contact card, and an account for each of the staff."""

from flask import request
from msgspec import Struct
from msgspec.structs import replace
from werkzeug.wrappers import Response

from kiosk import cards, setup, spool, staff
from kiosk.screens.setup._steps import go_on, note_done, step_page
from kiosk.screens.web.access import asked, is_stranger
from kiosk.screens.web.errors import note_wait, status_of, words_of
from kiosk.screens.web.forms import Draft, text
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import staffed
from kiosk.setup import Step
from kiosk.staff import Role
from kiosk.words import Refusal, mark

screen = staffed(__name__, Role.ADMIN, menu=None, under="accounts.staff_accounts", url_prefix="/setup")

Answer = Response | str | tuple[str, int]

ROWS = 6
"""Accounts that are opened with one press: each password takes 0.2 s to keep."""

ROLE_WORDS = {
    Role.CLERK: mark("窗口"),
    Role.MANAGER: mark("主管"),
    Role.DESK: mark("志愿者"),
    Role.ADMIN: mark("管理员"),
    Role.VIEWER: mark("只看"),
    Role.GRID: mark("网格员"),
    Role.SECRETARY: mark("书记"),
    Role.STREET: mark("街道"),
}


class Made(Struct, frozen=True):
    """An account that was opened just now, and its password, which is shown this once.

    `key` lets the password be printed; empty where no slip can be.
    """

    name: str
    role: Role
    password: str
    key: str = ""


@screen.get("/card")
def card() -> str:
    """The first card, or one to fill in; and what leads to it."""
    with box().database.read() as tx:
        chosen, is_done = setup.chosen_problems(tx), Step.CARD in setup.done_steps(tx)
    ticked = chosen if chosen or is_done else cards.FIRST_PROBLEMS
    return _card(Draft(_card_fields(), ticked={"problem": tuple(ticked)}))


@screen.post("/card")
def write_card() -> Answer:
    """Write it; empty telephone: there is none yet, and nothing is written."""
    fields = {name: text(name) for name in cards.LENGTHS}
    if request.form.get("verb") == "later":
        return _later(Step.CARD)
    chosen = frozenset(request.form.getlist("problem"))
    draft = Draft(fields, ticked={"problem": tuple(chosen)}).judged(cards.faults(fields))
    if draft.faults:
        return _card(draft), 400
    with box().database.write() as tx:
        card_id = setup.write_first_card(tx, asked(), fields)
        setup.offer_problems(tx, asked(), card_id, chosen)
        note_done(tx, Step.CARD)
    return go_on(Step.CARD)


def _later(step: Step) -> Response:
    with box().database.write() as tx:
        note_done(tx, step)
    return go_on(step)


def _card_fields() -> dict[str, str]:
    with box().database.read() as tx:
        first = next(iter(cards.cards(tx, lang())), None)
        if first is not None:
            return cards.card_fields(tx, first.id)
    return dict(cards.FIRST_CARD)


def _card(draft: Draft) -> str:
    return step_page(
        "setup/people/card.html",
        Step.CARD,
        draft=draft,
        most=cards.LENGTHS,
        problems=[(one.zh, one.en if lang() == "en" else one.zh) for one in cards.STARTER_PROBLEMS],
    )


@screen.get("/staff")
def accounts() -> str:
    """Who may log in, and empty lines for more."""
    return _accounts(Draft({}))


@screen.post("/staff")
def open_accounts() -> Answer:
    """Open an account for each name that was written; all or none of them. Nothing written: go on."""
    lines = {row: text(f"name{row}") for row in range(ROWS) if text(f"name{row}")}
    roles = {row: _role(row) for row in range(ROWS)}
    if not lines:
        return _later(Step.STAFF)
    draft = Draft(
        {f"name{row}": name for row, name in lines.items()} | {f"role{r}": v for r, v in roles.items()}
    )
    faults = _name_faults(lines)
    if faults:
        return _accounts(draft.with_faults(faults)), 400
    made = [Made(name, roles[row], staff.made_password()) for row, name in lines.items()]
    try:
        kept = _kept(made)
        with box().database.write() as tx:
            for one, password in zip(made, kept, strict=True):
                staff.add_staff(tx, asked(), one.name, one.role, password)
            note_done(tx, Step.STAFF)
    except Refusal as refusal:
        note_wait(refusal)
        return _accounts(draft.with_faults({f"name{min(lines)}": words_of(refusal)})), status_of(refusal)
    return _passwords(_printable(made))


@screen.post("/staff/slips")
def print_passwords() -> Answer:
    """The passwords that the page shows, a slip for each; once."""
    at, keys = box().now(), request.form.getlist("slip")[:ROWS]
    kept = [slip for slip in (spool.kept_password(key, at) for key in keys) if slip]
    with box().database.write() as tx:
        roles = {one.name: one.role for one in staff.accounts(tx)}
        for key in keys or [""]:
            spool.print_password(tx, key, at, box().settings)
    return _passwords([Made(slip.name, roles[slip.name], slip.password) for slip in kept], is_printing=True)


def _printable(made: list[Made]) -> list[Made]:
    """The same, with what is needed to print each, where a slip may be."""
    with box().database.read() as tx:
        if not spool.prints_passwords(tx, box().settings):
            return made
    centre, by = box().centre, asked()
    return [replace(one, key=spool.keep_password(centre, one.name, one.password, by)) for one in made]


def _passwords(made: list[Made], *, is_printing: bool = False) -> str:
    return step_page(
        "setup/people/passwords.html",
        Step.STAFF,
        made=made,
        role_words=ROLE_WORDS,
        is_printing=is_printing,
    )


def _kept(made: list[Made]) -> list[staff.Password]:
    with staff.turn(is_stranger=is_stranger()):
        return [staff.hashed(one.password, is_given=True) for one in made]


def _role(row: int) -> Role:
    return next((role for role in ROLE_WORDS if role == request.form.get(f"role{row}")), Role.CLERK)


def _name_faults(lines: dict[int, str]) -> dict[str, str]:
    """What is wrong with each line: no name, somebody's already, written twice."""
    with box().database.read() as tx:
        taken = {one.name for one in staff.accounts(tx)}
    faults = {}
    for row, name in lines.items():
        if not staff.is_a_name(name):
            faults[f"name{row}"] = words_of(staff.NameUnfit(most=staff.LONGEST_NAME))
        elif name in taken:
            faults[f"name{row}"] = words_of(staff.NameTaken())
        taken = taken | {name}
    return faults


def _accounts(draft: Draft) -> str:
    with box().database.read() as tx:
        every = staff.accounts(tx)
    roles = [(role, say(words)) for role, words in ROLE_WORDS.items()]
    return step_page(
        "setup/people/accounts.html", Step.STAFF, draft=draft, rows=range(ROWS), every=every, roles=roles
    )
