"""A number of one's own goes the whole way, tap to served, before the first resident comes."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from kiosk import services, setup, tickets
from kiosk.database import Tx
from kiosk.screens.setup._steps import go_on, note_done, step_page
from kiosk.screens.web.access import asked
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import choice, text
from kiosk.screens.web.page import box, lang
from kiosk.screens.web.screen import staffed
from kiosk.setup import Step
from kiosk.staff import Role
from kiosk.tickets import Status
from kiosk.words import Refusal

screen = staffed(__name__, Role.ADMIN, menu=None, under="accounts.staff_accounts", url_prefix="/setup")

Answer = Response | str | tuple[str, int]
VERBS = ("expect", "take", "call", "start", "finish", "done")


@screen.get("/trial")
def trial() -> str:
    """How far it has come, and the one button for what comes next."""
    return _page()


@screen.post("/trial")
def move() -> Answer:
    """Take it, call it, begin, finish: each as it is done in the hall; or go on."""
    verb = choice("verb", VERBS)
    try:
        with box().database.write() as tx:
            if verb == "done":
                note_done(tx, Step.TRIAL)
            else:
                _move(tx, verb)
    except Refusal as refusal:
        return _page(words_of(refusal)), status_of(refusal)
    return go_on(Step.TRIAL) if verb == "done" else redirect(url_for(".trial"), 303)


def _move(tx: Tx, verb: str) -> None:
    centre, by = box().centre, asked()
    if verb == "expect":
        setup.expect_trial(box().database, by)
        return
    if verb == "take":
        tickets.take_trial(tx, centre, by, text("service"))
        return
    ticket = tickets.trial_now(tx, centre, by)
    if ticket is None:
        raise tickets.UnknownTicket
    if verb == "call":
        number = _free_counter(tx, by.staff_id)
        services.open_counter(tx, by, number)
        tickets.call_ticket(tx, centre, by, number, ticket.id, "trial")
    elif ticket.counter is not None and verb == "start":
        tickets.start(tx, by, ticket.counter, ticket.id)
    elif ticket.counter is not None:
        tickets.finish(tx, by, ticket.counter, ticket.id)
        tickets.close_counter(tx, by, ticket.counter)


def _free_counter(tx: Tx, staff_id: int | None) -> int:
    """Where this administrator sits, else the first counter where nobody does: no clerk is disturbed."""
    every = services.counters(tx, lang())
    mine = (one.number for one in every if one.opened_by == staff_id)
    free = (one.number for one in every if not one.is_open)
    number = next(mine, None) or next(free, None)
    if number is None:
        raise services.UnknownCounter
    return number


def _page(fault: str = "") -> str:
    now = box().now()
    with box().database.read() as tx:
        ticket = tickets.trial_now(tx, box().centre, asked())
        offered = services.all_services(tx, lang(), box().centre.day(now))
        counters = services.counters(tx, lang())
    return step_page(
        "setup/trial/trial.html",
        Step.TRIAL,
        ticket=ticket,
        fault=fault,
        is_expected=setup.is_trial_expected(box().database, now),
        offered=offered,
        has_counters=bool(counters),
        status=ticket.status if ticket else "",
        way=(Status.WAITING, Status.CALLED, Status.SERVING, Status.SERVED),
    )
