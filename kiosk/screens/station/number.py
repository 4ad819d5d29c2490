"""Taking a number, and the page that shows it as large as the screen allows."""

from datetime import datetime, timedelta

from flask import redirect, render_template, request, session, url_for
from msgspec.structs import replace
from werkzeug.wrappers import Response as AnyResponse

from kiosk import devices, setup, speech, spool, tickets
from kiosk.clock import lasted
from kiosk.database import Tx
from kiosk.screens.station.visit import check_visit
from kiosk.screens.web.access import station_name
from kiosk.screens.web.devices import at_station, for_everybody, may_take, most_a_minute
from kiosk.screens.web.page import box, lang, new_tap
from kiosk.screens.web.screen import station
from kiosk.screens.web.ticket_form import read_tap

screen = station(__name__)

NOTED = ("slow_noted", "staff_comes", "hearing_noted", "phone_noted", "concern_noted", "reprinted")
"""What the number page says in letters too: not everybody hears it."""

WAIT_FOR_SLIP = timedelta(seconds=2)


@screen.post("/tickets")
@for_everybody
def take() -> AnyResponse:
    """Take a ticket; pressing twice gives the same one."""
    if not at_station():
        return _take_by_phone()
    here, tap = box(), read_tap()
    now = here.now()
    staff_id = setup.claim_trial(here.database, tap.tap, now)
    if staff_id is not None:
        tap = replace(tap, staff_id=staff_id, another=True, is_trial=True)
    with here.database.write() as tx:
        taken = tickets.take(tx, here.centre, tap, lang(), now)
    if taken.already:
        session["already"] = taken.ticket_id
    return redirect(url_for(".taken", token=taken.token), 303)


def _take_by_phone() -> AnyResponse:
    """Where the centre lets phones: one number at a time for each, none while they are too many.

    Raises NotEnrolled, TooManyByPhone.
    """
    database, now = box().database, box().now()
    if not may_take():
        raise devices.NotEnrolled
    tap = replace(read_tap(), station=f"phone:{station_name()}", priority=None, another=False, by_phone=True)
    with database.write() as tx:
        is_rush = tickets.rush(tx, now, most_a_minute()) is not None  # told to staff by the one that made it
        taken = tickets.take(tx, box().centre, tap, lang(), now)
        if not taken.already:
            if is_rush:
                raise devices.TooManyByPhone
            devices.phone_taps_of(database).note(request.remote_addr or "", now)
    return redirect(url_for("public.phone.ticket", token=taken.token), 303)


@screen.get("/tickets/<token>")
def taken(token: str) -> str:
    """The number, as large as the screen allows, whatever the printer does."""
    with box().database.read() as tx:
        ticket = ticket_of(tx, token)
        state = print_state(spool.slip_state(tx, tickets.ticket_subject(ticket.id)))
        then = _said_after(tx, ticket)
    return render_template(
        "station/number/taken.html",
        ticket=ticket,
        said=_said_of(ticket, state),
        said_then=" ".join(then),
        already=session.pop("already", None) == ticket.id,
        news=(told := session.pop("told", "")),
        noted=speech.sentence(told, speech.language_of(lang())) if told in NOTED else "",
        estimate=tickets.estimate_text(ticket.estimate, lang()),
        must_wait=ticket.estimate is not None and ticket.estimate.high > 0,
        phone_url=box().centre.qr_text(ticket.token),
        opens_on_phone=bool(box().settings.public_url),
        print_state=state,
        next_tap=new_tap(),
    )


def ticket_of(tx: Tx, token: str) -> tickets.TicketView:
    """The ticket behind the code of an address. Raises VisitOver, and what `tickets.find_ticket` raises."""
    check_visit()
    return tickets.view_by_code(tx, box().centre, token, lang(), box().now())


def _said_of(ticket: tickets.TicketView, state: str) -> str:
    told = session.get("told", "")
    if told:
        return str(told)
    if session.get("already") == ticket.id:
        return "already"
    return {"failed": "taken_without_slip", "off": "stands"}.get(state, "taken")


def _said_after(tx: Tx, ticket: tickets.TicketView) -> tuple[str, ...]:
    """The clips that follow the number: how many are ahead, about how long, and where to wait."""
    language = speech.language_of(lang())
    if ticket.counter:
        return speech.counter_clips(ticket.counter, language)
    if ticket.status == tickets.Status.SERVED:
        return ()
    if ticket.status != tickets.Status.WAITING:
        return ("choice-ask-window",)  # called and missed: she would sit down and wait
    wait = speech.wait_clips(*_minutes(ticket.estimate), language)
    return (*speech.ahead_clips(ticket.ahead, language), *wait, *speech.said(tx, ticket.where, language))


def _minutes(estimate: tickets.Estimate | None) -> tuple[int, int]:
    return (estimate.low or estimate.high, estimate.high) if estimate else (0, 0)


@screen.get("/tickets/<token>/slip")
def slip_state(token: str) -> str:
    """Whether the slip is printed yet."""
    with box().database.read() as tx:
        ticket = ticket_of(tx, token)
        state = print_state(spool.slip_state(tx, tickets.ticket_subject(ticket.id)))
    return render_template("station/number/slip_state.html", ticket=ticket, print_state=state)


def print_state(job: tuple[spool.JobStatus, datetime] | None) -> str:
    """What the station says of a job: off, printing, printed or failed. Unconfirmed is not printed.

    Nobody is kept waiting for a printer: after WAIT_FOR_SLIP the number on the screen must do.
    """
    if job is None:
        return "off"
    status, written_at = job
    if status not in spool.FINAL:
        waited = lasted(written_at, box().now())
        return "printing" if waited is not None and waited <= WAIT_FOR_SLIP else "failed"
    return "printed" if status == spool.JobStatus.PRINTED else "failed"
