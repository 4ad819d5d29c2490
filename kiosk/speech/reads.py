"""What staff have said about clips, and which clip of the centre's own says a text.

Every page asks it a dozen times, so it is kept for a quarter of a second;
what this process writes of it shows at once.
"""

from collections.abc import Mapping
from contextlib import suppress

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.database import Database, cannot_keep
from kiosk.database.prepared import Prepared
from kiosk.database.remembered import Remembered
from kiosk.speech.rules import key_of, made_key, tidied
from kiosk.speech.sentences import Language
from kiosk.speech.shelf import is_whole, shelves_of
from kiosk.speech.tables import clip, recording

Source = Connection | Database
"""Where what staff have said is looked up."""

OWN = "@"
"""How the stems of the centre's own clips begin."""

_ALL = Prepared(sa.select(clip))
_SOUND = Prepared(sa.select(recording.c.sound).where(recording.c.name == sa.bindparam("name")))


class Told(Struct, frozen=True):
    """What staff have said about one text: its reading (empty: as the engine reads it), their recording."""

    key: str
    lang: Language
    words: str
    reading: str = ""
    recording: str = ""


def _told_now(tx: Connection) -> Mapping[str, Told]:
    return {
        row.key: Told(row.key, row.lang, row.words, row.reading, row.recording) for row in _ALL.all(tx, {})
    }


_TOLD = Remembered(_told_now, is_noted=True)
note_writing = _TOLD.note_writing


def all_told(where: Source) -> Mapping[str, Told]:
    """All that staff have said, by the key of its text; outside of a write it may be 0.25 s old.

    `where` is a transaction or, for a page that is drawn, the database: then one is begun four times a second
    at most. A transaction for each of a page's sixteen choices took 2 ms of its 8.
    """
    if isinstance(where, Connection):
        return _TOLD.at(where)
    try:
        return _TOLD.without_tx(where)
    except sa.exc.DBAPIError as fault:
        if not cannot_keep(fault):
            raise
        return _TOLD.last(where, {})  # the page that tells of it has a voice too


def told_of(where: Source, words: str, lang: Language) -> Told:
    """What staff have said about a text; nothing but the text itself when nobody has."""
    key = key_of(words, lang)
    return all_told(where).get(key) or Told(key, lang, words)


def own_clip(where: Source, words: str, lang: Language) -> str:
    """The stem of the centre's own clip of exactly these words, a recording or one made here; empty: none."""
    told = told_of(where, tidied(words), lang)
    if told.recording:
        return OWN + told.recording
    name = _made(where, told)
    return OWN + name if name else ""


def _made(where: Source, told: Told) -> str:
    shelves = shelves_of(where)
    if shelves is None:
        return ""
    return shelves.own.find(made_key(told.words, told.lang, told.reading), shelves.voices.get(told.lang, ""))


def sound_of(tx: Connection, name: str) -> bytes | None:
    """What is in the clip of this name; None when there is none, or it is damaged and cannot be mended.

    A recording that is missing in the folder, or damaged there, is written out again.
    """
    shelves = shelves_of(tx)
    if shelves is None:
        return None
    found = shelves.read(name)
    if found is not None and is_whole(name, found):
        return found
    row = _SOUND.first(tx, {"name": name})
    if row is None:
        return None
    sound = bytes(row.sound)
    with suppress(OSError):  # a full disk: it is said all the same
        shelves.own.keep(name, sound)
    return sound


def recordings_kept(tx: Connection) -> frozenset[str]:
    """The names of all recordings in the database."""
    return frozenset(tx.execute(sa.select(recording.c.name)).scalars())
