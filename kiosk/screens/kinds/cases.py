"""代办: which papers are held and given back, and the canteen's certificate that comes of it."""

from datetime import timedelta

from flask import g, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk import concerns, kinds, services
from kiosk.concerns import Concern, Hand
from kiosk.database import Tx
from kiosk.screens.web.access import asked
from kiosk.screens.web.forms import day, done, text, whole
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import staffed
from kiosk.staff import NotAllowed, Role
from kiosk.words import mark

screen = staffed(
    __name__,
    Role.CLERK,
    Role.DESK,
    Role.MANAGER,
    Role.GRID,
    Role.SECRETARY,
    menu=None,
    under="concerns.today",
    url_prefix="/s/cases",
)


@screen.get("/<int:concern_id>")
def case(concern_id: int) -> str:
    """The papers of a case, and what came of it. Raises UnknownConcern."""
    code = request.args.get("by", "")
    with box().database.read() as tx:
        concern = _concern(tx, concern_id)
        offered = services.all_services(tx, lang(), box().centre.day(box().now()))
        return render_template(
            "kinds/cases/case.html",
            concern=concern,
            papers=kinds.papers_held(tx, concern_id),
            product=kinds.product_of(tx, concern_id),
            services=[(one.code, one.name) for one in offered],
            lines=kinds.papers_of_service(tx, code) if code in {one.code for one in offered} else (),
            tiers=list(kinds.TIERS.items()),
            valid_until=box().centre.day(box().now()) + timedelta(days=kinds.VALID_DAYS),
        )


@screen.post("/<int:concern_id>/papers")
def hold(concern_id: int) -> AnyResponse:
    """Papers stay here: those that were ticked, and one that was typed. Raises BadPaper."""
    what = [*request.form.getlist("what"), *([text("other")] if text("other") else [])]
    if not what:
        raise kinds.BadPaper
    with box().database.write() as tx:
        _concern(tx, concern_id, acts=True)
        for one in what:
            kinds.hold_paper(tx, _hand(), concern_id, one)
    return done(say(mark("留下的材料记好了。")), ".case", concern_id=concern_id)


@screen.post("/<int:concern_id>/papers/<int:paper_id>/back")
def give_back(concern_id: int, paper_id: int) -> AnyResponse:
    """A paper is given back. Raises GivenBackAlready."""
    with box().database.write() as tx:
        _concern(tx, concern_id, acts=True)
        kinds.give_back(tx, asked(), concern_id, paper_id)
    return done(say(mark("还给本人了。")), ".case", concern_id=concern_id)


@screen.post("/<int:concern_id>/product")
def certify(concern_id: int) -> AnyResponse:
    """The canteen's certificate: its page is the receipt's. Raises BadProduct."""
    made = kinds.Product(text("name"), whole("age", 200), day("valid_until"))
    with box().database.write() as tx:
        _concern(tx, concern_id, acts=True)
        kinds.certify(tx, box().centre, _hand(), concern_id, made)
    return done(say(mark("开好了，扫小票就能看到。")), ".case", concern_id=concern_id)


def _concern(tx: Tx, concern_id: int, *, acts: bool = False) -> Concern:
    """A concern that whoever asks may see, or act on. Raises UnknownConcern, NotAllowed."""
    concern = concerns.concern_of(tx, box().centre, concern_id, lang())
    seen = concern.sight(str(g.staff.role), g.staff.id, box().centre.day_start(box().now()))
    if not seen.is_read:
        raise concerns.UnknownConcern
    if acts and not seen.may_act:
        raise NotAllowed
    return concern


def _hand() -> Hand:
    return Hand(asked(), is_lead=str(g.staff.role) in concerns.LEADS)
