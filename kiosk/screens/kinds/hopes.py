"""心愿: a sentence written and released by two people; teams claim by their card, and say when it is done."""

from flask import g, render_template
from werkzeug.wrappers import Response as AnyResponse

from kiosk import concerns, kinds, people
from kiosk.concerns import SOLVED_WORDS, Concern, Hand, Sight
from kiosk.database import Tx
from kiosk.kinds import Hope
from kiosk.screens.web.access import asked
from kiosk.screens.web.downloads import pdf
from kiosk.screens.web.forms import choice, done, text, whole
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import staffed
from kiosk.staff import NotAllowed, Role
from kiosk.words import Malformed, mark
from printing.papers import Listing

screen = staffed(
    __name__,
    Role.CLERK,
    Role.DESK,
    Role.MANAGER,
    Role.GRID,
    Role.SECRETARY,
    menu=None,
    under="concerns.today",
    url_prefix="/s/hopes",
)


COORDINATORS = (Role.DESK, Role.MANAGER, Role.SECRETARY, Role.ADMIN)
"""Who confirms volunteers' hours."""


class NoTeam(Malformed):
    """Somebody who belongs to no team."""

    sentence = mark("这张卡的主人不在服务队里。请先在花名册里加进服务队。")


@screen.get("")
def every() -> str:
    """Every hope that runs, where a card is scanned, and where a sentence is written."""
    with box().database.read() as tx:
        found = _seen(tx, kinds.hopes(tx, box().centre, asked()))
        teams = {one.id: one.name for one in people.teams(tx, everyone=True)}
        waits = kinds.served(tx) if g.staff.role in COORDINATORS else ()
    return render_template(
        "kinds/hopes/every.html", hopes=found, teams=teams, served=waits, solved=SOLVED_WORDS
    )


def _seen(tx: Tx, found: tuple[Hope, ...]) -> tuple[Hope, ...]:
    """What was released anybody of staff may read; what was not, whoever may read the concern."""
    ids = [one.concern_id for one in found if one.released_by is None]
    seen = concerns.sights(tx, box().centre, asked(), str(g.staff.role), ids)
    return tuple(one for one in found if one.released_by or seen[one.concern_id].is_read)


@screen.get("/<int:concern_id>")
def one(concern_id: int) -> str:
    """Where the sentence of a concern is written. Raises UnknownConcern."""
    with box().database.read() as tx:
        concern = _concern(tx, concern_id)
    return render_template("kinds/hopes/one.html", concern=concern)


@screen.post("/<int:concern_id>")
def write(concern_id: int) -> AnyResponse:
    """Write the sentence that others may read. Raises BadHope."""
    with box().database.write() as tx:
        _concern(tx, concern_id, acts=True)
        kinds.write_sentence(tx, _hand(), concern_id, text("sentence"))
    return done(say(mark("写好了，请另一位同事看过放出来。")), ".every")


@screen.post("/<int:concern_id>/release")
def release(concern_id: int) -> AnyResponse:
    """Let teams read it. Raises NotByOne."""
    with box().database.write() as tx:
        _concern(tx, concern_id, acts=True)
        kinds.release(tx, asked(), concern_id)
    return done(say(mark("放出来了，服务队刷卡就能看到。")), ".every")


@screen.post("/scan")
def scan() -> str:
    """What the owner of a card may claim, and what their team has claimed. Raises NoTeam."""
    with box().database.read() as tx:
        person = _person(tx)
        found = kinds.hopes_for(tx, box().centre, asked(), person.team_ids)
        teams = [(one.id, one.name) for one in people.teams(tx, everyone=True) if one.id in person.team_ids]
    return render_template(
        "kinds/hopes/team.html", person=person, code=text("code"), hopes=found, teams=teams
    )


