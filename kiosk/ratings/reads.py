"""Which visit can be rated now, and what was rated: for the tablet, the slip, the pages of staff."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk import concerns, tickets
from kiosk.centre import Centre
from kiosk.clock import is_within
from kiosk.concerns.tables import concern
from kiosk.database.prepared import Prepared
from kiosk.ratings.refusals import NotFinishedYet, NothingToRate, TooLateToRate, UnknownRating
from kiosk.ratings.rules import (
    BY_CODE_FOR,
    CONCERN,
    LIVE_FOR,
    MORE_FOR,
    THANKED_FOR,
    VERDICT_BY,
    VISIT,
    Grade,
    Source,
    Verdict,
    chips_for,
    source_ref,
)
from kiosk.ratings.tables import rating, rating_review, rating_word
from kiosk.tickets import Status
from kiosk.tickets.tables import change, ticket


class Finish(Struct, frozen=True):
    """A finished visit, or one of its windows: whose, where, when, and by whom."""

    ticket_id: int
    number: str
    service_day: date
    service_code: str
    counter: int | None
    staff_id: int | None
    at: datetime


_FINISHES = (
    sa.select(
        change.c.ticket_id, ticket.c.number, ticket.c.service_day,
        sa.func.coalesce(change.c.service_code, ticket.c.service_code).label("service_code"),
        change.c.counter_number, change.c.staff_id, change.c.at, ticket.c.status, ticket.c.is_trial,
    )
    .join_from(change, ticket, ticket.c.id == change.c.ticket_id)
    .where(change.c.to_status == Status.SERVED)
)  # fmt: skip
_LAST_AT = Prepared(
    _FINISHES.where(change.c.counter_number == sa.bindparam("counter")).order_by(change.c.id.desc()).limit(1)
)
_SERVING_AT = Prepared(
    sa.select(ticket.c.id).where(
        ticket.c.counter_number == sa.bindparam("counter"), ticket.c.status == Status.SERVING
    )
)
_OF_TICKET = Prepared(_FINISHES.where(change.c.ticket_id == sa.bindparam("ticket_id")).order_by(change.c.id))
_ROUNDS = Prepared(
    sa.select(
        rating.c.id,
        rating.c.round,
        rating.c.grade,
        rating.c.counter_number,
        rating.c.at,
        rating_word.c.rating_id,
    )
    .join_from(rating, rating_word, isouter=True)
    .where(rating.c.subject == VISIT, rating.c.subject_id == sa.bindparam("ticket_id"))
    .order_by(rating.c.round)
)


class Given(Struct, frozen=True):
    """A rating as whoever gave it may know it. `has_words`: something was said beside it already."""

    id: int
    round: int
    grade: Grade
    counter: int | None
    at: datetime
    has_words: bool


class Stand(StrEnum):
    """What a tablet does: wait for a visit to end, ask for a face, ask why, thank."""

    IDLE = "idle"
    ASKING = "asking"
    WHY = "why"
    THANKED = "thanked"


class Asking(Struct, frozen=True):
    """What a tablet asks, of which visit, and what it was told."""

    stand: Stand
    visit: Finish | None = None
    given: Given | None = None


NOT_ASKING = Asking(Stand.IDLE)


def asked_at(tx: Connection, counter: int, now: datetime) -> Asking:
    """What the tablet of a window shows. A face is taken for LIVE_FOR, and until the next visit begins."""
    row = _LAST_AT.first(tx, {"counter": counter})
    if row is None or row.is_trial or row.status != Status.SERVED:
        return NOT_ASKING
    visit, newest = _finish(row), next(reversed(given(tx, row.ticket_id)), None)
    if newest is not None:
        if not is_within(newest.at, now, THANKED_FOR):
            return NOT_ASKING
        return Asking(Stand.THANKED if newest.has_words else Stand.WHY, visit, newest)
    is_live = is_within(visit.at, now, LIVE_FOR) and _SERVING_AT.first(tx, {"counter": counter}) is None
    return Asking(Stand.ASKING, visit) if is_live else NOT_ASKING


def rated_at(tx: Connection, counter: int, rating_id: int, now: datetime) -> Finish:
    """The visit of a face that was pressed at the tablet of a window within MORE_FOR, the last one there.

    Raises NothingToRate.
    """
    row = _LAST_AT.first(tx, {"counter": counter})
    newest = next(reversed(given(tx, row.ticket_id)), None) if row is not None else None
    if row is None or newest is None or newest.id != rating_id or not is_within(newest.at, now, MORE_FOR):
        raise NothingToRate
    return _finish(row)


def given(tx: Connection, ticket_id: int) -> tuple[Given, ...]:
    """What was said of a visit: the rating, and the one word more."""
    found = _ROUNDS.all(tx, {"ticket_id": ticket_id})
    return tuple(
        Given(row.id, row.round, Grade(row.grade), row.counter_number, row.at, row.rating_id is not None)
        for row in found
    )


def can_say_more(newest: Given, now: datetime) -> bool:
    """Whether chips and words can still be put beside this rating."""
    return not newest.has_words and is_within(newest.at, now, MORE_FOR)


def finishes(tx: Connection, ticket_id: int) -> tuple[Finish, ...]:
    """The windows at which a visit was finished, in their order. Raises NotFinishedYet, NothingToRate."""
    found = _OF_TICKET.all(tx, {"ticket_id": ticket_id})
    if not found or found[-1].status != Status.SERVED:
        raise NotFinishedYet
    if found[-1].is_trial:
        raise NothingToRate
    every: dict[int | None, Finish] = {row.counter_number: _finish(row) for row in found}
    return tuple(every.values())


def finishes_by_code(tx: Connection, centre: Centre, code: str, now: datetime) -> tuple[Finish, ...]:
    """The same behind a scanned or opened code, for BY_CODE_FOR.

    Raises what `tickets.ticket_behind` and `finishes` raise, and TooLateToRate.
    """
    found = finishes(tx, tickets.ticket_behind(tx, centre, code))
    if not is_within(found[-1].at, now, BY_CODE_FOR):
        raise TooLateToRate
    return found


class Rated(Struct, frozen=True):
    """A visit as whoever holds its slip may speak of it: its windows, what was pressed, what may follow.

    `chips` are the reasons that can still be put beside the newest face; empty when none can.
    """

    finishes: tuple[Finish, ...]
    given: tuple[Given, ...]
    chips: tuple[str, ...]

    @property
    def visit(self) -> Finish:
        """Where it ended."""
        return self.finishes[-1]

    def meant(self, counter: int | None) -> Finish:
        """The window that is meant, of a visit that was at several; else the last one."""
        return next((one for one in self.finishes if one.counter == counter), self.visit)


def rated_by_code(tx: Connection, centre: Centre, code: str, now: datetime) -> Rated:
    """The visit behind a code with what was said of it. Raises as `finishes_by_code`."""
    found = finishes_by_code(tx, centre, code, now)
    said = given(tx, found[-1].ticket_id)
    chips = chips_for(said[-1].grade) if said and can_say_more(said[-1], now) else ()
    return Rated(found, said, chips)


def can_be_rated(tx: Connection, centre: Centre, code: str, now: datetime) -> bool:
    """Whether a code is that of a visit which can be rated, or was, within BY_CODE_FOR."""
    try:
        finishes_by_code(tx, centre, code, now)
    except (NotFinishedYet, NothingToRate, TooLateToRate):
        return False
    return True


def _finish(row: Any) -> Finish:
    return Finish(
        row.ticket_id, row.number, row.service_day, row.service_code, row.counter_number, row.staff_id, row.at
    )


class Review(Struct, frozen=True):
    """What one of staff found of a bad rating."""

    verdict: Verdict
    staff_id: int
    note: str
    at: datetime


class Told(Struct, frozen=True):
    """A rating as the pages of staff tell it; whose visit it was they do not."""

    id: int
    number: str
    service_day: date
    service_code: str
    counter: int | None
    grade: Grade
    round: int
    source: Source
    chips: tuple[str, ...]
    words: str
    finished_at: datetime
    at: datetime
    reviews: tuple[Review, ...] = ()


def verdict_of(told: Told) -> Verdict | None:
    """What VERDICT_BY people found alike; None while they did not."""
    said = [one.verdict for one in told.reviews]
    return next((verdict for verdict in Verdict if said.count(verdict) >= VERDICT_BY), None)


_ANSWERED = concern.alias("answered")
_NUMBER = sa.func.coalesce(ticket.c.number, _ANSWERED.c.number).label("number")
_ALL = (
    sa.select(rating, rating_word.c.chips, rating_word.c.words, _NUMBER)
    .join_from(rating, rating_word, isouter=True)
    .outerjoin(ticket, sa.and_(rating.c.subject == VISIT, ticket.c.id == rating.c.subject_id))
    .outerjoin(_ANSWERED, sa.and_(rating.c.subject == CONCERN, _ANSWERED.c.id == rating.c.subject_id))
)


def bad_ones(tx: Connection, first: date, last: date, staff_id: int) -> tuple[Told, ...]:
    """The bad ratings of these days, the newest first, without those of visits of whoever asks."""
    asked = _ALL.where(
        rating.c.service_day.between(first, last),
        rating.c.grade <= Grade.BAD,
        of_others(staff_id),
    ).order_by(rating.c.id.desc())
    return _with_reviews(tx, tx.execute(asked).all())


def bad_ones_of(tx: Connection, refs: Iterable[str]) -> dict[str, tuple[Told, ...]]:
    """The bad ratings behind these complaints by their `source_ref`, in their order."""
    ids: dict[str, list[int]] = {VISIT: [], CONCERN: []}
    for subject, subject_id, *_ in (ref.split(":") for ref in refs):
        ids[subject].append(int(subject_id))
    mine = sa.or_(
        *(sa.and_(rating.c.subject == one, rating.c.subject_id.in_(found)) for one, found in ids.items())
    )
    rows = tx.execute(_ALL.where(mine, rating.c.grade <= Grade.BAD).order_by(rating.c.id)).all()
    by_ref: dict[str, list[Told]] = {}
    for row, told in zip(rows, _with_reviews(tx, rows), strict=True):
        by_ref.setdefault(source_ref(row.subject, row.subject_id, row.round), []).append(told)
    return {ref: tuple(told) for ref, told in by_ref.items()}


def rating_of(tx: Connection, rating_id: int, staff_id: int) -> Told:
    """One rating. Raises UnknownRating, also to whose visit it was."""
    row = tx.execute(_ALL.where(rating.c.id == rating_id, of_others(staff_id))).first()
    if row is None:
        raise UnknownRating
    return _with_reviews(tx, [row])[0]


def of_others(staff_id: int) -> sa.ColumnElement[bool]:
    """Which ratings somebody of staff may read: neither of their own visits, nor where they were there."""
    not_rated = sa.or_(rating.c.staff_id.is_(None), rating.c.staff_id != staff_id)
    mine = sa.or_(
        concern.c.accused_id == staff_id,
        (sa.literal(" ") + concern.c.barred + " ").contains(f" {staff_id} ", autoescape=True),
    )
    was_there = sa.select(concern.c.ticket_id).where(concern.c.source == concerns.Source.RATING, mine)
    is_free = sa.or_(rating.c.subject != VISIT, rating.c.subject_id.not_in(was_there))
    return sa.and_(not_rated, is_free)


def _with_reviews(tx: Connection, rows: Any) -> tuple[Told, ...]:
    ids = [row.id for row in rows]
    asked = sa.select(rating_review).where(rating_review.c.rating_id.in_(ids)).order_by(rating_review.c.id)
    reviews: dict[int, list[Review]] = {}
    for row in tx.execute(asked):
        one = Review(Verdict(row.verdict), row.staff_id, row.note, row.at)
        reviews.setdefault(row.rating_id, []).append(one)
    return tuple(_told(row, tuple(reviews.get(row.id, ()))) for row in rows)


def _told(row: Any, reviews: tuple[Review, ...]) -> Told:
    return Told(
        row.id, row.number or "", row.service_day, row.service_code, row.counter_number, Grade(row.grade),
        row.round, Source(row.source), tuple((row.chips or "").split()), row.words or "",
        row.finished_at, row.at, reviews,
    )  # fmt: skip
