"""The counter: one big button whose meaning follows the state, the people waiting, a scanner."""

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

from kiosk import qr_codes, services, staff, tickets
from kiosk.database import Tx
from kiosk.screens.hall.counter_actions import VERBS, refuse_stale
from kiosk.screens.web.access import asked, needs
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.labels import HOLD_WORDS, PAUSE_WORDS, where_it_stands
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.polling import News, is_old, news
from kiosk.words import Refusal, Unknown, mark

screen = Blueprint("counter", __name__)


VERB_WORDS = {
    tickets.Verb.CALL_NEXT: mark("叫号"),
    tickets.Verb.CALL: mark("指呼"),
    tickets.Verb.START: mark("开始办理"),
    tickets.Verb.HOLD: mark("挂起"),
    tickets.Verb.RESUME: mark("恢复办理"),
    tickets.Verb.FINISH: mark("办结"),
    tickets.Verb.CONTINUE: mark("还要办"),
    tickets.Verb.CONTINUE_HERE: mark("还要办"),
    tickets.Verb.TRANSFER: mark("转移"),
    tickets.Verb.NO_SHOW: mark("过号"),
    tickets.Verb.REJOIN: mark("过号重排"),
    tickets.Verb.CANCEL: mark("弃号"),
}


@dataclass(frozen=True)
class Scanned:
    """What the clerk's scanner read: the verdict is a word for colour and sound, the sentence says it."""

    verdict: str
    sentence: str
    ticket: tickets.TicketView | None = None


@dataclass(frozen=True)
class CounterNow:
    """All that a counter shows."""

    news: News
    after: int
    counter: services.Counter
    at_hand: tickets.AtHand | None
    materials: tuple[services.Material, ...]
    waiting: tuple[tickets.Waiting, ...]
    waiting_by_service: tuple[tickets.WaitingCount, ...]
    held: tuple[tickets.Waiting, ...]
    missed: tuple[tickets.Waiting, ...]
    undoable: tickets.Undoable | None
    offered: tuple[services.Service, ...]
    others: tuple[services.Counter, ...]
    calls_left: int
    seconds_left: int
    at: datetime

    @property
    def number(self) -> int:
        """The counter's number."""
        return self.counter.number

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
    return render_template("hall/counter/choose.html", counters=listed, names=names)


@screen.post("/counter/<int:number>/open")
@needs(staff.Role.CLERK)
def open_counter(number: int) -> AnyResponse:
    """Sit down at a counter."""
    with box().database.write() as tx:
        services.open_counter(tx, asked(), number)
    return redirect(url_for(".counter", number=number), 303)


@screen.post("/counter/<int:number>/close")
@needs(staff.Role.CLERK)
def close_counter(number: int) -> AnyResponse:
    """Leave a counter; somebody before it is finished first."""
    with box().database.write() as tx:
        tickets.close_counter(tx, asked(), number)
    return redirect(url_for(".choose"), 303)


@screen.get("/counter/<int:number>")
@needs(staff.Role.CLERK)
def counter(number: int) -> str:
    """The clerk's page."""
    with box().database.read() as tx:
        services.check_counter(tx, number, g.staff.id)
        return render_template("hall/counter/counter.html", now=_now(tx, number), **_told(*_flashed()))


@screen.get("/counter/<int:number>/now")
@needs(staff.Role.CLERK)
def now(number: int) -> Response:
    """The page's content when something is newer than `v`, else 204."""
    with box().database.read() as tx:
        services.check_counter(tx, number, g.staff.id)
        if is_old(tx) and _undo_stands(tx, number):
            return Response(status=204)
        return make_response(render_template("hall/counter/now.html", now=_now(tx, number), **_told()))


def _undo_stands(tx: Tx, number: int) -> bool:
    # the ten seconds end without a change: the page that still offers the undo asks with `undo`
    if "undo" not in request.args:
        return True
    return tickets.undoable(tx, asked(), number) is not None


@screen.post("/counter/<int:number>/<any(" + ", ".join(f"'{verb}'" for verb in VERBS) + "):verb>")
@needs(staff.Role.CLERK)
def act(number: int, verb: str) -> AnyResponse | tuple[str, int]:
    """Do one verb of the queue. 409 with the reason when the state does not allow it."""
    try:
        with box().database.write() as tx:
            services.check_counter(tx, number, g.staff.id)
            refuse_stale(tx, number)
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
        return render_template("hall/counter/now.html", now=_now(tx, number), **_told(scanned=scanned))


def _opened(number: int, code: str) -> Scanned:
    try:
        with box().database.write() as tx:
            return _opened_ticket(tx, number, code)
    except qr_codes.Misread:
        return Scanned("misread", say(mark("没有读清楚，请再扫一次。")))
    except qr_codes.Forged:
        return Scanned("forged", say(mark("这个码不是本站的号。")))
    except (services.CounterNotOpen, services.CounterTakenOver):
        raise
    except Refusal as refusal:
        return Scanned("unknown", words_of(refusal))


