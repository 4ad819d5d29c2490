"""What SQLite and PostgreSQL spell alike but SQLAlchemy keeps in two places: INSERT … ON CONFLICT.

Only the dialect in use is loaded: PostgreSQL's takes 3 MB, which a box with a file never needs.
"""

from importlib import import_module
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection


def insert_for(dialect: str, table: sa.Table) -> Any:
    """An INSERT into `table` that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return import_module(f"sqlalchemy.dialects.{dialect}").insert(table)


def insert_missing(tx: Connection, table: sa.Table, row: dict[str, Any]) -> bool:
    """Write `row` unless one with its key is there, or comes from a transaction beside; whether it did."""
    insert = insert_for(tx.dialect.name, table).values(row).on_conflict_do_nothing()
    return tx.execute(insert.returning(sa.literal_column("1"))).first() is not None
