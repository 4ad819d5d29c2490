"""What the hall may know of a month: how much was taken in, answered and solved, and released sentences."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from threading import Lock
from time import monotonic
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from msgspec import Struct, field
from sqlalchemy import Connection, Engine

from kiosk import openness
from kiosk.centre import Centre
from kiosk.concerns import Source, Verb
from kiosk.concerns.tables import concern, concern_change
from kiosk.figures.rules import month_of
from kiosk.openness import Sentence, Tells

TOLD = ("take_in", "answer", "settle", "agree")
"""What the hall is told how often it happened."""

DONE, CANNOT = 3, 2
"""Sentences of each kind, the newest: so many are read while one waits."""

ASKED_EVERY_S = 30
"""Boards ask four times a second; what was taken down is gone from them after so long at most."""


class Month(Struct, frozen=True):
    """A month as the hall knows it: counts of what happened in it, no words of residents."""

    first: date
    taken: int
    answered: int
    solved: int
    done: tuple[Sentence, ...] = ()
    cannot: tuple[Sentence, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.taken or self.answered or self.done or self.cannot)


def month_told(tx: Connection, centre: Centre, day: date, now: datetime) -> Month:
    """The month that `day` is in, until now: sentences that were released in it and stand."""
    span = month_of(day)
    start, after = (
        datetime.combine(one, time(), centre.zone) for one in (span.first, span.last + timedelta(days=1))
    )
    counts = _counts(tx, start, min(after, now + timedelta.resolution))
    return Month(
        span.first,
        counts["take_in"],
        counts["answer"] + counts["settle"],
        counts["agree"],
        openness.released(tx, (start, after), Tells.DONE, DONE),
        openness.released(tx, (start, after), Tells.CANNOT, CANNOT),
    )


def _counts(tx: Connection, start: datetime, until: datetime) -> Counter[str]:
    """How often what is told was done, without what was taken back.

    Without what bad ratings became, too: whoever sits at a window would see the board count one more just
    after a visit, and know whose face it was.
    """
    verb = concern_change.c.verb
    undone = sa.case((verb == Verb.UNDO, concern_change.c.reason), else_="").label("undone")
    happened = (
        sa.select(verb, undone, sa.func.count())
        .join_from(concern_change, concern, concern.c.id == concern_change.c.concern_id)
        .where(concern_change.c.at >= start, concern_change.c.at < until, verb.in_((*TOLD, Verb.UNDO)))
        .where(concern.c.source != Source.RATING)
        .group_by(verb, undone)
    )
    counts: Counter[str] = Counter()
    for done, taken_back, count in tx.execute(happened):
        counts[taken_back or done] += -count if taken_back else count
    return counts


class _Cache(Struct):
    month: Month | None = None
    asked_at: float = 0.0
    lock: Lock = field(default_factory=Lock)


_CACHES: WeakKeyDictionary[Engine, _Cache] = WeakKeyDictionary()


def cached_month(tx: Connection, centre: Centre, now: datetime) -> Month:
    """This month as it was ASKED_EVERY_S ago at most."""
    cache, at, first = _CACHES.setdefault(tx.engine, _Cache()), monotonic(), centre.day(now).replace(day=1)
    with cache.lock:
        if cache.month is None or cache.month.first != first or at - cache.asked_at > ASKED_EVERY_S:
            cache.month, cache.asked_at = month_told(tx, centre, first, now), at
        return cache.month
