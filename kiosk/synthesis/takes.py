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
"""Before a vowel: the second digit is what is lost between its neighbours, the last one what 号 swallows."""

SLOW: Final = "022 031 042 044 061 062 064 066 084 131 142 143 148 157 176 181"
SECOND: Final = "031 044 055 061 062 066 091 111 128 131 142 143 144 148 157 167"
"""Whose second digit is stressed."""
LAST: Final = "022 031 042 044 061 062 064 066 084 091 111 116 121 131 142 144 151 157 161 176 181"
"""Whose last digit is stressed."""

_VOWEL: Final = re.compile("(?=[aeiouɚɨ])")
_SYLLABLE: Final = re.compile("[^→↗↘↓]*[→↗↘↓][nŋ]? ?")
"""第 is the first of a number, its second digit the third."""


def _words_of(numbers: str) -> frozenset[str]:
    return frozenset(f"第{digits_of(one)}号" for one in numbers.split())


_SLOW: Final = _words_of(SLOW)
_STRESSED: Final = {2: _words_of(SECOND), 3: _words_of(LAST)}


def as_cast(words: str, signs: str, speed: float) -> tuple[str, float]:
    """The signs and the speed at which the number 第零二三号 is understood best; all else as it is."""
    places = [place for place, numbers in _STRESSED.items() if words in numbers]
    parts = _SYLLABLE.findall(signs) if places else [signs]
    for place in places:
        parts[place] = _VOWEL.sub(STRESS, parts[place], count=1)
    return "".join(parts), PACE if words in _SLOW else speed
