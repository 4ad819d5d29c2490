"""Taking the newest step of a counter back, for ten seconds, while nobody has gone on with the ticket."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk import services
from kiosk.asked import Asked
from kiosk.clock import is_within, lasted
from kiosk.database.prepared import Prepared
from kiosk.spool import JobStatus, take_back_slip
from kiosk.tickets.refusals import CalledElsewhere, NothingToUndo, WrongStatus
from kiosk.tickets.rules import AT_HAND, UNDO_WITHIN, Status, Verb
from kiosk.tickets.saying import write_detail
from kiosk.tickets.slips import ticket_subject
from kiosk.tickets.tables import change, ticket
from kiosk.tickets.transition import By, Step, find, note_change, put, unpacked
from kiosk.tickets.visit import Detail
from kiosk.tickets.wait.service_time import forget_pace


class Undoable(Struct, frozen=True):
    """The step that can be taken back now, and for how many whole seconds still."""

    change_id: int
    number: str
    verb: Verb
    seconds_left: int


_NEWEST = Prepared(
    sa.select(change, ticket.c.number)
    .join_from(change, ticket)
    .where(change.c.counter_number == sa.bindparam("counter"), change.c.before != "")  # a note moves nobody
    .order_by(change.c.id.desc())
    .limit(1)
)
_ONE_BEFORE = Prepared(
    sa.select(change)
    .where(
        change.c.counter_number == sa.bindparam("counter"),
        change.c.id < sa.bindparam("called"),
        change.c.before != "",
    )
    .order_by(change.c.id.desc())
    .limit(1)
)
_NEWEST_OF_TICKET = Prepared(
    sa.select(sa.func.max(change.c.id).label("id")).where(
        change.c.ticket_id == sa.bindparam("ticket_id"),
        change.c.before != "",  # a wish or a reprint moves nobody
    )
)


def undoable(tx: Connection, asked: Asked, counter: int) -> Undoable | None:
    """What this clerk could take back at this counter now."""
    row = _newest(tx, asked, counter)
    if row is None:
        return None
    left = int((UNDO_WITHIN - max(asked.now - row.at, timedelta())).total_seconds())
    return Undoable(row.id, row.number, Verb(row.verb), max(1, left))


def undo(tx: Connection, asked: Asked, counter: int) -> bool:
    """Put the ticket of the counter's newest step back to where it stood before.

    Whether a slip of that step may be out on paper already: what was still waiting is not printed any more.
    Raises NothingToUndo after ten seconds, after an undo, or when somebody else has moved the ticket since;
    services.CounterPaused during a pause: nobody is put before such a counter.
    """
    services.check_calling(tx, counter, asked.staff_id)
    row = _newest(tx, asked, counter)
    if row is None:
        raise NothingToUndo
    undone = _take_back(tx, asked, counter, row)
    finished = _finished_by(tx, row) if row.verb == Verb.CALL_NEXT else None
    if finished is not None and _newest_of(tx, finished.ticket_id) == finished.id:
        _take_back(tx, asked, counter, finished)
    return row.verb == Verb.HOLD and _slip_is_out(tx, asked, row, undone)


SLIP_IS_OUT = "slip_is_out"
"""The reason that stands with an undo whose slip was printed before: somebody has it in hand."""

_NOT_OUT = (None, JobStatus.CANCELLED, JobStatus.FAILED, JobStatus.EXPIRED)


def _slip_is_out(tx: Connection, asked: Asked, held: Any, undone: int) -> bool:
    if take_back_slip(tx, asked, ticket_subject(held.ticket_id), held.at) in _NOT_OUT:
        return False
    write_detail(tx, undone, Detail(reason=SLIP_IS_OUT))
    return True


def _finished_by(tx: Connection, called: Any) -> Any:
    """The end of a visit that was the same press as this call of the next; None when there was none."""
    row = _ONE_BEFORE.first(tx, {"counter": called.counter_number, "called": called.id})
    if row is None or row.verb != Verb.FINISH:
        return None
    return row if (row.at, row.staff_id) == (called.at, called.staff_id) else None


def _take_back(tx: Connection, asked: Asked, counter: int, row: Any) -> int:
    at, by = find(tx, row.ticket_id), By.of(asked, counter)
    values = unpacked(row.before)
    if values["only_counter"] is not None and not services.is_open(tx, values["only_counter"]):
        values["only_counter"] = None  # its counter has closed since: nobody would ever call it
    try:
        put(tx, at, values, by)
    except (CalledElsewhere, WrongStatus) as moved:
        raise NothingToUndo from moved
    code = values["service_code"]
    step = Step(Verb.UNDO, Status(values["status"]), row.verb, code, at.packed())
    undone = note_change(tx, at, by, step)
    if values["status"] in AT_HAND and row.to_status not in AT_HAND and not at.is_trial:
        forget_pace(tx, code, lasted(values["called_at"], row.at))
    return undone


def _newest(tx: Connection, asked: Asked, counter: int) -> Any:
    row = _NEWEST.first(tx, {"counter": counter})
    if (
        row is None
        or not row.before
        or row.staff_id != asked.staff_id
        or not is_within(row.at, asked.now, UNDO_WITHIN)
    ):
        return None
    if row.verb in (Verb.UNDO, Verb.RECALL) or _newest_of(tx, row.ticket_id) != row.id:
        return None
    return row


def _newest_of(tx: Connection, ticket_id: int) -> int:
    return int(_NEWEST_OF_TICKET.first(tx, {"ticket_id": ticket_id}).id)
