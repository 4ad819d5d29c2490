"""One clip from its words to its file, and the record of what every committed clip was made from."""

import hashlib
import json
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from kiosk.speech import CHOICES, FREE, GROUP, LANGUAGES, SENTENCES, SIGN, Language, catalogue, composed_of
from kiosk.synthesis import CALLERS, VOICES
from kiosk.synthesis.loudness import TARGET
from kiosk.synthesis.model import RATE, Model
from kiosk.synthesis.sound import CLEAR, LEAD_S, LIGHT, QUALITY, TAIL_S, as_mp3, cleared, finished, trimmed
from kiosk.synthesis.speaking import speak
from script.voicing import sound
from script.voicing.carriers import take_of
from script.voicing.starter import free_words

RECORD: Final = "clips.json"
BREATHS_S: Final = {"qing": 0.2, "zu": 0.3, "di": 0.17, "row": 0.2, "end": 0.2, "hao": 0.12, "number": 0.12}
"""Silence after a part that a comma follows: the pauses before the number, and the one after it."""
SIGN_S: Final = 0.17
"""Silence after a digit or a letter: after 70 ms the ear takes what follows for a stop, 幺 for 标."""
LETTER_S: Final = 0.3
"""Silence after a letter of a call: its first digit is what noise takes."""
SEARCHED_S: Final = (0.09, 0.025)
"""From so long before a sign to so long before it the faintest place is looked for: a sound begins earlier
than its sign, and the burst of a 八 that was left at the end of 三 made 三幺 be heard as 三部."""
SOFT_S: Final = 0.03
"""So long a word cut out of a sentence takes to begin: beginning at once, 幺 is heard as 标, 号 as 泡."""
WINDOW_S: Final = 0.005


@dataclass(frozen=True)
class Clip:
    """`path` under static/audio without its suffix; `words` as a person reads them."""

    path: str
    words: str
    lang: Language | None

    @property
    def file(self) -> str:
        return f"{self.path}.mp3"

    @property
    def stem(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def is_called(self) -> bool:
        """Whether it is a breath of a call, which must be understood across a hall."""
        is_counter = self.stem.startswith("counter-")
        is_letter = len(self.stem) == 1 and self.stem.isalpha()
        is_word = self.stem in ("qing", "zu", "di")
        is_figure = self.stem.startswith(SIGN) or bool(composed_of(self.stem))
        return self.lang == "zh" and (is_word or is_letter or is_figure or is_counter)

    @property
    def quality(self) -> float:
        """Of its MP3: English is lighter, but for the parts of calls."""
        is_whole = self.stem in SENTENCES or self.stem in CHOICES or self.stem.startswith(FREE)
        return LIGHT if self.lang == "en" and is_whole else QUALITY

    @property
    def tail_s(self) -> float:
        """Silence at its end."""
        if self.stem.startswith(GROUP):
            return LETTER_S
        if len(self.stem) == 1 or self.stem.startswith(SIGN):
            return LETTER_S if self.lang == "zh" and self.stem.isalpha() else SIGN_S
        return BREATHS_S.get(self.stem.partition("-")[0] if composed_of(self.stem) else self.stem, TAIL_S)


@dataclass(frozen=True)
class Made:
    """What a committed file was made from: the words, what the engine was given, and the file's own hash."""

    words: str
    given: str
    sha256: str


def wanted_clips() -> list[Clip]:
    """Every clip that should exist: all spoken texts, free words, then the signals."""
    texts = ((lang, stem, words) for lang in LANGUAGES for stem, words in catalogue(lang).items())
    spoken = [Clip(f"{lang}/{stem}", words, lang) for lang, stem, words in texts]
    spoken += [
        Clip(f"{lang}/{stem}", words, lang) for lang in LANGUAGES for stem, words in free_words(lang).items()
    ]
    return spoken + [Clip(name, "", None) for name in sound.SIGNALS]


def given_for(clip: Clip) -> str:
    """Everything that decides how the clip sounds, as one line; a change of it means a new recording."""
    finish = f"{TARGET:g} LUFS {LEAD_S:g}+{clip.tail_s:g} s MP3 {clip.quality:g}"
    if clip.lang is None:
        return f"{sound.SIGNALS[clip.path]} | {finish}"
    take = take_of(clip.stem, clip.words, clip.lang)
    voice = f"{_voice(clip, clip.lang)} {take.speed:g}"
    return f"{take} | {voice} | {f'{CLEAR} ' if clip.is_called else ''}{finish}"


def _voice(clip: Clip, lang: Language) -> str:
    return CALLERS[lang] if clip.is_called else VOICES[lang][0]


def make(clip: Clip, folder: Path, model: Model) -> Made:
    """Record one clip into `folder`. Raises Unreadable, BadModel, OSError."""
    target = folder / clip.file
    target.parent.mkdir(parents=True, exist_ok=True)
    samples = _samples(clip, model)
    if clip.is_called:
        samples = cleared(trimmed(samples), RATE)
    target.write_bytes(as_mp3(finished(samples, RATE, clip.tail_s), RATE, clip.quality))
    return Made(clip.words, given_for(clip), digest(target))


def _samples(clip: Clip, model: Model) -> Any:
    numpy = import_module("numpy")  # of linli[voice]: checking what is committed must work without it
    if clip.lang is None:
        return numpy.asarray(sound.signal(clip.path), numpy.float32)
    take, voice = take_of(clip.stem, clip.words, clip.lang), _voice(clip, clip.lang)
    if not take.before and not take.after:
        return speak(model, take.signs, voice, clip.lang)
    samples, begins = model.speak(str(take).translate(_NO_MARKS), voice, take.speed)
    first, last = begins[len(take.before)], begins[len(take.before) + len(take.signs)]
    if any(sign.isalpha() for sign in take.after):
        samples = samples[: _cut(samples, last)]
    if take.before:
        samples = samples[_cut(samples, first) :].copy()
        edge = min(round(SOFT_S * RATE), len(samples))
        samples[:edge] *= numpy.linspace(0, 1, edge, dtype=numpy.float32) ** 2
    return samples


_NO_MARKS: Final = str.maketrans("", "", "[]")


def _cut(samples: Any, at: int) -> int:
    """The faintest place near `at`, where a cut is heard least."""
    numpy = import_module("numpy")
    window = round(WINDOW_S * RATE)
    first, last = (max(0, at - round(before * RATE)) for before in SEARCHED_S)
    part = samples[first:last] ** 2
    if len(part) <= window:
        return at
    return first + int(numpy.convolve(part, numpy.ones(window), "valid").argmin()) + window // 2


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_record(folder: Path) -> dict[str, Made]:
    """Clip file → what it was made from; empty when nothing was ever made."""
    path = folder / RECORD
    rows = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return {file: Made(**row) for file, row in rows.items()}


def write_record(folder: Path, record: dict[str, Made]) -> None:
    """Write the record, one clip a line, sorted, so that a change reads well in a diff."""
    rows = [f'"{file}": {json.dumps(asdict(record[file]), ensure_ascii=False)}' for file in sorted(record)]
    (folder / RECORD).write_text("{\n" + ",\n".join(rows) + "\n}\n", "utf-8")
