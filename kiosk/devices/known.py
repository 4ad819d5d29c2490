"""The enrolled devices in memory: who taps is known without a question to the database.

A device that was put out is refused at once: what this process changes is looked at anew from then on, and
what another one changes (the command, another box) a quarter of a second later at most.
"""

from collections.abc import Mapping
from datetime import datetime
from threading import Lock
from time import monotonic
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from msgspec import Struct, field
from sqlalchemy import Connection, Engine

from kiosk.clock import is_within
from kiosk.database import Database
from kiosk.database.prepared import Prepared
from kiosk.devices.rules import LATELY, MOVED_EVERY, SEEN_EVERY, Kind, Way, hash_of
from kiosk.devices.tables import device, device_change
from kiosk.devices.waits import PhoneTaps, Waits

ASKED_EVERY_S = 0.25
DOUBTED_FOR_S = 2.0
"""So long after a change was begun nothing is answered from memory: the change may not be committed yet."""


class Known(Struct, frozen=True):
    """A device as it is known by what it shows."""

    id: int
    kind: Kind
    name: str
    way: Way
    address: str
    seen_at: datetime | None


class _All(Struct, frozen=True):
    version: int = -1
    by_hash: Mapping[str, Known] = field(default_factory=dict)
    box: Known | None = None
    had_station: bool = False


class _Seen(Struct, frozen=True):
    address: str
    at: datetime


class _Memory:
    def __init__(self) -> None:
        self.all = _All()
        self.asked_at = 0.0
        self.doubted_until = 0.0
        self.lock = Lock()
        self.seen: dict[int, _Seen] = {}
        self.waits = Waits()
        self.phone_taps = PhoneTaps()


_memories: WeakKeyDictionary[Engine, _Memory] = WeakKeyDictionary()
_making = Lock()

_VERSION = Prepared(sa.select(sa.func.max(device_change.c.id).label("newest")))
_LIVE = Prepared(
    sa.select(
        device.c.id, device.c.kind, device.c.name, device.c.way, device.c.address, device.c.seen_at,
        device.c.token_hash,
    ).where(device.c.revoked_at.is_(None))
)  # fmt: skip
_STATION = Prepared(sa.select(device.c.id).where(device.c.kind == Kind.STATION).limit(1))


def device_with(database: Database, token: str) -> Known | None:
    """The device that shows `token`; None when there is none, or none any more. Safe in any thread."""
    return _known(database).by_hash.get(hash_of(token))


def box_itself(database: Database) -> Known | None:
    """The device that the box is without showing anything, in a centre older than enrolling."""
    return _known(database).box


def had_station(database: Database) -> bool:
    """Whether a station has ever been enrolled."""
    return _known(database).had_station


def meet(database: Database, known: Known, address: str, now: datetime) -> bool:
    """Remember that a device is there, and where; whether that should be written down again."""
    memory = _memory(database.engine)
    with memory.lock:
        last = memory.seen.get(known.id)
        if last is None and known.seen_at is not None:
            last = memory.seen[known.id] = _Seen(known.address, known.seen_at)
        # two browsers with one cookie would else have it written at every turn
        every = SEEN_EVERY if last is not None and last.address == address else MOVED_EVERY
        if last is not None and is_within(last.at, now, every):
            return False
        memory.seen[known.id] = _Seen(address, now)
        return True


def known_addresses(database: Database, now: datetime) -> frozenset[str]:
    """Where the centre's own devices are, as far as they were seen lately. Safe in any thread, no question
    to the database but one each quarter of a second."""
    every, memory = _known(database), _memory(database.engine)
    live = [*every.by_hash.values(), *((every.box,) if every.box else ())]
    with memory.lock:
        seen = {one.id: memory.seen.get(one.id) for one in live}
    found = set()
    for one in live:
        here = seen[one.id]
        at, address = (here.at, here.address) if here else (one.seen_at, one.address)
        if at is not None and address and is_within(at, now, LATELY):
            found.add(address)
    return frozenset(found)


def waits_of(database: Database) -> Waits:
    """The waits after wrong codes in this process."""
    return _memory(database.engine).waits


def phone_taps_of(database: Database) -> PhoneTaps:
    """What phones have taken lately, as this process knows it."""
    return _memory(database.engine).phone_taps


def station_count(database: Database) -> int:
    """How many stations are let in; the box itself is one."""
    every = _known(database)
    known = [*every.by_hash.values(), *((every.box,) if every.box else ())]
    return sum(one.kind == Kind.STATION for one in known)


def doubt(tx: Connection) -> None:
    """Something is being changed: answer nothing from memory until it is committed."""
    _memory(tx.engine).doubted_until = monotonic() + DOUBTED_FOR_S


def _memory(engine: Engine) -> _Memory:
    memory = _memories.get(engine)
    if memory is None:
        with _making:
            memory = _memories.setdefault(engine, _Memory())
    return memory


def _known(database: Database) -> _All:
    memory, at = _memory(database.engine), monotonic()
    if at >= memory.doubted_until and at - memory.asked_at < ASKED_EVERY_S:
        return memory.all
    with database.read(is_blind=True) as tx:
        version = _VERSION.first(tx, {}).newest or 0
        if version != memory.all.version:
            memory.all = _read(tx, version)
    memory.asked_at = at
    return memory.all


def _read(tx: Connection, version: int) -> _All:
    by_hash, box = {}, None
    for row in _LIVE.all(tx, {}):
        one = Known(row.id, Kind(row.kind), row.name, Way(row.way), row.address, row.seen_at)
        if row.token_hash is not None:
            by_hash[row.token_hash] = one
        elif one.way == Way.BOX:
            box = one
    return _All(version, by_hash, box, _STATION.first(tx, {}) is not None)
