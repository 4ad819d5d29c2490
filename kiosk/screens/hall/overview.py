"""The hall at one look, for who looks after it: every counter, who is on hold, who needs somebody to come."""

from datetime import datetime
from typing import Any

from flask import Response, g, make_response, redirect, render_template, request, url_for
from msgspec import Struct
from werkzeug.wrappers import Response as AnyResponse

from kiosk import opening, services, spool, staff, tickets
from kiosk.clock import lasted
from kiosk.database import Tx
from kiosk.screens.hall.lasting import Alarm, Limits, alarms, minute_of
from kiosk.screens.hall.skills import MANY_COUNTERS, Offered, Sums, offered, word
from kiosk.screens.web.access import asked, needs
from kiosk.screens.web.forms import done, text, whole, whole_or_none
from kiosk.screens.web.labels import HOLD_WORDS, PAUSE_WORDS, UNKNOWN_WAIT
from kiosk.screens.web.page import box, lang, new_tap, say
from kiosk.screens.web.polling import News, is_old, mark_of, news, version_seen
from kiosk.screens.web.screen import MenuEntry, MenuGroup, staffed
from kiosk.screens.web.ticket_form import read_tap, shut
from kiosk.words import Own, mark

screen = staffed(
    __name__,
    staff.Role.CLERK,
    staff.Role.DESK,
    staff.Role.MANAGER,
    staff.Role.VIEWER,
    menu=MenuEntry(mark("大厅"), mark("回到大厅"), "layout-grid", "hall", 20, MenuGroup.WORK),
)

ASIDE = 12
"""People shown of those on hold and of those who missed their turn; with `all` in the address, everybody."""

WAITING = 8
"""Services shown of those that somebody waits for, in a hall of many counters; with `all` every one."""


class CounterView(Struct, frozen=True):
    """One counter as the hall sees it."""

    counter: services.Counter
    clerk: str
    at_hand: tickets.AtHand | None
    held: tuple[tickets.Waiting, ...]
    served: int


