"""Staff log in and out."""

from flask import g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from kiosk import services, staff, tickets
from kiosk.database import Tx
from kiosk.database.joining import is_public
from kiosk.screens.web.access import (
    asked,
    is_stranger,
    is_the_box,
    log_in_here,
    log_out_here,
    path_of_ours,
)
from kiosk.screens.web.errors import note_wait, status_of, words_of
from kiosk.screens.web.page import box, work_address
from kiosk.screens.web.screen import Frame, Screen
from kiosk.screens.web.session import RUNS_ON
from kiosk.words import Refusal

screen = Screen(__name__, Frame.STAFF)


@screen.get("/log-in")
def log_in() -> str:
    """The form."""
    return _form(next=request.args.get("next", ""))


@screen.post("/log-in")
def do_log_in() -> Response | tuple[str, int]:
    """Check name and password; a wrong one is counted."""
    try:
        attempt, staff_id = _checked(request.form.get("name", "").strip(), request.form.get("password", ""))
        place = path_of_ours(request.form.get("next", ""), _place_of(staff_id))
        return log_in_here(staff_id, redirect(place, 303), lambda tx: staff.note_success(tx, attempt))
    except Refusal as refusal:
        note_wait(refusal)
        status = 403 if isinstance(refusal, staff.WrongPassword) else status_of(refusal)
        wait_s = refusal.wait_s if isinstance(refusal, staff.AskAgain) else 0
        return _form(words_of(refusal), request.form.get("next", ""), wait_s), status


def _form(error: str = "", next: str = "", wait_s: int = 0) -> str:  # noqa: A002 - the field's name
    return render_template("accounts/login/log_in.html", error=error, next=next, wait_s=wait_s)


def _place_of(staff_id: int) -> str:
    """Where this member of staff works."""
    with box().database.read() as tx:
        known = staff.staff_of(tx, staff_id)
    return work_address(known.role if known else staff.Role.CLERK)


def _checked(name: str, password: str) -> tuple[staff.Attempt, int]:
    database, now = box().database, box().now()
    # before anything is written: whoever is sent away at once has cost nobody anything
    with staff.turn(is_stranger=is_stranger()):
        with database.write() as tx:
            attempt = staff.begin_attempt(tx, name, request.remote_addr or "", now, is_box=is_the_box())
        staff_id = staff.check_password(attempt, password)
    if is_public(password) and not box().settings.is_demo:
        raise staff.WrongPassword
    return attempt, staff_id


@screen.get("/log-out")
def leaving() -> str | Response:
    """What she leaves open, before she goes."""
    if g.staff is None:
        return redirect(url_for(".log_in"), 303)
    with box().database.read() as tx:
        hands = {one: tickets.at_hand(tx, one) for one in _sits_at(tx)}
    return render_template("accounts/login/leaving.html", hands=hands)


@screen.post("/log-out")
def log_out() -> Response:
    """End the session, and forget what was chosen here. The pages' own button `asks` while a counter is open.

    With `close` her counters are closed before. Raises tickets' CounterBusy for one with somebody there.
    """
    if g.staff is not None and "asks" in request.form:
        with box().database.read() as tx:
            if _sits_at(tx):
                return redirect(url_for(".leaving"), 303)
    if g.staff is not None and "close" in request.form:
        with box().database.write() as tx:
            for number in _sits_at(tx):
                tickets.close_counter(tx, asked(), number)
    runs_on = session.get(RUNS_ON)
    session.clear()
    if runs_on:
        session[RUNS_ON] = runs_on
    return log_out_here(redirect(url_for(".log_in"), 303))


def _sits_at(tx: Tx) -> tuple[int, ...]:
    """The counters that this member of staff has open."""
    return tuple(one.number for one in services.seats(tx) if one.opened_by == g.staff.id)
