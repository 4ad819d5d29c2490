"""The whole line, counted once for everybody who asks: a thousand phones ask of the same moment."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection, Engine

from kiosk.changes.tables import office_change
from kiosk.clock import CLOCK_SLACK, is_within, lies_ahead
from kiosk.database.prepared import Prepared
from kiosk.database.remembered import Remembered
from kiosk.services.tables import counter_change, counter_service, service_change
from kiosk.tickets.rules import Status
from kiosk.tickets.tables import change, ticket
from kiosk.tickets.wait.estimate import Estimate, Place

TOLD_FOR = timedelta(seconds=30)
"""A range is told again for so long to whoever has as many people ahead: it is a range in five minutes."""
MOST_CACHED = 4000

_VERSIONS = Prepared(
    sa.select(
        *(
            sa.select(sa.func.max(t.c.id)).scalar_subquery().label(t.name)
            for t in (change, counter_change, service_change, office_change)
        )
    )
)
TOLD_AHEAD = 300
"""Changes looked through, a morning's work: then a clock that was a year ahead once is no news any more."""

_NEWEST = sa.select(change.c.at).order_by(change.c.id.desc()).limit(TOLD_AHEAD).subquery()
_FURTHEST = Prepared(sa.select(sa.func.max(_NEWEST.c.at).label("at")))
_MAY_CHANGE = (
    "service_code", "only_counter", "rank_at", "revision", "is_slow", "wants_staff", "cannot_hear",
    "phone_tail",
)  # fmt: skip
"""What of a ticket can become another while it waits."""

_WAITING = Prepared(
    # compared, never read: a thousand ranks made into moments took half of the time of counting
    sa.select(ticket.c.id, *(sa.type_coerce(ticket.c[name], sa.types.NullType()) for name in _MAY_CHANGE))
    .where(ticket.c.service_day == sa.bindparam("day"), ticket.c.status == Status.WAITING)
    .order_by(ticket.c.rank_at, ticket.c.id)
)
_SKILLS = Prepared(sa.select(counter_service.c.counter_number, counter_service.c.service_code))


def versions(tx: Connection) -> tuple[int, int]:
    """The newest change's id, and a number that grows with every change of a counter, service or the office.

    What a screen has seen when it polls with them.
    """
    newest, *others = _VERSIONS.first(tx, {})
    return newest or 0, sum(other or 0 for other in others)


_PRESENT = Remembered(versions)


def cached_versions(tx: Connection) -> tuple[int, int]:
    """The same as they were at the last commit of this process, or a quarter of a second ago at most.

    Three of four polls find nothing new; asking the database for it was a third of what each cost.
    """
    return _PRESENT.at(tx)


def version(tx: Connection) -> int:
    """The newest change's id alone."""
    return versions(tx)[0]


def last_moments(tx: Connection, most: int) -> tuple[datetime, ...]:
    """When the newest `most` changes were written, in the order of writing: whether time ran on."""
    newest = tx.execute(sa.select(change.c.at).order_by(change.c.id.desc()).limit(most)).scalars().all()
    return tuple(reversed(newest))


def furthest_ahead(tx: Connection, now: datetime) -> datetime | None:
    """The latest moment that lies ahead of `now` among the newest changes: the clock was wrong; None else."""
    furthest: datetime | None = _FURTHEST.first(tx, {}).at
    return furthest if furthest is not None and lies_ahead(furthest, now) else None


def wrote_before(tx: Connection, since: int, day_start: datetime) -> bool:
    """Whether a change after the one of id `since` was written by a clock that was before `day_start`."""
    earlier = sa.select(change.c.id).where(change.c.id > since, change.c.at < day_start - CLOCK_SLACK)
    return tx.execute(earlier.limit(1)).scalar() is not None


def first_moment(tx: Connection) -> datetime | None:
    """When the first change was written; None before it."""
    first: datetime | None = tx.execute(sa.select(change.c.at).order_by(change.c.id).limit(1)).scalar()
    return first