class HallNow(Struct, frozen=True):
    """All that the page shows. `more` is what of the waiting does not stand there.

    `unserved` are services that somebody waits for and no open counter serves; `hidden` so many are on hold
    or missed their turn and stand in neither list; `is_closed_early`: a wrong date has ended the day.
    """

    news: News
    desks: tuple[CounterView, ...]
    waiting: tuple[tickets.WaitingCount, ...]
    more: Sums
    unserved: frozenset[str]
    wanting_staff: tuple[tickets.Waiting, ...]
    held: tuple[tickets.Waiting, ...]
    missed: tuple[tickets.Waiting, ...]
    hidden: int
    figures: tickets.DayFigures
    is_closed_early: bool
    at: datetime
    alarms: tuple[Alarm, ...] = ()

    @property
    def minute(self) -> int:
        """What a poll sends, so that the page is made anew each minute."""
        return minute_of(self.at)

    @property
    def long_codes(self) -> frozenset[str]:
        """The services whose longest wait is too long."""
        return frozenset(one.key.partition("-")[2] for one in self.alarms if one.kind == "wait")

    @property
    def everybody(self) -> int:
        """How many wait in all."""
        return sum(one.count for one in self.waiting) + self.more.people

    @property
    def is_large(self) -> bool:
        """Whether counters stand close together, so that all are seen without scrolling."""
        return len(self.desks) > MANY_COUNTERS

    def waited_min(self, since: datetime) -> int | None:
        """Whole minutes from `since` until now; None when the clock went back in between."""
        waited = lasted(since, self.at)
        return None if waited is None else int(waited.total_seconds() // 60)


@screen.get("/hall")
def hall() -> str:
    """The live view, and what staff do for a resident who cannot."""
    with box().database.read() as tx:
        return render_template(
            "hall/overview/overview.html",
            **_closings(tx),
            choices=_choices(tx),
            priorities=tickets.priorities(tx, lang()),
            tap=new_tap(),
            hall=hall_now(tx),
            **WORDS,
        )


@screen.get("/hall/now")
def now() -> Response:
    """What changes on the page when something is newer than `v`, else 204."""
    with box().database.read() as tx:
        if is_old(tx) and whole_or_none("minute", fields=request.args) in (None, minute_of(box().now())):
            return Response(status=204)
        return make_response(render_template("hall/overview/now.html", hall=hall_now(tx), **WORDS))


@screen.get("/hall/closings")
def closings() -> Response:
    """Which services give numbers, when they are others than those shown, `v`, else 204."""
    with box().database.read() as tx:
        shown = _closings(tx)
    if version_seen() == shown["closings_mark"]:
        return Response(status=204)
    return make_response(render_template("hall/overview/closings.html", **shown))


def _choices(tx: Tx) -> Offered:
    every = services.all_services(tx, lang(), box().centre.day(box().now()))
    return offered(every, services.group_names(tx, lang()), _looked_for())


def _looked_for() -> str:
    return word(request.args.get("find", ""))


def _closings(tx: Tx) -> dict[str, Any]:
    """Every service, of many those that were looked for or are closed."""
    choices = _choices(tx)
    listed = tuple(one for _, group in choices.groups for one in group)
    if choices.is_many and not _looked_for():
        listed = tuple(one for one in listed if one.closed_reason)
    why = shut(tx, listed)
    return {
        "services": listed,
        "shut": why,
        "is_many": choices.is_many,
        "looked_for": _looked_for(),
        "closings_mark": mark_of((lang(), listed, why)),
    }


WORDS = {
    "unknown_wait": UNKNOWN_WAIT,
    "pause_words": PAUSE_WORDS,
    "holds": HOLD_WORDS,
}


def hall_now(tx: Tx) -> HallNow:
    """Everything of the hall at this moment."""
    at, centre = box().now(), box().centre
    names, served = staff.staff_names(tx), tickets.served_by_counter(tx, centre, at)
    held = tickets.held_today(tx, centre, at, lang())
    every = services.seats(tx)
    missed = tickets.missed_today(tx, centre, at, lang())
    most = None if "all" in request.args else ASIDE
    waiting, hands = tickets.waiting_counts(tx, centre, at, lang()), tickets.every_at_hand(tx, lang())
    able, every_wait = services.codes_served(tx), waiting
    if len(every) > MANY_COUNTERS:  # first what needs somebody: nobody can serve it, or they wait the longest
        waiting = tuple(sorted(waiting, key=lambda one: (one.code in able, one.since)))
    shown = waiting[:WAITING] if len(every) > MANY_COUNTERS and most else waiting
    return HallNow(
        news=news(tx),
        desks=tuple(
            CounterView(
                counter=counter,
                clerk=names.get(counter.opened_by, "") if counter.opened_by else "",
                at_hand=hands.get(counter.number),
                held=tuple(one for one in held if one.counter_number == counter.number),
                served=served.get(counter.number, 0),
            )
            for counter in every
        ),
        waiting=shown,
        more=Sums((), len(waiting) - len(shown), sum(one.count for one in waiting[len(shown) :])),
        unserved=frozenset(sum_.code for sum_ in waiting) - able,
        wanting_staff=tickets.wanting_staff(tx, centre, at, lang()),
        held=held[:most],
        missed=missed[:most],
        hidden=len(held) + len(missed) - len(held[:most]) - len(missed[:most]),
        figures=tickets.day_figures(tx, centre, at),
        is_closed_early=tickets.is_closed_early(tx, centre, at),
        at=at,
        alarms=alarms(every_wait, every, hands, Limits.of(centre.settings), at),
    )


@screen.post("/hall/tickets")
def take_for_somebody() -> AnyResponse:
    """帮办取号: a number for who cannot tap, also when the station gives none."""
    tap = read_tap(g.staff.id)
    with box().database.write() as tx:
        taken = tickets.take(tx, box().centre, tap, lang(), box().now())
        if assistance := request.form.get("wish"):
            tickets.grant_assistance(tx, box().centre, taken.ticket_id, assistance, box().now())
        number = tickets.ticket_view(tx, box().centre, taken.ticket_id, lang(), box().now()).number
    return done(say(mark("取好了：%(number)s。小票在打印。"), number=number), ".hall")


@screen.post("/hall/tickets/<int:ticket_id>/reprint")
def reprint(ticket_id: int) -> AnyResponse:
    """Print a resident's slip again; the older code is not valid any more."""
    revision = whole("revision")
    with box().database.write() as tx:
        tickets.reprint(tx, box().centre, asked(), ticket_id, revision)
        has_printer = spool.has_printer(tx, box().settings)
    if not has_printer:
        return done(say(mark("没有打印机，没有补打。号没有变，请把号码抄给居民。")), ".hall")
    return done(say(mark("补打好了，旧的小票不能用了。")), ".hall")


@screen.post("/hall/tickets/<int:ticket_id>/rejoin")
def rejoin(ticket_id: int) -> AnyResponse:
    """Put somebody who was away back into the line."""
    with box().database.write() as tx:
        tickets.rejoin(tx, box().centre, ticket_id, tickets.By(box().now(), staff_id=g.staff.id))
    return done(say(mark("又排上了。")), ".hall")


@screen.get("/hall/lost")
@needs(staff.Role.CLERK, staff.Role.DESK, staff.Role.MANAGER)
def lost() -> str:
    """Where a resident's ticket is looked for."""
    return _lost("", "")


@screen.post("/hall/lost")
def find_lost() -> str:
    """Find it by service or by the four digits she left; a POST, so that no address holds them."""
    return _lost(text("service"), text("digits"))


def _lost(code: str, digits: str) -> str:
    now, centre = box().now(), box().centre
    with box().database.read() as tx:
        found = tickets.lost_by_phone(tx, centre, digits, now, lang()) if digits else ()
        found = tickets.lost_by_service(tx, centre, code, now, lang()) if code else found
        return render_template(
            "hall/overview/lost.html",
            found=found,
            choices=_choices(tx),
            looked_for=_looked_for(),
            code=code,
            digits=digits,
        )


@screen.post("/hall/reopen-day")
@needs(staff.Role.CLERK, staff.Role.MANAGER)
def reopen_day() -> AnyResponse:
    """A wrong date ended the day: everybody stands again where they stood."""
    with box().database.write() as tx:
        back = tickets.reopen_day(tx, box().centre, asked())
    return done(say(mark("恢复了%(n)s个号。窗口请重新打开。"), n=back), ".hall")


@screen.post("/hall/services/<code>/close")
@needs(staff.Role.CLERK, staff.Role.MANAGER)
def close_service(code: str) -> AnyResponse:
    """No more numbers today; the station shows the reason."""
    reason = text("reason")
    with box().database.write() as tx:
        opening.close_service(tx, box().centre, asked(), code, Own(reason, ""))
    return redirect(url_for(".hall"), 303)


@screen.post("/hall/services/<code>/reopen")
@needs(staff.Role.CLERK, staff.Role.MANAGER)
def reopen_service(code: str) -> AnyResponse:
    """Numbers again."""
    with box().database.write() as tx:
        opening.reopen_service(tx, box().centre, asked(), code)
    return redirect(url_for(".hall"), 303)
