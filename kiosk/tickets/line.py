"""The whole line, counted once for everybody who asks: a thousand phones ask of the same moment."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from kiosk.services.tables import counter_change, counter_service, service_change
from kiosk.tickets.estimate import Estimate, Place
from kiosk.tickets.rules import Status
from kiosk.tickets.tables import change, ticket

TOLD_FOR = timedelta(seconds=30)
"""A range is told again for so long to whoever has as many people ahead: it is a range in five minutes."""

_VERSIONS = sa.select(
    *(sa.select(sa.func.max(t.c.id)).scalar_subquery() for t in (change, counter_change, service_change))
)
_WAITING = (
    sa.select(ticket.c.id, ticket.c.service_code, ticket.c.only_counter)
    .where(ticket.c.service_day == sa.bindparam("day"), ticket.c.status == Status.WAITING)
    .order_by(ticket.c.rank_at, ticket.c.id)
)
_SKILLS = sa.select(counter_service.c.counter_number, counter_service.c.service_code)


def versions(tx: Connection) -> tuple[int, int]:
    """The newest change's id, and a number that grows with every change of a counter or service.

    What a screen has seen when it polls with them.
    """
    newest, counters, services = tx.execute(_VERSIONS).one()
    return newest or 0, (counters or 0) + (services or 0)


def version(tx: Connection) -> int:
    """The newest change's id alone."""
    return versions(tx)[0]


def count_ahead(waiting: Iterable[Any], skills: Iterable[tuple[int, str]]) -> dict[int, int]:
    """How many are ahead of each of `waiting` (id, service, only counter; in the order of calling).

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
    for ticket_id, code, only in waiting:
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


class _Memory:
    """What was counted last for one database."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.counted_at: tuple[int, int, date] | None = None
        self.ahead: Mapping[int, int] = {}
        self.told: dict[Any, Estimate | None] = {}
        self.told_in: Any = None


_memories: WeakKeyDictionary[Engine, _Memory] = WeakKeyDictionary()


def _memory(tx: Connection) -> _Memory:
    return _memories.setdefault(tx.engine, _Memory())


def ahead_of(tx: Connection, day: date, ticket_id: int) -> int | None:
    """How many are ahead of a waiting ticket of `day`; None when it does not wait.

    Counted anew when something has changed. Inside a write nothing is remembered: after a rollback the
    same version would mean something else.
    """
    if tx.get_execution_options().get("write"):
        return _counted(tx, day).get(ticket_id)
    memory = _memory(tx)
    moment = (*versions(tx), day)
    with memory.lock:
        if memory.counted_at != moment:
            memory.ahead, memory.counted_at = _counted(tx, day), moment
        return memory.ahead.get(ticket_id)


def _counted(tx: Connection, day: date) -> dict[int, int]:
    skills = [(counter, code) for counter, code in tx.execute(_SKILLS)]
    return count_ahead(tx.execute(_WAITING, {"day": day}), skills)


def told_lately(tx: Connection, now: datetime, who: Any, find: Any) -> Estimate | None:
    """What `find()` told `who` (service, counter, head start, people ahead) within TOLD_FOR; else asks it."""
    memory = _memory(tx)
    moment = (int(now.timestamp() / TOLD_FOR.total_seconds()), versions(tx)[1])
    with memory.lock:
        if memory.told_in != moment:
            memory.told, memory.told_in = {}, moment
        if who not in memory.told:
            memory.told[who] = find()
        found: Estimate | None = memory.told[who]
        return found
