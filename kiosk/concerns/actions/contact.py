"""Reaching who asked: the number that somebody leaves later, and each call back with what came of it."""

import sqlalchemy as sa
from msgspec.structs import asdict
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.concerns.actions.moving import Hand, Step, move, standing
from kiosk.concerns.actions.resident import say_more
from kiosk.concerns.clocks import due_of, meet_clocks, start_clock
from kiosk.concerns.refusals import NoWayToCall, PhoneLeftAlready
from kiosk.concerns.rules import (
    CONTACT_DAYS,
    LONGEST_NOTE,
    Contact,
    PartyRole,
    Reached,
    Unit,
    Verb,
    What,
)
from kiosk.concerns.tables import concern_party


def leave_contact(tx: Connection, centre: Centre, asked: Asked, concern_id: int, contact: Contact) -> None:
    """Who asked says how to be known again, once. Who leaves a number is owed a call within a working day;
    four digits are for finding it again, and nobody calls them.

    Raises PhoneLeftAlready, WrongState (it is over).
    """
    mine = sa.and_(concern_party.c.concern_id == concern_id, concern_party.c.role == PartyRole.ASKER)
    if tx.execute(sa.select(concern_party.c.id).where(mine)).first() is not None:
        raise PhoneLeftAlready
    say_more(tx, centre, asked, concern_id, "")
    row = {"concern_id": concern_id, "role": PartyRole.ASKER, **asdict(contact)}
    tx.execute(sa.insert(concern_party), row)
    if contact.phone:
        owe_contact(tx, centre, asked, concern_id)


def owe_contact(tx: Connection, centre: Centre, asked: Asked, concern_id: int) -> None:
    """Start the clock of the first contact, once."""
    due = due_of(tx, centre, asked, CONTACT_DAYS, Unit.WORKDAY)
    start_clock(tx, asked, concern_id, (What.CONTACT, 0, CONTACT_DAYS, Unit.WORKDAY), due)


def call_back(tx: Connection, hand: Hand, concern_id: int, reached: Reached, line: str) -> None:
    """回访: somebody was called, and what came of it; the clock of the contact ends when she was reached.

    Raises NotYours, NoWayToCall (nobody left a number), WrongState.
    """
    at = standing(tx, concern_id)
    hand.check_owner(at)
    mine = sa.and_(concern_party.c.concern_id == concern_id, concern_party.c.phone != "")
    if tx.execute(sa.select(concern_party.c.id).where(mine).limit(1)).first() is None:
        raise NoWayToCall(number=at.number)
    move(tx, hand.asked, at, Step(Verb.CALL_BACK, reason=reached, note=line[:LONGEST_NOTE], told="phone"))
    if reached != Reached.NO:
        meet_clocks(tx, hand.asked, at.id, What.CONTACT)
