"""What is examined: one centre's folder, as it lies there."""

import errno
import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct
from sqlalchemy.exc import DBAPIError

from kiosk import database, settings
from kiosk.clock import Clock
from kiosk.database import Tx, folder_lock
from kiosk.database.joining import as_known, rules_of
from kiosk.settings import Mistake, Settings

Answer = TypeVar("Answer")
PROBE = "doctor.part"


class Target(Struct, frozen=True):
    """A folder, its settings as far as they are right, their mistakes, and a clock."""

    folder: Path
    settings: Settings
    mistakes: tuple[Mistake, ...]
    clock: Clock

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        return self.clock()

    @property
    def database(self) -> Path:
        """The database file; a centre on PostgreSQL has none."""
        return self.folder / database.FILE

    @property
    def is_served(self) -> bool:
        """Whether a station runs on the folder now."""
        return folder_lock.is_held(self.folder)

    @property
    def zone(self) -> ZoneInfo:
        """The centre's time zone: its rule, or what the settings say where no centre has begun."""
        known = self.ask(lambda tx: rules_of(tx).get("time_zone"), None)
        return ZoneInfo(known) if known else self.settings.zone

    def ask(self, question: Callable[[Tx], Answer], otherwise: Answer) -> Answer:
        """What the database answers, or `otherwise` when it cannot: why not, its own check finds out."""
        try:
            opened = database.open_to_read(self.folder, self.settings.database_url)
        except database.UnusableDatabase:
            return otherwise
        try:
            with opened.read() as tx:
                return question(tx)
        except (DBAPIError, database.UnusableDatabase):
            return otherwise
        finally:
            opened.close()


def target_in(folder: Path, environ: Mapping[str, str], clock: Clock) -> Target:
    """The centre in `folder`. Raises OSError when its settings cannot be read."""
    found, mistakes = settings.examine(folder, environ)
    return Target(folder, as_known(found), tuple(mistakes), clock)


def on_the_disk(path: Path) -> int:
    """Bytes of all files below `path`, a file or a folder; 0 when it is not there."""
    if not path.is_dir():
        return path.stat().st_size if path.exists() else 0
    return sum(os.lstat(Path(at) / name).st_size for at, _, names in os.walk(path) for name in names)


def file_time(path: Path) -> datetime:
    """When a file was written last."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def write_ms(folder: Path, times: int = 1) -> list[float]:
    """Milliseconds of writing one page there and having it on the disk, `times` over. Raises OSError.

    Rights alone do not tell, root has them all; nor does an empty file, for which a full disk has room.
    """
    probe, took = folder / PROBE, []
    try:
        probe.unlink(missing_ok=True)
        with open(probe, "wb", buffering=0, opener=folder_lock.exclusive) as file:
            for _ in range(times):
                began = time.perf_counter()
                if file.write(bytes(4096)) < 4096:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(file.fileno())
                took.append((time.perf_counter() - began) * 1000)
    finally:
        with suppress(OSError):  # of a disk that is read-only: what was raised first is what ails it
            probe.unlink(missing_ok=True)
    return took


def folder_fault(folder: Path) -> str:
    """Why nothing can be written to `folder`; empty when it can."""
    return _fault(lambda: write_ms(folder))


def file_fault(path: Path) -> str:
    """Why the file `path`, which is there, cannot be written; empty when it can. Not a byte is touched."""
    return _fault(lambda: os.close(os.open(path, os.O_WRONLY | os.O_CLOEXEC)))


def _fault(act: Callable[[], object]) -> str:
    try:
        act()
    except OSError as fault:
        return fault.strerror or str(fault)
    return ""
