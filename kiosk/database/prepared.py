"""Statements of the paths where people queue: compiled once, then put straight to the driver.

SQLAlchemy's own way takes 14 µs a statement, the driver 1, and Python's lock is held for it. With ten
statements in a ticket, sixteen stations without a pause waited 32 ms (p50) for one; so they wait 25.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection
from sqlalchemy.sql.visitors import replacement_traverse

from kiosk.database import as_sqlalchemys

Convert = Callable[[Any], Any]


class Prepared:
    """One SELECT, INSERT or UPDATE with named parameters, for any number of transactions and threads.

    It joins the transaction that it is given, turns values into the tables' types and back, and raises
    SQLAlchemy's errors. `columns` are those that an INSERT fills; others get their defaults. A list of
    varying length (`IN`) and a default that is computed cannot be prepared: ValueError.
    """

    def __init__(self, statement: Any, *columns: str) -> None:
        self._statement = statement
        self._columns = columns
        self._ready: dict[str, _Ready] = {}

    def all(self, tx: Connection, parameters: dict[str, Any]) -> list[Any]:
        """Every row, as named tuples. `parameters` maps each name to its value: all of them, or KeyError."""
        ready = self._ready.get(tx.dialect.name) or self._compile(tx.dialect)
        if not tx.in_transaction():
            tx.begin()
        cursor = tx.connection.cursor()
        try:
            cursor.execute(ready.text, ready.filled(parameters))
            return ready.rows(cursor.fetchall()) if ready.returned else []
        except tx.dialect.loaded_dbapi.Error as fault:
            raise as_sqlalchemys(tx, ready.text, fault) from fault
        finally:
            cursor.close()

    def first(self, tx: Connection, parameters: dict[str, Any]) -> Any:
        """The first row; None without one."""
        rows = self.all(tx, parameters)
        return rows[0] if rows else None

    def _compile(self, dialect: sa.Dialect) -> _Ready:
        statement = _with_constants(self._statement, dialect)
        compiled = statement.compile(dialect=dialect, column_keys=self._columns or None)
        made = [column.default for column in compiled.insert_prefetch]
        late = compiled.post_compile_params | compiled.literal_execute_params
        if late or compiled.update_prefetch or not all(one.is_scalar for one in made):
            raise ValueError(f"cannot be prepared: {self._statement}")
        known = {name: compiled.binds[name] for name in compiled.params}
        preset = {name: bind.value for name, bind in known.items() if not bind.required}
        preset |= {column.key: column.default.arg for column in compiled.insert_prefetch}
        names = tuple(compiled.positiontup or known)
        given = [known[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
        columns = tuple(self._statement.exported_columns)
        keys = [str(column.key) for column in columns]
        got = [_from_driver(column.type, dialect) for column in columns]
        ready = _Ready(
            text=str(compiled),
            preset=preset,
            names=names,
            count=len(known),
            to_driver=tuple((place, convert) for place, convert in enumerate(given) if convert),
            is_positional=compiled.positional,
            # its own `_make` counts the columns again for each row
            returned=partial(tuple.__new__, namedtuple("Row", keys, rename=True)) if keys else None,
            from_driver=tuple((place, convert) for place, convert in enumerate(got) if convert),
        )
        self._ready[dialect.name] = ready
        return ready


class _Ready(Struct, frozen=True):
    """A statement in one database's own words."""

    text: str
    preset: dict[str, Any]
    names: tuple[str, ...]
    count: int
    to_driver: tuple[tuple[int, Convert], ...]
    is_positional: bool
    returned: Any
    from_driver: tuple[tuple[int, Convert], ...]

    def filled(self, parameters: dict[str, Any]) -> Any:
        given = self.preset | parameters
        if len(given) > self.count:
            raise KeyError(*sorted(parameters.keys() - self.names))
        values = list(map(given.__getitem__, self.names))
        for place, convert in self.to_driver:
            values[place] = convert(values[place])
        return values if self.is_positional else dict(zip(self.names, values, strict=True))

    def rows(self, raw: Iterable[Sequence[Any]]) -> list[Any]:
        return list(map(self.returned, map(self._converted, raw) if self.from_driver else raw))

    def _converted(self, row: Sequence[Any]) -> Sequence[Any]:
        values = list(row)
        for place, convert in self.from_driver:
            values[place] = convert(values[place])
        return values


def _with_constants(statement: Any, dialect: sa.Dialect) -> Any:
    """The same with what it compares with itself written out, so that no execution is given it.

    Where a table has an index of some of its rows (`status IN ('called', 'serving')`), SQLite looks whether
    the value behind `status = ?` is among them, and plans the statement anew each time: 55 µs, not 3.
    """

    def written_out(element: Any, **_: Any) -> Any:
        is_constant = isinstance(element, sa.BindParameter) and element.unique and not element.expanding
        # of no type is what an INSERT writes; a percent sign would be doubled twice for psycopg
        if not is_constant or isinstance(element.type, sa.types.NullType) or "%" in str(element.value):
            return None
        text = element.compile(dialect=dialect, compile_kwargs={"literal_binds": True})
        return sa.literal_column(str(text), element.type)

    return replacement_traverse(statement, {}, written_out)


def _from_driver(kind: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> Callable[[Any], Any] | None:
    """What makes the driver's value ours. A float is one already; it would ask what a result alone tells."""
    if isinstance(kind, sa.Float) and not kind.asdecimal:
        return None
    return kind.dialect_impl(dialect).result_processor(dialect, None)
