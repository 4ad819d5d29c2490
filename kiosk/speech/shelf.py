"""The folder of the centre's own clips: files that tell by their names what they hold, and if they are whole.

A clip made here is called `<what it says>-<by which voice>-<what is in it>`, a recording by what is in it. So
no table has to agree with the disk, a browser may keep each for ever, and a damaged one is known by its name.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from kiosk.database import Database
from kiosk.speech.rules import LONGEST_WORDS, NAME, hashed

log = logging.getLogger(__name__)

FOLDER: Final = "voice"
"""In DATA."""
CALLS: Final = "calls"
"""In it, the announcements of today."""

SUFFIX: Final = ".clip"
VOICE_SIGNS: Final = 8
MOST_NOTED: Final = 1000
"""Texts that nothing says, remembered from one look of the maker to the next."""


class Shelf:
    """One folder of clips, listed once and kept in mind; safe for several threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = Lock()
        self._made: dict[str, dict[str, str]] | None = None

    def find(self, key: str, voice: str = "") -> str:
        """The name of the clip with this key, by `voice` if there is one; empty when there is none."""
        known = self._listed().get(key, {})
        mark = hashed(voice, signs=VOICE_SIGNS)
        return known.get(mark) or next(reversed(known.values()), "")

    def has(self, key: str, voice: str) -> bool:
        """Whether this very voice has said it."""
        return hashed(voice, signs=VOICE_SIGNS) in self._listed().get(key, {})

    def is_replaced(self, name: str, voices: Iterable[str]) -> bool:
        """Whether another voice than that of this clip speaks now, and has said the same."""
        key, _, rest = name.partition("-")
        own, now = rest.partition("-")[0], {hashed(voice, signs=VOICE_SIGNS) for voice in voices}
        return own not in now and bool(now & self._listed().get(key, {}).keys())

    def take_in(self, file: Path, key: str, voice: str) -> str:
        """Put a finished clip on the shelf under its name, which is returned. Raises OSError."""
        mark = hashed(voice, signs=VOICE_SIGNS)
        name = f"{key}-{mark}-{digest(file.read_bytes())[:16]}"
        file.replace(self.path_of(name))
        with self._lock:
            self._known().setdefault(key, {})[mark] = name
        return name

    def keep(self, name: str, sound: bytes) -> None:
        """Write a clip whose name is known. Raises OSError."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self.folder / f"{name}.part"
        draft.write_bytes(sound)
        draft.replace(self.path_of(name))

    def read(self, name: str) -> bytes | None:
        """What is in a clip; None when there is none of this name."""
        with suppress(OSError):
            return self.path_of(name).read_bytes()
        return None

    def names(self) -> Iterator[str]:
        """The names of all clips that lie there."""
        with suppress(OSError):
            for path in self.folder.iterdir():
                name = path.name.removesuffix(SUFFIX)
                if path.suffix == SUFFIX and NAME.fullmatch(name):
                    yield name

    def remove(self, name: str) -> None:
        """Take a clip away; one that is gone already is no fault."""
        with suppress(OSError):
            self.path_of(name).unlink(missing_ok=True)
        key, _, rest = name.partition("-")
        with self._lock:
            known = self._known().get(key, {})
            known.pop(rest.partition("-")[0], None)
            if not known:
                self._known().pop(key, None)

    def written_at(self, name: str) -> datetime:
        """When a clip was written. Raises OSError."""
        return datetime.fromtimestamp(self.path_of(name).stat().st_mtime, UTC)

    def path_of(self, name: str) -> Path:
        """Where a clip of this name lies. Raises ValueError for what is no name of one."""
        if not NAME.fullmatch(name):
            raise ValueError(name)
        return self.folder / f"{name}{SUFFIX}"

    def bytes_there(self) -> int:
        """Bytes of all that lies there."""
        with suppress(OSError):
            return sum(path.stat().st_size for path in self.folder.iterdir())
        return 0

    def _listed(self) -> dict[str, dict[str, str]]:
        with self._lock:
            return self._known()

    def _known(self) -> dict[str, dict[str, str]]:
        if self._made is None:
            self._made = {}
            for name in sorted(self.names()):
                key, *rest = name.split("-")
                if rest:
                    self._made.setdefault(key, {})[rest[0]] = name
        return self._made


def is_whole(name: str, sound: bytes) -> bool:
    """Whether a clip holds what its name says."""
    return digest(sound).startswith(name.rpartition("-")[2])


def digest(sound: bytes) -> str:
    """SHA-256, in hex."""
    return sha256(sound).hexdigest()


class Shelves:
    """Both folders of a centre: what stays, and today's announcements; and which voices make clips now."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.own = Shelf(folder / FOLDER)
        self.calls = Shelf(folder / FOLDER / CALLS)
        self.labels: dict[str, tuple[str, str]] = {}
        """Words of our screens that were asked for and no committed clip says: words, language, by key."""
        self._noted: set[tuple[str, str]] = set()
        self.voices: dict[str, str] = {}
        """The name of the voice by language, as the engine said it last; empty without one."""
        self.lacks = ""
        """What an engine would need here; empty until one was looked for, and when there is one."""

    def note(self, words: str, lang: str) -> None:
        """Remember that nothing says these words: the maker finds out whether they are any of ours."""
        if len(self._noted) < MOST_NOTED and len(words) <= LONGEST_WORDS:
            self._noted.add((lang, words))

    def take_noted(self) -> set[tuple[str, str]]:
        """Language and words of what was noted since this was asked last."""
        noted, self._noted = self._noted, set()
        return noted

    def read(self, name: str) -> bytes | None:
        """What is in a clip of either folder; None when there is none."""
        found = self.own.read(name)
        return self.calls.read(name) if found is None else found


_SHELVES: WeakKeyDictionary[Engine, Shelves] = WeakKeyDictionary()


def open_shelves(engine: Engine, folder: Path) -> Shelves:
    """The shelves of the centre whose database `engine` is, in its folder DATA; made with the first clip."""
    found = _SHELVES.get(engine)
    if found is None or found.folder != folder:
        found = _SHELVES[engine] = Shelves(folder)
    return found


def shelves_of(where: Connection | Database) -> Shelves | None:
    """The shelves of the centre that `where` belongs to; None where nobody has opened them."""
    return _SHELVES.get(where.engine)