def count_ahead(waiting: Iterable[Sequence[Any]], skills: Iterable[tuple[int, str]]) -> dict[int, int]:
    """How many are ahead of each of `waiting` (id, service, only counter, …; in the order of calling).

    As `reads.line_before` counts for one: over every service that shares a counter with the own.
    """
    able: dict[str, set[int]] = {}
    served: dict[int, set[str]] = {}
    for counter, code in skills:
        able.setdefault(code, set()).add(counter)
        served.setdefault(counter, set()).add(code)
    rivals: dict[Place, tuple[set[int], set[str]]] = {}
    before: Counter[Place] = Counter()
    ahead: dict[int, int] = {}
    for ticket_id, code, only, *_ in waiting:
        if (code, only) not in rivals:
            pool = able.get(code, set()) if only is None else {only}
            rivals[code, only] = pool, {code}.union(*(served.get(counter, set()) for counter in pool))
        pool, codes = rivals[code, only]
        ahead[ticket_id] = sum(
            count
            for (other, kept), count in before.items()
            if (other in codes if kept is None else kept in pool)
        )
        before[code, only] += 1
    return ahead


class _Told(Struct, frozen=True):
    estimate: Estimate | None
    at: datetime
    counters: int


class _QueueCache:
    """What was counted last for one database."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.counted_at: tuple[int, int, date] | None = None
        self.ahead: Mapping[int, int] = {}
        self.marks: Mapping[int, Sequence[Any]] = {}
        self.rows: dict[Hashable, tuple[Sequence[Any], Any]] = {}
        self.told: dict[Hashable, _Told] = {}


_caches: WeakKeyDictionary[Engine, _QueueCache] = WeakKeyDictionary()


def _cache_of(tx: Connection) -> _QueueCache:
    return _caches.setdefault(tx.engine, _QueueCache())


def ahead_of(tx: Connection, day: date, ticket_id: int) -> int | None:
    """How many are ahead of a waiting ticket of `day`; None when it does not wait.

    Counted anew when something has changed. Inside a write nothing is remembered: after a rollback the
    same version would mean something else.
    """
    if tx.get_execution_options().get("write"):
        return count_ahead(*_line_and_skills(tx, day)).get(ticket_id)
    return _at_present(tx, day).ahead.get(ticket_id)


def row_of(tx: Connection, day: date, ticket_id: int, lang: str, fetch: Callable[[], Any]) -> Any:
    """The row that `fetch()` reads of a ticket; of one that waits it is kept until that ticket changes."""
    if tx.get_execution_options().get("write"):
        return fetch()
    cache = _at_present(tx, day)
    marks = cache.marks.get(ticket_id)
    if marks is None:
        return fetch()
    known = cache.rows.get((ticket_id, lang))
    if known is None or known[0] != marks:
        if len(cache.rows) >= MOST_CACHED:
            cache.rows.clear()
        known = cache.rows[ticket_id, lang] = marks, fetch()
    return known[1]


def _at_present(tx: Connection, day: date) -> _QueueCache:
    cache, moment = _cache_of(tx), (*cached_versions(tx), day)
    with cache.lock:
        if cache.counted_at != moment:
            waiting, skills = _line_and_skills(tx, day)
            cache.ahead = count_ahead(waiting, skills)
            cache.marks = {ticket_id: tuple(marks) for ticket_id, *marks in waiting}
            cache.counted_at = moment
    return cache


def _line_and_skills(tx: Connection, day: date) -> tuple[Sequence[Any], Sequence[Any]]:
    return _WAITING.all(tx, {"day": day}), _SKILLS.all(tx, {})


def cached_estimate(
    tx: Connection, now: datetime, who: Hashable, find: Callable[[], Estimate | None]
) -> Estimate | None:
    """What `find()` told `who` (service, counter, head start, people ahead) within TOLD_FOR; else asks it."""
    cache, counters = _cache_of(tx), cached_versions(tx)[1]
    known = cache.told.get(who)
    if known is not None and known.counters == counters and is_within(known.at, now, TOLD_FOR):
        return known.estimate
    found = find()
    with cache.lock:
        if len(cache.told) >= MOST_CACHED:
            cache.told.clear()
        cache.told[who] = _Told(found, now, counters)
    return found
