"""The two databases that every room and screen is tried on: a file, and a PostgreSQL in a scratch folder."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from kiosk.box import Box, open_box
from kiosk.centre import open_centre
from kiosk.clock import Clock
from kiosk.database import Database
from kiosk.devices import known
from kiosk.settings import Settings
from kiosk.tickets.wait import queue_cache
from script.benches._postgresql import OWNER, PROGRAMS, Cluster, initialised, started, stop

on_a_file = pytest.mark.parametrize("engine", ["sqlite"])
"""For a test of the file itself."""

QUICK = {
    "fsync": "off",  # no test of rooms or screens pulls the plug
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "100",
    "autovacuum": "off",
}


def types_differ(context: Any, _: Any, __: Any, is_type: Any, said_type: Any) -> bool | None:
    """In a file a text is as long as it is, whatever length was said: no migration copies a table for it."""
    both = isinstance(is_type, sa.String) and isinstance(said_type, sa.String)
    return False if both and context.dialect.name == "sqlite" else None


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One server for all tests of this process, quick and forgetful."""
    if not PROGRAMS:
        pytest.skip("no PostgreSQL: sudo apt-get install postgresql")
    folder = initialised()
    server = started(folder, QUICK)
    yield Cluster(folder)
    stop(server)
    shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Furnished:
    """A database that is furnished once, and put back to how it was before each test.

    A copy of it for each test (CREATE DATABASE … TEMPLATE) took 170 ms, this takes 3.
    """

    url: str
    _tx: psycopg.Connection[Any]
    _first: Box | None = None

    def keep(self) -> None:
        """Remember what is in every table and how far every serial has come.

        In a function of the server's, whose plans are made once: that halves it.
        """
        self._tx.execute("SET session_replication_role = replica")  # no foreign key is looked at on the way
        self._tx.execute("CREATE SCHEMA kept")
        back = []
        for (name,) in self._tx.execute(_TABLES).fetchall():
            back.append(f'DELETE FROM public."{name}"')  # noqa: S608
            filled = self._tx.execute(f'CREATE TABLE kept."{name}" AS TABLE public."{name}"'.encode())
            if filled.rowcount:
                back.append(f'INSERT INTO public."{name}" TABLE kept."{name}"')
        for name, last in self._tx.execute(_SERIALS):
            begun = str(last is not None).lower()
            back.append(f"PERFORM setval('public.\"{name}\"', {last or 1}, {begun})")
        body = "BEGIN " + "; ".join(back) + "; END"
        made = f"CREATE FUNCTION kept.put_back() RETURNS void LANGUAGE plpgsql AS $${body}$$"
        self._tx.execute(made.encode())

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
        for remembered in (queue_cache._caches, known._memories):
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


_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_SERIALS = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"


@pytest.fixture(scope="session")
def furnishings(cluster: Cluster) -> Iterator[Callable[[str, Callable[[str], object]], Furnished]]:
    """The database that `fill(url)` has filled, by its name; filled once."""
    made: dict[str, Furnished] = {}

    def furnished(name: str, fill: Callable[[str], object]) -> Furnished:
        if name not in made:
            cluster.do(f"CREATE DATABASE {name}")
            fill(cluster.url(name))
            tx = psycopg.connect(host=str(cluster.folder), user=OWNER, dbname=name, autocommit=True)
            made[name] = Furnished(cluster.url(name), tx)
            made[name].keep()
        return made[name]

    yield furnished
    for one in made.values():
        one.close()
