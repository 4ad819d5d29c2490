"""Numbers that are said otherwise than the rest, since a recogniser took them for other numbers.

Which, and how, was found by hearing several takes of each: DECISIONS.md, the chapter on the voice. The
committed clips and the calls that are made here follow the same table.
"""

import re
from typing import Final

from kiosk.synthesis.numerals import digits_of

PACE: Final = 0.85
"""Of the numbers that are said more slowly."""
STRESS: Final = "ˈ"
"""Before the first vowel: the first digit is what noise takes."""

SLOW: Final = "066 071 087 100 112 118 123 125 142 150 155 160 161 170 181 182 184 185 190 192"
STRESSED: Final = "030 071 072 087 100 101 112 118 120 125 131 140 142 160 161 170 171 180 186 188 192"

_VOWEL: Final = re.compile("(?=[aeiou])")


def _words_of(numbers: str) -> frozenset[str]:
    return frozenset(f"{digits_of(one)}号" for one in numbers.split())


_SLOW: Final = _words_of(SLOW)
_STRESSED: Final = _words_of(STRESSED)


def as_cast(words: str, signs: str, speed: float) -> tuple[str, float]:
    """The signs and the speed at which the number 零二三号 is understood best; all else as it is."""
    stressed = _VOWEL.sub(STRESS, signs, count=1) if words in _STRESSED else signs
    return stressed, PACE if words in _SLOW else speed
