"""The two databases that every room and screen is tried on: a file, and a PostgreSQL in a scratch folder."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
OWNER = "postgres"
"""PostgreSQL refuses to run as root; Debian's package makes this user."""

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


@dataclass
class Cluster:
    """A PostgreSQL of our own: databases are made from templates and dropped after their test."""

    folder: Path
    _names: Iterator[int] = field(default_factory=count)

    def url(self, name: str) -> str:
        """The address of one of its databases."""
        return f"postgresql+psycopg://{OWNER}@/{name}?host={self.folder}"

    def do(self, statement: str) -> None:
        """One statement outside of any transaction."""
        with psycopg.connect(host=str(self.folder), user=OWNER, dbname=OWNER, autocommit=True) as tx:
            tx.execute(statement.encode())

    def make(self) -> str:
        """An empty database of its own; its name."""
        name = f"t{next(self._names)}"
        self.do(f"CREATE DATABASE {name}")
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever is connected."""
        self.do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def demoted() -> dict[str, Any]:
    """As whom PostgreSQL runs: the tests of a build machine run as root."""
    if os.geteuid():
        return {}
    owner = pwd.getpwnam(OWNER)
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": ()}


def started(folder: Path, settings: dict[str, str]) -> subprocess.Popen[bytes]:
    """A server on the cluster in `folder`, reached by a socket there; returns when it answers."""
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    command = [
        str(PROGRAMS[0] / "postgres"), "-D", str(folder / "data"), "-k", str(folder),
        "-c", "listen_addresses=", *options,
    ]  # fmt: skip
    with (folder / "log").open("ab") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **demoted())
    waiting = [str(PROGRAMS[0] / "pg_isready"), "-q", "-h", str(folder)]
    for _ in range(200):
        if subprocess.run(waiting, check=False).returncode == 0:
            return server
        if server.poll() is not None:
            break
        subprocess.run(["sleep", "0.05"], check=True)
    raise RuntimeError((folder / "log").read_text(errors="replace"))


def stop(server: subprocess.Popen[bytes]) -> None:
    """Stop a server at once, whoever is connected."""
    server.send_signal(signal.SIGINT)
    server.wait(20)


def initialised() -> Path:
    """A scratch folder with an empty cluster in `data`, which only its owner and root may enter."""
    folder = Path(tempfile.mkdtemp(prefix="linli-pg-"))
    who = demoted()
    if who:
        os.chown(folder, who["user"], who["group"])
    command = [
        str(PROGRAMS[0] / "initdb"), "-D", str(folder / "data"), "-U", OWNER, "-A", "trust",
        "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync",
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, cwd=folder, **who)
    return folder


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

    A copy of it for each test (CREATE DATABASE … TEMPLATE) took 170 ms, this takes 6.
    """

    url: str
    _tx: psycopg.Connection[Any]
    _again: bytes = b""

    def keep(self) -> None:
        """Remember what is in every table and how far every serial has come."""
        tables = [name for (name,) in self._tx.execute(_TABLES)]
        self._tx.execute("CREATE SCHEMA kept")
        back = ["SET session_replication_role = replica"]  # no foreign key is looked at on the way
        for name in tables:
            self._tx.execute(f'CREATE TABLE kept."{name}" AS TABLE public."{name}"'.encode())
            back += [f'DELETE FROM public."{name}"', f'INSERT INTO public."{name}" TABLE kept."{name}"']  # noqa: S608
        for name, last in self._tx.execute(_SERIALS):
            back.append(f"SELECT setval('public.\"{name}\"', {last or 1}, {str(last is not None).lower()})")
        self._again = ";".join(back).encode()

    def put_back(self) -> None:
        """Undo whatever a test has done to the rows."""
        self._tx.execute(self._again)


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
        one._tx.close()
