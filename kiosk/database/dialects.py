"""What SQLite and PostgreSQL spell in their own ways: transactions, and INSERT … ON CONFLICT.

Only the dialect in use is loaded: PostgreSQL's takes 3 MB, which a box with a file never needs.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection, Engine

PATIENCE_MS = 5000
"""How long a writer waits for the one of another process."""

SILENCE_MS = 30_000
"""A box that holds the lock of writers and says nothing for so long (it was stopped) loses it."""

WRITING = 0x4C494E4C49
"""PostgreSQL's advisory lock of writers ("LINLI" in ASCII)."""


CHANNEL = "linli"
"""Where PostgreSQL tells every box that one has committed."""


class Manners(Struct, frozen=True):
    """How one database is spoken to: its connections made ready, its transactions begun and judged.

    Whoever writes is alone on both, from its BEGIN to its COMMIT. So rules that look before they write (one
    tap one ticket, the guard time, a cap) hold between boxes as they do between threads, and what commits
    later has the higher serial.
    """

    own_begin: tuple[str, object]
    """The driver's attribute, and its value, that keeps it from beginning transactions by itself."""
    ready: tuple[str, ...]
    ready_to_read: tuple[str, ...]
    begin_reading: str
    begin_writing: str
    begin_trial: str
    """As for writing, but in nobody's way, and no news to other boxes."""
    is_open: Callable[[Any], bool]
    """Whether the driver's connection is in a transaction that a COMMIT would keep."""
    keeps_lengths: bool
    """Whether a VARCHAR(n) takes n characters and no more; in a file the n is a remark."""


_INTRANS = 2
"""libpq's PQTRANS_INTRANS; after a failed statement a COMMIT is a ROLLBACK that complains to nobody."""

_MANNERS = {
    "sqlite": Manners(
        own_begin=("isolation_level", None),  # the driver's deferred one failed 339 of 800 writes
        ready=(
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",  # an acknowledged ticket survives a pulled plug
            "PRAGMA foreign_keys=ON",
            f"PRAGMA busy_timeout={PATIENCE_MS}",
        ),
        ready_to_read=(f"PRAGMA busy_timeout={PATIENCE_MS}",),
        begin_reading="BEGIN",
        begin_writing="BEGIN IMMEDIATE",
        begin_trial="BEGIN IMMEDIATE",
        is_open=lambda connection: bool(connection.in_transaction),
        keeps_lengths=False,
    ),
    "postgresql": Manners(
        own_begin=("autocommit", True),
        ready=(f"SET lock_timeout = {PATIENCE_MS}; SET idle_in_transaction_session_timeout = {SILENCE_MS}",),
        ready_to_read=(),
        # one moment of everything, as in a file: READ COMMITTED would show half of what a box is writing
        begin_reading="BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        # in one message with BEGIN the lock costs no journey; what is read after it is the newest there is.
        # The other boxes hear of it when it commits, and of a rollback nothing
        begin_writing=f"BEGIN; SELECT pg_advisory_xact_lock({WRITING}); NOTIFY {CHANNEL}",
        begin_trial="BEGIN",
        is_open=lambda connection: bool(connection.pgconn.transaction_status == _INTRANS),
        keeps_lengths=True,
    ),
}


def manners_of(engine: Engine) -> Manners:
    """How the database behind `engine` is spoken to."""
    return _MANNERS[engine.dialect.name]


def widen(tx: Connection, table: str, column: str, length: int) -> None:
    """Let a column of texts take `length` characters, for a migration; in a file it does."""
    if manners_of(tx.engine).keeps_lengths:
        tx.execute(sa.text(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE VARCHAR({length})"))


def insert_for(dialect: str, table: sa.Table) -> Any:
    """An INSERT into `table` that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return import_module(f"sqlalchemy.dialects.{dialect}").insert(table)


def insert_missing(tx: Connection, table: sa.Table, row: dict[str, Any]) -> bool:
    """Write `row` unless one with its key is there, or comes from a transaction beside; whether it did."""
    insert = insert_for(tx.dialect.name, table).values(row).on_conflict_do_nothing()
    return tx.execute(insert.returning(sa.literal_column("1"))).first() is not None


def insert_all_missing(tx: Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    """The same for many rows, with one statement; which were written nobody is told."""
    tx.execute(insert_for(tx.dialect.name, table).on_conflict_do_nothing(), rows)


def keep_rows(tx: Connection, table: str, columns: tuple[str, ...], emptied: str = "") -> None:
    """Have the database itself refuse to delete rows of `table` or to change `columns`, for a migration.

    `emptied` is a column of texts beside them that may become "" and nothing else. Whoever can write to the
    file itself could take the triggers away; no page, command or role of this program can.
    """
    for statement in _KEEPING[tx.dialect.name]:
        if emptied or "{emptied}" not in statement:
            tx.execute(sa.text(statement.format(table=table, columns=", ".join(columns), emptied=emptied)))


REFUSING = (
    "CREATE OR REPLACE FUNCTION linli_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '% is kept as it is', TG_TABLE_NAME; END $$"
)
"""What PostgreSQL's triggers of kept rows call. A dump of our tables holds them and not this."""

_REFUSE_HERE = "BEGIN SELECT RAISE(ABORT, '{table} is kept as it is'); END"
_REFUSE_THERE = "FOR EACH ROW EXECUTE FUNCTION linli_refuse()"
_KEEPING = {
    "sqlite": (
        f"CREATE TRIGGER {{table}}_not_deleted BEFORE DELETE ON {{table}} {_REFUSE_HERE}",
        f"CREATE TRIGGER {{table}}_not_changed BEFORE UPDATE OF {{columns}} ON {{table}} {_REFUSE_HERE}",
        "CREATE TRIGGER {table}_only_emptied BEFORE UPDATE OF {emptied} ON {table} "
        f"WHEN NEW.{{emptied}} <> '' {_REFUSE_HERE}",
    ),
    "postgresql": (
        REFUSING,
        f"CREATE TRIGGER {{table}}_not_deleted BEFORE DELETE ON {{table}} {_REFUSE_THERE}",
        f"CREATE TRIGGER {{table}}_not_changed BEFORE UPDATE OF {{columns}} ON {{table}} {_REFUSE_THERE}",
        "CREATE TRIGGER {table}_only_emptied BEFORE UPDATE OF {emptied} ON {table} FOR EACH ROW "
        "WHEN (NEW.{emptied} <> '') EXECUTE FUNCTION linli_refuse()",
        "CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION linli_refuse()",
    ),
}


def count_on(tx: Connection, table: str) -> None:
    """Have the ids of `table` go on after rows that brought their own; SQLite does by itself."""
    if tx.dialect.name == "postgresql":
        tx.execute(sa.text(f"SELECT setval('{table}_id_seq', max(id)) FROM {table} HAVING max(id) > 0"))  # noqa: S608 - a table of ours
