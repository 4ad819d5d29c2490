"""The bell of every station screen: 我不舒服, 要人帮忙, and then that somebody comes, and who."""

from collections.abc import Iterable

from flask import Response, make_response, redirect, render_template, url_for
from msgspec import Struct
from werkzeug.wrappers import Response as AnyResponse

from kiosk import pleas, services
from kiosk.asked import Asked
from kiosk.database import Tx
from kiosk.screens.station.enrol import enrol_page
from kiosk.screens.station.number import ticket_of
from kiosk.screens.web.devices import at_station
from kiosk.screens.web.forms import choice
from kiosk.screens.web.labels import comes_stem, comes_words
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.polling import mark_of, version_seen
from kiosk.screens.web.screen import station
from kiosk.screens.web.ticket_form import station_here
from kiosk.words import mark

screen = station(__name__)

LEAVES_S = {"ringing": 300, "late": 300, "coming": 60, "over": 6}
"""Seconds after which the station goes home by itself, by what it says: others wait for it."""

FIRST_COUNTER = 1
"""Where somebody is asked to go when nobody comes and no counter is open."""


class Told(Struct, frozen=True):
    """What the station says of its plea: `stand` ringing, late, coming or over, what to do, and its clip."""

    kind: str
    stand: str
    title: str
    advice: str
    said: str

    @property
    def leaves_s(self) -> int:
        """After how many seconds the station goes home."""
        return LEAVES_S[self.stand]

    @property
    def v(self) -> int:
        """A number that differs when what is said does."""
        return mark_of(self)


@screen.get("/help")
def choose() -> str:
    """The two choices; while somebody is called, or on the way, that."""
    if not at_station():
        return enrol_page()
    with box().database.read() as tx:
        there = _told_here(pleas.cached_open(tx))
        if there is None:
            return render_template("station/pleas/choose.html")
        return render_template("station/pleas/coming.html", told=_told(tx, there))


@screen.get("/help/now")
def now() -> Response:
    """What the station says of its plea when it is other than `v`, else 204."""
    with box().database.read() as tx:
        there = pleas.open_at(tx, station_here()) if at_station() else None
        told = _told(tx, there)
    if version_seen() == told.v:
        return Response(status=204)
    return make_response(render_template("station/pleas/polled.html", told=told))


@screen.post("/help")
@screen.post("/tickets/<token>/plea")
def ask(token: str = "") -> AnyResponse:
    """Ring for somebody; pressed again it is the same one. Raises NotEnrolled for any other machine."""
    kind = choice("kind", pleas.Kind)
    with box().database.write() as tx:
        ticket = ticket_of(tx, token) if token else None
        pleas.ask(tx, Asked(box().now(), station=station_here()), kind, ticket.id if ticket else None)
    return redirect(url_for(".choose"), 303)


@screen.post("/help/withdraw")
def withdraw() -> AnyResponse:
    """Nobody need come."""
    with box().database.write() as tx:
        pleas.withdraw(tx, Asked(box().now(), station=station_here()))
    return redirect(url_for("station.home.home"), 303)


@screen.app_template_global()
def bell_here() -> str:
    """The bell's state in the tools of a station screen: "" where there is none, else free or called.

    Whatever is broken, the bell stays.
    """
    if not at_station():
        return ""
    try:
        return "free" if _told_here(pleas.remembered_open(box().database)) is None else "called"
    except Exception:  # a page that says that nothing can be read must come all the same
        return "free"


def _told_here(rings: Iterable[pleas.Plea]) -> pleas.Plea | None:
    at, here = box().now(), station_here()
    mine = (one for one in rings if one.station == here)
    return next((one for one in mine if one.is_told_at_station(at)), None)


def _told(tx: Tx, plea: pleas.Plea | None) -> Told:
    if plea is None:
        return Told("", "over", say(mark("已经有人来看过了")), say(mark("谢谢您，请慢走。")), "goodbye")
    kind = str(plea.kind)
    if plea.stand == pleas.Stand.COMING:
        advice = say(mark("请坐着等，不要走开。"))
        return Told(kind, "coming", comes_words(plea), advice, comes_stem(plea))
    if plea.is_overdue(box().now(), box().settings.plea_s):
        return _late(tx, plea)
    is_unwell = plea.kind == pleas.Kind.UNWELL
    advice = mark("请先坐下，不要急。") if is_unwell else mark("工作人员那边在响铃，请等一等。")
    said = "plea_unwell_rings" if is_unwell else "plea_help_rings"
    return Told(kind, "ringing", say(mark("知道了，马上有人来")), say(advice), said)


def _late(tx: Tx, plea: pleas.Plea) -> Told:
    """Nobody has said that they come: she is sent where people are; who is unwell stays, and others go."""
    every = services.counters(tx, lang())
    counter = next((one.number for one in (*(c for c in every if c.is_open), *every)), FIRST_COUNTER)
    is_unwell = plea.kind == pleas.Kind.UNWELL
    advice = (
        mark("请旁边的人到%(counter)s号窗口叫一声。铃一直在响。")
        if is_unwell
        else mark("请到%(counter)s号窗口，工作人员帮您。")
    )
    said = "plea_unwell_late" if is_unwell else "plea_late"
    return Told(str(plea.kind), "late", say(mark("还没有人来")), say(advice, counter=counter), said)
