"""What goes wrong with a database, told without a word of what a statement was given."""

import errno
import sqlite3

import sqlalchemy as sa
from sqlalchemy import Connection, ExceptionContext

REPLACE, SECRET = "--replace", "--secret"
UNUSABLE = 3
"""How a process of our own ends that met an UnusableDatabase."""


class UnusableDatabase(Exception):
    """Why the database cannot be used; the message is for people, in Chinese and English."""


class LostDatabase(UnusableDatabase):
    """A centre was begun here, and its database is gone, empty or damaged: a backup has to come back.

    `how` is the option that `kiosk restore` needs: REPLACE where a file is in the backup's way, SECRET where
    the database is whole.
    """

    def __init__(self, message: str, how: str = "") -> None:
        super().__init__(message)
        self.how = how


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


_SQLITE = frozenset(
    {
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOTADB,
    }
)
_POSTGRESQL = ("08", "25006", "53", "57P", "58", "XX001", "XX002")
"""Beginnings of codes: no connection, read-only, no room, shut down, a fault of the disk, damaged."""
_SYSTEM = frozenset({errno.ENOSPC, errno.EROFS, errno.EIO, errno.EDQUOT, errno.EFBIG, errno.ENODEV})


def is_damaged(fault: BaseException) -> bool:
    """Whether `fault` means that a file is no database, or only parts of one."""
    why = getattr(fault, "orig", None)
    code = getattr(why, "sqlite_errorcode", 0) if isinstance(why, sqlite3.Error) else 0
    return code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def cannot_keep(fault: BaseException) -> bool:
    """Whether `fault` means that nothing can be kept now: a disk that is full, read-only or not there."""
    if isinstance(fault, OSError):
        return fault.errno in _SYSTEM
    if not isinstance(fault, sa.exc.DBAPIError):
        return isinstance(fault, GivenUp)
    why = fault.orig
    if isinstance(why, sqlite3.Error):
        return getattr(why, "sqlite_errorcode", 0) & 0xFF in _SQLITE
    code = getattr(why, "sqlstate", None)
    # without a code no server has spoken: there was no connection, or it is gone
    return code.startswith(_POSTGRESQL) if code else isinstance(fault, sa.exc.OperationalError)


def in_short(fault: BaseException) -> str:
    """A fault of a database or a disk in one line, without a statement."""
    why = getattr(fault, "orig", None) or fault
    return " ".join(str(why).split()) or type(why).__name__
