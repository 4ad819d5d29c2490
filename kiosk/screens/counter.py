"""The counter: one big button whose meaning follows the state, the people waiting, a scanner."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    g,
    get_flashed_messages,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from kiosk import services, staff, tickets, tokens
from kiosk.db import Tx
from kiosk.screens._guard import needs
from kiosk.screens._page import box, lang, say
from kiosk.screens._problem import STATUS_WORDS, status_of, words_of
from kiosk.screens.board import version_asked
from kiosk.words import Malformed, Refusal, Unknown, mark

screen = Blueprint("counter", __name__)


@dataclass(frozen=True)
class Scanned:
    """What the clerk's scanner read: the verdict is a word for colour and sound, the sentence says it."""

    verdict: str
    sentence: str
    ticket: tickets.TicketView | None = None


@dataclass(frozen=True)
class CounterNow:
    """All that a counter shows."""

    v: int
    number: int
    at_hand: tickets.AtHand | None
    materials: tuple[services.Material, ...]
    waiting: tuple[tickets.Waiting, ...]
    waiting_by_service: tuple[tickets.WaitingCount, ...]
    missed: tuple[tickets.Waiting, ...]
    calls_left: int
    seconds_left: int
    at: datetime

    @property
    def can_no_show(self) -> bool:
        """Whether the person at hand has been called long and often enough."""
        return not self.calls_left and not self.seconds_left

    def waited_min(self, since: datetime) -> int:
        """Whole minutes from `since` until now."""
        return int((self.at - since).total_seconds() // 60)


@screen.get("/counter")
@needs(staff.Role.CLERK)
def choose() -> str:
    """Choose a counter."""
    with box().database.read() as tx:
        listed, names = services.counters(tx, lang()), staff.staff_names(tx)
    return render_template("counter/choose.html", counters=listed, names=names)


@screen.post("/counter/<int:number>/open")
@needs(staff.Role.CLERK)
def open_counter(number: int) -> AnyResponse:
    """Sit down at a counter."""
    with box().database.write() as tx:
        services.open_counter(tx, number, g.staff.id, box().now())
    return redirect(url_for(".counter", number=number), 303)


@screen.post("/counter/<int:number>/close")
@needs(staff.Role.CLERK)
def close_counter(number: int) -> AnyResponse:
    """Leave a counter; somebody before it is finished first."""
    with box().database.write() as tx:
        tickets.close_counter(tx, number, g.staff.id, box().now())
    return redirect(url_for(".choose"), 303)


@screen.get("/counter/<int:number>")
@needs(staff.Role.CLERK)
def counter(number: int) -> str:
    """The clerk's page."""
    with box().database.read() as tx:
        services.check_counter(tx, number, g.staff.id)
        return render_template("counter/counter.html", now=_now(tx, number), **_told(*_flashed()))


@screen.get("/counter/<int:number>/now")
@needs(staff.Role.CLERK)
def now(number: int) -> Response:
    """The page's content when something is newer than `v`, else 204."""
    since = version_asked()
    with box().database.read() as tx:
        services.check_counter(tx, number, g.staff.id)
        if since is not None and tickets.version(tx) == since:
            return Response(status=204)
        return make_response(render_template("counter/now.html", now=_now(tx, number), **_told()))


Verb = Callable[[Tx, int], str]
"""Does one thing at one counter; returns what to tell the clerk, mostly nothing."""


def _ticket_shown() -> int | None:
    """The ticket that the clerk's page showed, when the form says so. Raises Malformed."""
    text = request.form.get("ticket", "")
    if text and not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Malformed
    return int(text) if text else None


def _call_next(tx: Tx, number: int) -> str:
    tickets.call_next(tx, box().centre, number, g.staff.id, box().now())
    return ""


def _call(tx: Tx, number: int) -> str:
    wanted = _ticket_shown()
    if wanted is None:
        raise Malformed
    tickets.call_ticket(
        tx, box().centre, number, wanted, g.staff.id, box().now(), request.form.get("reason", "")
    )
    return ""


def _no_show(tx: Tx, number: int) -> str:
    tickets.mark_no_show(tx, box().centre, number, g.staff.id, box().now(), _ticket_shown())
    return ""


def _plain(verb: Callable[..., None]) -> Verb:
    def done(tx: Tx, number: int) -> str:
        verb(tx, number, g.staff.id, box().now(), _ticket_shown())
        return ""

    return done


VERBS: dict[str, Verb] = {
    "call-next": _call_next,
    "call": _call,
    "recall": _plain(tickets.recall),
    "start": _plain(tickets.start),
    "finish": _plain(tickets.finish),
    "no-show": _no_show,
    "cancel": _plain(tickets.cancel),
}


@screen.post("/counter/<int:number>/<any(" + ", ".join(f"'{verb}'" for verb in VERBS) + "):verb>")
@needs(staff.Role.CLERK)
def act(number: int, verb: str) -> AnyResponse | tuple[str, int]:
    """Do one verb of the queue. 409 with the reason when the state does not allow it."""
    try:
        with box().database.write() as tx:
            VERBS[verb](tx, number)
    except Refusal as refusal:
        return _refused(number, refusal)
    return _done(number)


@screen.post("/counter/<int:number>/scan")
@needs(staff.Role.CLERK)
def scan(number: int) -> AnyResponse | str:
    """A slip was scanned: the person called here has come, or the ticket is opened to look at."""
    scanned = _opened(number, request.form.get("code", ""))
    if not request.headers.get("HX-Request"):
        flash(scanned.sentence, scanned.verdict)
        return redirect(url_for(".counter", number=number), 303)
    with box().database.read() as tx:
        return render_template("counter/now.html", now=_now(tx, number), **_told(scanned=scanned))


def _opened(number: int, code: str) -> Scanned:
    try:
        with box().database.write() as tx:
            return _opened_ticket(tx, number, code)
    except tokens.Misread:
        return Scanned("misread", say(mark("没有读清楚，请再扫一次。")))
    except tokens.Forged:
        return Scanned("forged", say(mark("这个码不是本站的号。")))
    except Unknown as refusal:
        return Scanned("unknown", words_of(refusal))


def _opened_ticket(tx: Tx, number: int, code: str) -> Scanned:
    services.check_counter(tx, number, g.staff.id)
    ticket_id = tickets.find_ticket(tx, box().centre, code, box().now())
    seen = tickets.ticket_view(tx, box().centre, ticket_id, lang())
    if seen.status == tickets.Status.CALLED and seen.counter == number:
        tickets.start(tx, number, g.staff.id, box().now(), ticket_id)
        seen = tickets.ticket_view(tx, box().centre, ticket_id, lang())
        return Scanned("ok", say(mark("%(number)s，就是这一位，开始办理。"), number=seen.number), seen)
    return Scanned("look", _where_it_stands(seen), seen)


def _where_it_stands(seen: tickets.TicketView) -> str:
    status = say(STATUS_WORDS[seen.status])
    if seen.counter is not None:
        sentence = mark("%(number)s在%(counter)s号窗口，%(status)s。")
        return say(sentence, number=seen.number, counter=seen.counter, status=status)
    if seen.status == tickets.Status.WAITING:
        return say(mark("%(number)s还在等候，前面有%(ahead)s人。"), number=seen.number, ahead=seen.ahead)
    return say(mark("%(number)s现在是“%(status)s”。"), number=seen.number, status=status)


def _done(number: int) -> AnyResponse:
    if not request.headers.get("HX-Request"):
        return redirect(url_for(".counter", number=number), 303)
    with box().database.read() as tx:
        return make_response(render_template("counter/now.html", now=_now(tx, number), **_told()))


def _refused(number: int, refusal: Refusal) -> tuple[str, int]:
    status = status_of(refusal)
    if isinstance(refusal, Unknown | services.CounterNotOpen | services.CounterTakenOver):
        raise refusal
    page = "counter/now.html" if request.headers.get("HX-Request") else "counter/counter.html"
    with box().database.read() as tx:
        shown = _now(tx, number)
    return render_template(page, now=shown, **_told(words_of(refusal), "error")), status


def _told(notice: str = "", notice_kind: str = "", scanned: Scanned | None = None) -> dict[str, Any]:
    return {"notice": notice, "notice_kind": notice_kind, "scanned": scanned}


def _flashed() -> tuple[str, str]:
    told = get_flashed_messages(with_categories=True)
    return (told[0][1], told[0][0]) if told else ("", "")


def _now(tx: Tx, number: int) -> CounterNow:
    at, centre = box().now(), box().centre
    held = tickets.at_hand(tx, number, lang())
    rule = tickets.missed_rule(centre)
    return CounterNow(
        v=tickets.version(tx),
        number=number,
        at_hand=held,
        materials=_materials(tx, held),
        waiting=tickets.waiting_for(tx, centre, number, at, lang()),
        waiting_by_service=tickets.waiting_counts(tx, centre, at, lang()),
        missed=tickets.missed_today(tx, centre, at, lang()),
        calls_left=rule.calls_left(held.calls) if held else 0,
        seconds_left=rule.seconds_left(held.called_at, at) if held else 0,
        at=at,
    )


def _materials(tx: Tx, held: tickets.AtHand | None) -> tuple[services.Material, ...]:
    if held is None:
        return ()
    own = services.materials(tx, held.service_code, lang(), agents=False)
    return (
        own + services.materials(tx, held.service_code, lang(), agents=True) if held.for_someone_else else own
    )
