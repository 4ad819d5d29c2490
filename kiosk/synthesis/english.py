"""English words as the signs that Kokoro was taught: by misaki's dictionary, without its tagger.

A word that it does not have is tried by its ending, as two words, then as pinyin (Guangming), then letter by
letter when it is in capitals. What remains is Unreadable.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from kiosk.synthesis.mandarin import phonemes_of
from kiosk.synthesis.unreadable import Unreadable

DICTIONARIES: Final = ("us_gold.json", "us_silver.json")
"""Checked by people, then made by rule."""
ACRONYM: Final = 5
SHORTEST: Final = 4
"""Letters of each of two words that are written as one."""
SPELT: Final = 3
"""Capitals that are always spelt out; up to ACRONYM they are when they are no word."""

_WEAK: Final = {"a": "ɐ", "an": "ɐn", "the": "ðə", "to": "tə", "in": "ɪn", "and": "ænd", "i": "ˌI"}
_BEFORE_A_VOWEL: Final = {"the": "ði", "to": "tʊ"}
_SMALL: Final = "\0"
"""Before a word whose sound depends on the next."""
_VOWELS: Final = "AIOQWYaeiouyɐɑɒæɔəɚɛɜɪʊʌᵻ"
_SAID_SIGNS: Final = {
    "&": " and ",
    "+": " plus ",
    "%": " percent ",
    "@": " at ",
    "=": " equals ",
    "℃": " degrees ",
}
_PIECES: Final = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*|\d+|[,.;:!?]+|.", re.DOTALL)
_ENDINGS: Final = (
    ("'s", "", "s"), ("ies", "y", "s"), ("es", "", "s"), ("s", "", "s"), ("ied", "y", "d"), ("ed", "", "d"),
    ("d", "", "d"), ("ing", "", "ing"), ("ing", "e", "ing"), ("ly", "", "ly"),
)  # fmt: skip
"""What is taken off a word, what is put there instead, and what is said after its signs."""
_SHORTENED: Final = {
    "Mon": "Monday", "Tue": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Fri": "Friday",
    "Sat": "Saturday", "Sun": "Sunday", "min": "minutes", "tel": "telephone", "Tel": "telephone",
}  # fmt: skip
_ONES: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_STRING: Final = 5
"""Digits from which a number is said one by one: telephones; years and amounts are shorter."""


def phonemes(words: str) -> str:
    """The signs of English words. Raises Unreadable for what has no sound."""
    said = "".join(
        _SAID_SIGNS.get(sign, sign) for sign in unicodedata.normalize("NFKC", words).replace("’", "'")
    )
    parts = [part for piece in _PIECES.findall(_times_said(said)) for part in _said(piece)]
    weak = [_in_a_sentence(part, after) for part, after in zip(parts, [*parts, ""][1:], strict=True)]
    joined = re.sub(r"\s+(?=[,.;:!?])", "", " ".join(weak)).strip(" ,;:")
    if not any(sign.isalpha() for sign in joined):
        raise Unreadable
    return joined


def word_phonemes(word: str) -> str:
    """The signs of one English word. Raises Unreadable."""
    if word == "I":
        return "ˈI"  # alone it is a letter, the dictionary has the pronoun
    is_short = len(word) <= SPELT or word not in _dictionary()  # ID is no word, though the dictionary has one
    if word.isupper() and len(word) <= ACRONYM and is_short:
        return "".join(_dictionary()[letter] for letter in word)
    if len(parts := re.findall(r"[A-Z][a-z]+", word)) > 1 and "".join(parts) == word:
        return "".join(map(word_phonemes, parts))  # WeChat
    word = _SHORTENED.get(word, word)
    if found := _known(word) or _by_ending(word.lower()) or _as_two(word.lower()) or _as_pinyin(word.lower()):
        return found
    raise Unreadable(word)


def _in_a_sentence(part: str, after: str) -> str:
    """The signs of a small word by what follows it; every other part is signs already."""
    if not part.startswith(_SMALL):
        return part
    word = part[1:]
    opens = after.startswith((f"{_SMALL}a", f"{_SMALL}i")) or after.lstrip("ˈˌ")[:1] in tuple(_VOWELS)
    return _BEFORE_A_VOWEL[word] if opens and word in _BEFORE_A_VOWEL else _WEAK[word]


def _said(piece: str) -> Iterator[str]:
    if piece[0] in ",.;:!?":
        yield piece[0]
    elif piece.isdigit():
        yield from (word_phonemes(word) for word in number_words(piece))
    elif piece[0].isascii() and piece[0].isalpha():
        is_small = piece.lower() in _WEAK and piece != "A"
        yield _SMALL + piece.lower() if is_small else word_phonemes(piece)
    elif piece.isalpha() or piece.isnumeric():
        raise Unreadable(piece)
    elif piece in "()—–/|":
        yield ","


def _times_said(words: str) -> str:
    """8:30 as eight thirty, 9:00 as nine o'clock, A012 apart, hyphens between figures as "to"."""
    words = re.sub(r"(?<!\d)(\d{1,2}):00(?!\d)", r"\1 o'clock", words)
    words = re.sub(r"(?<!\d)(\d{1,2}):0(\d)(?!\d)", r"\1 oh \2", words)
    words = re.sub(r"(?<!\d)(\d{1,2}):(\d\d)(?!\d)", r"\1 \2", words)
    words = re.sub(r"(?<=[A-Za-z])(?=\d)", " ", words)
    words = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", words)
    words = re.sub(r"(?<=\d)\.(?=\d)", " point ", words)
    words = re.sub(r"(?<=[\dk])\s*[-~–]\s*(?=\d{1,2}(?!\d))", " to ", words)
    return words.replace("-", " ")


