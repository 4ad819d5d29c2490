"""The two databases that every room and screen is tried on: a file, and a PostgreSQL in a scratch folder."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from kiosk.box import Box, open_box
from kiosk.centre import open_centre
from kiosk.clock import Clock
from kiosk.database import Database, opening
from kiosk.devices import known
from kiosk.migrations.rooms import load_tables
from kiosk.notices.reads import _NOTICES
from kiosk.pleas.reads import _PLEAS
from kiosk.settings import Settings
from kiosk.speech.reads import _TOLD
from kiosk.tickets.wait import queue_cache
from script.benches._postgresql import PROGRAMS, Cluster, initialised, leave_running

on_a_file = pytest.mark.parametrize("engine", ["sqlite"])
"""For a test of the file itself."""

REMEMBERED = (
    queue_cache._caches,
    known._memories,
    *(one._kept for one in (queue_cache._PRESENT, _NOTICES, _PLEAS, _TOLD)),
)
"""What the program remembers of each database."""

QUICK = {
    "fsync": "off",  # no test of rooms or screens pulls the plug
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "200",
    "autovacuum": "off",
}


def types_differ(context: Any, _: Any, __: Any, is_type: Any, said_type: Any) -> bool | None:
    """In a file a text is as long as it is, whatever length was said: no migration copies a table for it."""
    both = isinstance(is_type, sa.String) and isinstance(said_type, sa.String)
    return False if both and context.dialect.name == "sqlite" else None


@contextmanager
def one_at_a_time(of_all: Path, name: str) -> Iterator[Path]:
    """Alone among the processes of this run; a file whose being there means that `name` is made already."""
    with (of_all / f"first-{name}-lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield of_all / f"first-{name}-is-made"


def shared_server(of_all: Path, name: str, settings: dict[str, str]) -> Cluster:
    """A server that all processes of this run share, begun by the first that asks; it goes with the run."""
    if not PROGRAMS:
        pytest.skip("no PostgreSQL: sudo apt-get install postgresql")
    with one_at_a_time(of_all, f"{name}-postgresql") as told:
        if not told.exists():
            folder = initialised(os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid())
            leave_running(folder, settings)
            told.write_text(str(folder))
    return Cluster(Path(told.read_text()))


@pytest.fixture(scope="session")
def cluster(of_all: Path) -> Cluster:
    """One server for all tests of this run, quick and forgetful."""
    return shared_server(of_all, "quick", QUICK)


@pytest.fixture(scope="session", autouse=True)
def migrated_once(of_all: Path) -> Iterator[None]:
    """A new file of a test is a copy of the first one: all migrations take 0.14 s, the first time 0.3.

    Every other database is migrated as a centre's is.
    """
    first, really = of_all / "migrated.db", opening._upgrade
    load_tables()  # as a migration does, which most processes of a run do not run

    def made() -> Path:
        with one_at_a_time(of_all, "migrated") as is_made:
            if not is_made.exists():
                database = Database(f"sqlite:///{first}")
                really(database)
                database.close()
                is_made.touch()
        return first

    def upgrade(database: Database) -> None:
        if database.is_file and _is_empty(database):
            with closing(sqlite3.connect(made())) as source, closing(_file_of(database)) as new:
                source.backup(new)
            database.heard()
        else:
            really(database)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "_upgrade", upgrade)
        yield


def _file_of(database: Database) -> sqlite3.Connection:
    return sqlite3.connect(str(database.engine.url.database))


def _is_empty(database: Database) -> bool:
    with closing(_file_of(database)) as file:
        return not file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


@dataclass
class Furnished:
    """This process's copy of a database that was furnished once, put back to how it was before each test.

    A copy of it for each test (CREATE DATABASE … TEMPLATE) took 170 ms, this takes 3.
    """

    url: str
    _tx: psycopg.Connection[Any]
    _first: Box | None = None

    def put_back(self) -> None:
        """Undo whatever a test has done to the rows."""
        self._tx.execute("SELECT kept.put_back()")

    def box(self, settings: Settings, clock: Clock) -> Box:
        """A box on it. To join it and look at its tables again for each test took 50 ms."""
        if self._first is None:
            self._first = open_box(settings, clock)
        joined = replace(settings, box=self._first.settings.box)
        database = self._first.database
        database.written.clear()
        database.is_closed = False
        for remembered in REMEMBERED:
            remembered.clear()  # no real database goes back to a version that it has had
        return Box(open_centre(joined), database, clock)

    def leave(self, database: Database) -> None:
        """Keep the connections for the next test: to make one takes 25 ms, and its first questions more.

        Unless somebody listens, or has not given one back: then all are closed.
        """
        pool: Any = database.engine.pool
        if database._listener is not None or pool.checkedout() > (database._writer is not None):
            database.close()

    def close(self) -> None:
        """Hang up."""
        self._tx.close()
        if self._first is not None:
            self._first.database.close()


def _keep(tx: psycopg.Connection[Any]) -> None:
    """Remember what is in every table and how far every serial has come.

    In a function of the server's, whose plans are made once: that halves it.
    """
    tx.execute("CREATE SCHEMA kept")
    back = []
    for (name,) in tx.execute(_TABLES).fetchall():
        back.append(f'DELETE FROM public."{name}"')  # noqa: S608
        filled = tx.execute(f'CREATE TABLE kept."{name}" AS TABLE public."{name}"'.encode())
        if filled.rowcount:
            back.append(f'INSERT INTO public."{name}" TABLE kept."{name}"')
    for name, last in tx.execute(_SERIALS):
        begun = str(last is not None).lower()
        back.append(f"PERFORM setval('public.\"{name}\"', {last or 1}, {begun})")
    body = "BEGIN " + "; ".join(back) + "; END"
    made = f"CREATE FUNCTION kept.put_back() RETURNS void LANGUAGE plpgsql AS $${body}$$"
    tx.execute(made.encode())


_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_SERIALS = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"


@pytest.fixture(scope="session")
def furnishings(
    cluster: Cluster, of_all: Path
) -> Iterator[Callable[[str, Callable[[str], object]], Furnished]]:
    """The database that `fill(url)` has filled, by its name; filled once in this run."""
    made: dict[str, Furnished] = {}

    def furnished(name: str, fill: Callable[[str], object]) -> Furnished:
        if name not in made:
            with one_at_a_time(of_all, f"{name}-there") as is_made:
                if not is_made.exists():
                    cluster.do(f"DROP DATABASE IF EXISTS {name}")
                    cluster.do(f"CREATE DATABASE {name}")
                    fill(cluster.url(name))
                    with cluster.joined(name) as tx:
                        _keep(tx)
                    is_made.touch()
                own = cluster.make(name)
            tx = cluster.joined(own)
            tx.execute("SET session_replication_role = replica")  # no foreign key is looked at on the way
            made[name] = Furnished(cluster.url(own), tx)
        return made[name]

    yield furnished
    for one in made.values():
        one.close()
