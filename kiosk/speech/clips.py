"""Which clip says which words: the centre's own, and the committed ones, by their record."""

import json
import logging
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from typing import Final

from kiosk.box import folder_beside
from kiosk.speech.numbers import composed_of, joined_clips, parts_of, ticket_clips
from kiosk.speech.reads import Source, all_told, own_clip
from kiosk.speech.rules import hanzi_in, key_of, tidied
from kiosk.speech.sentences import CHOICES, LANGUAGES, SENTENCES, Language, sentence
from kiosk.speech.shelf import shelves_of

log = logging.getLogger(__name__)

RECORD: Final = "clips.json"
"""Beside the committed clips: each with its words and its SHA-256."""

FREE: Final = "w-"
"""How the stems of committed clips begin that say free words: names of services, materials, places."""


def free_stem(words: str) -> str:
    """The stem of the committed clip that says free words, whether there is one or not."""
    return FREE + sha256(words.encode()).hexdigest()[:12]


def catalogue(lang: Language) -> dict[str, str]:
    """Every clip of one language: file stem → the words it holds. The order is stable."""
    spoken = {sentence_id: sentence(sentence_id, lang) for sentence_id in SENTENCES}
    choices = {stem: words[LANGUAGES.index(lang)] for stem, words in CHOICES.items()}
    return spoken | choices | parts_of(lang)


def screen_clips(sentence_id: str, number: str | None = None, lang: Language = "zh") -> tuple[str, ...]:
    """Clip stems for a station screen: its sentence, then the number if there is one to remember.

    Raises KeyError for an unknown sentence and ValueError for a number that cannot be spoken.
    """
    if sentence_id not in SENTENCES:
        raise KeyError(sentence_id)
    return (sentence_id,) if number is None else (sentence_id, *ticket_clips(number, lang))


def clip_of(words: str, lang: Language = "zh") -> str:
    """The stem of the committed clip that says exactly these words; empty when there is none."""
    return _committed(lang).get(tidied(words), "")


def said(where: Source, words: str, lang: Language = "zh") -> tuple[str, ...]:
    """The stems of the clips that say exactly these words; () when none does, and the screen shows them.

    The best first: a recording by staff, a clip made here, a committed one; a building or hours are put
    together from committed ones. In English words that are Chinese all the same are said in Chinese. A read
    alone: nothing is made or waited for.
    What nothing says is remembered, in case it is a label of ours that can be made.
    """
    words = tidied(words)
    if not words:
        return ()
    if found := own_clip(where, words, lang) or clip_of(words, lang):
        return (found,)
    # a committed clip lies in its language's folder, one of the centre's own says Chinese on any page
    if own := own_clip(where, words, "zh") if lang != "zh" and hanzi_in(words) else "":
        return (own,)
    if parts := _joined(words, lang):
        return in_own_voice(where, parts, lang)
    if shelves := shelves_of(where):
        shelves.note(words, lang)
    return ()


def is_said(where: Source, words: str, lang: Language) -> bool:
    """Whether clips say exactly these words in this language; nothing is remembered when none does."""
    return bool(clip_of(words, lang) or own_clip(where, words, lang) or _joined(tidied(words), lang))


def _joined(words: str, lang: Language) -> tuple[str, ...]:
    return joined_clips(words, lang, lambda part: clip_of(part, lang))


def in_own_voice(where: Source, stems: Iterable[str], lang: Language = "zh") -> tuple[str, ...]:
    """The same clips; where staff have recorded the words, or given a reading, the centre's own instead.

    A clip of several signs gives way to single ones when staff have recorded any of those.
    """
    if not all_told(where):
        return tuple(stems)
    return tuple(own for stem in stems for own in _instead(where, stem, lang))


def _instead(where: Source, stem: str, lang: Language) -> tuple[str, ...]:
    parts = composed_of(stem) if lang == "zh" else ()
    if not parts:
        return (_own(where, stem, lang),)
    own = tuple(one for part in parts for one in _instead(where, part, lang))
    return own if own != parts else (stem,)


def _own(where: Source, stem: str, lang: Language) -> str:
    words = _words(lang).get(stem, "")
    if not words or key_of(words, lang) not in all_told(where):
        return stem
    return own_clip(where, words, lang) or stem


@cache
def _words(lang: Language) -> Mapping[str, str]:
    return catalogue(lang)


@cache
def _committed(lang: Language) -> Mapping[str, str]:
    """Words → stem of every committed clip of a language, read once."""
    fixed = {words: stem for stem, words in reversed(catalogue(lang).items())}
    try:
        with (folder_beside("static") / "audio" / RECORD).open(encoding="utf-8") as lines:
            made = _read(lines, lang)
    except (OSError, ValueError, LookupError, TypeError) as fault:
        log.error("the list of clips cannot be read, nothing is said: %s", fault)
        return {}
    return {words: fixed.get(words, stem) for words, stem in made.items()}


def _read(lines: Iterable[str], lang: Language) -> dict[str, str]:
    """Words → stem of each clip, a line each: taken in as one, 2.6 MB stayed with the process."""
    made = {}
    for line in lines:
        if line.startswith(f'"{lang}/'):
            ((file, row),) = json.loads(f"{{{line.rstrip().rstrip(',')}}}").items()
            made[row["words"]] = file.split("/")[1].removesuffix(".mp3")
    if not made:
        raise LookupError(f"no line names one in {lang}")
    return made
