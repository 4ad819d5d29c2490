"""Words to samples: which signs they are, and long texts piece by piece."""

import re
from typing import Any, Final

from kiosk.synthesis import VOICES, english, readings
from kiosk.synthesis.model import MOST_SIGNS, RATE, Model
from kiosk.synthesis.sound import cleared, joined, levelled, silence, trimmed
from kiosk.synthesis.takes import as_cast

SPEEDS: Final = {"zh": 0.9, "en": 0.9}
"""Of the voice's own: slower than the news, for old ears."""
BREATH_S: Final = 0.35
"""Between pieces of a long text."""
BETWEEN_S: Final = 0.3
"""Between the breaths of a call: the first digit is what noise takes, and a letter before it."""


def signs_of(words: str, lang: str, reading: str = "") -> str:
    """The signs that the model is given for these words. Raises Unreadable."""
    return english.phonemes(words) if lang == "en" else readings.phonemes(words, reading)


def speak(model: Model, signs: str, voice: str, lang: str) -> Any:
    """The samples of these signs, RATE a second, with the model's own silence around. Raises Unreadable."""
    pieces = [model.speak(piece, voice, SPEEDS[lang])[0] for piece in pieces_of(signs)]
    if len(pieces) == 1:
        return pieces[0]
    breath = silence(BREATH_S, RATE)
    return joined([part for piece in pieces for part in (trimmed(piece), breath)][:-1])


def called(model: Model, words: str, voice: str, lang: str) -> Any:
    """The samples of a call, breath by breath: a letter that runs into a digit is another word to the ear.

    A breath ends at each comma. Raises Unreadable.
    """
    breaths = re.split("[，,]", words)
    takes = [as_cast(breath, signs_of(breath, lang).rstrip("."), SPEEDS[lang]) for breath in breaths]
    ends = [*("," for _ in breaths[1:]), "."]
    given = [(signs + end, speed) for (signs, speed), end in zip(takes, ends, strict=True)]
    parts = [model.speak(signs, voice, speed)[0] for signs, speed in given]
    clear = [levelled(cleared(trimmed(part), RATE), RATE) for part in parts]
    pause = silence(BETWEEN_S, RATE)
    return joined([part for one in clear for part in (one, pause)][:-1])


def pieces_of(signs: str, most: int = MOST_SIGNS) -> list[str]:
    """A long text cut at the ends of its sentences, then at commas, then at words; `most` signs each."""
    pieces = [signs]
    for cut in (r"(?<=[.!?])\s+", r"(?<=[,;:])\s+", r"\s+"):
        pieces = [part for piece in pieces for part in _packed(re.split(cut, piece), most)]
    return [piece[at : at + most] for piece in pieces for at in range(0, len(piece), most)]


def _packed(parts: list[str], most: int) -> list[str]:
    """As many parts together as fit."""
    packed = parts[:1]
    for part in parts[1:]:
        if len(packed[-1]) + 1 + len(part) <= most:
            packed[-1] += f" {part}"
        else:
            packed.append(part)
    return packed


def is_voice(voice: str, lang: str) -> bool:
    """Whether this voice speaks this language here."""
    return voice in VOICES.get(lang, ())