@screen.post("/<int:concern_id>/claim")
def claim(concern_id: int) -> AnyResponse:
    """Claim it, and make the sheet with the address: nobody else sees that. Raises ClaimedAlready."""
    with box().database.write() as tx:
        person = _person(tx)
        team = people.team_of(tx, whole("team"))
        if team.id not in person.team_ids:
            raise NoTeam
        until = kinds.claim(tx, box().centre, asked(), concern_id, (person.id, team.id))
        concern = concerns.concern_of(tx, box().centre, concern_id, lang())
        sheet = _sheet(tx, concern, (team.name, f"{until}"))
    return pdf(sheet, say(mark("心愿任务单")))


def _sheet(tx: Tx, concern: Concern, facts: tuple[str, str]) -> Listing:
    """Who hopes and where, on paper alone; it goes back to the desk afterwards."""
    team, until = facts
    who = [f"{one.name} {one.phone or one.tail}".strip() for one in concerns.parties_of(tx, concern.id)]
    sentence = next(
        (one.sentence for one in kinds.hopes(tx, box().centre, asked()) if one.concern_id == concern.id), ""
    )
    rows = (
        (say(mark("心愿")), sentence),
        (say(mark("在哪里")), concern.place or "-"),
        (say(mark("怎么称呼，电话")), "，".join(who) or "-"),
        (say(mark("认领的队")), team),
        (say(mark("最晚哪天")), until),
        (say(mark("约定上门时间")), ""),
        (say(mark("注意")), say(mark("两个人一起上门，不收钱物；办完把这张单交回服务台。"))),
    )
    columns = ((say(mark("项目")), 40.0), (say(mark("内容")), 140.0))
    today = f"{box().centre.day(box().now()):%Y-%m-%d}"
    title = f"{say(mark('心愿任务单'))} {concern.number}"
    signed = (say(mark("上门的人")), say(mark("交回")))
    return Listing(box().centre.name(lang()), title, (), columns, rows, signed, today, g.staff.name, lang())


@screen.post("/<int:concern_id>/fulfil")
def fulfil(concern_id: int) -> AnyResponse:
    """Done, with its minutes. Raises NotClaimed, BadMinutes."""
    with box().database.write() as tx:
        person = _person(tx)
        mine = [one for one in kinds.hopes_for(tx, box().centre, asked(), person.team_ids) if not one.is_free]
        if concern_id not in {one.concern_id for one in mine}:
            raise kinds.NotClaimed
        kinds.fulfil(tx, box().centre, _hand(), concern_id, whole("minutes", 9999))
    return done(say(mark("登记好了。时长等协调人确认，也等居民说一声。")), ".every")


@screen.post("/<int:concern_id>/hours")
def confirm(concern_id: int) -> AnyResponse:
    """A coordinator lets the minutes count, or not. Raises NotAllowed, NotCounted, NotClaimed."""
    if g.staff.role not in COORDINATORS:
        raise NotAllowed
    counts = choice("counts", ("1", "0")) == "1"
    with box().database.write() as tx:
        kinds.confirm_minutes(tx, box().centre, asked(), concern_id, counts=counts)
    return done(say(mark("时长记进花名册了。") if counts else mark("不算时长，记下了。")), ".every")


def _person(tx: Tx) -> people.Person:
    person = people.person_by_card(tx, box().centre, text("code"))
    if not person.team_ids:
        raise NoTeam
    return person


def _concern(tx: Tx, concern_id: int, *, acts: bool = False) -> Concern:
    """A concern that whoever asks may see, or act on. Raises UnknownConcern, NotAllowed."""
    concern = concerns.concern_of(tx, box().centre, concern_id, lang())
    seen: Sight = concern.sight(str(g.staff.role), g.staff.id, box().centre.day_start(box().now()))
    if not seen.is_read:
        raise concerns.UnknownConcern
    if acts and not seen.may_act:
        raise NotAllowed
    return concern


def _hand() -> Hand:
    return Hand(asked(), is_lead=str(g.staff.role) in concerns.LEADS)
