"""Transactions: one engine, reads of one snapshot, writes one at a time and durable.

A file (SQLite) unless the settings name a PostgreSQL, which several boxes may share.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection, Engine, event

from kiosk.database import sqlite_file
from kiosk.database.dialects import Manners, manners_of
from kiosk.database.faults import GivenUp, UnusableDatabase, as_sqlalchemys, tell_no_value
from kiosk.database.trial import HANGS_S, TRIAL, WriteTrials

if TYPE_CHECKING:
    from kiosk.database.listening import Listener

Tx = Connection
"""An open transaction, as screens hand it to rooms."""

CONNECT_S = 5
"""Seconds to reach a PostgreSQL; after them the command says that it cannot."""


class Database:
    """One centre's database at an SQLAlchemy URL: sqlite:////data/kiosk.db, postgresql+psycopg://…"""

    sees_blind_reads: ClassVar[bool] = False
    """Whether a read that cannot see its own thread's writes is a fault. The tests switch it on."""

    def __init__(self, url: str | sa.URL, pool_size: int = 12, *, only_reads: bool = False) -> None:
        self.is_file = sa.make_url(url).get_backend_name() == "sqlite"
        self.engine = sa.create_engine(
            url,
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_use_lifo=True,  # the one used last has the file's pages still; twelve of them took 6 MB
            hide_parameters=True,  # what a failed statement was given may be a name: never in a log
            **({} if self.is_file else _SERVER),
        )
        # without it writers wait in the busy handler, which sleeps blindly: p99 at 8 clients 698 ms, not 22
        self._writing = threading.Lock()
        # one connection for all writes: whichever the pool gave had last seen the file some tickets ago and
        # read it anew, 65 pages a ticket
        self._writer: Connection | None = None
        self._together: _Together | None = None
        self.written = threading.Event()
        """Set after every commit: the printing worker and nobody else waits for it."""
        self.is_closed = False
        self.trials = WriteTrials(self._try_to_keep)
        """Whether it can be written."""
        self._listener: Listener | None = None
        self._file: tuple[int, int] | None = None
        self._unread, self._read_at = "", -HANGS_S
        self._manners = manners_of(self.engine)
        if not self.is_file:
            event.listen(self.engine, "connect", _refuse_letters, insert=True)  # SQLAlchemy trips over them
        event.listen(self.engine, "connect", _preparing(self._manners, only_reads=only_reads))
        event.listen(self.engine, "begin", _beginning(self._manners))
        event.listen(self.engine, "handle_error", tell_no_value)

    @contextmanager
    def read(self, *, is_blind: bool = False) -> Iterator[Connection]:
        """A snapshot to read from; what is written through it is lost (SQLite) or refused (PostgreSQL).

        Within `one_commit` it does not show what this thread wrote before. A handler that relies on it would
        be wrong only when the hall is full, so `sees_blind_reads` makes it fail: RuntimeError. `is_blind` is
        for who reads nothing that is written in such a block.
        """
        together = self._together
        is_wrong = self.sees_blind_reads and not is_blind
        if is_wrong and together is not None and together.hides_something():
            raise RuntimeError("a read within one_commit does not see what this thread has written in it")
        with self._begun() as tx:
            yield tx

    @contextmanager
    def one_commit(self) -> Iterator[None]:
        """Every `write` of this thread in the block goes to the disk at once, when this block ends.

        Until then nobody may be told of it. One that fails leaves nothing of itself; when the block raises,
        or the disk refuses, nothing is left of any. A `read` in the block does not see them.
        """
        with self.write() as tx:
            self._together = together = _Together(threading.get_ident(), tx)
            try:
                yield
            finally:
                self._together = None
            together.check()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction: committed and on the disk when the block ends, nothing of it after an exception.

        Within `one_commit` the disk comes later.
        """
        together = self._together
        if together is not None and together.thread == threading.get_ident():
            with together.part() as tx:
                yield tx
            return
        with self._writing, self.trials.watched():
            kept, self._writer = self._writer, None
            writer = self._begun(kept, write=True)
            try:
                with writer.get_transaction() or writer.begin():
                    yield writer
                    if not self._manners.is_open(writer.connection.dbapi_connection):
                        raise GivenUp
            except BaseException:
                writer.close()  # the pool rolls back what a COMMIT that failed may have left open
                raise
            self._writer = writer
        self.heard()

    def _try_to_keep(self, text: str) -> bool:
        """Keep `text` as a write would; False when somebody is writing, who need not wait and will tell."""
        if not self._writing.acquire(blocking=False):
            return False
        try:
            with self._begun(trial=True) as tx, tx.get_transaction() or tx.begin():
                tx.execute(_KEEP_TRIAL, {"name": TRIAL, "text": text})
        finally:
            self._writing.release()
        return True

    def _begun(self, kept: Connection | None = None, **how: bool) -> Connection:
        """A connection, `kept` or one of the pool, whose transaction has begun.

        A server that was started again has hung up on all of them. That shows at BEGIN, before anything is
        done, and new ones are made: nobody feels it, and no connection is asked every time whether it lives
        (pool_pre_ping: 0.1 ms).
        """
        tx = kept or self.engine.connect().execution_options(**how)
        try:
            tx.begin()
        except sa.exc.DBAPIError as fault:
            if not self._has_hung_up(tx, fault):
                tx.close()
                raise
            tx.invalidate()
            tx.close()
            self.engine.dispose()
            return self._begun_anew(**how)
        return tx

    def _begun_anew(self, **how: bool) -> Connection:
        tx = self.engine.connect().execution_options(**how)
        try:
            tx.begin()
        except BaseException:
            tx.close()
            raise
        return tx

    def _has_hung_up(self, tx: Connection, fault: sa.exc.DBAPIError) -> bool:
        driver: Any = tx.connection.dbapi_connection
        why: Any = fault.orig
        return self.engine.dialect.is_disconnect(why, driver, None)

    def unread(self, fresh_s: float) -> str:
        """Why some table cannot be read from the disk, as known since `fresh_s` seconds; empty when all can.

        A server goes on for hours with what it remembers of a file that was damaged or taken away. A
        PostgreSQL looks after its own files.
        """
        if self.is_file and monotonic() - self._read_at > fresh_s:
            self._unread, self._read_at = self._look(), monotonic()
        return self._unread

    def _look(self) -> str:
        path = Path(str(self.engine.url.database))
        try:
            now = path.stat()
        except OSError as fault:
            return str(fault)
        self._file = self._file or (now.st_dev, now.st_ino)
        if self._file != (now.st_dev, now.st_ino):
            return "another file has its name"
        return sqlite_file.unread(path)

    @property
    def committed(self) -> int:
        """Another number after each commit that this process has made or heard of."""
        return _commits.get(self.engine, 0)

    def heard(self) -> None:
        """Somebody has committed: there may be news, and something to print."""
        _commits[self.engine] = next(_serials)
        self.written.set()

    def listen(self, box: str = "") -> None:
        """From now on until `close`, hear at once what other boxes commit; a file has nobody else.

        On a server this process has the name `box` until then. Raises BoxInUse.
        """
        if not self.is_file:
            from kiosk.database.listening import Listener

            listener = Listener(self.engine, self.heard, box)
            listener.claim()
            self._listener = listener
            listener.start()

    def close(self) -> None:
        """Let go of the file; the last connection folds the write-ahead log back in."""
        self.is_closed = True
        if self._listener is not None:
            self._listener.stop()
            self._listener = None
        with self._writing:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
        self.engine.dispose()


class _Together(Struct):
    """The transaction that several writes of one thread share, each a savepoint in it."""

    thread: int
    tx: Connection
    lost: BaseException | None = None
    """Why the database gave all of it up, as it does when the disk is full."""
    has_part: bool = False
    """Whether anything was written that is kept."""

    def hides_something(self) -> bool:
        """Whether a read of this thread would miss what it has written."""
        return self.has_part and self.thread == threading.get_ident()

    @contextmanager
    def part(self) -> Iterator[Connection]:
        self._say("SAVEPOINT part")
        self.check()
        try:
            yield self.tx
            self.has_part = True
        except BaseException:
            self._say("ROLLBACK TO part")
            raise
        finally:
            self._say("RELEASE part")

    def check(self) -> None:
        # the driver takes a COMMIT without a transaction for done: its silence says nothing
        if self.lost is not None:
            raise self.lost

    def _say(self, text: str) -> None:
        if self.lost is not None:
            return
        try:
            self.tx.connection.cursor().execute(text)
        except self.tx.dialect.loaded_dbapi.Error as fault:
            self.lost = as_sqlalchemys(self.tx, text, fault)


_serials = count(1)
_commits: WeakKeyDictionary[Engine, int] = WeakKeyDictionary()


def commits(tx: Connection) -> int:
    """Another number after each commit to the database of `tx` that this process has made or heard of."""
    return _commits.get(tx.engine, 0)


_KEEP_TRIAL = sa.text(
    "INSERT INTO centre_fact (name, value) VALUES (:name, :text)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)

_SERVER: dict[str, Any] = {
    "connect_args": {
        "connect_timeout": CONNECT_S, "application_name": "linli", "options": "-c timezone=UTC",
        "client_encoding": "UTF8",
    },
}  # fmt: skip


def _refuse_letters(connection: Any, _record: Any) -> None:
    """Raise UnusableDatabase where a PostgreSQL could not keep every letter of a name."""
    info = connection.info
    encoding = info.parameter_status("server_encoding")
    if encoding == "UTF8":
        return
    name = info.dbname
    connection.close()
    raise UnusableDatabase(
        f"数据库 {name} 的编码是 {encoding}，有的字存不了。没有改动。请另建一个 UTF8 的库："
        f"createdb -E UTF8 -T template0 库名，再写进 database_url。"
        f"The database {name} is in {encoding}, which lacks letters of names. Nothing was changed. Make one "
        "in UTF8 (createdb -E UTF8 -T template0 NAME) and write it into database_url."
    )


def _preparing(manners: Manners, *, only_reads: bool) -> Callable[[Any, Any], None]:
    statements = manners.ready_to_read if only_reads else manners.ready

    def prepare(connection: Any, _record: Any) -> None:
        setattr(connection, *manners.own_begin)
        for statement in statements:
            connection.execute(statement)

    return prepare


def _words(manners: Manners, how: Mapping[str, Any]) -> str:
    if how.get("write"):
        return manners.begin_writing
    return manners.begin_trial if how.get("trial") else manners.begin_reading


def _beginning(manners: Manners) -> Callable[[Connection], None]:
    def begin(tx: Connection) -> None:
        words = _words(manners, tx.get_execution_options())
        try:
            tx.connection.cursor().execute(words)  # SQLAlchemy's took 0.04 ms of a ticket's 1.0
        except tx.dialect.loaded_dbapi.Error as fault:
            raise as_sqlalchemys(tx, words, fault) from fault

    return begin
