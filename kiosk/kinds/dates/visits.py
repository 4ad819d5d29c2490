"""A visit to a counter that ended in a certification: whoever it was for is asked about the next one."""

from datetime import date

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk import changes, services, tickets
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.clock import lasted
from kiosk.concerns import Contact, Hand
from kiosk.database.dialects import insert_missing
from kiosk.kinds.dates.due import DueDate, NewDate, add_date, due_of, later, settle_date
from kiosk.kinds.refusals import BadDate, NotCertified, UnknownResult
from kiosk.kinds.rules import ASK_WITHIN, CERTIFIED, Way, WhatRunsOut
from kiosk.kinds.tables import due_date, due_result
from kiosk.tickets.tables import change, ticket, visit_detail

KIND = "concern"
"""Under which kind the history tells it."""


class Asks(Struct, frozen=True):
    """A result of a service, and what runs out again after it; None where nobody is asked."""

    service_code: str
    service: str
    result: str
    kind: WhatRunsOut | None


class Certified(Struct, frozen=True):
    """A visit that began something anew. `known` is whose date it moves, as far as four digits tell."""

    ticket_id: int
    number: str
    kind: WhatRunsOut
    tail: str
    due_on: date
    known: DueDate | None


def results(tx: Connection) -> tuple[Asks, ...]:
    """Every result that a service lists, in the centre's order."""
    said = _said(tx)
    return tuple(
        Asks(one.code, one.plan.name, end.text, _kind(said, one.code, end.text))
        for one in services.every_service(tx)
        for end in one.plan.outcomes
        if end.kind == services.OutcomeKind.RESULT and one.retired_at is None
    )


def set_result(
    tx: Connection, asked: Asked, service_code: str, result: str, kind: WhatRunsOut | None
) -> None:  # fmt: skip
    """Say what runs out again after this result; None for nothing. Raises UnknownResult."""
    key = {"service_code": service_code, "result": result}
    mine = next(
        (one for one in results(tx) if one.service_code == service_code and one.result == result), None
    )
    if mine is None:
        raise UnknownResult
    if mine.kind == kind:
        return
    now = str(kind or "")
    if not insert_missing(tx, due_result, {**key, "kind": now}):
        same = sa.and_(due_result.c.service_code == service_code, due_result.c.result == result)
        tx.execute(sa.update(due_result).where(same).values(kind=now))
    name, before = f"{mine.service} {result}", {"kind": str(mine.kind or "")}
    told = changes.Noted(KIND, f"result:{service_code}:{result}"[:64], name, "edit", before, {"kind": now})
    changes.note(tx, asked, told)


def certified_visit(tx: Connection, centre: Centre, asked: Asked, ticket_id: int) -> Certified | None:
    """The visit that this clerk has just ended so that something lasts anew, while it is not noted yet."""
    last = sa.select(sa.func.max(change.c.id)).where(change.c.ticket_id == ticket_id).scalar_subquery()
    ended = (
        sa.select(
            ticket.c.number, ticket.c.service_code, ticket.c.phone_tail, ticket.c.is_trial, change.c.at,
            visit_detail.c.outcome,
        )
        .join_from(change, ticket, change.c.ticket_id == ticket.c.id)
        .join(visit_detail, visit_detail.c.change_id == change.c.id)
        .where(change.c.id == last, change.c.verb == tickets.Verb.FINISH, change.c.staff_id == asked.staff_id)
    )  # fmt: skip
    row = tx.execute(ended).first()
    ago = lasted(row.at, asked.now) if row else None
    if row is None or row.is_trial or ago is None or ago > ASK_WITHIN or _is_noted(tx, ticket_id):
        return None
    kind = _kind(_said(tx), row.service_code, row.outcome)
    if kind is None:
        return None
    tail = row.phone_tail or ""
    due_on = later(centre.day(row.at), kind.months)
    return Certified(ticket_id, row.number, kind, tail, due_on, _known(tx, kind, Contact("", "", tail)))


def note_visit(
    tx: Connection, centre: Centre, hand: Hand, ticket_id: int, contact: Contact, place_id: int | None
) -> date:
    """Count from today for whoever it was: their date moves, or one is made. When it runs out next.

    The same visit is noted once. Raises NotCertified, BadDate, UnknownPlace.
    """
    if noted := _of_visit(tx, ticket_id):
        return noted
    visit = certified_visit(tx, centre, hand.asked, ticket_id)
    if visit is None:
        raise NotCertified
    if not contact.is_there:
        raise BadDate
    known = _known(tx, visit.kind, contact)
    if known is None:
        today = centre.day(hand.asked.now)
        months, tap = visit.kind.months, f"visit:{ticket_id}"
        new = NewDate(visit.kind, contact, today, months, tap, place_id, ticket_id)
        add_date(tx, centre, hand.asked, new)
        return later(today, months)
    moved = settle_date(tx, centre, hand, known.id, Way.HERE)
    tx.execute(sa.update(due_date).where(due_date.c.id == known.id).values(ticket_id=ticket_id))
    return moved or visit.due_on


def _known(tx: Connection, kind: WhatRunsOut, contact: Contact) -> DueDate | None:
    """The one date that four digits and a name mean; None where they are nobody's, or of several."""
    if not contact.tail:
        return None
    same = sa.and_(due_date.c.kind == kind, due_date.c.tail == contact.tail, due_date.c.ended_at.is_(None))
    found = [due_of(row) for row in tx.execute(sa.select(due_date).where(same).limit(9))]
    meant = [one for one in found if not contact.name or one.name in ("", contact.name)]
    return meant[0] if len(meant) == 1 else None


def _is_noted(tx: Connection, ticket_id: int) -> bool:
    return _of_visit(tx, ticket_id) is not None


def _of_visit(tx: Connection, ticket_id: int) -> date | None:
    return tx.execute(sa.select(due_date.c.due_on).where(due_date.c.ticket_id == ticket_id)).scalar()


def _said(tx: Connection) -> dict[tuple[str, str], str]:
    return {(row.service_code, row.result): row.kind for row in tx.execute(sa.select(due_result))}


def _kind(said: dict[tuple[str, str], str], service_code: str, result: str) -> WhatRunsOut | None:
    """What the centre says of a result; of one that it has said nothing of, its name tells."""
    usual = WhatRunsOut.PENSION if result == CERTIFIED else ""
    kind = said.get((service_code, result), usual)
    return WhatRunsOut(kind) if kind else None
