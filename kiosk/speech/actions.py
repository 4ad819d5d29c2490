"""Mending how a text is read, recording it, and taking that back: each change with its row in the history."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from kiosk import changes
from kiosk.asked import Asked
from kiosk.database.dialects import insert_missing
from kiosk.speech.reads import Told, note_writing, told_of
from kiosk.speech.refusals import RecordingGone, TooMany
from kiosk.speech.rules import KIND, key_of, tidied
from kiosk.speech.sentences import Language
from kiosk.speech.shelf import digest
from kiosk.speech.tables import clip, recording

KEPT_FOR = timedelta(days=400)
"""So long a recording that nothing uses any more can be brought back."""

MOST_KEPT = timedelta(hours=2)
"""All recordings together: 350 MB where no MP3 can be written. Then those that nothing uses go first."""

NAME_SIGNS = 32


class Take(Struct, frozen=True):
    """A recording that is worked up: trimmed, as loud as all others, and its length."""

    sound: bytes
    length_ms: int

    @property
    def name(self) -> str:
        """What it is called in the folder."""
        return digest(self.sound)[:NAME_SIGNS]


def set_reading(tx: Connection, asked: Asked, words: str, lang: Language, reading: str) -> bool:
    """Have a text read so (`read_reading` has judged it), or, empty, as by itself; whether that is new."""
    before = told_of(tx, tidied(words), lang)
    return _write(tx, asked, before, replace(before, reading=reading), "read")


def set_recording(tx: Connection, asked: Asked, words: str, lang: Language, take: Take) -> bool:
    """Have a text said by this recording; whether that is new. Raises TooMany."""
    before = told_of(tx, tidied(words), lang)
    _make_room(tx, take)
    row = {"name": take.name, "sound": take.sound, "length_ms": take.length_ms, "kept_at": asked.now}
    insert_missing(tx, recording, row)
    return _write(tx, asked, before, replace(before, recording=take.name), "record")


def drop_recording(tx: Connection, asked: Asked, words: str, lang: Language) -> bool:
    """Have a text said without the recording again; whether there was one."""
    before = told_of(tx, tidied(words), lang)
    return _write(tx, asked, before, replace(before, recording=""), "unrecord")


def put_back(tx: Connection, asked: Asked, change: changes.Change) -> None:
    """Undo a change of a clip. Raises ChangedSince, UndoneAlready, RecordingGone."""
    changes.check_undoable(tx, change)
    facts = change.noted.before or {}
    words, lang = str((change.noted.after or facts)["words"]), (change.noted.after or facts)["lang"]
    before = told_of(tx, words, lang)
    after = Told(key_of(words, lang), lang, words, facts.get("reading", ""), facts.get("recording", ""))
    if after.recording and not _is_kept(tx, after.recording):
        raise RecordingGone
    _write(tx, asked, before, after, "undo", change.id)


def forget_recordings(tx: Connection, now: datetime) -> int:
    """Take out of the database what nothing has used for KEPT_FOR; how many."""
    used = sa.select(clip.c.recording)
    old = sa.delete(recording).where(recording.c.kept_at < now - KEPT_FOR, recording.c.name.not_in(used))
    return tx.execute(old).rowcount


def _make_room(tx: Connection, take: Take) -> None:
    most_ms = int(MOST_KEPT.total_seconds() * 1000) - take.length_ms
    if _kept_ms(tx) > most_ms:
        tx.execute(sa.delete(recording).where(recording.c.name.not_in(sa.select(clip.c.recording))))
        if _kept_ms(tx) > most_ms:
            raise TooMany


def _kept_ms(tx: Connection) -> int:
    return int(tx.execute(sa.select(sa.func.coalesce(sa.func.sum(recording.c.length_ms), 0))).scalar_one())


def _is_kept(tx: Connection, name: str) -> bool:
    return tx.execute(sa.select(recording.c.name).where(recording.c.name == name)).first() is not None


def _write(
    tx: Connection, asked: Asked, before: Told, after: Told, verb: str, undoes: int | None = None
) -> bool:
    if before == after and undoes is None:
        return False
    note_writing(tx)
    tx.execute(sa.delete(clip).where(clip.c.key == after.key))
    if after.reading or after.recording:
        values = {name: getattr(after, name) for name in ("key", "lang", "words", "reading", "recording")}
        tx.execute(sa.insert(clip).values(values))
    noted = changes.Noted(KIND, after.key, after.words, verb, _facts(before), _facts(after), undoes)
    changes.note(tx, asked, noted)
    return True


def _facts(told: Told) -> dict[str, Any]:
    return {"lang": told.lang, "words": told.words, "reading": told.reading, "recording": told.recording}
