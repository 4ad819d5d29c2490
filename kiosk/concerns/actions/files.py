"""Voices and ink, beside the database under their hash; wiped thirty days after the end, or on request."""

import json
import math
import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk import pictures
from kiosk.asked import Asked
from kiosk.concerns.actions.ending import ended_before
from kiosk.concerns.actions.moving import Step, move, standing
from kiosk.concerns.refusals import BadInk, BadPhoto, BadVoice, FileGone, PhotoTooLarge, TooManyFiles
from kiosk.concerns.rules import KEEP_FILES_DAYS, KEEP_PHOTOS_DAYS, Verb
from kiosk.concerns.tables import concern_file
from kiosk.database.folder_lock import PRIVATE_FOLDER, exclusive

PHOTO: Final = "photo"

FOLDER: Final = "concerns"
"""In DATA."""

MOST_FILES = 12
"""Of one concern: a voice, ink, and photos."""

MOST_VOICE = 480 * 1024
"""Bytes of a voice: a minute at 24 kbit/s is 178 KB."""

FEWEST_VOICE = 1500
"""Bytes below which nothing can have been said: a cut off recording is an empty frame or two."""

MOST_INK, FEWEST_POINTS, LONGEST_ROW = 60_000, 8, 4000
SIDE = 1000
"""Ink is drawn on a square of so many units."""

SOUNDS: Final = ((b"\x1aE\xdf\xa3", 0, "audio/webm"), (b"OggS", 0, "audio/ogg"), (b"ftyp", 4, "audio/mp4"))
"""How the files begin that browsers record, and what they are."""

Ink = tuple[tuple[tuple[int, int], ...], ...]


class Attached(Struct, frozen=True):
    """What was said or written, ready to be kept."""

    kind: str
    content: bytes


def voice_of(content: bytes) -> Attached:
    """A recording as a browser makes it. Raises BadVoice: cut off, empty, too long, none at all."""
    if not FEWEST_VOICE <= len(content) <= MOST_VOICE or not sound_type(content):
        raise BadVoice
    return Attached("voice", content)


def photo_of(content: bytes) -> Attached:
    """A photo, made small and without what it tells of its place: not in a transaction.

    Raises BadPhoto, PhotoTooLarge, TooManyTasks.
    """
    try:
        return Attached(PHOTO, pictures.photo_of(content))
    except pictures.TooManyPixels as fault:
        raise PhotoTooLarge from fault
    except pictures.NoPhoto as fault:
        raise BadPhoto from fault


def sound_type(content: bytes) -> str:
    """What kind of sound it is; "" for none that we know."""
    return next((kind for sign, at, kind in SOUNDS if content[at : at + len(sign)] == sign), "")


def ink_of(text: str) -> Attached:
    """Strokes of a finger: [[x, y, x, y, …], …] on a square of SIDE. Raises BadInk: one dot, or no ink."""
    strokes = _strokes(text)
    far = [math.dist(one, two) for stroke in strokes for one, two in pairwise(stroke)]
    if sum(len(stroke) for stroke in strokes) < FEWEST_POINTS or sum(far) < SIDE / 10:
        raise BadInk
    return Attached(
        "ink", json.dumps([[part for point in stroke for part in point] for stroke in strokes]).encode()
    )


def _strokes(text: str) -> Ink:
    try:
        read: list[Any] = json.loads(text[: MOST_INK + 1])
        return tuple(_stroke(one) for one in read)
    except (ValueError, TypeError, RecursionError) as fault:
        raise BadInk from fault


def _stroke(written: Any) -> tuple[tuple[int, int], ...]:
    if not isinstance(written, list) or not all(type(one) is int and 0 <= one <= SIDE for one in written):
        raise ValueError(written)
    return tuple(zip(written[::2], written[1::2], strict=True))


