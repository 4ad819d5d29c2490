"""The counter: one big button whose meaning follows the state, the people waiting, a scanner."""

import unicodedata
from typing import Any
from urllib.parse import urlencode

from flask import (
    Response,
    flash,
    g,
    get_flashed_messages,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from msgspec import Struct
from msgspec.structs import replace
from werkzeug.wrappers import Response as AnyResponse

from kiosk import kinds, services, staff, tickets
from kiosk.database import Tx
from kiosk.screens.hall.card.actions import VERBS, refuse_stale
from kiosk.screens.hall.card.now import SHOWN, Seen, counter_now
from kiosk.screens.hall.card.page import EVERYBODY, CounterNow, Elsewhere, Look
from kiosk.screens.hall.card.scanning import Scanned, look_at, opened
from kiosk.screens.hall.skills import (
    FEW_COUNTERS,
    MANY_COUNTERS,
    MANY_SERVICES,
    Offered,
    Sums,
    offered,
    said_by_groups,
    sums,
    word,
)
from kiosk.screens.web.access import asked
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import whole_or_none
from kiosk.screens.web.labels import HOLD_WORDS, PAUSE_WORDS
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.polling import is_old, news
from kiosk.screens.web.screen import MenuEntry, MenuGroup, may_open, staffed
from kiosk.screens.web.session import RUNS_ON
from kiosk.words import Malformed, Refusal, Unknown, mark

screen = staffed(
    __name__,
    staff.Role.CLERK,
    staff.Role.MANAGER,
    menu=MenuEntry(mark("窗口"), mark("回到窗口"), "monitor", "choose", 10, MenuGroup.WORK),
)


class Link(Struct, frozen=True):
    """Another look at the lists: a page, and the fragment of it."""

    page: str
    fragment: str


class Other(Struct, frozen=True):
    """Another counter, and what it serves."""

    number: int
    skills: tuple[str, ...]


class Shown(Struct, frozen=True):
    """What the page needs besides: places, versions to poll and answer with, the panels' choices."""

    address: str
    v: int
    poll: str
    before: Link | None
    next: Link | None
    everybody: Link
    all_aside: Link
    after: int
    sums: Sums
    offered: Offered
    others: tuple[Other, ...]


@screen.get("/counter")
def choose() -> str:
    """Choose a counter; with `find` among those that serve what it means."""
    looked_for = word(request.args.get("find", ""))
    with box().database.read() as tx:
        every, names = services.counters(tx, lang()), staff.staff_names(tx)
        groups = services.group_names(tx, lang())
        waiting = {
            one.code: one.count for one in tickets.waiting_counts(tx, box().centre, box().now(), lang())
        }
        listed = services.all_services(tx, lang(), box().centre.day(box().now()))
    meant = {one.code for one in listed if services.is_meant(one, groups.get(one.code, ""), looked_for)}
    found = [one for one in every if not looked_for or meant.intersection(one.codes)]
    return render_template(
        "hall/counter/choose.html",
        counters=sorted(found, key=lambda one: one.opened_by != g.staff.id),  # her own first
        skills={one.number: said_by_groups(one, groups) for one in found},
        waiting={one.number: sum(waiting.get(code, 0) for code in one.codes) for one in found},
        names=names,
        looked_for=looked_for,
        is_many=len(every) > MANY_COUNTERS,
    )


@screen.post("/counter/<int:number>/open")
def open_counter(number: int) -> AnyResponse:
    """Sit down at a counter, and with `call` call who is next there in the same press."""
    with box().database.write() as tx:
        staff.check_serves(tx, g.staff.id)  # her account may have been closed since this request began
        services.open_counter(tx, asked(), number)
        # pressed twice, or taken over with somebody there: nobody else is called
        if request.form.get("call") == "1" and tickets.at_hand(tx, number) is None:
            tickets.call_next_if_any(tx, box().centre, asked(), number)
    return redirect(url_for(".counter", number=number), 303)


@screen.post("/counter/<int:number>/close")
def close_counter(number: int) -> AnyResponse:
    """Leave a counter; somebody before it is finished first."""
    with box().database.write() as tx:
        tickets.close_counter(tx, asked(), number)
    return redirect(url_for(".choose"), 303)


@screen.get("/counter/<int:number>")
def counter(number: int) -> str:
    """The clerk's page; `from`, `number` and `all` choose whom the lists show."""
    look = _looked()
    with box().database.read() as tx:
        services.check_counter(tx, number, g.staff.id)
        told = _told(*_flashed()) | {"certified": _certified(tx, whole_or_none("due", fields=request.args))}
        return _rendered(tx, "counter", number, told, look)


def _certified(tx: Tx, ticket_id: int | None) -> kinds.Certified | None:
    """Whom the page asks about the next time: the visit that has just ended so that something lasts anew."""
    if ticket_id is None or not may_open("kinds.dates.every", g.staff.role, changes=True):
        return None
    return kinds.certified_visit(tx, box().centre, asked(), ticket_id)


@screen.get("/counter/<int:number>/now")
def now(number: int) -> Response:
    """The page's content when something is newer than `v`, else 204."""
    look = replace(_looked(), panel="")
    with box().database.read() as tx:
        services.check_counter(tx, number, g.staff.id)
        if is_old(tx) and _undo_stands(tx, number) and _unheard_stands(tx, number):
            return Response(status=204)
        return make_response(_rendered(tx, "now", number, _told(), look))


def _looked() -> Look:
    skipped = request.args.get("from", "")
    if skipped and not (skipped.isascii() and skipped.isdigit() and len(skipped) < 6):
        raise Malformed
    number = "".join(unicodedata.normalize("NFKC", request.args.get("number", "")).split()).upper()
    find, panel = word(request.args.get("find", "")), request.args.get("panel", "")
    return Look(int(skipped or 0), number[:8], "all" in request.args, find, panel, "here" in request.args)


def _undo_stands(tx: Tx, number: int) -> bool:
    # the ten seconds end without a change: the page that still offers the undo asks with `undo`
    if "undo" not in request.args:
        return True
    return tickets.undoable(tx, asked(), number) is not None


def _unheard_stands(tx: Tx, number: int) -> bool:
    # a call is said aloud without a change: the page that still waits for it asks with `unheard`
    if "unheard" not in request.args:
        return True
    known = _heard(tx, tickets.at_hand(tx, number))
    left = tickets.missed_rule(box().centre).unheard(known) if known else 0
    return request.args["unheard"] == str(left)


def _heard(tx: Tx, at_hand: tickets.AtHand | None) -> tickets.Heard | None:
    if at_hand is None or at_hand.status != tickets.Status.CALLED:
        return None
    return tickets.heard(tx, at_hand.id, at_hand.calls, box().now())


@screen.post("/counter/<int:number>/<any(" + ", ".join(f"'{verb}'" for verb in VERBS) + "):verb>")
def act(number: int, verb: str) -> AnyResponse | tuple[str, int]:
    """Do one verb of the queue. 409 with the reason when the state does not allow it."""
    certified = None
    try:
        with box().database.write() as tx:
            refuse_stale(tx, number)
            ended = _ending(tx, number) if verb == "finish" else None
            notice = VERBS[verb](tx, number)
            certified = _certified(tx, ended)
    except Refusal as refusal:
        return _refused(number, refusal)
    return _done(number, say(notice) if notice else "", certified)


def _ending(tx: Tx, number: int) -> int | None:
    """The ticket of which a result is about to be written; None where nothing was said of it."""
    if not request.form.get("outcome"):
        return None
    here = tickets.at_hand(tx, number)
    return here.id if here else None


@screen.post("/counter/<int:number>/scan")
def scan(number: int) -> AnyResponse | str:
    """A slip was scanned: the person called here has come, or the ticket is opened to look at."""
    scanned = opened(number, request.form.get("code", ""))
    look = look_at(scanned)
    if not request.headers.get("HX-Request"):
        flash(scanned.sentence, scanned.verdict)
        return redirect(_link(url_for(".counter", number=number), look).page, 303)
    with box().database.read() as tx:
        return _rendered(tx, "now", number, _told(scanned=scanned), look)


def _done(number: int, notice: str, certified: kinds.Certified | None = None) -> AnyResponse:
    place = url_for(".counter", number=number, due=certified.ticket_id if certified else None)
    if not request.headers.get("HX-Request"):
        if notice:
            flash(notice, "warn")
        return redirect(place, 303)
    with box().database.read() as tx:
        told = _told(notice, "warn") | {"certified": certified}
        return make_response(_rendered(tx, "now", number, told))


def _refused(number: int, refusal: Refusal) -> tuple[str, int]:
    if isinstance(refusal, Unknown | services.CounterNotOpen | services.CounterTakenOver):
        raise refusal
    page = "now" if request.headers.get("HX-Request") else "counter"
    with box().database.read() as tx:
        services.check_counter(tx, number, g.staff.id)  # whose counter it is comes before what is wrong there
        return _rendered(tx, page, number, _told(words_of(refusal), "error")), status_of(refusal)


def _told(notice: str = "", notice_kind: str = "", scanned: Scanned | None = None) -> dict[str, Any]:
    return {"notice": notice, "notice_kind": notice_kind, "scanned": scanned, "certified": None}


def _flashed() -> tuple[str, str]:
    told = get_flashed_messages(with_categories=True)
    return (told[0][1], told[0][0]) if told else ("", "")


def _rendered(tx: Tx, page: str, number: int, told: dict[str, Any], look: Look = EVERYBODY) -> str:
    every = services.seats(tx)
    own = next(one for one in every if one.number == number)
    now = counter_now(replace(_seen(tx, own, look), others=_others(tx, every, number)), look, say)
    return render_template(
        f"hall/counter/{page}.html",
        now=now,
        shown=_shown(tx, now, every),
        pause_words=PAUSE_WORDS,
        holds=HOLD_WORDS,
        few_counters=FEW_COUNTERS,
        runs_on=session.get(RUNS_ON, False),
        reminds=may_open("kinds.dates.every", g.staff.role),
        **told,
    )


def _others(tx: Tx, every: tuple[services.Counter, ...], number: int) -> tuple[Elsewhere, ...]:
    """The other counters at which she sits: nobody is to be forgotten there."""
    sits_at = [one.number for one in every if one.opened_by == g.staff.id and one.number != number]
    hands = ((one, tickets.at_hand(tx, one)) for one in sits_at)
    return tuple(Elsewhere(one, hand.number if hand else "") for one, hand in hands)


def _seen(tx: Tx, of: services.Counter, look: Look) -> Seen:
    now, centre = asked(), box().centre
    at_hand = tickets.at_hand(tx, of.number, lang())
    aside = tickets.held_today(tx, centre, now.now, lang())
    is_served = at_hand is not None and at_hand.status == tickets.Status.SERVING
    return Seen(
        counter=of,
        at_hand=at_hand,
        heard=_heard(tx, at_hand),
        materials=_materials(tx, at_hand),
        line=(
            tickets.waiting_numbered(tx, centre, now, of.number, look.number, SHOWN)
            if look.number
            else tickets.waiting_for(tx, centre, now, of.number, SHOWN, look.skipped)
        ),
        held=tuple(sorted(aside, key=lambda person: person.counter_number != of.number)),
        missed=tickets.missed_today(tx, centre, now.now, lang())[::-1],
        undoable=None if of.pause else tickets.undoable(tx, now, of.number),
        rule=tickets.missed_rule(centre),
        at=now.now,
        visit=tickets.visit_now(tx, at_hand.id, lang()) if at_hand else None,
        usual_min=tickets.usual_min(tx, at_hand.service_code) if at_hand and is_served else None,
        outcomes=_outcomes(tx, at_hand) if is_served else services.NO_OUTCOMES,
        words=lambda own: own.said(lang()),
        clock=lambda moment: f"{centre.local(moment):%H:%M}",
    )


def _outcomes(tx: Tx, held: tickets.AtHand | None) -> services.Outcomes:
    return services.outcomes_of(tx, held.service_code) if held else services.NO_OUTCOMES


def _link(here: str, look: Look) -> Link:
    asked_for = f"?{urlencode(look.query())}" if look.query() else ""
    return Link(f"{here}{asked_for}", f"{here}/now{asked_for}")


def _shown(tx: Tx, now: CounterNow, every: tuple[services.Counter, ...]) -> Shown:
    at, centre, present = box().now(), box().centre, news(tx)
    listed = services.all_services(tx, lang(), centre.day(at)) if now.hand else ()
    others = tuple(one.number for one in every if now.hand and one.is_open and one.number != now.number)
    skills = services.groups_served(tx, lang()) if len(others) > FEW_COUNTERS else {}
    # by their groups only where there are many: this is read at every press of every counter
    names = services.group_names(tx, lang()) if len(listed) > MANY_SERVICES else {}
    here, paging = url_for("hall.counter.counter", number=now.number), now.paging
    poll = {"v": present.v, "also": present.also} | now.asks() | now.look.query()
    return Shown(
        address=here,
        v=present.v,
        poll=f"{here}/now?{urlencode(poll)}",
        before=_link(here, paging.before) if paging.before else None,
        next=_link(here, paging.after) if paging.after else None,
        everybody=_link(here, EVERYBODY),
        all_aside=_link(here, replace(now.look, is_all=True)),
        after=tickets.counter_version(tx, now.number),
        sums=sums(tickets.waiting_counts(tx, centre, at, lang()), services.codes_of(tx, now.number)),
        offered=offered(listed, names, now.look.service),
        others=tuple(Other(number, skills.get(number, ())) for number in others),
    )


def _materials(tx: Tx, held: tickets.AtHand | None) -> tuple[services.Material, ...]:
    if held is None:
        return ()
    own = services.materials(tx, held.service_code, lang(), agents=False)
    return (
        own + services.materials(tx, held.service_code, lang(), agents=True) if held.for_someone_else else own
    )
