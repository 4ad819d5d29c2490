"""A PostgreSQL of our own in a scratch folder, from Debian's programs; it goes with whoever needed it."""

import os
import pwd
import select
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
ROOT = Path(__file__).parents[2]
QUIET = subprocess.DEVNULL
OWNER = "postgres"
"""PostgreSQL refuses to run as root; Debian's package makes this user."""


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
        with self.joined(OWNER) as tx:
            tx.execute(statement.encode())

    def joined(self, name: str) -> psycopg.Connection[Any]:
        """A line to one of its databases, without transactions of the driver's."""
        return psycopg.connect(host=str(self.folder), user=OWNER, dbname=name, autocommit=True)

    def make(self, template: str = "template1") -> str:
        """A database of its own, empty or a copy of `template`; its name."""
        name = f"t{os.getpid()}_{next(self._names)}"  # other processes may have theirs beside
        self.do(f"CREATE DATABASE {name} TEMPLATE {template}")
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
    command = [str(PROGRAMS[0] / "postgres"), "-D", str(folder / "data"), *_options(folder, settings)]
    with (folder / "log").open("ab") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **demoted())
    waiting = [str(PROGRAMS[0] / "pg_isready"), "-q", "-h", str(folder)]
    for _ in range(200):
        if subprocess.run(waiting, check=False).returncode == 0:
            return server
        if server.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError((folder / "log").read_text(errors="replace"))


def _options(folder: Path, settings: dict[str, str]) -> list[str]:
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    return ["-k", str(folder), "-c", "listen_addresses=", *options]


def leave_running(folder: Path, settings: dict[str, str]) -> None:
    """The same, but the server outlives this process; it ends as `initialised` says."""
    _control(folder, "start", "-w", "-l", str(folder / "log"), "-o", shlex.join(_options(folder, settings)))


def _control(folder: Path, verb: str, *more: str) -> None:
    command = [str(PROGRAMS[0] / "pg_ctl"), verb, "-s", "-D", str(folder / "data"), *more]
    subprocess.run(command, check=True, stdin=QUIET, cwd=folder, **demoted())


def stop(server: subprocess.Popen[bytes]) -> None:
    """Stop a server at once, whoever is connected."""
    server.send_signal(signal.SIGINT)
    server.wait(20)


def initialised(needed_by: int = 0) -> Path:
    """A scratch folder with an empty cluster in `data`, which only its owner and root may enter.

    Its server ends and the folder goes when the process `needed_by` (this one) has ended, however it did.
    """
    folder = Path(tempfile.mkdtemp(prefix="linli-pg-"))
    watch = [sys.executable, "-m", __spec__.name, str(needed_by or os.getpid()), str(folder)]
    subprocess.run(watch, check=True, cwd=ROOT, stdin=QUIET, stdout=QUIET, stderr=QUIET)
    who = demoted()
    if who:
        os.chown(folder, who["user"], who["group"])
    command = [
        str(PROGRAMS[0] / "initdb"), "-D", str(folder / "data"), "-U", OWNER, "-A", "trust",
        "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync",
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, cwd=folder, **who)
    return folder


def _end_after(pid: int, folder: Path) -> None:
    """End the server in `folder`, whoever is connected, once a process has ended; return at once."""
    ended = os.pidfd_open(pid)
    if os.fork():
        return
    os.setsid()  # in no group that a signal ends
    select.select([ended], [], [])
    with suppress(OSError, subprocess.CalledProcessError):  # it is ended, or was never begun
        _control(folder, "stop", "-m", "immediate")
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    _end_after(int(sys.argv[1]), Path(sys.argv[2]))