def number_words(figures: str) -> list[str]:
    """The words of a number; one by one when it begins with 0 or is long."""
    if len(figures) >= _STRING or (len(figures) > 1 and figures[0] == "0"):
        return [_ONES[int(one)] for one in figures]
    number = int(figures)
    if len(figures) == 4 and 1100 <= number <= 2099 and number % 1000 >= 10:
        first, last = number_words(figures[:2]), figures[2:].lstrip("0")
        return (
            [*first, *(["oh"] if len(last) == 1 else []), *number_words(last)]
            if last
            else [*first, "hundred"]
        )
    return _counted(number)


def _counted(number: int) -> list[str]:
    if number < 20:
        return [_ONES[number]]
    if number < 100:
        return [_TENS[number // 10 - 2], *([_ONES[number % 10]] if number % 10 else [])]
    unit, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    rest = number % unit
    return [
        *_counted(number // unit),
        name,
        *(["and"] if 0 < rest < 100 else []),
        *(_counted(rest) if rest else []),
    ]


@cache
def _dictionary() -> dict[str, str]:
    """Word → signs; the commonest where a word has several."""
    found: dict[str, str] = {}
    for name in reversed(DICTIONARIES):
        entries = json.loads((files("misaki.data") / name).read_text("utf-8"))
        found |= {
            word: said if isinstance(said, str) else said["DEFAULT"] for word, said in entries.items() if said
        }
    return found


def _known(word: str) -> str:
    dictionary = _dictionary()
    if word in dictionary or len(word) < 2:
        return dictionary.get(word) or dictionary.get(word.upper()) or ""
    return dictionary.get(word.lower()) or dictionary.get(word.capitalize()) or ""


def _by_ending(word: str) -> str:
    for ending, instead, said in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2:
            continue
        if found := _known(stem + instead) or (stem[-1] == stem[-2] and _known(stem[:-1])):
            return found + _ending_said(found, said)
    return ""


def _as_two(word: str) -> str:
    """Two words written as one: childcare."""
    for at in range(SHORTEST, len(word) - SHORTEST + 1):
        if (first := _known(word[:at])) and (second := _known(word[at:])):
            return first + second.replace("ˈ", "ˌ")
    return ""


def _ending_said(stem: str, said: str) -> str:
    last = stem[-1]
    if said == "s":
        return "s" if last in "ptkfθ" else ("ᵻz" if last in "szʃʒʧʤ" else "z")
    if said == "d":
        return "ᵻd" if last in "td" else ("t" if last in "pkfθʃsʧ" else "d")
    return {"ing": "ɪŋ", "ly": "li"}[said]


def _as_pinyin(word: str) -> str:
    """A Chinese name in Latin letters: Guangming, Chaoyang. Its tones are not known, all are high."""
    at, said = 0, ""
    while at < len(word):
        for length in range(min(6, len(word) - at), 0, -1):
            try:
                sound = phonemes_of(word[at : at + length] + "1")
            except ValueError:
                continue
            if length == 1 and word[at] not in "aeo":
                continue
            said, at = said + sound, at + length
            break
        else:
            return ""
    return said
