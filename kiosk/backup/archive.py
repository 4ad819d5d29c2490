"""A backup as one file: a zip of the database, the settings and the secret, its label in the zip's comment.

The label holds the SHA-256 of each file, so that a backup can be told to be whole wherever it lies.
"""

import errno
import json
import os
import shutil
import stat
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, BinaryIO

from msgspec import Struct
from msgspec.structs import asdict, replace

from kiosk import database, settings
from kiosk.backup.durable_files import flush
from kiosk.backup.refusals import NoRoom, NotSound, Refused
from kiosk.database.folder_lock import exclusive
from kiosk.database.joining import SECRET_BYTES, SECRET_FILE
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
MOST_WORDS = 200
"""Characters of a word in a label, and of what is said of a pack that is broken."""

_FORMAT = 1


MOST_RECORDS = 2**53
"""More than any label of ours says; a larger number is no count."""


class Label(Struct, frozen=True):
    """When a backup was made, by which version, at which migration, and the SHA-256 of each file by name.

    `records` are the rows of all tables that only grow (`database.only_grows`); None in a backup of the time
    before they were counted.
    """

    made_at: datetime
    version: str
    revision: str
    sha256: Mapping[str, str]
    records: int | None = None

    @property
    def is_dump(self) -> bool:
        """Whether the database in it is a dump of PostgreSQL, not a file."""
        return DUMP in self.sha256

    def holds_more_than(self, other: "Label", times: float = 1) -> bool:
        """Whether it holds more than `times` the records of `other`; never where one was not counted."""
        return None not in (self.records, other.records) and (self.records or 0) > times * (
            other.records or 0
        )


def pack(out: BinaryIO, files: Mapping[str, Path], label: Label) -> None:
    """Write a backup of `files` (name → where it lies) to `out`, under `label` with the sums of
    what is packed. Raises OSError.
    """
    made_at, digests = label.made_at, {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in files.items():
            with (
                path.open("rb") as source,
                archive.open(_entry(name, made_at), "w", force_zip64=True) as entry,
            ):
                digests[name] = _copied(source, entry.write)
        told = asdict(replace(label, sha256=digests)) | {"made_at": made_at.isoformat()}
        archive.comment = json.dumps({"linli_backup": _FORMAT} | told, sort_keys=True).encode()


def read_label(path: Path) -> Label:
    """The label alone; the rest is not looked at. Raises NotSound, OSError."""
    with _told_of(path), _archive(path) as archive:
        return _label(archive)


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
    with _told_of(path), _archive(path) as archive:
        label = _label(archive)
        entries = _entries(archive, label)
        if into is not None and sum(e.file_size for e in entries) > shutil.disk_usage(into).free:
            raise NoRoom(folder=into)
        for entry in entries:
            if _written(archive, entry, into) != label.sha256[entry.filename]:
                raise ValueError(f"{entry.filename} is not what was packed")
        return label


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """Whatever is wrong with what is packed there is NotSound; what the disk refuses stays an OSError.

    A broken pack makes zipfile, zlib and json stumble in more ways than they name (RecursionError,
    AttributeError, struct.error), so all of them are meant.
    """
    try:
        yield
    except Refused:
        raise
    except OSError as fault:
        if fault.errno is not None and fault.errno != errno.EINVAL:
            raise
        raise NotSound(file=path, why=str(fault)) from fault  # a place before the beginning of the file
    except Exception as fault:
        raise NotSound(file=path, why=str(fault)[:MOST_WORDS] or type(fault).__name__) from fault


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    # a pipe, or a device, that has the name of a backup must not be waited for
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ValueError("it is no file")
        with zipfile.ZipFile(file) as archive:
            yield archive


def _entry(name: str, made_at: datetime) -> zipfile.ZipInfo:
    # a zip knows no time before 1980, which a box with an empty clock battery wakes up in
    entry = zipfile.ZipInfo(name, max((1980, 1, 1, 0, 0, 0), made_at.timetuple()[:6]))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o100600 << 16
    return entry


def _label(archive: zipfile.ZipFile) -> Label:
    told = json.loads(archive.comment)
    if not isinstance(told, dict) or "linli_backup" not in told:
        raise ValueError("it has no label")
    if told["linli_backup"] != _FORMAT:
        raise ValueError("made by a later version")
    label = Label(
        made_at=datetime.fromisoformat(told["made_at"]),
        version=told["version"],
        revision=told["revision"],
        sha256=told["sha256"],
        records=told.get("records"),
    )
    if not _is_label(label):
        raise ValueError("its label is not one of ours")
    return label


def _is_label(label: Label) -> bool:
    """Whether every part is of its kind: whoever reads a label relies on it."""
    words = (label.version, label.revision, *label.sha256.values())
    return (
        label.made_at.tzinfo is not None
        and all(isinstance(word, str) and word.isprintable() and len(word) <= MOST_WORDS for word in words)
        and _is_ours(set(label.sha256))
        and (label.records is None or (type(label.records) is int and 0 <= label.records <= MOST_RECORDS))
    )


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
        if entry.compress_type not in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
            raise ValueError(f"{entry.filename} is packed in a way that we never pack")
        if entry.filename == SECRET_FILE and entry.file_size < SECRET_BYTES:
            raise ValueError("the secret in it is cut short")
    return entries


def _is_ours(names: set[str]) -> bool:
    return SECRET_FILE in names and len(names & DATABASES) == 1 and names <= MEMBERS


def _written(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, into: Path | None) -> str:
    with archive.open(entry) as source:
        if into is None:
            return _copied(source, lambda _: 0)
        with open(into / entry.filename, "xb", opener=exclusive) as out:
            digest = _copied(source, out.write)
            flush(out)
            return digest


def _copied(source: IO[bytes], write: Callable[[bytes], int]) -> str:
    digest = sha256()
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        write(chunk)
    return digest.hexdigest()
