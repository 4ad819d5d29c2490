"""心愿: a sentence that a second person released, claimed by a team for some days, done with its minutes."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk import checkin, concerns
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.checkin.tables import manual_hours
from kiosk.concerns import Hand, Kind, Outcome, Reply, State, Told
from kiosk.concerns.tables import concern, concern_place
from kiosk.database.dialects import insert_missing
from kiosk.kinds.refusals import (
    BadHope,
    BadMinutes,
    ClaimedAlready,
    NotByOne,
    NotClaimed,
    NotCounted,
    UnknownHope,
)
from kiosk.kinds.rules import CLAIM_DAYS, LONGEST_SENTENCE, MOST_MINUTES
from kiosk.kinds.tables import hope, hope_change
from kiosk.people.tables import person

_RUNNING = (State.NEW, State.OPEN, State.WAITING)


class Hope(Struct, frozen=True):
    """A hope as staff and teams read it: never who hopes. `is_free` when a team may claim it today."""

    concern_id: int
    number: str
    sentence: str
    building: str
    written_by: int
    released_by: int | None
    team_id: int | None
    person_id: int | None
    claim_until: date | None
    minutes: int | None
    is_free: bool


def write_sentence(tx: Connection, hand: Hand, concern_id: int, sentence: str) -> None:
    """The sentence that others may read; written anew it must be released anew.

    Raises BadHope, UnknownConcern, WrongState.
    """
    if not 0 < len(sentence) <= LONGEST_SENTENCE:
        raise BadHope
    concerns.sort_as(tx, hand, concern_id, Kind.HOPE)
    values = {"sentence": sentence, "written_by": hand.asked.staff_id}
    if not insert_missing(tx, hope, {"concern_id": concern_id, **values}):
        mine = sa.and_(hope.c.concern_id == concern_id, hope.c.team_id.is_(None))
        if not tx.execute(sa.update(hope).where(mine).values(released_by=None, **values)).rowcount:
            raise ClaimedAlready
    _note(tx, hand.asked, concern_id, "write")


def release(tx: Connection, asked: Asked, concern_id: int) -> None:
    """Let teams read it: by somebody who did not write it. Raises UnknownHope, NotByOne."""
    row = _row(tx, concern_id)
    if row.written_by == asked.staff_id:
        raise NotByOne
    same = sa.and_(hope.c.concern_id == concern_id, hope.c.sentence == row.sentence)
    mine = sa.and_(same, hope.c.released_by.is_(None))
    if tx.execute(sa.update(hope).where(mine).values(released_by=asked.staff_id)).rowcount:
        _note(tx, asked, concern_id, "release")


def claim(tx: Connection, centre: Centre, asked: Asked, concern_id: int, who: tuple[int, int]) -> date:
    """Claim it for a team, `who` being the person and the team: one UPDATE decides. Until when it is theirs.

    Raises UnknownHope, ClaimedAlready.
    """
    person_id, team_id = who
    today = centre.day(asked.now)
    until = today + timedelta(days=CLAIM_DAYS)
    _row(tx, concern_id)
    is_running = sa.exists().where(concern.c.id == concern_id, concern.c.state.in_(_RUNNING))
    free = sa.and_(hope.c.concern_id == concern_id, _is_free(today), is_running)
    values = {"person_id": person_id, "team_id": team_id, "claim_until": until}
    if not tx.execute(sa.update(hope).where(free).values(values)).rowcount:
        mine = _row(tx, concern_id)
        if (mine.person_id, mine.team_id) == (person_id, team_id) and mine.claim_until >= today:
            return until
        raise ClaimedAlready
    _note(tx, asked, concern_id, "claim", who)
    return until


def fulfil(tx: Connection, centre: Centre, hand: Hand, concern_id: int, minutes: int) -> None:
    """Done by the team that has claimed it: its minutes wait for a coordinator; who hoped is asked, too.

    Raises UnknownHope, NotClaimed, BadMinutes.
    """
    if not 1 <= minutes <= MOST_MINUTES:
        raise BadMinutes
    row, today = _row(tx, concern_id), centre.day(hand.asked.now)
    mine = sa.and_(hope.c.concern_id == concern_id, hope.c.minutes.is_(None), hope.c.claim_until >= today)
    if row.person_id is None or not tx.execute(sa.update(hope).where(mine).values(minutes=minutes)).rowcount:
        raise NotClaimed
    at = concerns.concern_of(tx, centre, concern_id, hand.asked.lang)
    reply = Reply(Outcome.SOLVED, "志愿者上门办好了，请您看看。", Told.DOOR)
    act = concerns.settle if at.state == State.NEW else concerns.answer
    act(tx, centre, Hand(hand.asked, is_lead=True), concern_id, reply)
    _note(tx, hand.asked, concern_id, "fulfil", (row.person_id, row.team_id))


class Served(Struct, frozen=True):
    """Minutes that wait for a coordinator: `solved` is what who hoped says, `noted_by` who wrote them."""

    concern_id: int
    number: str
    sentence: str
    name: str
    team_id: int | None
    person_id: int
    minutes: int
    at: datetime
    solved: str
    noted_by: int | None


_TAP = sa.literal("hope:").concat(sa.cast(hope.c.concern_id, sa.String))
"""The name of the hours that come of a hope: written once, whoever confirms."""


def served(tx: Connection, concern_id: int | None = None) -> tuple[Served, ...]:
    """Minutes that nobody has confirmed or refused yet, the oldest first; of one hope alone."""
    last = sa.and_(hope_change.c.concern_id == hope.c.concern_id, hope_change.c.verb == "fulfil")
    is_counted = sa.exists().where(manual_hours.c.tap == _TAP)
    waits = (
        sa.select(
            hope, concern.c.number, concern.c.solved, person.c.name, hope_change.c.at, hope_change.c.staff_id
        )
        .join_from(hope, concern, hope.c.concern_id == concern.c.id)
        .join(person, hope.c.person_id == person.c.id)
        .join(hope_change, last)
        .where(hope.c.minutes > 0, sa.not_(is_counted))
        .order_by(hope_change.c.id)
    )
    if concern_id is not None:
        waits = waits.where(hope.c.concern_id == concern_id)
    return tuple(
        Served(
            row.concern_id, row.number, row.sentence, row.name, row.team_id, row.person_id, row.minutes,
            row.at, row.solved, row.staff_id,
        )
        for row in tx.execute(waits)
    )  # fmt: skip


def confirm_minutes(
    tx: Connection, centre: Centre, asked: Asked, concern_id: int, *, counts: bool
) -> None:  # fmt: skip
    """A coordinator who did not write the minutes down lets them count as hours, or not.

    Raises NotClaimed for what was decided already, NotCounted.
    """
    mine = sa.and_(hope.c.concern_id == concern_id, hope.c.minutes > 0)
    tx.execute(sa.update(hope).where(mine).values(minutes=hope.c.minutes))  # a second one waits for the first
    found = served(tx, concern_id)
    if not found:
        raise NotClaimed
    (one,) = found
    if one.noted_by == asked.staff_id:
        raise NotCounted
    if not counts:
        same = sa.and_(hope.c.concern_id == concern_id, hope.c.minutes == one.minutes)
        tx.execute(sa.update(hope).where(same).values(minutes=0))
        return _note(tx, asked, concern_id, "refuse", (one.person_id, one.team_id))
    why = "协调人确认"
    hours = checkin.HandWritten(
        one.person_id, centre.day(one.at), one.minutes, f"心愿 {one.number}", why, one.team_id
    )
    checkin.add_manual(tx, asked, hours, tap=f"hope:{concern_id}")
    return _note(tx, asked, concern_id, "confirm", (one.person_id, one.team_id))


def hopes(tx: Connection, centre: Centre, asked: Asked) -> tuple[Hope, ...]:
    """Every hope whose concern still runs, the oldest first."""
    return _hopes(tx, centre, asked, sa.true())


def hopes_for(tx: Connection, centre: Centre, asked: Asked, team_ids: Collection[int]) -> tuple[Hope, ...]:
    """What a team may claim, and what it has claimed."""
    theirs = sa.and_(hope.c.team_id.in_(team_ids), hope.c.claim_until >= centre.day(asked.now))
    return _hopes(tx, centre, asked, sa.or_(_is_free(centre.day(asked.now)), theirs))


def _is_free(today: date) -> sa.ColumnElement[bool]:
    """Released, not done, and nobody's: or claimed once, and let lapse."""
    unclaimed = sa.or_(hope.c.team_id.is_(None), hope.c.claim_until < today)
    return sa.and_(hope.c.released_by.is_not(None), hope.c.minutes.is_(None), unclaimed)


