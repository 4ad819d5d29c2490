"""A backup as one file: a zip of the database, the settings and the secret, its label in the zip's comment.

The label holds the SHA-256 of each file, so that a backup can be told to be whole wherever it lies.
"""

import json
import os
import shutil
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, BinaryIO

from kiosk import database, settings
from kiosk.backup.durable_files import flush
from kiosk.backup.refusals import NoRoom, NotSound
from kiosk.database.joining import SECRET_FILE
from kiosk.database.postgresql import DUMP

DATABASES = frozenset({database.FILE, DUMP})
"""One of them is in every backup: a file, or what a PostgreSQL held."""

MEMBERS = frozenset({*DATABASES, settings.FILE, SECRET_FILE})
SMALL = 1024 * 1024
"""Bytes of the settings or the secret at most."""

LARGE = 64 * 1024 * 1024
BOMB = 200
"""How many times its packed size a large database may have: real ones have five to ten times."""

CHUNK = 1024 * 1024
_FORMAT = 1


@dataclass(frozen=True)
class Label:
    """When a backup was made, by which version, at which migration, and the SHA-256 of each file by name."""

    made_at: datetime
    version: str
    revision: str
    sha256: Mapping[str, str]

    @property
    def is_dump(self) -> bool:
        """Whether the database in it is a dump of PostgreSQL, not a file."""
        return DUMP in self.sha256


def pack(out: BinaryIO, files: Mapping[str, Path], made_at: datetime, version: str, revision: str) -> None:
    """Write a backup of `files` (name → where it lies) to `out`. Raises OSError."""
    digests = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in files.items():
            with (
                path.open("rb") as source,
                archive.open(_entry(name, made_at), "w", force_zip64=True) as entry,
            ):
                digests[name] = _copied(source, entry.write)
        label = asdict(Label(made_at, version, revision, digests)) | {"made_at": made_at.isoformat()}
        archive.comment = json.dumps({"linli_backup": _FORMAT} | label, sort_keys=True).encode()


def read_label(path: Path) -> Label:
    """The label alone; the rest is not looked at. Raises NotSound, OSError."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _label(archive)
    except (ValueError, KeyError, TypeError, zipfile.BadZipFile) as fault:
        raise NotSound(file=path, why=str(fault) or type(fault).__name__) from fault


def is_backup(path: Path) -> bool:
    """Whether a backup of ours lies there, by its label."""
    try:
        read_label(path)
    except (NotSound, OSError):
        return False
    return True


def unpack(path: Path, into: Path | None = None) -> Label:
    """Read every byte of a backup and compare it with the label; with `into` write its files there.

    Only our own names, one database among them, no larger than the disk has room for.
    Raises NotSound, NoRoom, OSError.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            label = _label(archive)
            entries = _entries(archive, label)
            if into is not None and sum(e.file_size for e in entries) > shutil.disk_usage(into).free:
                raise NoRoom(folder=into)
            for entry in entries:
                if _written(archive, entry, into) != label.sha256[entry.filename]:
                    raise ValueError(f"{entry.filename} is not what was packed")
            return label
    except (ValueError, KeyError, TypeError, EOFError, NotImplementedError, RuntimeError) as fault:
        raise NotSound(file=path, why=str(fault) or type(fault).__name__) from fault
    except (zipfile.BadZipFile, zipfile.zlib.error) as fault:  # type: ignore[attr-defined]
        raise NotSound(file=path, why=str(fault)) from fault


def _entry(name: str, made_at: datetime) -> zipfile.ZipInfo:
    # a zip knows no time before 1980, which a box with an empty clock battery wakes up in
    entry = zipfile.ZipInfo(name, max((1980, 1, 1, 0, 0, 0), made_at.timetuple()[:6]))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o100600 << 16
    return entry


def _label(archive: zipfile.ZipFile) -> Label:
    told = json.loads(archive.comment)
    if told.pop("linli_backup") != _FORMAT:
        raise ValueError("made by a later version")
    return Label(**(told | {"made_at": datetime.fromisoformat(told["made_at"])}))


def _entries(archive: zipfile.ZipFile, label: Label) -> list[zipfile.ZipInfo]:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(names) != len(set(names)) or not _is_ours(set(names)):
        raise ValueError(f"it holds {', '.join(map(repr, names[:5]))}")
    if set(names) != set(label.sha256):
        raise ValueError("its label names other files")
    for entry in entries:
        if entry.filename not in DATABASES and entry.file_size > SMALL:
            raise ValueError(f"{entry.filename} is too large")
        if entry.file_size > max(LARGE, BOMB * entry.compress_size):
            raise ValueError(f"{entry.filename} would swell to {entry.file_size} bytes")
    return entries


def _is_ours(names: set[str]) -> bool:
    return SECRET_FILE in names and len(names & DATABASES) == 1 and names <= MEMBERS


def _written(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, into: Path | None) -> str:
    with archive.open(entry) as source:
        if into is None:
            return _copied(source, lambda _: 0)
        with open(into / entry.filename, "xb", opener=lambda p, f: os.open(p, f, 0o600)) as out:
            digest = _copied(source, out.write)
            flush(out)
            return digest


def _copied(source: IO[bytes], write: Callable[[bytes], int]) -> str:
    digest = sha256()
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        write(chunk)
    return digest.hexdigest()
