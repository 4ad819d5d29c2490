"""What clerks say of a visit: a note that stays with it, and the details of a step."""

from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk import services
from kiosk.asked import Asked
from kiosk.tickets.refusals import WrongStatus
from kiosk.tickets.rules import LIVE, Verb
from kiosk.tickets.tables import visit_detail
from kiosk.tickets.transition import By, Step, find, note_change
from kiosk.tickets.visit import Detail

LONGEST_NOTE = 200
LONGEST_REASON = 40


def write_detail(tx: Connection, change_id: int, detail: Detail) -> None:
    """Write what was said of a change, beside it; nothing where nothing was said."""
    if detail:
        tx.execute(sa.insert(visit_detail).values(change_id=change_id, **asdict(detail)))


def note_visit(tx: Connection, asked: Asked, counter: int, ticket_id: int, text: str) -> None:
    """Leave a note with a visit that is not over, for whoever serves it next; "" takes it away.

    Raises UnknownTicket, WrongStatus and what `services.check_counter` raises.
    """
    services.check_counter(tx, counter, asked.staff_id)
    at = find(tx, ticket_id)
    if at.status not in LIVE:
        raise WrongStatus(number=at.number, status=at.status)
    step = Step(Verb.NOTE, at.status, "", at.service_code, "")
    change_id = note_change(tx, at, By.of(asked, counter), step)
    detail = Detail(note=text.strip()[:LONGEST_NOTE])
    tx.execute(sa.insert(visit_detail).values(change_id=change_id, **asdict(detail)))
