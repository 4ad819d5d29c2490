"""Free words that a new centre says before anybody has typed any, out of the starter catalogue.

They are committed in Chinese, so that a box without the engine reads aloud what most centres begin with.
"""

from collections.abc import Iterator

from kiosk.cards.starter import FIRST_PROBLEMS
from kiosk.setup.starter import starter_groups
from kiosk.speech import catalogue, free_stem, tidied


def free_words() -> dict[str, str]:
    """Stem → words in Chinese of every committed clip that is in no catalogue of sentences."""
    known = set(catalogue("zh").values())
    found = (tidied(words) for words in _starter())
    return {free_stem(words): words for words in found if words and words not in known}


def _starter() -> Iterator[str]:
    """The groups of the catalogue, the services that come first, what to bring to them, first problems."""
    for group in starter_groups():
        yield group.name
        for service in group.services:
            if service.is_popular:
                yield service.name
                yield service.place
                for line in service.lines:
                    yield line.text
                    yield line.note
    yield from FIRST_PROBLEMS
