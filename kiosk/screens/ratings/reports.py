"""What the ratings of a month say, never without how many there are; and the bad ones, to be looked into."""

import re
from datetime import date, timedelta

from flask import g, render_template, request
from msgspec import Struct
from werkzeug.wrappers import Response as AnyResponse

from kiosk import concerns, ratings, staff, tickets
from kiosk.database import Tx
from kiosk.ratings import By, Counted, Verdict
from kiosk.screens.web.access import asked, needs
from kiosk.screens.web.forms import choice, done, text
from kiosk.screens.web.labels import CHIP_WORDS, GRADE_WORDS, when
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import MenuEntry, MenuGroup, staffed
from kiosk.words import Malformed, mark

screen = staffed(
    __name__,
    staff.Role.MANAGER,
    staff.Role.SECRETARY,
    staff.Role.STREET,
    menu=MenuEntry(mark("评价"), mark("回到评价"), "message-square", "month", 45, MenuGroup.PEOPLE),
    url_prefix="/ratings",
)

SOURCE_WORDS = {
    ratings.Source.TABLET: mark("窗口的评价器"),
    ratings.Source.PHONE: mark("手机"),
    ratings.Source.STATION: mark("自助机"),
    ratings.Source.PAPER: mark("纸"),
}
BY_WORDS = {By.SERVICE: mark("按业务"), By.COUNTER: mark("按窗口"), By.SOURCE: mark("按在哪里评的")}
VERDICT_WORDS = {
    Verdict.TRUE: mark("属实"),
    Verdict.MISTAKEN: mark("误评"),
    Verdict.UNCLEAR: mark("无法核实"),
}
YEARS = (2020, 2099)


class BadMonth(Malformed):
    """Not a month."""

    sentence = mark("请这样写月份：2026-11。")


class Month(Struct, frozen=True):
    """A month of service days, and the ones beside it for the links."""

    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after - timedelta(days=1)

    @property
    def before(self) -> date:
        """The first day of the month before."""
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        """The first day of the next month."""
        return (self.first + timedelta(days=31)).replace(day=1)


class Line(Struct, frozen=True):
    """One service, counter or source in words."""

    words: str
    counted: Counted


class Bad(Struct, frozen=True):
    """A bad rating as it is listed: without whose visit it was."""

    told: ratings.Told
    at: str
    service: str
    said: tuple[str, ...]
    verdict: Verdict | None
    is_mine_said: bool


@screen.get("")
def month() -> str:
    """The figures of a month, this one unless `month` says another, and its bad ratings."""
    span = _month()
    by = choice("by", By, request.args) if request.args.get("by") else By.SERVICE
    with box().database.read() as tx:
        found = ratings.figures(tx, span.first, span.last, by)
        lines = [Line(_words(tx, key, by), counted) for key, counted in found.parts]
        unseen = ratings.unseen(tx, box().centre, asked())
        called = ratings.called_back(tx, box().centre, span.first, span.last)
        told = ratings.bad_ones(tx, span.first, span.last, g.staff.id) if _may_read() else ()
        bad = [bad_of(tx, one) for one in told]
    return render_template(
        "ratings/reports/month.html",
        span=span,
        by=by,
        by_words=BY_WORDS,
        found=found,
        lines=lines,
        bad=bad,
        may_read=_may_read(),
        bursts=found.in_bursts,
        called=called,
        unseen=unseen,
        grades=GRADE_WORDS,
        chip_words=CHIP_WORDS,
        verdicts=VERDICT_WORDS,
        sources=SOURCE_WORDS,
    )


@screen.post("/<int:rating_id>/review")
@needs(staff.Role.MANAGER, staff.Role.SECRETARY)
def review(rating_id: int) -> AnyResponse:
    """What one of staff found; it holds when a second person says the same.

    Raises UnknownRating (to an administrator), SaidAlready, NotBad.
    """
    verdict = choice("verdict", Verdict)
    if not _may_read():
        raise ratings.UnknownRating
    with box().database.write() as tx:
        told = ratings.review(tx, asked(), rating_id, verdict, text("note"))
    return done(said_of(told), ".month", month=f"{told.service_day:%Y-%m}")


def said_of(told: ratings.Told) -> str:
    """What is said after one of staff has judged a rating."""
    if ratings.verdict_of(told):
        return say(mark("两个人说的一样，核好了。"))
    return say(mark("记下了。还要另一个人核一遍。"))


def _may_read() -> bool:
    """Whether somebody may read what was said: an administrator has the figures alone."""
    return str(g.staff.role) in concerns.LEADS


def _month() -> Month:
    written = request.args.get("month", "")
    if not written:
        return Month(box().centre.day(box().now()).replace(day=1))
    found = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", written, re.ASCII)
    if not found or not YEARS[0] <= int(found[1]) <= YEARS[1]:
        raise BadMonth
    return Month(date(int(found[1]), int(found[2]), 1))


def _words(tx: Tx, key: str, by: By) -> str:
    if by == By.SOURCE:
        return say(SOURCE_WORDS[ratings.Source(key)])
    if by == By.SERVICE:
        return tickets.service_name(tx, key, lang())
    return say(mark("%(number)s号窗口"), number=key) if key != "None" else say(mark("没有窗口"))


def bad_of(tx: Tx, told: ratings.Told) -> Bad:
    """A rating as the pages list it to whoever is logged in."""
    return Bad(
        told,
        when(box().centre.local(told.at)),
        tickets.service_name(tx, told.service_code, lang()) if told.service_code else say(mark("居民的事")),
        tuple(say(CHIP_WORDS[chip]) for chip in told.chips if chip in CHIP_WORDS),
        ratings.verdict_of(told),
        any(one.staff_id == g.staff.id for one in told.reviews),
    )
