"""Archives that are no backups of ours, each broken in its own way."""

import json
import os
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED

LABEL = {
    "linli_backup": 1, "made_at": "2026-11-23T01:00:00+00:00", "version": "0", "revision": "0002",
    "sha256": {"kiosk.db": "0" * 64, "secret": "0" * 64}, "records": 0,
}  # fmt: skip


def made(comment: object = LABEL, method: int = ZIP_STORED, **entries: bytes) -> bytes:
    """A zip with `comment`, JSON unless it is bytes, and these entries (`kiosk_db` for kiosk.db)."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as packed:
        for name, content in ({"kiosk_db": b"x" * 100, "secret": b"s" * 32} | entries).items():
            packed.writestr(name.replace("_", "."), content)
        packed.comment = comment if isinstance(comment, bytes) else json.dumps(comment).encode()
    return out.getvalue()


def broken_inside(method: int) -> bytes:
    """Packed so, and spoilt after the header of its first entry."""
    whole = bytearray(made(method=method, kiosk_db=os.urandom(3000)))
    whole[60:400] = bytes(340)
    return bytes(whole)


def labelled(**changed: object) -> bytes:
    return made(LABEL | changed)


HOSTILE: dict[str, bytes | Callable[[], bytes]] = {
    "empty": b"",
    "half a zip": made()[:90],
    "no zip": b"PK\x05\x06" + bytes(100),
    "null": made(b"null"),
    "five": made(b"5"),
    "a list": made(b"[]"),
    "a word": made(b'"linli_backup"'),
    "no comment": made(b""),
    "no utf-8": made(b"\xff\xfe\x00"),
    "a number of 9000 digits": made(b'{"linli_backup": ' + b"9" * 9000 + b"}"),
    "deep": made(b"[" * 60000),
    "deep within": made(b'{"linli_backup": 1, "x": ' + b'{"a":' * 10000),
    "not a number": made(b'{"linli_backup": NaN}'),
    "no time": labelled(made_at=None),
    "time without a zone": labelled(made_at="2026-11-23T01:00:00"),
    "time of no calendar": labelled(made_at="2026-13-45"),
    "version of numbers": labelled(version=7),
    "version with a line break": labelled(version="1\n2"),
    "revision of nothing": labelled(revision=None),
    "revision of a list": labelled(revision=["0002"]),
    "sums of nothing": labelled(sha256=None),
    "sums of numbers": labelled(sha256=5),
    "sums in a list": labelled(sha256=["kiosk.db", "secret"]),
    "sums that are numbers": labelled(sha256={"kiosk.db": 1, "secret": 2}),
    "records below nothing": labelled(records=-1),
    "records without end": labelled(records=10**30),
    "records in words": labelled(records="many"),
    "records that are true": labelled(records=True),
    "wrong sums": made(),
    "broken deflate": broken_inside(ZIP_DEFLATED),
    "broken lzma": broken_inside(ZIP_LZMA),
    "broken bzip2": broken_inside(ZIP_BZIP2),
    "absolute": made(LABEL | {"sha256": {"/etc/passwd": "0" * 64, "secret": ""}}),
    "a bomb": lambda: made(method=ZIP_DEFLATED, kiosk_db=bytes(70_000_000)),  # made when it is wanted: 0.4 s
    "encrypted": made().replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"),
    "an unknown way of packing": made().replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x63\x00"
    ),
    "a place before the file": made().replace(b"PK\x05\x06", b"PK\x05\x06", 1)[200:],
}


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.mkdir()


def _to_itself(path: Path) -> None:
    path.symlink_to(path)


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


ODD: dict[str, Callable[[Path], None]] = {
    "a pipe": _pipe, "a folder": _folder, "a link to itself": _to_itself, "a device": _endless,
}  # fmt: skip


def put(path: Path, kind: str) -> Path:
    """Make the archive of this kind at `path`."""
    if kind in ODD:
        ODD[kind](path)
    else:
        content = HOSTILE[kind]
        path.write_bytes(content if isinstance(content, bytes) else content())
    return path


KINDS = (*HOSTILE, *ODD)