def keep_files(
    tx: Connection, asked: Asked, folder: Path, concern_id: int, files: Sequence[Attached]
) -> None:
    """Write them beside the database, then their rows; the same one of a concern is kept once.

    Raises TooManyFiles, OSError: nothing is taken in then.
    """
    mine = sa.and_(concern_file.c.concern_id == concern_id, concern_file.c.wiped_at.is_(None))
    kept = set(tx.execute(sa.select(concern_file.c.sha256).where(mine)).scalars())
    for one in files:
        name = sha256(one.content).hexdigest()
        if name in kept:
            continue
        if len(kept) >= MOST_FILES:
            raise TooManyFiles
        kept.add(name)
        _write(folder / FOLDER / name, one.content)
        row = {"concern_id": concern_id, "kind": one.kind, "sha256": name, "bytes": len(one.content)}
        tx.execute(sa.insert(concern_file).values(at=asked.now, **row))


def _write(path: Path, content: bytes) -> None:
    """On the disk before its row is: a plug that is pulled leaves no row without its voice."""
    path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with open(part, "wb", opener=exclusive) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class Kept(Struct, frozen=True):
    """A file of a concern that is still there."""

    id: int
    kind: str


def files_of(tx: Connection, concern_id: int) -> tuple[Kept, ...]:
    """The voices and ink of a concern that are still kept."""
    mine = sa.and_(concern_file.c.concern_id == concern_id, concern_file.c.wiped_at.is_(None))
    found = sa.select(concern_file.c.id, concern_file.c.kind).where(mine).order_by(concern_file.c.id)
    return tuple(Kept(row.id, row.kind) for row in tx.execute(found))


def content_of(tx: Connection, folder: Path, concern_id: int, file_id: int) -> tuple[str, bytes]:
    """Its kind, and what is in it. Raises FileGone."""
    mine = sa.and_(concern_file.c.id == file_id, concern_file.c.concern_id == concern_id)
    row = tx.execute(sa.select(concern_file).where(mine, concern_file.c.wiped_at.is_(None))).first()
    try:
        content = (folder / FOLDER / row.sha256).read_bytes() if row else b""
    except OSError:
        content = b""
    if row is None or sha256(content).hexdigest() != row.sha256:
        raise FileGone
    return row.kind, content


def wipe_files(tx: Connection, asked: Asked, folder: Path, concern_id: int) -> None:
    """Delete the voices and ink of a concern because somebody asked for it; a row tells of it."""
    said = sa.and_(concern_file.c.concern_id == concern_id, concern_file.c.kind != PHOTO)
    if _wipe(tx, asked, folder, said):
        move(tx, asked, standing(tx, concern_id), Step(Verb.WIPE))


def wipe_old_files(tx: Connection, asked: Asked, folder: Path) -> int:
    """Delete those of concerns that have been over for thirty days, photos after 180; how many."""
    is_photo, wiped = concern_file.c.kind == PHOTO, 0
    for days, which in ((KEEP_FILES_DAYS, sa.not_(is_photo)), (KEEP_PHOTOS_DAYS, is_photo)):
        old = ended_before(asked.now - timedelta(days=days))
        wiped += _wipe(tx, asked, folder, sa.and_(which, concern_file.c.concern_id.in_(old)))
    return wiped


def _wipe(tx: Connection, asked: Asked, folder: Path, which: sa.ColumnElement[bool]) -> int:
    rows = tx.execute(sa.select(concern_file).where(which, concern_file.c.wiped_at.is_(None))).all()
    for row in rows:
        tx.execute(sa.update(concern_file).where(concern_file.c.id == row.id).values(wiped_at=asked.now))
        same = sa.and_(concern_file.c.sha256 == row.sha256, concern_file.c.wiped_at.is_(None))
        if tx.execute(sa.select(concern_file.c.id).where(same).limit(1)).first() is None:
            with suppress(FileNotFoundError):
                (folder / FOLDER / row.sha256).unlink()
    return len(rows)


def drawn(content: bytes) -> str:
    """Ink as a picture: SVG, black on white."""
    lines = "".join(
        f'<polyline points="{" ".join(str(part) for part in stroke)}"/>' for stroke in json.loads(content)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-20 -20 {SIDE + 40} {SIDE + 40}">'
        f'<rect x="-20" y="-20" width="{SIDE + 40}" height="{SIDE + 40}" fill="#fff"/>'
        '<g fill="none" stroke="#000" stroke-width="14" stroke-linecap="round" stroke-linejoin="round">'
        f"{lines}</g></svg>"
    )
