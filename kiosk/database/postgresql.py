"""A PostgreSQL from outside: how it is kept, and dumps of it, made and brought back by its own tools."""

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from msgspec import Struct

from kiosk.database.dialects import REFUSING
from kiosk.database.engine import Database
from kiosk.database.faults import in_short
from kiosk.database.opening import open_database, revision_of
from kiosk.database.schema import metadata, only_grows
from kiosk.database.sqlite_file import SEQUENCE_GAP

DUMP = "kiosk.pgdump"
"""The custom format: compressed, read by every later pg_restore."""

ENGINE = "postgresql"
LONGEST_S = 1800.0
"""A year of a centre takes a second; a tool that waits for ever must not hold up the nightly jobs."""

RISKY = ("fsync", "full_page_writes", "synchronous_commit")
"""Settings of the server; with one of them off, an acknowledged ticket does not survive a pulled plug."""

BESIDE = Path("/usr/lib/postgresql")
"""Where Debian keeps each version's programs."""

_OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND application_name = 'linli' AND pid <> pg_backend_pid()
"""
_EMPTY = """
SET client_min_messages = warning;
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE format('DROP TABLE %I CASCADE', name);
  END LOOP;
END $$
"""
_GO_ON = f"""
RESET search_path;
SELECT setval(format('%I', sequencename)::regclass, coalesce(last_value, 0) + {SEQUENCE_GAP})
FROM pg_sequences WHERE schemaname = current_schema()
"""  # noqa: S608 - a number of ours
"""Forgets the empty search_path that a dump sets."""


class ToolMissing(Exception):
    """The tool `name` of PostgreSQL is not installed."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class ToolFailed(Exception):
    """A tool of PostgreSQL ended with a fault; the message is its own."""


class State(Struct, frozen=True):
    """How the database is kept: its revision (empty: not ours), its bytes, settings that risk tickets.

    `fault` is why nothing can be written; empty when it can.
    """

    revision: str
    size: int
    unsafe: tuple[str, ...]
    fault: str


def state(url: str) -> State:
    """Look at the database and its server, and try a real write. Raises UnusableDatabase."""
    database = _opened(url)
    try:
        seen = revision_of(database) or ""
        with database.read() as tx:
            unsafe = [name for name in RISKY if tx.exec_driver_sql(f"SHOW {name}").scalar() == "off"]
            size = int(tx.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())
        fault = database.trials.now()
    finally:
        database.close()
    return State(seen, size, tuple(unsafe), in_short(fault) if fault else "")


def copy_rows(url: str, folder: Path) -> None:
    """Make `folder`/kiosk.db and copy one moment of all rows of the database into it.

    Raises UnusableDatabase, and ValueError when its tables are not those of this program.
    """
    source = _opened(url)
    target = open_database(folder)
    try:
        if revision_of(source) != revision_of(target):
            raise ValueError("its tables are of another version")
        with source.read() as read, target.write() as written:
            for table in reversed(metadata.sorted_tables):
                written.execute(sa.delete(table))  # what a new centre begins with
            for table in metadata.sorted_tables:
                rows = [dict(row._mapping) for row in read.execute(sa.select(table))]
                if rows:
                    written.execute(sa.insert(table), rows)
    finally:
        target.close()
        source.close()


def copy(url: str, target: Path) -> None:
    """Write a dump of one moment of our tables to `target`; boxes go on, and what others keep is theirs.

    Raises ToolMissing, ToolFailed, UnusableDatabase.
    """
    database = _opened(url)
    try:
        revision_of(database)
        with database.read() as tx:
            schema = tx.exec_driver_sql("SELECT current_schema()").scalar_one()
    finally:
        database.close()
    _run(
        "pg_dump", "--format=custom", "--no-owner", "--no-privileges",
        f'--table="{schema}".*', f"--file={target}", url=url,
    )  # fmt: skip


def records(url: str) -> int:
    """How many rows are in the tables that only grow. Raises UnusableDatabase."""
    database = _opened(url)
    try:
        with database.read() as tx:
            names = [name for name in sa.inspect(tx).get_table_names() if only_grows(name)]
            count = sa.func.count()
            return sum(
                tx.execute(sa.select(count).select_from(sa.table(name))).scalar_one() for name in names
            )
    finally:
        database.close()


def faults(path: Path) -> list[str]:
    """What keeps the dump from being read to its end; empty when it is sound. Raises ToolMissing."""
    try:
        _run("pg_restore", f"--file={os.devnull}", str(path))
    except ToolFailed as fault:
        return [str(fault)]
    return []


def revision(url: str) -> str:
    """The newest migration that the database has seen; empty when it is not ours. Raises UnusableDatabase."""
    database = _opened(url)
    try:
        return revision_of(database) or ""
    finally:
        database.close()


def is_in_use(url: str) -> bool:
    """Whether any box is connected. Raises UnusableDatabase."""
    database = _opened(url)
    try:
        revision_of(database)
        with database.read() as tx:
            return bool(tx.exec_driver_sql(_OTHERS).scalar())
    finally:
        database.close()


def bring_back(url: str, path: Path) -> None:
    """Put what is in the dump in the place of all tables there; serials go on SEQUENCE_GAP further.

    All of it is one transaction: who breaks off or pulls the plug finds what was there before. Raises
    ToolMissing, ToolFailed, UnusableDatabase.
    """
    database = _opened(url)
    try:
        revision_of(database)
    finally:
        database.close()
    with TemporaryDirectory(prefix="linli-restore-") as folder:
        script = Path(folder) / "script.sql"
        _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(path))
        _run(
            "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
            f"--command={_EMPTY}", f"--command={REFUSING}", f"--file={script}", f"--command={_GO_ON}",
            url=url,
        )  # fmt: skip


def _opened(url: str) -> Database:
    return Database(url, pool_size=1)


def _run(tool: str, *words: str, url: str = "") -> None:
    given = (f"--dbname={_address(url)}", "--no-password") if url else ()
    password = sa.make_url(url).password if url else None
    secret = {"PGPASSWORD": password} if password else {}
    try:
        done = subprocess.run(
            [_tool(tool), *given, *words],
            env=os.environ | secret | {"LC_ALL": "C.UTF-8"},
            capture_output=True,
            timeout=LONGEST_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise ToolFailed(f"{tool}: {fault}") from fault
    if done.returncode:
        told = " ".join(done.stderr.decode(errors="replace").split())
        raise ToolFailed(told or f"{tool}: {done.returncode}")


def _tool(name: str) -> str:
    """Where a tool is: on the path, else the newest of Debian's, which lie beside the server."""
    beside = sorted(BESIDE.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[4]))
    found = shutil.which(name) or (str(beside[-1]) if beside else None)
    if found is None:
        raise ToolMissing(name)
    return found


def _address(url: str) -> str:
    """The address as libpq reads it, without the password: arguments are seen by the whole machine."""
    parsed = sa.make_url(url)
    bare = sa.URL.create(
        ENGINE, parsed.username, None, parsed.host, parsed.port, parsed.database, parsed.query
    )
    return bare.render_as_string()
