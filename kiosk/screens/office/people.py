"""The register 花名册: finding people, their entry, their card. For coordinators; nobody is ever deleted."""

from flask import Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk import people, staff
from kiosk.database import Tx
from kiosk.screens.web.access import asked
from kiosk.screens.web.downloads import pdf, undrawn
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import Draft, done, text, whole, whole_or_none
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import MenuEntry, MenuGroup, staffed
from kiosk.words import mark

screen = staffed(
    __name__,
    staff.Role.DESK,
    staff.Role.MANAGER,
    menu=MenuEntry(mark("花名册"), mark("回到花名册"), "users-round", "register", 50, MenuGroup.PEOPLE),
    url_prefix="/admin/people",
)

Answer = AnyResponse | tuple[str, int]

VERBS = {
    "add": mark("登记"),
    "import": mark("从名单导入"),
    "edit": mark("改了姓名或电话"),
    "join": mark("加入"),
    "part": mark("退出"),
    "leave": mark("停用"),
    "come_back": mark("恢复"),
    "renew": mark("换新卡"),
}


@screen.get("")
def register() -> tuple[str, int]:
    """Every team."""
    return _register(None)


@screen.post("/search")
def search() -> tuple[str, int]:
    """Whoever is called so or has this number, who has left too; a POST, so that no address holds a name."""
    return _register(text("text"))


def _register(wanted: str | None) -> tuple[str, int]:
    found: tuple[people.Person, ...] | None = None
    fault = ""
    with box().database.read() as tx:
        try:
            found = None if wanted is None else people.search(tx, wanted, everybody=True)
        except people.TooShort as refusal:
            fault = words_of(refusal)
        page = render_template(
            "office/people/people.html",
            teams=people.teams(tx, everyone=True),
            sizes=people.team_sizes(tx),
            without_team=people.without_team_count(tx),
            text=wanted or "",
            found=found,
            fault=fault,
            team_names=team_names(tx),
        )
    return page, 400 if fault else 200


def team_names(tx: Tx) -> dict[int, str]:
    """Names of all teams and partners by id."""
    return {team.id: team.name for team in people.teams(tx, everyone=True)}


@screen.get("/new")
def new_person() -> str:
    """The empty form, in a team when one is given."""
    team = whole_or_none("team", fields=request.args)
    return _new_form(Draft({}, ticked={"team": () if team is None else (str(team),)}))


@screen.post("/new")
def add_person() -> Answer:
    """Put somebody on the register, or show what is wrong."""
    draft = _typed()
    team_ids = _team_ids(draft)
    if draft.faults:
        return _new_form(draft), 400
    try:
        with box().database.write() as tx:
            person_id = people.add_person(tx, asked(), draft["name"], draft["phone"], team_ids)
    except people.PersonKnown as refusal:
        return _new_form(draft.with_faults({"name": words_of(refusal)})), status_of(refusal)
    return _back_to(person_id, say(mark("登记好了。")))


@screen.get("/<int:person_id>")
def person(person_id: int) -> str:
    """One person's entry, card and history."""
    with box().database.read() as tx:
        known = people.person_of(tx, person_id)
    ticked = {"team": tuple(str(team) for team in known.team_ids)}
    return _form(person_id, Draft({"name": known.name, "phone": known.phone}, ticked=ticked))


@screen.post("/<int:person_id>")
def edit_person(person_id: int) -> Answer:
    """Correct an entry, or show what is wrong."""
    draft = _typed()
    chosen = _team_ids(draft)
    if draft.faults:
        return _form(person_id, draft), 400
    try:
        with box().database.write() as tx:
            known = people.person_of(tx, person_id)
            kept = {one.id for one in people.teams(tx, everyone=True) if not one.is_active}
            team_ids = {*chosen, *kept.intersection(known.team_ids)}  # closed ones are not on the form
            people.edit_person(tx, asked(), person_id, draft["name"], draft["phone"], team_ids)
    except people.PersonKnown as refusal:
        return _form(person_id, draft.with_faults({"name": words_of(refusal)})), status_of(refusal)
    return _back_to(person_id, say(mark("保存好了。")))


@screen.post("/<int:person_id>/leave")
def leave(person_id: int) -> AnyResponse:
    """The card stops working; the hours stay."""
    with box().database.write() as tx:
        people.leave(tx, asked(), person_id)
    return _back_to(person_id, say(mark("停用了，卡不能再签到，时长都保留着。")))


@screen.post("/<int:person_id>/come-back")
def come_back(person_id: int) -> AnyResponse:
    """Active again, with the same card."""
    with box().database.write() as tx:
        people.come_back(tx, asked(), person_id)
    return _back_to(person_id, say(mark("恢复了，原来的卡又能用了。")))


@screen.post("/<int:person_id>/card")
def print_card(person_id: int) -> AnyResponse:
    """The newest card from the slip printer."""
    with box().database.write() as tx:
        is_printed = people.print_card(tx, box().centre, person_id, lang(), box().now())
    return _back_to(person_id, _printed(is_printed))


@screen.post("/<int:person_id>/card/renew")
def renew_card(person_id: int) -> AnyResponse:
    """A new card for a lost one; the older one answers that it was replaced."""
    revision = whole("revision")
    with box().database.write() as tx:
        is_printed = people.renew_card(tx, box().centre, asked(), person_id, revision)
    return _back_to(person_id, f"{say(mark('换了新卡，旧卡不能用了。'))}{_printed(is_printed)}")


@screen.get("/<int:person_id>/card.pdf")
def card_pdf(person_id: int) -> Response:
    """One card on A4, where no slip printer is."""
    with box().database.read() as tx:
        owner = people.person_of(tx, person_id)
        if not owner.is_active:
            raise people.PersonLeft
        sheet = people.card_sheet(tx, box().centre, (owner,), lang(), box().now())
    return pdf(sheet, f"{say(mark('志愿者卡'))}-{owner.name}")


def _printed(is_printed: bool) -> str:
    if is_printed:
        return say(mark("卡在打印。"))
    return say(mark("没有接小票打印机，请用“A4 打印”。"))


def _back_to(person_id: int, words: str) -> AnyResponse:
    return done(words, ".person", person_id=person_id)


def _typed() -> Draft:
    values = {name: request.form.get(name, "") for name in ("name", "phone")}
    draft = Draft(values, ticked={"team": tuple(request.form.getlist("team"))})
    return draft.judged(people.person_faults(draft["name"], draft["phone"]))


def _team_ids(draft: Draft) -> tuple[int, ...]:
    """The teams that are ticked. Raises Malformed."""
    return tuple(whole("team", fields={"team": team}) for team in draft.ticked["team"])


def _new_form(draft: Draft) -> str:
    with box().database.read() as tx:
        return render_template("office/people/person_new.html", draft=draft, teams=people.teams(tx))


def _form(person_id: int, draft: Draft) -> str:
    with box().database.read() as tx:
        known = people.person_of(tx, person_id)
    missing = undrawn(known.name)
    with box().database.read() as tx:
        return render_template(
            "office/people/person.html",
            draft=draft,
            person=known,
            undrawn=missing,
            teams=people.teams(tx),
            card=box().centre.qr_text(people.card_token(box().centre, known)),
            history=people.history_of(tx, person_id),
            verbs=VERBS,
            staff_names=staff.staff_names(tx),
        )
