"""The loop: a bad rating becomes a sealed complaint by itself, owned by somebody who was not rated."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk import concerns, staff
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.concerns.tables import concern, concern_category, concern_clock, concern_party
from kiosk.ratings.reads import Finish, Told, bad_ones_of
from kiosk.ratings.refusals import NothingToCallAbout
from kiosk.ratings.rules import CONCERN, VISIT, Share, chosen_owner, source_ref
from kiosk.services.tables import counter_change
from kiosk.tickets.tables import change, ticket
from kiosk.words import Lang

CATEGORY = "rating"
"""The category of these complaints: how long they may take, and who takes them first, is set there."""


def complain(tx: Connection, centre: Centre, asked: Asked, visit: Finish, words: str = "") -> int:
    """The complaint of a visit that was rated badly, made now unless there is one; its id.

    Who pressed the face is not noted, and nothing is printed.
    """
    present = _present(tx, visit)
    against = concerns.Against(visit.staff_id, present - {visit.staff_id}, _owner(tx, present))
    said = concerns.Said(
        CATEGORY, f"rating-{visit.ticket_id}", concerns.Source.RATING, words=words,
        source_ref=source_ref(VISIT, visit.ticket_id), ticket_id=visit.ticket_id,
        against=against, has_slip=False,
    )  # fmt: skip
    return concerns.take_in(tx, centre, Asked(asked.now, lang=asked.lang), said).id


class Answered(Struct, frozen=True):
    """An answer that can be rated: of which concern and round, when, on which day, and by whom."""

    concern_id: int
    round: int
    at: datetime
    service_day: date
    staff_id: int | None


def complain_of_answer(tx: Connection, centre: Centre, asked: Asked, answer: Answered) -> int:
    """The complaint of an answer that was rated badly, of somebody who did not answer; its id."""
    present = frozenset() if answer.staff_id is None else frozenset((answer.staff_id,))
    against = concerns.Against(answer.staff_id, frozenset(), _owner(tx, present))
    ref = source_ref(CONCERN, answer.concern_id, answer.round)
    said = concerns.Said(
        CATEGORY, f"rating-{ref}", concerns.Source.RATING, source_ref=ref, against=against, has_slip=False,
        about=concerns.concern_of(tx, centre, answer.concern_id, asked.lang).number,
    )  # fmt: skip
    return concerns.take_in(tx, centre, Asked(asked.now, lang=asked.lang), said).id


def complaint_of(tx: Connection, ticket_id: int) -> int | None:
    """The complaint that a visit's bad rating became; None without one."""
    mine = sa.and_(_OF_RATINGS, concern.c.source_ref == source_ref(VISIT, ticket_id))
    found: int | None = tx.execute(sa.select(concern.c.id).where(mine)).scalar()
    return found


def tell_owner(tx: Connection, centre: Centre, asked: Asked, ticket_id: int, words: str) -> None:
    """Words that follow a bad face go to who looks into it; not once that is over."""
    found = complaint_of(tx, ticket_id)
    if found is None or not words:
        return
    stands = concerns.concern_of(tx, centre, found, asked.lang).state
    if concerns.target(stands, concerns.Verb.SAY_MORE) is not None:
        concerns.say_more(tx, centre, asked, found, words)


class Contact(Struct, frozen=True):
    """A call that is owed to who left a number."""

    due: concerns.Due
    met_at: datetime | None


class Complaint(Struct, frozen=True):
    """What a bad rating became: the concern, what was pressed and said, the call that is owed, if any."""

    concern: concerns.Concern
    told: tuple[Told, ...]
    contact: Contact | None

    def is_late(self, now: datetime, today: date) -> bool:
        """Whether a call or the answer is overdue; not while it rests."""
        calls = self.contact is not None and self.contact.met_at is None
        if calls and self.contact is not None and self.contact.due.is_past(now, today):
            return True
        rests = self.concern.state == concerns.State.WAITING
        return self.concern.is_running and not rests and self.concern.due.is_past(now, today)


def complaints(tx: Connection, centre: Centre, asked: Asked) -> tuple[Complaint, ...]:
    """Every complaint of a rating, what runs first; who may see which, the screen decides by its sight."""
    found = concerns.concerns_from(tx, centre, asked, concerns.Source.RATING)
    return _complaints(tx, found)


def complaint(tx: Connection, centre: Centre, concern_id: int, lang: Lang) -> Complaint:
    """One complaint of a rating. Raises UnknownConcern."""
    found = concerns.concern_of(tx, centre, concern_id, lang)
    if found.source != concerns.Source.RATING:
        raise concerns.UnknownConcern
    return _complaints(tx, (found,))[0]


