"""One step of one ticket: a conditional UPDATE along MOVES and the row of `change` that tells of it."""

import json
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import Connection

from kiosk import services
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.database.prepared import Prepared
from kiosk.services.tables import counter_service
from kiosk.tickets.refusals import (
    CalledElsewhere,
    CounterBusy,
    NobodyAtHand,
    NotAtHand,
    TicketOver,
    UnknownTicket,
    WrongStatus,
)
from kiosk.tickets.rules import AT_HAND, MOVES, Status, Verb
from kiosk.tickets.tables import change, ticket

CHANGES = (
    "status",
    "service_code",
    "rank_at",
    "counter_number",
    "only_counter",
    "called_at",
    "calls",
    "hold",
    "lacks",
)
"""The columns that a verb may change and an undo puts back."""


class Standing(Struct, frozen=True):
    """Where a ticket stands: what a verb looks at before it moves it."""

    id: int
    number: str
    service_day: date
    is_slow: bool
    is_trial: bool
    status: Status
    service_code: str
    rank_at: datetime
    counter_number: int | None
    only_counter: int | None
    called_at: datetime | None
    calls: int
    hold: str
    lacks: str

    def packed(self) -> str:
        """What an undo puts back, as JSON."""
        kept = {name: value for name, value in asdict(self).items() if name in CHANGES}
        return json.dumps(kept, default=datetime.isoformat, ensure_ascii=False)


def unpacked(text: str) -> dict[str, Any]:
    """The columns that `Standing.packed` kept."""
    kept: dict[str, Any] = json.loads(text)
    moments = {name: datetime.fromisoformat(kept[name]) for name in ("rank_at", "called_at") if kept[name]}
    return kept | moments


class By(Struct, frozen=True):
    """Who moves a ticket, where and when. The counter is None for the station and the night."""

    now: datetime
    counter: int | None = None
    staff_id: int | None = None

    @classmethod
    def of(cls, asked: Asked, counter: int | None = None) -> "By":
        """The same of whoever asks at a counter."""
        return cls(asked.now, counter, asked.staff_id)


STANDING = sa.select(
    *(ticket.c[name] for name in ("id", "number", "service_day", "is_slow", "is_trial", *CHANGES)),
)
_BY_ID = Prepared(STANDING.where(ticket.c.id == sa.bindparam("ticket_id")))
_BY_COUNTER = Prepared(
    STANDING.where(
        ticket.c.counter_number == sa.bindparam("counter"),
        sa.or_(*(ticket.c.status == status for status in AT_HAND)),
    )
)


def standing_of(row: Any) -> Standing:
    """A row of STANDING."""
    return Standing(**row._asdict() | {"status": Status(row.status)})


def find(tx: Connection, ticket_id: int) -> Standing:
    """Where a ticket stands. Raises UnknownTicket."""
    row = _BY_ID.first(tx, {"ticket_id": ticket_id})
    if row is None:
        raise UnknownTicket
    return standing_of(row)


def find_of_today(tx: Connection, centre: Centre, ticket_id: int, now: datetime) -> Standing:
    """The same for one of today: an older number may be somebody else's now. Raises TicketOver."""
    at = find(tx, ticket_id)
    if at.service_day != centre.day(now):
        raise TicketOver
    return at


def before(tx: Connection, counter: int) -> Standing | None:
    """The ticket before a counter, if any."""
    row = _BY_COUNTER.first(tx, {"counter": counter})
    return None if row is None else standing_of(row)


def check_free(tx: Connection, counter: int) -> None:
    """Refuse a counter before which somebody stands; whose counter it is was asked. Raises CounterBusy."""
    held = before(tx, counter)
    if held is not None:
        raise CounterBusy(number=held.number)


def at_hand_of(tx: Connection, counter: int, staff_id: int | None, ticket_id: int | None) -> Standing:
    """The ticket before this clerk's counter, which must be `ticket_id` when the page named one.

    Raises NobodyAtHand, NotAtHand and what `services.check_counter` raises.
    """
    services.check_counter(tx, counter, staff_id)
    return person_before(tx, counter, ticket_id)


