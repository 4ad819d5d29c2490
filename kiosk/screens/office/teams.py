"""Teams and partners: their people, their cards on A4, their names; closed rather than deleted."""

from dataclasses import dataclass

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk import people, staff
from kiosk.screens.office.people import FAULTS, team_names
from kiosk.screens.web.access import asked, needs
from kiosk.screens.web.downloads import pdf
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.page import box, lang, say
from kiosk.words import Malformed, Refusal, mark

screen = Blueprint("teams", __name__, url_prefix="/admin/people/teams")

Answer = AnyResponse | tuple[str, int]

MOST_CARDS = 500


class TooManyCards(Refusal):
    """More cards than one file holds."""

    sentence = mark("一次最多做%(most)s张卡，请到每个人的页面单独打印。")


class NobodyInTeam(Refusal):
    """A sheet of no cards."""

    sentence = mark("这支队还没有人，没有卡可打。")


@dataclass(frozen=True)
class TeamForm:
    """What the form of a team holds; `faults` are sentences by field."""

    name: str = ""
    contact: str = ""
    kind: str = people.TeamKind.TEAM
    faults: tuple[tuple[str, str], ...] = ()

    def fault(self, field: str) -> str:
        """What is wrong with a field, empty when it is right."""
        return dict(self.faults).get(field, "")


@screen.get("/new")
@needs(staff.Role.DESK)
def new_team() -> str:
    """The empty form."""
    return render_template("office/teams/team_new.html", form=TeamForm())


@screen.post("/new")
@needs(staff.Role.DESK)
def add_team() -> Answer:
    """Start a team or take a partner in, or show what is wrong."""
    form = _typed()
    if form.kind not in tuple(people.TeamKind):
        raise Malformed
    if form.faults:
        return render_template("office/teams/team_new.html", form=form), 400
    try:
        with box().database.write() as tx:
            team_id = people.add_team(tx, asked(), form.name, people.TeamKind(form.kind), form.contact)
    except people.TeamKnown as refusal:
        return render_template("office/teams/team_new.html", form=_known(form, refusal)), status_of(refusal)
    return _back_to(team_id, say(mark("建好了。")))


@screen.get("/<int:team_id>")
@needs(staff.Role.DESK)
def team(team_id: int) -> str:
    """A team's people, and its own entry."""
    with box().database.read() as tx:
        known = people.team_of(tx, team_id)
    return _page(team_id, TeamForm(known.name, known.contact, known.kind))


@screen.post("/<int:team_id>")
@needs(staff.Role.DESK)
def edit_team(team_id: int) -> Answer:
    """Correct a team's name and contact, or show what is wrong."""
    form = _typed()
    if form.faults:
        return _page(team_id, form), 400
    try:
        with box().database.write() as tx:
            people.edit_team(tx, asked(), team_id, form.name, form.contact)
    except people.TeamKnown as refusal:
        return _page(team_id, _known(form, refusal)), status_of(refusal)
    return _back_to(team_id, say(mark("保存好了。")))


@screen.post("/<int:team_id>/close")
@needs(staff.Role.DESK)
def close_team(team_id: int) -> AnyResponse:
    """No longer offered; the people and their hours stay."""
    with box().database.write() as tx:
        people.close_team(tx, asked(), team_id)
    return _back_to(team_id, say(mark("停用了，人和时长都保留着。")))


@screen.post("/<int:team_id>/reopen")
@needs(staff.Role.DESK)
def reopen_team(team_id: int) -> AnyResponse:
    """Offered again."""
    with box().database.write() as tx:
        people.reopen_team(tx, asked(), team_id)
    return _back_to(team_id, say(mark("恢复了。")))


@screen.get("/none")
@needs(staff.Role.DESK)
def without_team() -> str:
    """People who belong to no team."""
    with box().database.read() as tx:
        return render_template(
            "office/teams/no_team.html", members=people.people_without_team(tx), team_names={}
        )


@screen.get("/<int:team_id>/cards.pdf")
@needs(staff.Role.DESK)
def cards_pdf(team_id: int) -> Response:
    """Every card of the team, ten on a page."""
    with box().database.read() as tx:
        known, owners = people.team_of(tx, team_id), people.people_of_team(tx, team_id)
        if not owners:
            raise NobodyInTeam
        if len(owners) > MOST_CARDS:
            raise TooManyCards(most=MOST_CARDS)
        sheet = people.card_sheet(tx, box().centre, owners, lang(), box().now())
    return pdf(sheet, f"{say(mark('志愿者卡'))}-{known.name}")


def _typed() -> TeamForm:
    name, contact = request.form.get("name", ""), request.form.get("contact", "")
    faults = people.team_faults(name, contact)
    sentences = tuple((field, say(FAULTS[fault])) for field, fault in faults.items())
    return TeamForm(name, contact, request.form.get("kind", people.TeamKind.TEAM), sentences)


def _known(form: TeamForm, refusal: Refusal) -> TeamForm:
    return TeamForm(form.name, form.contact, form.kind, (("name", words_of(refusal)),))


def _page(team_id: int, form: TeamForm) -> str:
    with box().database.read() as tx:
        return render_template(
            "office/teams/team.html",
            form=form,
            team=people.team_of(tx, team_id),
            members=people.people_of_team(tx, team_id, everybody=True),
            team_names=team_names(tx),
        )


def _back_to(team_id: int, words: str) -> AnyResponse:
    flash(words, "ok")
    return redirect(url_for(".team", team_id=team_id), 303)
