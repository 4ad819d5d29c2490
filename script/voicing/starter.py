"""Free words that a centre says before anybody has typed any: the starter catalogue's, and the demo's.

They are committed in Chinese, so that who cannot read finds the way by ear on a box without the engine too.
"""

from collections.abc import Iterator

from kiosk import demo
from kiosk.cards.starter import FIRST_PROBLEMS
from kiosk.setup.starter import starter_groups
from kiosk.speech import catalogue, free_stem, tidied


def free_words() -> dict[str, str]:
    """Stem → words in Chinese of every committed clip that is in no catalogue of sentences."""
    known = set(catalogue("zh").values())
    found = (tidied(words) for words in (*_starter(), *_demo()))
    return {free_stem(words): words for words in found if words and words not in known}


def _starter() -> Iterator[str]:
    """The groups of the catalogue, their services, where to wait and what to bring; first problems."""
    for group in starter_groups():
        yield group.name
        for service in group.services:
            yield service.name
            yield service.place
            for line in service.lines:
                yield line.text
                yield line.note
    yield from FIRST_PROBLEMS


def _demo() -> Iterator[str]:
    """The same of the demo centre."""
    yield from (name for _, name, _, _ in demo.GROUPS)
    yield from (name for _, _, name, *_ in demo.SERVICES)
    yield demo.WAITING_PLACE
    for lists in (demo.MATERIALS, demo.AGENT_MATERIALS):
        for text, _, note, _ in (line for lines in lists.values() for line in lines):
            yield text
            yield note