def person_before(tx: Connection, counter: int, ticket_id: int | None) -> Standing:
    """The same where whose counter it is was asked. Raises NobodyAtHand, NotAtHand."""
    held = before(tx, counter)
    if held is None:
        raise NobodyAtHand
    if ticket_id is not None and held.id != ticket_id:
        raise NotAtHand(number=held.number)
    return held


def move(
    tx: Connection,
    at: Standing,
    verb: Verb,
    by: By,
    note: str = "",
    undo_to: Standing | None = None,
    **values: Any,
) -> int:
    """Move a ticket from where it stood; two who saw it there: one moves it, the other is told who did.

    An undo puts it back to where it stood, or to `undo_to` when this step is the second of one press.
    Returns the id of the change. Raises CalledElsewhere, WrongStatus.
    """
    to = MOVES.get((at.status, verb))
    if to is None:
        raise _not_allowed(at, by)
    put(tx, at, values | {"status": to}, by)
    code = values.get("service_code", at.service_code)
    return note_change(tx, at, by, Step(verb, to, note, code, (undo_to or at).packed()))


def put(tx: Connection, at: Standing, values: dict[str, Any], by: By) -> None:
    """Write `values` if the ticket still stands as it was seen. Raises CalledElsewhere, WrongStatus."""
    seen = {"seen_id": at.id, "seen_status": at.status, "seen_counter": at.counter_number}
    moved = _putting(tuple(sorted(values))).first(tx, seen | {f"new_{n}": v for n, v in values.items()})
    if moved is None:
        raise _not_allowed(find(tx, at.id), by)


@cache
def _putting(names: tuple[str, ...]) -> Prepared:
    return Prepared(
        sa.update(ticket)
        .where(
            ticket.c.id == sa.bindparam("seen_id"),
            ticket.c.status == sa.bindparam("seen_status"),
            ticket.c.counter_number.is_not_distinct_from(sa.bindparam("seen_counter", type_=sa.Integer)),
        )
        .values({name: sa.bindparam(f"new_{name}", type_=ticket.c[name].type) for name in names})
        .returning(ticket.c.id)
    )


def _not_allowed(at: Standing, by: By) -> Exception:
    if at.status in AT_HAND and at.counter_number != by.counter:
        return CalledElsewhere(number=at.number, counter=at.counter_number)
    return WrongStatus(number=at.number, status=at.status)


_INSERT_CHANGE = Prepared(
    sa.insert(change).returning(change.c.id),
    *("ticket_id", "verb", "from_status", "to_status", "at", "counter_number", "staff_id", "note"),
    *("service_code", "before"),
)


class Step(Struct, frozen=True):
    """What the row of a move says beside who made it; `packed` is what an undo would put back."""

    verb: Verb
    to: Status
    note: str
    service_code: str
    packed: str


def note_change(tx: Connection, at: Standing, by: By, step: Step) -> int:
    """Append the row that tells of a move; its id."""
    row = {
        "ticket_id": at.id,
        "verb": step.verb,
        "from_status": at.status,
        "to_status": step.to,
        "at": by.now,
        "counter_number": by.counter,
        "staff_id": by.staff_id,
        "note": step.note[:128],
        "service_code": step.service_code,
        "before": step.packed,
    }
    written: int = _INSERT_CHANGE.first(tx, row).id
    return written


def called_by(counter: Any) -> sa.ColumnElement[bool]:
    """The condition on a waiting ticket that `counter` (a number or a bindparam) may call it."""
    skills = sa.select(counter_service.c.service_code).where(counter_service.c.counter_number == counter)
    return sa.or_(
        ticket.c.only_counter == counter,
        sa.and_(ticket.c.only_counter.is_(None), ticket.c.service_code.in_(skills)),
    )
