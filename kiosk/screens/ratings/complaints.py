"""差评整改: what became of each bad rating, the overdue ones first; what was said, what two people found."""

from datetime import datetime

from flask import g, render_template
from msgspec import Struct
from werkzeug.wrappers import Response as AnyResponse

from kiosk import concerns, ratings, staff
from kiosk.concerns import Concern
from kiosk.database import Tx
from kiosk.ratings import Complaint, Verdict
from kiosk.screens.ratings.reports import SOURCE_WORDS, VERDICT_WORDS, bad_of, said_of
from kiosk.screens.web.access import asked
from kiosk.screens.web.forms import choice, done, text, whole
from kiosk.screens.web.labels import CHIP_WORDS, GRADE_WORDS
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import staffed
from kiosk.words import mark

screen = staffed(
    __name__, staff.Role.MANAGER, staff.Role.CLERK, staff.Role.DESK, staff.Role.SECRETARY,
    menu=None, under="concerns.today", url_prefix="/ratings/complaints",
)  # fmt: skip


class Row(Struct, frozen=True):
    """A complaint in the list: `contact` and `mending` say where the two promises stand."""

    concern: Concern
    is_late: bool
    owner: str
    contact: str
    mending: str
    verdict: Verdict | None


@screen.get("")
def every() -> str:
    """Every complaint of a bad rating that one may see or was asked to judge, the overdue ones first."""
    with box().database.read() as tx:
        names = staff.staff_names(tx)
        mine = ratings.asked_to_judge(tx, g.staff.id)
        found = [one for one in ratings.complaints(tx, box().centre, asked()) if _may_read(one, mine)]
    rows = [_row(one, names) for one in found]
    return render_template(
        "ratings/complaints/every.html",
        late=[row for row in rows if row.is_late],
        running=[row for row in rows if not row.is_late and row.concern.is_running],
        over=[row for row in rows if not row.is_late and not row.concern.is_running],
        verdicts=VERDICT_WORDS,
    )


@screen.get("/<int:concern_id>")
def one(concern_id: int) -> str:
    """What was pressed and said, and what was found of it. Raises UnknownConcern, also to who was there."""
    with box().database.read() as tx:
        found = _found(tx, concern_id)
        bad = [(bad_of(tx, told), ratings.judging(tx, found.concern, told, _today())) for told in found.told]
        names = staff.staff_names(tx)
    return render_template(
        "ratings/complaints/one.html",
        row=_row(found, names),
        bad=bad,
        may_act=_sees(found.concern),
        bursts=(),
        grades=GRADE_WORDS,
        chip_words=CHIP_WORDS,
        verdicts=VERDICT_WORDS,
        sources=SOURCE_WORDS,
    )


@screen.post("/<int:concern_id>/<int:rating_id>/review")
def review(concern_id: int, rating_id: int) -> AnyResponse:
    """What one of staff found; it holds when a second person says the same. Raises SaidAlready, NotBad."""
    verdict = choice("verdict", Verdict)
    with box().database.write() as tx:
        if rating_id not in {told.id for told in _found(tx, concern_id).told}:
            raise ratings.UnknownRating
        told = ratings.review(tx, asked(), rating_id, verdict, text("note"))
    return done(said_of(told), ".one", concern_id=concern_id)


@screen.post("/<int:concern_id>/<int:rating_id>/judge")
def ask_to_judge(concern_id: int, rating_id: int) -> AnyResponse:
    """Ask one more to judge it, where nobody else may see it. Raises UnknownRating, NotForJudging."""
    with box().database.write() as tx:
        found = _found(tx, concern_id)
        told = next((one for one in found.told if one.id == rating_id), None)
        if told is None or not _sees(found.concern):
            raise ratings.UnknownRating
        ratings.ask_to_judge(tx, asked(), found.concern, told, whole("staff_id"), _today())
    return done(say(mark("请好了。请告诉本人：在“差评整改”里看得到这一条。")), ".one", concern_id=concern_id)


def _found(tx: Tx, concern_id: int) -> Complaint:
    found = ratings.complaint(tx, box().centre, concern_id, lang())
    if not _may_read(found, ratings.asked_to_judge(tx, g.staff.id)):
        raise concerns.UnknownConcern
    return found


def _may_read(found: Complaint, asked_for: frozenset[int]) -> bool:
    return _sees(found.concern) or any(told.id in asked_for for told in found.told)


def _sees(concern: Concern) -> bool:
    return concern.sight(str(g.staff.role), g.staff.id, _today()).words


def _today() -> datetime:
    """The local midnight before now."""
    return box().centre.day_start(box().now())


def _row(one: Complaint, names: dict[int, str]) -> Row:
    now = box().now()
    return Row(
        one.concern,
        one.is_late(now, box().centre.day(now)),
        names.get(one.concern.owner_id or 0, ""),
        _contact(one),
        _mending(one.concern),
        next(filter(None, (ratings.verdict_of(told) for told in one.told)), None),
    )


def _contact(one: Complaint) -> str:
    if one.contact is None:
        return say(mark("没有留电话，不回访"))
    if one.contact.met_at is not None:
        return say(mark("联系过了"))
    return say(mark("%(due)s联系"), due=concerns.due_text(box().centre, one.contact.due, lang()))


def _mending(concern: Concern) -> str:
    if not concern.is_running:
        return say(mark("办好了"))
    return say(mark("%(due)s办好"), due=concerns.due_text(box().centre, concern.due, lang()))
