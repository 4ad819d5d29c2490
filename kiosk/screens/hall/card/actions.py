"""What a counter's forms ask for: each verb of the queue, read from the request, done in one transaction."""

from collections.abc import Callable

from flask import g, request, session

from kiosk import services, tickets
from kiosk.database import Tx
from kiosk.screens.web.access import asked
from kiosk.screens.web.forms import whole, whole_or_none
from kiosk.screens.web.page import box, typed
from kiosk.screens.web.session import RUNS_ON
from kiosk.words import mark

Verb = Callable[[Tx, int], str | None]
"""Does one thing at one counter, as the form asks; returns a marked sentence where more is to be done."""


def _call_next(tx: Tx, number: int) -> None:
    tickets.call_next(tx, box().centre, asked(), number)


def _call(tx: Tx, number: int) -> None:
    call = tickets.serve_now if request.form.get("now") == "1" else tickets.call_ticket
    call(tx, box().centre, asked(), number, whole("ticket"), typed(request.form.get("reason", "")))


def _finish(tx: Tx, number: int) -> None:
    said = {name: typed(request.form.get(name, "")) for name in ("outcome", "reason", "way", "note")}
    tickets.finish(tx, asked(), number, whole_or_none("ticket"), tickets.Ended(**said))
    if "may_run_on" in request.form:
        session[RUNS_ON] = request.form.get("next") == "1"
    if request.form.get("next") == "1":
        tickets.call_next_if_any(tx, box().centre, asked(), number)


def _cancel(tx: Tx, number: int) -> None:
    tickets.cancel(tx, asked(), number, whole_or_none("ticket"), typed(request.form.get("reason", "")))


def _no_show(tx: Tx, number: int) -> None:
    reason = typed(request.form.get("reason", ""))
    tickets.mark_no_show(tx, box().centre, asked(), number, whole_or_none("ticket"), reason)


def _hold(tx: Tx, number: int) -> None:
    lacks = tuple(typed(line) for line in (*request.form.getlist("lacks"), request.form.get("note", "")))
    aside = tickets.Aside(request.form.get("kind", ""), lacks)
    tickets.hold(tx, box().centre, asked(), number, aside, whole_or_none("ticket"))


def _resume(tx: Tx, number: int) -> None:
    tickets.resume(tx, box().centre, asked(), number, whole("ticket"))


def _rejoin(tx: Tx, number: int) -> None:
    services.check_counter(tx, number, g.staff.id)
    tickets.rejoin(tx, box().centre, whole("ticket"), tickets.By.of(asked(), number))


def _transfer(tx: Tx, number: int) -> None:
    reason = typed(request.form.get("reason", ""))
    to = tickets.Destination(request.form.get("service", ""), whole_or_none("counter"), reason)
    tickets.transfer(tx, box().centre, asked(), number, to, whole_or_none("ticket"))


def _continue(tx: Tx, number: int) -> None:
    thing = tickets.NextThing(request.form.get("service", ""), request.form.get("place", "front"))
    tickets.continue_visit(tx, box().centre, asked(), number, thing, whole_or_none("ticket"))


def _note(tx: Tx, number: int) -> None:
    tickets.note_visit(tx, asked(), number, whole("ticket"), typed(request.form.get("note", "")))


def _undo(tx: Tx, number: int) -> str | None:
    is_slip_out = tickets.undo(tx, asked(), number)
    return mark("撤销了。“回来继续办”的小票已经打出来，请把它收回来。") if is_slip_out else None


def _pause(tx: Tx, number: int) -> None:
    tickets.pause_counter(tx, asked(), number, request.form.get("pause", "rest"))


def _go_on(tx: Tx, number: int) -> None:
    services.go_on(tx, asked(), number)


def _plain(verb: Callable[..., None]) -> Verb:
    def done(tx: Tx, number: int) -> None:
        verb(tx, asked(), number, whole_or_none("ticket"))

    return done


VERBS: dict[str, Verb] = {
    "call-next": _call_next,
    "call": _call,
    "recall": _plain(tickets.recall),
    "start": _plain(tickets.start),
    "finish": _finish,
    "continue": _continue,
    "hold": _hold,
    "resume": _resume,
    "rejoin": _rejoin,
    "transfer": _transfer,
    "no-show": _no_show,
    "cancel": _cancel,
    "note": _note,
    "undo": _undo,
    "pause": _pause,
    "go-on": _go_on,
}


def refuse_stale(tx: Tx, number: int) -> None:
    """A form sent twice, or from a second tab, names an `after` that is over. Scripts may leave it out."""
    after = whole_or_none("after")
    if after is not None and after != tickets.counter_version(tx, number):
        raise tickets.StalePage