def _opened_ticket(tx: Tx, number: int, code: str) -> Scanned:
    services.check_counter(tx, number, g.staff.id)
    ticket_id = tickets.find_ticket(tx, box().centre, code, box().now())
    seen = _view(tx, ticket_id)
    if seen.status == tickets.Status.CALLED and seen.counter == number:
        tickets.start(tx, asked(), number, ticket_id)
        return Scanned("ok", say(mark("%(number)s，就是这一位，开始办理。"), number=seen.number), seen)
    if seen.status == tickets.Status.HELD:
        return _scanned_back(tx, number, seen)
    if seen.status == tickets.Status.NO_SHOW:
        tickets.rejoin(tx, box().centre, ticket_id, tickets.By(box().now(), number, g.staff.id))
        back = _view(tx, ticket_id)
        sentence = mark("%(number)s过号重排，前面有%(ahead)s人。")
        return Scanned("ok", say(sentence, number=seen.number, ahead=back.ahead), back)
    return Scanned("look", where_it_stands(seen), seen)


def _scanned_back(tx: Tx, number: int, seen: tickets.TicketView) -> Scanned:
    """Somebody on hold is here again: served at once where the counter is free, else the next."""
    if seen.hold != tickets.Hold.FETCH and seen.held_at != number:
        sentence = mark("%(number)s在%(counter)s号窗口挂起，请到那里接着办。")
        return Scanned("look", say(sentence, number=seen.number, counter=seen.held_at), seen)
    if tickets.at_hand(tx, number) is None:
        tickets.resume(tx, box().centre, asked(), number, seen.id)
        return Scanned("ok", say(mark("%(number)s回来了，接着办。"), number=seen.number), seen)
    tickets.rejoin(tx, box().centre, seen.id, tickets.By(box().now(), number, g.staff.id))
    return Scanned("ok", say(mark("%(number)s回来了，下一位就是。"), number=seen.number), seen)


def _view(tx: Tx, ticket_id: int) -> tickets.TicketView:
    return tickets.ticket_view(tx, box().centre, ticket_id, lang(), box().now())


def _done(number: int) -> AnyResponse:
    if not request.headers.get("HX-Request"):
        return redirect(url_for(".counter", number=number), 303)
    with box().database.read() as tx:
        return make_response(render_template("hall/counter/now.html", now=_now(tx, number), **_told()))


def _refused(number: int, refusal: Refusal) -> tuple[str, int]:
    status = status_of(refusal)
    if isinstance(refusal, Unknown | services.CounterNotOpen | services.CounterTakenOver):
        raise refusal
    page = "hall/counter/now.html" if request.headers.get("HX-Request") else "hall/counter/counter.html"
    with box().database.read() as tx:
        shown = _now(tx, number)
    return render_template(page, now=shown, **_told(words_of(refusal), "error")), status


def _told(notice: str = "", notice_kind: str = "", scanned: Scanned | None = None) -> dict[str, Any]:
    told = {"notice": notice, "notice_kind": notice_kind, "scanned": scanned}
    return told | {"pause_words": PAUSE_WORDS, "verb_words": VERB_WORDS, "holds": HOLD_WORDS}


def _flashed() -> tuple[str, str]:
    told = get_flashed_messages(with_categories=True)
    return (told[0][1], told[0][0]) if told else ("", "")


def _now(tx: Tx, number: int) -> CounterNow:
    at, centre = box().now(), box().centre
    held = tickets.at_hand(tx, number, lang())
    rule = tickets.missed_rule(centre)
    every = services.counters(tx, lang())
    shown = next(counter for counter in every if counter.number == number)
    aside = tickets.held_today(tx, centre, at, lang())
    return CounterNow(
        news=news(tx),
        after=tickets.counter_version(tx, number),
        counter=shown,
        at_hand=held,
        materials=_materials(tx, held),
        waiting=tickets.waiting_for(tx, centre, number, at, lang()),
        waiting_by_service=tickets.waiting_counts(tx, centre, at, lang()),
        held=tuple(sorted(aside, key=lambda person: person.counter_number != number)),
        missed=tickets.missed_today(tx, centre, at, lang()),
        undoable=None if shown.pause else tickets.undoable(tx, asked(), number),
        offered=services.all_services(tx, lang(), centre.day(at)) if held else (),
        others=tuple(one for one in every if one.is_open and one.number != number) if held else (),
        calls_left=rule.calls_left(held.calls) if held else 0,
        seconds_left=rule.seconds_left(held.called_at, at, is_slow=held.is_slow) if held else 0,
        at=at,
    )


def _materials(tx: Tx, held: tickets.AtHand | None) -> tuple[services.Material, ...]:
    if held is None:
        return ()
    own = services.materials(tx, held.service_code, lang(), agents=False)
    return (
        own + services.materials(tx, held.service_code, lang(), agents=True) if held.for_someone_else else own
    )