def _complaints(tx: Connection, found: Sequence[concerns.Concern]) -> tuple[Complaint, ...]:
    told = bad_ones_of(tx, [one.source_ref for one in found])
    mine = sa.and_(concern_clock.c.what == "contact", concern_clock.c.round == 0)
    owed = sa.select(concern_clock).where(mine, concern_clock.c.concern_id.in_([one.id for one in found]))
    calls = {row.concern_id: Contact(concerns.Due(row.due_on), row.met_at) for row in tx.execute(owed)}
    return tuple(Complaint(one, told.get(one.source_ref, ()), calls.get(one.id)) for one in found)


def leave_phone(tx: Connection, centre: Centre, asked: Asked, ticket_id: int, phone: str) -> None:
    """A number to be called back at, beside a bad rating: contact is owed within a working day then.

    Raises BadContact, and as `leave_contact`.
    """
    contact = concerns.contact_of(phone)
    if contact is None or not contact.phone:
        raise concerns.BadContact
    leave_contact(tx, centre, asked, ticket_id, contact)


def leave_contact(
    tx: Connection, centre: Centre, asked: Asked, ticket_id: int, contact: concerns.Contact
) -> None:
    """A number, or the last four digits of one, which are not called, beside a bad rating. Once.

    Raises BadContact, NothingToCallAbout (nothing bad was said), PhoneLeftAlready, WrongState.
    """
    if not contact.tail:
        raise concerns.BadContact
    found = complaint_of(tx, ticket_id)
    if found is None:
        raise NothingToCallAbout
    concerns.leave_contact(tx, centre, asked, found, contact)


def can_leave_phone(tx: Connection, ticket_id: int) -> bool:
    """Whether a number can be left: something bad was said that runs, and none was left."""
    mine = sa.and_(_OF_RATINGS, concern.c.source_ref == source_ref(VISIT, ticket_id))
    running = sa.and_(mine, concern.c.state.in_((concerns.State.NEW, concerns.State.OPEN)))
    has_none = ~sa.exists().where(concern_party.c.concern_id == concern.c.id)
    return tx.execute(sa.select(concern.c.id).where(running, has_none)).first() is not None


def called_back(tx: Connection, centre: Centre, first: date, last: date) -> Share:
    """差评回访率 of these service days: reached within the working day, of the bad ones who left a number.

    Whoever left none is in neither count.
    """
    owed = (
        sa.select(concern_clock.c.due_on, concern_clock.c.met_at)
        .join_from(concern_clock, concern, concern.c.id == concern_clock.c.concern_id)
        .join(ticket, ticket.c.id == concern.c.ticket_id)
        .where(_OF_RATINGS, concern_clock.c.what == "contact", ticket.c.service_day.between(first, last))
    )
    rows = tx.execute(owed).all()
    in_time = [row for row in rows if row.met_at is not None and centre.day(row.met_at) <= row.due_on]
    return Share(len(in_time), len(rows))


_OF_RATINGS = concern.c.source == concerns.Source.RATING


def _present(tx: Connection, visit: Finish) -> frozenset[int]:
    """Who served this visit at its window, and who sat there when it ended: never its owner."""
    there = sa.and_(change.c.ticket_id == visit.ticket_id, change.c.counter_number == visit.counter)
    served = tx.execute(sa.select(change.c.staff_id).where(there, change.c.staff_id.is_not(None)))
    opened = sa.and_(counter_change.c.counter_number == visit.counter, counter_change.c.verb == "open")
    sat = (
        sa.select(counter_change.c.staff_id)
        .where(opened, counter_change.c.at <= visit.at)
        .order_by(counter_change.c.id.desc())
        .limit(1)
    )
    return frozenset((*served.scalars(), *tx.execute(sat).scalars()))


def _owner(tx: Connection, present: frozenset[int]) -> int | None:
    """Who takes it on: the category's owner, else who leads and has the fewest; None when all were there."""
    free = [(one.id, str(one.role)) for one in staff.accounts(tx) if one.is_enabled and one.id not in present]
    first = tx.execute(
        sa.select(concern_category.c.owner_id).where(concern_category.c.code == CATEGORY)
    ).scalar()
    running = sa.and_(_OF_RATINGS, concern.c.state.in_(concerns.RUNNING))
    loads = sa.select(concern.c.owner_id, sa.func.count()).where(running).group_by(concern.c.owner_id)
    has = {owner: int(count) for owner, count in tx.execute(loads) if owner is not None}
    return chosen_owner(free, first, has)
