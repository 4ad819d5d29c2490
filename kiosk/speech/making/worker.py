"""The thread that has clips made: it looks what is wanted after a commit, and gives that to the engine.

Whoever saves a text waits for nothing. The engine is started when there is something to make and ended when
there is nothing; without one the thread looks again from time to time, and the committed clips do.
"""

import logging
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from time import monotonic
from typing import Final

import sqlalchemy as sa
from msgspec import Struct

from kiosk.box import Box
from kiosk.changes.tables import office_change
from kiosk.database import Tx
from kiosk.speech.clips import clip_of
from kiosk.speech.making.calls import calls_wanted
from kiosk.speech.making.engine import CannotSay, Engine, EngineGone, Talk, find_engine
from kiosk.speech.making.labels import keys_of_labels, noted_labels, take_labels
from kiosk.speech.reads import Told, all_told
from kiosk.speech.rules import made_key
from kiosk.speech.shelf import Shelf, Shelves, is_whole, open_shelves
from kiosk.speech.texts import Text, fixed_texts, texts_of

log = logging.getLogger(__name__)

BEGIN_S: Final = 15.0
"""After the start: whoever waits for the first page goes before."""
LOOK_S: Final = 1.0
ANEW_S: Final = 60.0
"""So often everything is looked through again: a notice's time comes without a commit."""
AFTER_FAULT_S: Final = 30.0
ABSENT_S: Final = 600.0
"""So long until an engine is looked for again that was not there."""
IDLE_S: Final = 120.0
AGAIN_S: Final = 3600.0
"""So long until a text is tried again that the engine could not say."""
GIVES_UP: Final = 3
"""Times in a row that an engine may end; then it is left alone for ABSENT_S."""
MOST_BYTES: Final = 400 * 1024 * 1024
UNUSED_FOR: Final = timedelta(days=2)
"""So long a clip that nobody says is kept: a name that was changed by mistake comes back at once."""
CALLS_KEPT: Final = timedelta(hours=18)


class Wanted(Struct, frozen=True):
    """A clip that is to be made, and on which shelf it belongs."""

    words: str
    lang: str
    reading: str
    shelf: Shelf

    @property
    def key(self) -> str:
        """Its name on the shelf."""
        return made_key(self.words, self.lang, self.reading)


