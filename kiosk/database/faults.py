"""What goes wrong with a database, told without a word of what a statement was given."""

import sqlalchemy as sa
from sqlalchemy import Connection, ExceptionContext


class UnusableDatabase(Exception):
    """Why the database cannot be used; the message is for people, in Chinese and English."""


class GivenUp(Exception):
    """The database had given the transaction up by itself, as on a full disk: a COMMIT would keep nothing."""


def as_sqlalchemys(tx: Connection, text: str, fault: Exception) -> BaseException:
    """The driver's `fault` over the statement `text` as SQLAlchemy would raise it; it tells no value."""
    _hush(fault)
    return sa.exc.DBAPIError.instance(
        text, None, fault, tx.dialect.loaded_dbapi.Error, hide_parameters=True, dialect=tx.dialect
    )


def tell_no_value(context: ExceptionContext) -> None:
    """Leave out of a fault, as SQLAlchemy raises it, what its statement was given."""
    told, whole = context.sqlalchemy_exception, str(context.original_exception)
    _hush(context.original_exception)
    if told is not None:
        told.args = tuple(str(word).replace(whole, str(context.original_exception)) for word in told.args)


def _hush(fault: BaseException) -> None:
    """Leave out what PostgreSQL adds to a fault: "Key (name, phone)=(…) already exists" would be in a log."""
    primary = getattr(getattr(fault, "diag", None), "message_primary", None)
    if primary:
        fault.args = (primary,)
