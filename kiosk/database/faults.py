"""What goes wrong with a database, told without a word of what a statement was given."""

import errno
import sqlite3

import sqlalchemy as sa
from sqlalchemy import Connection, ExceptionContext

REPLACE, SECRET = "--replace", "--secret"


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
NO_RIGHT = "42501"
"""PostgreSQL's code for what its user may not do."""

_POSTGRESQL = ("08", "25006", NO_RIGHT, "53", "57P", "58", "XX001", "XX002")
"""Beginnings of codes: no connection, read-only, not permitted, no room, shut down, a bad disk, damaged."""
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


def is_away(fault: BaseException) -> bool:
    """Whether `fault` means that a PostgreSQL lets nobody in, or not as this user: it has run nothing."""
    if not isinstance(fault, sa.exc.DatabaseError):
        return False
    code = getattr(fault.orig, "sqlstate", None)
    return isinstance(fault, sa.exc.OperationalError) or code in (None, NO_RIGHT)


_TODO = (
    (
        ("password authentication", "no password", "authentication failed", "pg_hba"),
        "请把 database_url 里的用户名和密码改对；密码里的 @ : / % 要写成 %40 %3A %2F %25。",
        "Correct name and password in database_url; @ : / % in a password are written %40 %3A %2F %25.",
    ),
    (
        ('database "',),
        "请先在那台 PostgreSQL 里建这个库（createdb -O 用户 -E UTF8 库名），或把 database_url 里的库名改对。",
        "Make that database first (createdb -O USER -E UTF8 NAME), or correct its name in database_url.",
    ),
    (
        ("connection option", "invalid sslmode"),
        "请把 database_url 里 ? 后面写错的去掉。",
        "Take what is wrong behind the ? of database_url away.",
    ),
)
"""What PostgreSQL says in English, and what to do. It tells no code before somebody is let in."""


def what_to_do(fault: BaseException) -> tuple[str, str]:
    """What to do about a PostgreSQL that cannot be used because of `fault`, in Chinese and English."""
    code = getattr(getattr(fault, "orig", None), "sqlstate", None) or ""
    if code.startswith(("25006", "53", "58", "XX")):
        return (
            "请看那台服务器的盘是不是满了、坏了，是不是只读的备机；运行 kiosk doctor 会说是哪一样。",
            "See whether that server's disk is full or failing, or it is a read-only standby; kiosk doctor "
            "tells which.",
        )
    if code == NO_RIGHT:
        return (
            "请在 database_url 里用这个库的主人，他才能建表（ALTER DATABASE 库名 OWNER TO 用户）。",
            "Name the database's owner in database_url, who may make tables (ALTER DATABASE … OWNER TO …).",
        )
    said = in_short(fault)
    for words, zh, en in _TODO:
        if any(word in said for word in words):
            return zh, en
    return (
        "请看那台机器上的 PostgreSQL 是不是在运行、网线通不通，database_url 里的地址、端口、库名、"
        "用户名和密码写得对不对。",
        "See whether PostgreSQL runs on that machine and the network is up, and whether database_url has its "
        "host, port, database, name and password right.",
    )
