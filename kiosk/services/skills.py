"""What counters serve, as much of it as a page needs.

Of forty counters and two hundred services all of it is three thousand rows: a board that renewed itself read
them to know who pauses, and took 16 ms instead of 7.
"""

from functools import cache

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.database import in_lang
from kiosk.database.prepared import Prepared
from kiosk.services.tables import counter, counter_service, service, service_group
from kiosk.words import Lang

_OF_COUNTER = Prepared(
    sa.select(counter_service.c.service_code).where(
        counter_service.c.counter_number == sa.bindparam("number")
    )
)
_OF_OPEN = Prepared(
    sa.select(counter_service.c.service_code)
    .join_from(counter_service, counter)
    .where(counter.c.opened_by.is_not(None), counter.c.retired_at.is_(None))
    .distinct()
)


@cache
def _groups(lang: Lang) -> Prepared:
    name = in_lang(lang, service_group.c.name)
    return Prepared(
        sa.select(counter_service.c.counter_number, name, service_group.c.position)
        .join_from(counter_service, service)
        .join(service_group)
        .where(service.c.retired_at.is_(None))
        .distinct()
        .order_by(service_group.c.position)
    )


def codes_of(tx: Connection, number: int) -> frozenset[str]:
    """The codes of what a counter serves."""
    return frozenset(code for (code,) in _OF_COUNTER.all(tx, {"number": number}))


def codes_served(tx: Connection) -> frozenset[str]:
    """The codes of what the open counters serve."""
    return frozenset(code for (code,) in _OF_OPEN.all(tx, {}))


def groups_served(tx: Connection, lang: Lang) -> dict[int, tuple[str, ...]]:
    """The names of the groups of which each counter serves something, by its number."""
    found: dict[int, list[str]] = {}
    for number, name, _ in _groups(lang).all(tx, {}):
        found.setdefault(number, []).append(name)
    return {number: tuple(names) for number, names in found.items()}
