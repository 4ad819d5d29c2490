"""The words of our own screens: buttons and headings, as their catalogue has them, in both languages.

Only they are made beside what staff have saved: what a visitor sends to a page is none of them.
"""

import logging
from collections.abc import Iterable
from functools import cache
from typing import Final

from kiosk.box import BESIDE
from kiosk.speech.rules import LONGEST_WORDS, key_of, made_key, tidied
from kiosk.speech.shelf import Shelves
from kiosk.speech.texts import LABEL, Text

log = logging.getLogger(__name__)

CATALOGUE: Final = BESIDE / "locale" / "en" / "LC_MESSAGES" / "messages.mo"


@cache
def labels() -> frozenset[tuple[str, str]]:
    """Language and words of every sentence of the screens that has no gap; empty where none can be read."""
    from babel.messages.mofile import read_mo  # 0.1 s of every start, for boxes that have an engine

    try:
        with CATALOGUE.open("rb") as file:
            messages = [one for one in read_mo(file) if one.id and isinstance(one.string, str)]
    except (OSError, ValueError) as fault:
        log.warning("the words of the screens cannot be read, their buttons are not made: %s", fault)
        return frozenset()
    both = [("zh", str(one.id)) for one in messages] + [("en", str(one.string)) for one in messages]
    found = {(lang, tidied(words)) for lang, words in both}
    return frozenset(one for one in found if "%(" not in one[1] and 0 < len(one[1]) <= LONGEST_WORDS)


def take_labels(shelves: Shelves) -> None:
    """Of what was asked for in vain, keep what is a label; the rest is forgotten."""
    for lang, words in shelves.take_noted() & labels():
        text = Text(words, "en" if lang == "en" else "zh", (LABEL,))
        shelves.labels[text.key] = words, lang


def noted_labels(shelves: Shelves) -> dict[str, Text]:
    """The labels that were asked for and have no committed clip, by key."""
    kept = shelves.labels.items()
    return {key: Text(words, "en" if lang == "en" else "zh", (LABEL,)) for key, (words, lang) in kept}


def keys_of_labels(readings: Iterable[tuple[str, str]]) -> frozenset[str]:
    """What clips of labels are called on the shelf; `readings` are keys of texts with their readings."""
    given = dict(readings)
    return frozenset(made_key(words, lang, given.get(key_of(words, lang), "")) for lang, words in labels())
