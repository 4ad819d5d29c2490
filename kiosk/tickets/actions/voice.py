"""What the boards of the hall tell: whether they can be heard, and which calls they have said aloud."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.tickets.rules import CALLS
from kiosk.tickets.tables import change, spoken_call, voice

VOICE_FOR = timedelta(seconds=75)
"""So long a board is believed to have a voice: it tells every 30 s, and one message may be lost."""

ONE = 1


def note_voice(tx: Connection, now: datetime, *, can_speak: bool, spoken: Sequence[int] = ()) -> None:
    """Keep that a board can be heard (or no longer can), and that it said the calls `spoken` (changes' ids).

    What is no call is passed over; of two boards the first one to say a call is kept.
    """
    known = tx.execute(sa.select(voice)).one_or_none()
    since = known.since if known and known.since <= now <= known.until else None
    values = {"since": since or now, "until": now + VOICE_FOR if can_speak else now}
    if known is None:
        tx.execute(sa.insert(voice).values(id=ONE, **values))
    elif can_speak or since:
        tx.execute(sa.update(voice).values(values))
    if spoken:
        _note_spoken(tx, now, spoken)


def _note_spoken(tx: Connection, now: datetime, spoken: Sequence[int]) -> None:
    known = sa.select(spoken_call.c.change_id)
    new = sa.select(change.c.id, sa.bindparam("now", now, spoken_call.c.at.type)).where(
        change.c.id.in_(spoken), change.c.verb.in_(CALLS), change.c.id.not_in(known)
    )
    tx.execute(sa.insert(spoken_call).from_select(["change_id", "at"], new))
