"""What may be spoken and how a reading is written: names of clips, bounds, syllables."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Final

from msgspec import Struct

KIND: Final = "clip"
"""Of what staff change about a clip, in the history."""

LONGEST_WORDS: Final = 500
"""Signs of one text that is spoken: an event's description in English is no longer."""
LONGEST_READING: Final = 2000
MOST_TEXTS: Final = 4000
"""Texts of a centre that get a clip of their own; 200 services with five papers each are 2,500."""

KEY_SIGNS: Final = 16
NAME: Final = re.compile(r"[0-9a-f]{16}-[0-9a-f]{8}-[0-9a-f]{16}|[0-9a-f]{32}")
"""What a file of the centre's own clips is called: made here, or a recording."""


def tidied(words: str) -> str:
    """Words as they are compared: without space around, each space in them one, as one sign each letter."""
    return " ".join(unicodedata.normalize("NFC", words).split())


@lru_cache(maxsize=1024)  # a page asks for the same dozen each time
def key_of(words: str, lang: str) -> str:
    """The name of a text in the history and in addresses: `zh-3f2a9c…`."""
    return f"{lang}-{hashed(words)}"


def hashed(*parts: str, signs: int = KEY_SIGNS) -> str:
    """Hexadecimal signs that stand for these texts."""
    return sha256("\0".join(parts).encode()).hexdigest()[:signs]


@lru_cache(maxsize=1024)
def made_key(words: str, lang: str, reading: str) -> str:
    """What a clip made here holds, without the voice that says it."""
    return hashed(lang, words, reading)


class ReadingFault(Struct, frozen=True):
    """What is wrong with a reading: `what` is "syllable" (`about` is none that there is) or "count".

    For "count" `about` is how many syllables are there and `of` how many letters want one.
    """

    what: str
    about: str
    of: str = ""


def hanzi_in(words: str) -> str:
    """The letters of a text that want a syllable each."""
    return "".join(sign for sign in words if _is_hanzi(sign))


def _is_hanzi(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff"


def read_reading(written: str, words: str) -> tuple[str, ReadingFault | None]:
    """A reading as it is kept, numbered pinyin with spaces ("chong2 qing4"), or what is wrong with it.

    It may be typed with tone marks, with numbers, or without a tone (a light one); ü as v or u:; an empty
    one is none. Each Chinese letter of `words` wants one syllable, all else is read as it stands.
    """
    syllables = []
    for part in _parts(written):
        numbered = _numbered(part)
        if numbered is None:
            return "", ReadingFault("syllable", part)
        syllables.append(numbered)
    wanted = len(hanzi_in(words))
    if syllables and len(syllables) != wanted:
        return "", ReadingFault("count", str(len(syllables)), str(wanted))
    return " ".join(syllables), None


def _parts(written: str) -> Sequence[str]:
    apart = re.sub(r"[\s,，、。'’·-]+", " ", unicodedata.normalize("NFC", written))
    return re.sub(r"(?<=[0-9])(?=[^0-9\s])", " ", apart).split()


_MARKS: Final[Mapping[str, tuple[str, str]]] = {
    marked: (plain, str(tone))
    for plain, all_marked in {
        "a": "āáǎà", "e": "ēéěè", "i": "īíǐì", "o": "ōóǒò", "u": "ūúǔù", "v": "ǖǘǚǜ",
    }.items()
    for tone, marked in enumerate(all_marked, start=1)
}  # fmt: skip


def _numbered(syllable: str) -> str | None:
    """`zhòng`, `zhong4` and `ZHONG4` are zhong4, `ma` and `ma0` ma5; None for what is no syllable."""
    plain, tone = "", ""
    for sign in syllable.lower().replace("u:", "v").replace("ü", "v"):
        letter, its_tone = _MARKS.get(sign, (sign, ""))
        if its_tone and tone:
            return None
        plain, tone = plain + letter, tone or its_tone
    found = re.fullmatch(r"([a-z]+)([0-5]?)", plain)
    if found is None or (found[2] and tone) or _written(found[1]) not in SYLLABLES:
        return None
    return f"{_written(found[1])}{tone or found[2].replace('0', '5') or '5'}"


def _written(plain: str) -> str:
    # after j, q, x and y it is always ü, and written u
    return re.sub(r"^([jqxy])v", r"\1u", plain)


_FINALS: Final = {
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng iao o ou u",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo un v ve",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo v ve",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
    "": "a ai an ang ao e ei en eng er o ou m n ng hm hng r",
}
SYLLABLES: Final = frozenset(
    initial + final for initial, finals in _FINALS.items() for final in finals.split()
)  # fmt: skip
"""Every syllable of the standard language, without its tone; `r` is the one of 儿 after another."""
