"""What needs a person now, in red on the pages of staff: printing, disk, clock, too many numbers, guesses."""

from datetime import datetime
from typing import Any

from flask import Response, g, make_response, render_template
from msgspec import Struct

from kiosk import devices, spool, staff, tickets
from kiosk.database import Tx, cannot_keep
from kiosk.screens.hall.print_jobs import KIND_WORDS, WORDS
from kiosk.screens.web.devices import most_a_minute
from kiosk.screens.web.page import box, is_kept, say
from kiosk.screens.web.polling import mark_of, version_seen
from kiosk.screens.web.screen import places, staffed
from kiosk.spool import PrinterState
from kiosk.words import mark

screen = staffed(
    __name__,
    staff.Role.CLERK,
    staff.Role.DESK,
    staff.Role.MANAGER,
    staff.Role.VIEWER,
    menu=None,
    under="hall.overview",
)


class Rush(Struct, frozen=True):
    """More numbers than people can have tapped, and the device with the most of them; "" when it is none."""

    told: tickets.Rush
    device_id: int | None = None
    device: str = ""


class Alert(Struct, frozen=True):
    """What needs a person now: the printer's state when it does, missing slips, a disk that takes nothing,
    the moment that a clock which was ahead has written down, more numbers than people can have tapped, and
    when somebody who tries many passwords at the box itself did so last.

    `has_names`: whose slips are missing is told too, and leads to them.
    """

    state: PrinterState | None
    missed: tuple[spool.Job, ...]
    is_kept: bool
    clock_was_at: datetime | None = None
    rush: Rush | None = None
    guessed_at: datetime | None = None
    has_names: bool = True

    @property
    def v(self) -> int:
        """A number that differs when the alert does: it comes and goes with time too, without any change."""
        return mark_of(
            (
                self.is_kept,
                self.clock_was_at,
                self.rush,
                self.guessed_at,
                self.state,
                [(job.id, job.status in spool.FINAL) for job in self.missed],
            )
        )


def alert_now() -> Alert:
    """For the pages of staff; reads what is known and asks no printer."""
    settings, at = box().settings, box().now()
    try:
        with box().database.read() as tx:
            return Alert(
                _alarming(spool.printer_now(tx, settings)),
                spool.missed_jobs(tx, settings, at),
                is_kept(),
                tickets.furthest_ahead(tx, at),
                _rush(tx, at),
                staff.guessed_at_box(tx, at),
                places()["hall.print_jobs"].screen.is_for(g.staff.role),
            )
    except Exception as fault:
        if not cannot_keep(fault):
            raise
        return Alert(None, (), is_kept=False)


def _alarming(printer: spool.PrinterNow | None) -> PrinterState | None:
    if printer is None or not printer.needs_person:
        return None
    return printer.state if printer.state in spool.BROKEN else PrinterState.PAPER_LOW


def _rush(tx: Tx, at: datetime) -> Rush | None:
    told = tickets.rush(tx, at, most_a_minute())
    if told is None:
        return None
    device_id = devices.device_in(told.station)
    return Rush(told, device_id, devices.device_called(tx, device_id) if device_id is not None else "")


@screen.app_context_processor
def _in_every_page() -> dict[str, Any]:
    return {"printing_alert": alert_now, "printing_words": WORDS, "missed_words": missed_words}


def missed_words(job: spool.Job) -> str:
    """Whose slip is missing, and what to do for that person."""
    if job.kind == "first_password":
        return say(mark("%(name)s的密码没打出来，请管理员再给一个新的。"), name=job.title)
    if job.kind != "ticket":
        kind = say(KIND_WORDS[job.kind])
        return say(mark("%(kind)s“%(name)s”没打出来，请补打。"), kind=kind, name=job.title)
    if job.status in spool.FINAL:
        return say(mark("%(name)s的小票没打出来，请告诉他号码或补打。"), name=job.title)
    return say(mark("%(name)s的小票还没打出来，请先告诉他号码。"), name=job.title)


@screen.get("/printers/alert")
def alert() -> Response:
    """The alert on the pages of staff, or 204."""
    present = alert_now()
    if version_seen() == present.v:
        return Response(status=204)
    return make_response(render_template("hall/alert/alert.html", alert=present))
