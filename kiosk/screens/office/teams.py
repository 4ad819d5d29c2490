"""Teams and partners: their people, their cards on A4, their names; closed rather than deleted."""

from flask import Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk import people, staff
from kiosk.screens.office.paging import PAGE, page_of
from kiosk.screens.office.people import team_names
from kiosk.screens.web.access import asked
from kiosk.screens.web.downloads import pdf, undrawn
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import Draft, choice, done
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import staffed
from kiosk.words import Refusal, mark

screen = staffed(
    __name__,
    staff.Role.DESK,
    staff.Role.MANAGER,
    menu=None,
    under="office.people",
    url_prefix="/admin/people/teams",
)

Answer = AnyResponse | tuple[str, int]

MOST_CARDS = 500


class TooManyCards(Refusal):
    """More cards than one file holds."""

    sentence = mark("一次最多做%(most)s张卡，请到每个人的页面单独打印。")


class NobodyInTeam(Refusal):
    """A sheet of no cards."""

    sentence = mark("这支队还没有人，没有卡可打。")


@screen.get("/new")
def new_team() -> str:
    """The empty form."""
    return render_template("office/teams/team_new.html", draft=Draft({"kind": people.TeamKind.TEAM}))


@screen.post("/new")
def add_team() -> Answer:
    """Start a team or take a partner in, or show what is wrong."""
    draft = _typed()
    kind = choice("kind", people.TeamKind) if "kind" in request.form else people.TeamKind.TEAM
    if draft.faults:
        return render_template("office/teams/team_new.html", draft=draft), 400
    try:
        with box().database.write() as tx:
            team_id = people.add_team(tx, asked(), draft["name"], kind, draft["contact"], draft["name_en"])
    except people.TeamKnown as refusal:
        draft = draft.with_faults({"name": words_of(refusal)})
        return render_template("office/teams/team_new.html", draft=draft), status_of(refusal)
    return _back_to(team_id, say(mark("建好了。")))


@screen.get("/<int:team_id>")
def team(team_id: int) -> str:
    """A team's people, and its own entry."""
    with box().database.read() as tx:
        known = people.team_of(tx, team_id)
    return _page(team_id, Draft({"name": known.name, "name_en": known.name_en, "contact": known.contact}))


@screen.post("/<int:team_id>")
def edit_team(team_id: int) -> Answer:
    """Correct a team's name and contact, or show what is wrong."""
    draft = _typed()
    if draft.faults:
        return _page(team_id, draft), 400
    try:
        with box().database.write() as tx:
            people.edit_team(tx, asked(), team_id, draft["name"], draft["contact"], draft["name_en"])
    except people.TeamKnown as refusal:
        return _page(team_id, draft.with_faults({"name": words_of(refusal)})), status_of(refusal)
    return _back_to(team_id, say(mark("保存好了。")))


@screen.post("/<int:team_id>/close")
def close_team(team_id: int) -> AnyResponse:
    """No longer offered; the people and their hours stay."""
    with box().database.write() as tx:
        people.close_team(tx, asked(), team_id)
    return _back_to(team_id, say(mark("停用了，人和时长都保留着。")))


@screen.post("/<int:team_id>/reopen")
def reopen_team(team_id: int) -> AnyResponse:
    """Offered again."""
    with box().database.write() as tx:
        people.reopen_team(tx, asked(), team_id)
    return _back_to(team_id, say(mark("恢复了。")))


@screen.get("/none")
def without_team() -> str:
    """People who belong to no team."""
    with box().database.read() as tx:
        pages = page_of(people.without_team_count(tx))
        members = people.people_without_team(tx, people.Slice(PAGE, pages.skipped))
        return render_template("office/teams/no_team.html", members=members, pages=pages, team_names={})


@screen.get("/<int:team_id>/cards.pdf")
def cards_pdf(team_id: int) -> Response:
    """Every card of the team, ten on a page."""
    with box().database.read() as tx:
        known, count = people.team_of(tx, team_id), people.team_count(tx, team_id)
        if not count:
            raise NobodyInTeam
        if count > MOST_CARDS:
            raise TooManyCards(most=MOST_CARDS)
        owners = people.people_of_team(tx, team_id)
        sheet = people.card_sheet(tx, box().centre, owners, lang(), box().now())
    return pdf(sheet, f"{say(mark('志愿者卡'))}-{known.name}")


def _typed() -> Draft:
    draft = Draft({name: request.form.get(name, "") for name in ("name", "name_en", "contact", "kind")})
    return draft.judged(people.team_faults(draft["name"], draft["contact"], draft["name_en"]))


def _page(team_id: int, draft: Draft) -> str:
    with box().database.read() as tx:
        known, pages = people.team_of(tx, team_id), page_of(people.team_count(tx, team_id, everybody=True))
        listed = people.Slice(PAGE, pages.skipped)
        members = people.people_of_team(tx, team_id, listed, everybody=True)
        letters = people.letters(tx, team_id)
    missing = undrawn(letters)
    with box().database.read() as tx:
        return render_template(
            "office/teams/team.html",
            draft=draft,
            team=known,
            members=members,
            pages=pages,
            undrawn=missing,
            team_names=team_names(tx),
        )


def _back_to(team_id: int, words: str) -> AnyResponse:
    return done(words, ".team", team_id=team_id)
