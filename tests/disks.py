"""Disks: one in memory for what tests write, and those that take nothing more: small, full, read-only."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from kiosk.database import Database

REFUSE = {"sqlite": "PRAGMA query_only=ON", "postgresql": "SET default_transaction_read_only = on"}


IN_MEMORY = Path("/dev/shm")  # noqa: S108 - private folders are made there
ROOM = 4 << 30
"""Bytes; in the middle of a whole run 0.7 GB were seen there."""


def has_room_in_memory() -> bool:
    """Whether folders of tests may lie in memory: to copy a centre takes 0.7 ms of CPU, on a disk 4."""
    return IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM


class SmallDisk:
    """A file system of its own at `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self) -> None:
        """Take all the room that is left."""
        with self._filler.open("ab", buffering=0) as file:
            try:
                while file.write(bytes(4096)) == 4096:
                    pass
            except OSError:
                return

    def sweep(self) -> None:
        """Make room again."""
        self._filler.unlink()

    def become_read_only(self) -> None:
        subprocess.run(["mount", "-o", "remount,ro", str(self.folder)], check=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small file system needs root")
    yield SmallDisk(folder)
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


class Refusing:
    """A database whose every write is refused, as after a power cut that made its disk read-only."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._words = REFUSE[database.engine.dialect.name]

    def begin(self) -> None:
        event.listen(self._database.engine, "connect", self._refuse)
        self._database.close()

    def end(self) -> None:
        event.remove(self._database.engine, "connect", self._refuse)
        self._database.close()

    def _refuse(self, connection, _record) -> None:
        connection.execute(self._words)
