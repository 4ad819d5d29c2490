"""What a ticket's own changes tell of the visit: how long each part took, what was missing, whence it came.

Pure: the changes are passed in, and the time.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from msgspec import Struct

from kiosk.clock import lasted
from kiosk.tickets.rules import Status, Verb


class Detail(Struct, frozen=True):
    """What a clerk said of a step, `outcome` and `way` in the words of the catalogue.

    Of a step with reasons of its own (過号, 弃号) `reason` is a code of those.
    """

    outcome: str = ""
    outcome_en: str = ""
    reason: str = ""
    reason_en: str = ""
    way: str = ""
    way_en: str = ""
    note: str = ""

    def __bool__(self) -> bool:
        return self != NO_DETAIL


NO_DETAIL = Detail()


class Ended(Struct, frozen=True):
    """What a clerk says at the end of a visit, as she chose or typed it; "" for what she does not say.

    `outcome` and `way` are of the service's own list, in either language; after a full-width colon in
    `outcome` its reason may follow.
    """

    outcome: str = ""
    reason: str = ""
    way: str = ""
    note: str = ""


NOTHING_SAID = Ended()


class VisitStep(Struct, frozen=True):
    """One change of a ticket: `service` is what it is for from then on, `note` what the change itself says.

    `before` is where the ticket stood (JSON); empty for a change that moved nobody.
    """

    verb: str
    from_status: str | None
    to_status: str
    at: datetime
    counter: int | None
    note: str
    service: str
    before: str
    detail: Detail = NO_DETAIL


class CameFrom(Struct, frozen=True):
    """From which counter and service a visit was sent on, and why ("" when nobody said)."""

    counter: int | None
    service: str
    reason: str


class Visit(Struct, frozen=True):
    """One ticket's way so far, what was undone left out of everything but the `steps`.

    `waited` is the time from coming into the line to the first call of it, `walked` from the newest call to
    the start, None while it is not over or a clock was set back. `called_at` and `serving_since` are those
    of the newest call and start. `lacked` was missing at the last hold; `note` stays with the visit.
    """

    steps: tuple[VisitStep, ...]
    waited: timedelta | None
    called_at: datetime | None
    walked: timedelta | None
    serving_since: datetime | None
    lacked: tuple[str, ...]
    came_from: CameFrom | None
    note: str


CALLED = (Verb.CALL_NEXT, Verb.CALL)
TWO_STEPS = (Verb.CONTINUE, Verb.CONTINUE_HERE)
"""Their press has finished what was at hand before: an undo takes back both."""


AnyStep = TypeVar("AnyStep", bound=VisitStep)


def standing_steps(steps: Sequence[AnyStep]) -> tuple[AnyStep, ...]:
    """The steps that were not undone."""
    standing: list[AnyStep] = []
    for step in steps:
        if step.verb != Verb.UNDO:
            standing.append(step)
            continue
        place = _newest_move(standing)
        if place is None:
            continue
        undone = standing.pop(place)
        if _is_second(undone) and place and standing[place - 1].at == undone.at:
            standing.pop(place - 1)
    return tuple(standing)


def _is_second(step: VisitStep) -> bool:
    """Whether one press made two steps and this is the second; a start whose undo leads into the line is."""
    if step.verb != Verb.START:
        return step.verb in TWO_STEPS
    return bool(json.loads(step.before).get("status") == Status.WAITING)


def _newest_move(steps: Sequence[VisitStep]) -> int | None:
    return next((at for at in range(len(steps) - 1, -1, -1) if steps[at].before), None)


def visit_of(steps: Sequence[VisitStep]) -> Visit:
    """What the changes of one ticket, the oldest first, tell of its visit."""
    standing = standing_steps(steps)
    came: datetime | None = None
    waited: timedelta | None = None
    called_at: datetime | None = None
    walked: timedelta | None = None
    since: datetime | None = None
    came_from: CameFrom | None = None
    note = ""
    lacked: tuple[str, ...] = ()
    for before, step in zip((None, *standing), standing, strict=False):
        if step.to_status == Status.WAITING and step.from_status != Status.WAITING:
            came, waited, called_at, walked, since = step.at, None, None, None, None
        if step.verb in CALLED:
            waited = lasted(came, step.at) if came and called_at is None else waited
            called_at, walked, since = step.at, None, None
        if step.to_status == Status.SERVING and step.from_status != Status.SERVING:
            since = step.at
            walked = lasted(called_at, step.at) if step.verb == Verb.START and called_at else None
        if step.verb == Verb.TRANSFER and before is not None:
            came_from = CameFrom(step.counter, before.service, step.detail.reason)
        lacked = _lacked(step) or lacked
        note = step.detail.note if step.verb == Verb.NOTE else step.detail.note or note
    return Visit(tuple(steps), waited, called_at, walked, since, lacked, came_from, note)


def _lacked(step: VisitStep) -> tuple[str, ...]:
    if not step.before:
        return ()
    return tuple(str(json.loads(step.before).get("lacks", "")).splitlines())
