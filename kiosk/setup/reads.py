"""Whether a centre has begun, how far its setting up has come, and what its hall lacks."""

from collections.abc import Callable
from weakref import WeakSet

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from kiosk.database import Database
from kiosk.services.tables import counter, service
from kiosk.setup.rules import Step
from kiosk.setup.tables import setup_step
from kiosk.staff import Role
from kiosk.staff.tables import staff

begun: WeakSet[Engine] = WeakSet()
furnished: WeakSet[Engine] = WeakSet()
"""What was so once stays so, for pages that ask each time: the last administrator cannot be closed."""


def has_admin(tx: Connection) -> bool:
    """Whether somebody is the administrator, whose account may be closed meanwhile."""
    return tx.execute(sa.select(staff.c.id).where(staff.c.role == Role.ADMIN).limit(1)).first() is not None


def is_begun(database: Database) -> bool:
    """The same for every page: asked until it is so."""
    return _once(database, begun, has_admin)


def is_furnished(database: Database) -> bool:
    """Whether the hall has a service and a counter: without them it gives no number."""
    return _once(database, furnished, _has_hall)


def done_steps(tx: Connection) -> frozenset[Step]:
    """The steps that somebody has gone on from."""
    known = set(Step)
    return frozenset(
        Step(name) for name in tx.execute(sa.select(setup_step.c.name)).scalars() if name in known
    )


def _has_hall(tx: Connection) -> bool:
    there = (tx.execute(sa.select(table).limit(1)).first() for table in (counter, service))
    return all(row is not None for row in there)


def _once(database: Database, known: WeakSet[Engine], ask: Callable[[Connection], bool]) -> bool:
    if database.engine in known:
        return True
    with database.read(is_blind=True) as tx:
        is_so = ask(tx)
    if is_so:
        known.add(database.engine)
    return is_so