def _hopes(
    tx: Connection, centre: Centre, asked: Asked, which: sa.ColumnElement[bool]
) -> tuple[Hope, ...]:  # fmt: skip
    today = centre.day(asked.now)
    found = (
        sa.select(hope, concern.c.number, sa.func.coalesce(concern_place.c.name, "").label("building"))
        .join_from(hope, concern, hope.c.concern_id == concern.c.id)
        .outerjoin(concern_place, concern.c.place_id == concern_place.c.id)
        .where(which, concern.c.state.in_(_RUNNING), concern.c.is_sealed.is_(False))
        .order_by(hope.c.concern_id)
    )
    return tuple(_hope(row, today) for row in tx.execute(found))


def _hope(row: Any, today: date) -> Hope:
    is_free = row.released_by is not None and row.minutes is None
    is_free = is_free and (row.team_id is None or row.claim_until < today)
    return Hope(
        row.concern_id, row.number, row.sentence, row.building, row.written_by, row.released_by, row.team_id,
        row.person_id, row.claim_until, row.minutes, is_free,
    )  # fmt: skip


def _row(tx: Connection, concern_id: int) -> Any:
    row = tx.execute(sa.select(hope).where(hope.c.concern_id == concern_id)).first()
    if row is None:
        raise UnknownHope
    return row


def _note(
    tx: Connection, asked: Asked, concern_id: int, verb: str, who: tuple[Any, Any] = (None, None)
) -> None:
    row = {"concern_id": concern_id, "verb": verb, "at": asked.now, "staff_id": asked.staff_id}
    tx.execute(sa.insert(hope_change).values(person_id=who[0], team_id=who[1], **row))
