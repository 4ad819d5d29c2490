"""Signing in and out: what becomes of somebody whose code is known to be good."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.checkin.hours.log import note_hours
from kiosk.checkin.rules import Direction, Hint, SignInAttempt, Stay, Word, judge
from kiosk.checkin.scanning.leaving import (
    has_just_left,
    leave,
    leave_after_closing,
    leave_others,
    still_inside,
    was_closed,
)
from kiosk.checkin.scanning.resolve import Bearer, choose_day, counts_hours, one_day, stays_of, times_of
from kiosk.checkin.tables import sign_in
from kiosk.database.prepared import Prepared
from kiosk.events.tables import registration
from kiosk.tickets import TicketView

NOBODY = Bearer()


class Answer(Struct, frozen=True):
    """What became of an attempt. `did` is "in", "out" or nothing."""

    word: Word
    bearer: Bearer = NOBODY
    day: Any = None
    did: str = ""
    stay_id: int | None = None
    minutes: int | None = None
    number: str = ""
    hint: Hint = Hint.NONE
    ticket: TicketView | None = None


class ScanMoment(Struct, frozen=True):
    """When it happened, as far as the clock, or whoever tells of it so late, can be believed."""

    at: datetime
    is_doubtful: bool = False
    is_late: bool = False


def admit(
    tx: Connection, bearer: Bearer, wanted: int | None, direction: Direction, moment: ScanMoment
) -> Answer:
    """Sign the bearer in or out, of the day `wanted` or the likeliest one, or say why not."""
    answer = _admitted(tx, bearer, wanted, direction, moment)
    if not moment.is_late or answer.word != Word.NEEDS_CONFIRM:
        return answer
    if answer.stay_id is not None:
        note_hours(tx, Asked(moment.at), answer.stay_id, Hint.TOLD_LATE, answer.minutes)
    return replace(answer, hint=Hint.TOLD_LATE)


def _admitted(
    tx: Connection, bearer: Bearer, wanted: int | None, direction: Direction, moment: ScanMoment
) -> Answer:
    stays = stays_of(tx, bearer, moment.at)
    own = bearer.registration.event_day_id if bearer.registration else None
    gone = _gone_first(tx, bearer, own or wanted, stays, direction, moment)
    if gone is not None:
        return gone
    choice = choose_day(tx, bearer, wanted, stays, moment.at)
    if choice.word is not None:
        word = choice.word
        if moment.is_doubtful and word in (Word.TOO_EARLY, Word.TOO_LATE):
            word = Word.NEEDS_CONFIRM  # which event it was, only a person can say
        return Answer(word, bearer, choice.day)
    attempt = _attempt(bearer, choice.day, stays, direction, moment)
    answer = _done(tx, attempt, bearer, choice.day, stays)
    if moment.is_doubtful and answer.did:
        return replace(answer, word=Word.NEEDS_CONFIRM)
    return answer


def _gone_first(
    tx: Connection,
    bearer: Bearer,
    wanted: int | None,
    stays: Sequence[Any],
    direction: Direction,
    moment: ScanMoment,
) -> Answer | None:
    """A scan to leave, told from one to come: it ends the shift they were on, and begins nothing."""
    stay = still_inside(stays, wanted, direction, moment.at)
    if stay is not None:
        return _left(tx, stay, bearer, one_day(tx, stay.event_day_id, bearer), moment)
    stay = was_closed(stays, direction, moment.at)
    if stay is not None:
        leave_after_closing(tx, stay, moment.at)
    stay = stay or has_just_left(stays, wanted, direction, moment.at)
    if stay is None:
        return None
    day = one_day(tx, stay.event_day_id, bearer)
    answer = Answer(_word_out(stay, stay.status), bearer, day, stay_id=stay.id, minutes=stay.minutes)
    return replace(answer, number=_number(bearer, day))


def _left(tx: Connection, stay: Any, bearer: Bearer, day: Any, moment: ScanMoment) -> Answer:
    status, minutes = leave(tx, stay, moment.at, is_doubtful=moment.is_doubtful)
    word = Word.NEEDS_CONFIRM if moment.is_doubtful else _word_out(stay, status)
    shown = minutes if stay.counts_hours else None
    return Answer(word, bearer, day, "out", stay.id, shown, _number(bearer, day))


def _word_out(stay: Any, status: str) -> Word:
    # a stay that began on a wrong clock waits too; that has been said at its beginning
    return Word.OUT_LATE if status == Stay.PENDING and not stay.is_doubtful else Word.OK_OUT


def _attempt(
    bearer: Bearer, day: Any, stays: Sequence[Any], direction: Direction, moment: ScanMoment
) -> SignInAttempt:
    inside = _inside(stays, day)
    return SignInAttempt(
        moment.at,
        direction,
        times_of(day),
        counts_hours(bearer, day),
        is_cancelled=day.cancelled_at is not None,
        inside_since=inside.in_at if inside else None,
        is_doubtful=moment.is_doubtful,
    )


def _inside(stays: Sequence[Any], day: Any) -> Any:
    return next((stay for stay in stays if stay.status == Stay.INSIDE and stay.event_day_id == day.id), None)


def _done(tx: Connection, attempt: SignInAttempt, bearer: Bearer, day: Any, stays: Sequence[Any]) -> Answer:
    word, inside = judge(attempt), _inside(stays, day)
    answer = Answer(word, bearer, day, number=_number(bearer, day))
    if word == Word.OK_OUT:
        return _left(tx, inside, bearer, day, ScanMoment(attempt.at, attempt.is_doubtful))
    if word == Word.OK_IN:
        others = [stay for stay in stays if stay.status == Stay.INSIDE and stay.counts_hours]
        hint = Hint.MOVED_ON if attempt.counts_hours and others else Hint.NONE
        stay_id = _enter(tx, attempt, bearer, day, stays)
        if stay_id is None:
            return replace(answer, word=Word.FULL)
        return replace(answer, did="in", stay_id=stay_id, hint=hint)
    return replace(answer, stay_id=inside.id) if inside else answer


def _number(bearer: Bearer, day: Any) -> str:
    number = bearer.registration.number if bearer.registration else day.number
    return "" if number is None else str(number)


TAKEN = (
    sa.select(sa.func.coalesce(sa.func.sum(registration.c.people), 0))
    .where(registration.c.event_day_id == sa.bindparam("day_id"), registration.c.cancelled_at.is_(None))
    .scalar_subquery()
    + sa.select(sa.func.coalesce(sa.func.sum(sign_in.c.people), 0))
    .where(
        sign_in.c.event_day_id == sa.bindparam("day_id"),
        sign_in.c.status != Stay.UNDONE,
        sign_in.c.is_first,
        sign_in.c.registration_id.is_(None),
    )
    .scalar_subquery()
)
"""Places taken: everybody who put their name down, and everybody who came without."""

HAS_ROOM = sa.or_(
    sa.bindparam("capacity", type_=sa.Integer).is_(None),
    TAKEN + sa.bindparam("people", type_=sa.Integer) <= sa.bindparam("capacity", type_=sa.Integer),
)
"""The condition of an INSERT that takes a place; never asked before it."""

_WRITTEN = ("event_day_id", "person_id", "registration_id", "people", "status", "is_first", "counts_hours",
            "is_doubtful", "in_at")  # fmt: skip


def _values() -> sa.Select[Any]:
    parameters = {"event_day_id": "day_id", "people": "people"}
    return sa.select(
        *(sa.bindparam(parameters.get(name, f"new_{name}"), type_=sign_in.c[name].type) for name in _WRITTEN)
    )


_ENTER = Prepared(sa.insert(sign_in).from_select(_WRITTEN, _values()).returning(sign_in.c.id))
_ENTER_WITH_ROOM = Prepared(
    sa.insert(sign_in).from_select(_WRITTEN, _values().where(HAS_ROOM)).returning(sign_in.c.id)
)


def _enter(
    tx: Connection, attempt: SignInAttempt, bearer: Bearer, day: Any, stays: Sequence[Any]
) -> int | None:
    """Begin a stay; None when no place is left. Whoever has or had a place needs none."""
    registered = bearer.registration.id if bearer.registration else day.registered_id
    was_here = any(stay.event_day_id == day.id for stay in stays)
    # a scan that is told late never begins before what is known already: stays of one person do not overlap
    known = [moment for stay in stays for moment in (stay.in_at, stay.out_at) if moment is not None]
    in_at = max([attempt.at, *known])
    row = {
        "day_id": day.id,
        "new_person_id": bearer.person.id if bearer.person else None,
        "new_registration_id": registered,
        "people": bearer.people,
        "new_status": Stay.INSIDE,
        "new_is_first": not was_here,
        "new_counts_hours": attempt.counts_hours,
        "new_is_doubtful": attempt.is_doubtful or in_at > attempt.at,
        "new_in_at": in_at,
    }
    others = [stay for stay in stays if stay.status == Stay.INSIDE and stay.counts_hours]
    has_place = registered is not None or was_here or day.capacity is None
    if not attempt.counts_hours or not others:
        return _write_stay(tx, row, None if has_place else day.capacity)
    with tx.begin_nested() as step:
        leave_others(tx, others, in_at)
        entered = _write_stay(tx, row, None if has_place else day.capacity)
        if entered is None:
            step.rollback()  # no place here: they stay where they are
    return entered


def _write_stay(tx: Connection, row: dict[str, Any], capacity: int | None) -> int | None:
    if capacity is None:
        entered = _ENTER.first(tx, row)
    else:
        entered = _ENTER_WITH_ROOM.first(tx, row | {"capacity": capacity})
    return entered.id if entered is not None else None