class Maker:
    """Has the clips of a box made, in a thread of its own. It survives every fault: the next look comes."""

    def __init__(self, box: Box, engine: Engine | None = None, begin_s: float = BEGIN_S) -> None:
        self._box = box
        self._given = engine
        self._talk: Talk | None = None
        self._shelves = open_shelves(box.database.engine, box.settings.folder)
        self._begin_s, self._not_before = begin_s, 0.0
        self._faulty: dict[str, float] = {}
        self._gone = 0
        self._seen: tuple[int, float] = (-1, -ANEW_S)
        self._texts_of: tuple[object, ...] = ()
        self._texts: list[Wanted] = []
        self._queue: deque[Wanted] = deque()
        self._used_at = monotonic()
        self._tidied_on: date | None = None
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._run, name="speech", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self, timeout_s: float) -> None:
        """End the thread and the engine; a clip that is being made is given up."""
        self._leaving.set()
        self._end_engine()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        self._end_engine()

    def _end_engine(self) -> None:
        if self._talk is not None:
            self._talk.stop()

    def _run(self) -> None:
        if self._leaving.wait(self._begin_s):
            return
        while not self._leaving.wait(LOOK_S):
            try:
                self.look()
            except Exception:
                if not self._leaving.is_set():
                    log.exception("looking for clips to make failed, will retry")
                self._leaving.wait(AFTER_FAULT_S)

    def look(self) -> int:
        """Make what is wanted now, the nearest calls first; how many clips were made."""
        self._tidy()
        made = 0
        while not self._leaving.is_set() and monotonic() >= self._not_before:
            if self._talk is None and not self._find_voices():
                break
            self._renew()
            wanted = self._next()
            if wanted is None:
                break
            made += self._make(wanted)
        if monotonic() - self._used_at > IDLE_S:
            self._end_engine()
        return made

    def _renew(self) -> None:
        """Look what is wanted, when something was committed or a minute has passed."""
        committed, at = self._box.database.committed, monotonic()
        if self._seen[0] == committed and at - self._seen[1] < ANEW_S:
            return
        self._seen = committed, at
        take_labels(self._shelves)
        self._queue = deque(one for one in self._all_wanted() if self._is_lacking(one))
        if self._queue and self._shelves.own.bytes_there() > MOST_BYTES:
            log.error("the folder of clips is full, no more are made: %s", self._shelves.own.folder)
            self._queue.clear()

    def _next(self) -> Wanted | None:
        """What is to be made next; None when there is nothing."""
        while self._queue:
            wanted = self._queue.popleft()
            if self._is_lacking(wanted):
                return wanted
        return None

    def _is_lacking(self, one: Wanted) -> bool:
        if monotonic() < self._faulty.get(one.key, 0.0):
            return False
        voice = self._shelves.voices.get(one.lang)
        return voice is not None and not one.shelf.has(one.key, voice)

    def _all_wanted(self) -> Iterator[Wanted]:
        now = self._box.now()
        with self._box.database.read() as tx:
            calls = calls_wanted(tx, self._box.centre.day(now))
            self._renew_texts(tx)
            told = all_told(tx)
        yield from (Wanted(call.words, "zh", "", self._shelves.calls) for call in calls)
        yield from self._texts
        yield from _to_make(noted_labels(self._shelves), told, self._shelves)

    def _renew_texts(self, tx: Tx) -> None:
        """Look through all that is said, when staff have changed something, or a minute has passed."""
        changed = tx.execute(_NEWEST).scalar() or 0
        mark = (changed, int(monotonic() / ANEW_S))
        if mark == self._texts_of:
            return
        told = all_told(tx)
        texts = texts_of(tx, self._box.centre, self._box.now())
        self._texts = list(_to_make(texts, told, self._shelves))
        self._texts_of = mark

    def _find_voices(self) -> bool:
        engine = self._given or find_engine(self._box.settings)
        self._shelves.voices = dict(engine.voices)
        if engine.lacks and engine.lacks != self._shelves.lacks:
            log.info("no speech engine, the committed clips do; missing: %s", engine.lacks)
        self._shelves.lacks = engine.lacks
        if not engine.voices:
            self._not_before = monotonic() + ABSENT_S
            return False
        self._talk = Talk(engine.command)
        return True

    def _make(self, wanted: Wanted) -> int:
        draft, voice = wanted.shelf.folder / "making.mp3", self._shelves.voices[wanted.lang]
        draft.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        manner = "call" if wanted.shelf is self._shelves.calls else ""
        asked = {"words": wanted.words, "lang": wanted.lang, "reading": wanted.reading, "voice": voice}
        asked |= {"manner": manner}
        try:
            assert self._talk is not None  # noqa: S101 - made with the voices
            self._talk.say(asked, draft)
            wanted.shelf.take_in(draft, wanted.key, voice)
            self._used_at, self._gone = monotonic(), 0
            self._shelves.lacks = ""
            return 1
        except CannotSay as fault:
            if wanted.key not in self._faulty:
                log.warning("no clip of %r (%s): %s", wanted.words, wanted.lang, fault)
            self._faulty[wanted.key] = monotonic() + AGAIN_S
        except EngineGone as fault:
            if not self._leaving.is_set():
                log.warning("the speech engine ended at %r: %s", wanted.words, fault)
                self._shelves.lacks = str(fault)
            self._faulty[wanted.key] = monotonic() + AGAIN_S
            self._gone += 1
            if self._gone >= GIVES_UP:
                self._gone, self._not_before = 0, monotonic() + ABSENT_S
        return 0

    def _tidy(self) -> None:
        """Once a day take away what nobody says any more, what is damaged, and another day's calls."""
        today = self._box.centre.day(self._box.now())
        if today == self._tidied_on:
            return
        own, calls = self._shelves.own, self._shelves.calls
        # To know what is said takes the words of all screens, 1 MB; where no engine is, no clips are.
        if any(own.names()) or any(calls.names()):
            with self._box.database.read() as tx:
                used = self._used(tx)
            self._clear(own, used, UNUSED_FOR)
            self._clear(calls, frozenset(), CALLS_KEPT)
        self._tidied_on, self._seen = today, (-1, -ANEW_S)

    def _clear(self, shelf: Shelf, used: frozenset[str], kept_for: timedelta) -> None:
        voices = self._shelves.voices.values()
        for name in list(shelf.names()):
            is_used = name.partition("-")[0] in used and not shelf.is_replaced(name, voices)
            with suppress(OSError):
                if not is_used and self._box.now() - shelf.written_at(name) > kept_for:
                    shelf.remove(name)
            sound = shelf.read(name)
            if sound is not None and not is_whole(name, sound):
                log.warning("a clip was damaged and is made again: %s", name)
                shelf.remove(name)

    def _used(self, tx: Tx) -> frozenset[str]:
        """The keys of clips that are said, and the names of recordings in use."""
        told = all_told(tx)
        texts = {**fixed_texts(), **texts_of(tx, self._box.centre, self._box.now())}
        keys = {made_key(text.words, text.lang, _reading(told, text)) for text in texts.values()}
        of_labels = keys_of_labels((key, one.reading) for key, one in told.items())
        return frozenset(keys | of_labels | {one.recording for one in told.values()})


_NEWEST = sa.select(sa.func.max(office_change.c.id))


def _to_make(texts: Mapping[str, Text], told: Mapping[str, Told], shelves: Shelves) -> Iterator[Wanted]:
    """The texts that want a clip made here: no recording says them, and no committed clip well enough."""
    fixed = {key: text for key, text in fixed_texts().items() if key in told}
    for key, text in {**fixed, **texts}.items():
        one = told.get(key)
        if one is not None and one.recording:
            continue
        reading = one.reading if one else ""
        if reading or not clip_of(text.words, text.lang):
            yield Wanted(text.words, text.lang, reading, shelves.own)


def _reading(told: Mapping[str, Told], text: Text) -> str:
    one = told.get(text.key)
    return one.reading if one else ""
