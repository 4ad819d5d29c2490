"""Everything of a centre that is spoken: what staff have saved, and the fixed sentences.

Only what was saved is ever made: nothing that a visitor sends becomes a text here.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.cards.tables import card_problem, contact_card
from kiosk.centre import Centre
from kiosk.concerns.tables import concern_category, concern_place
from kiosk.events.tables import event
from kiosk.notices.tables import notice
from kiosk.people.tables import team
from kiosk.services.tables import material, service, service_group
from kiosk.speech.clips import catalogue
from kiosk.speech.numbers import composed_of
from kiosk.speech.rules import LONGEST_WORDS, MOST_TEXTS, key_of, tidied
from kiosk.speech.sentences import CHOICES, LANGUAGES, SENTENCES, Language
from kiosk.tickets.tables import priority

FIXED: Final = "fixed"
"""Where a sentence of the station or the board is said."""
LABEL: Final = "label"
"""Where a button or a heading of the station is said."""
PARTS: Final = "parts"
"""Where a part of a call is said: a digit, a letter, a counter."""


class Text(Struct, frozen=True):
    """Words in one language, and where they are said: names of tables' parts, FIXED, PARTS."""

    words: str
    lang: Language
    where: tuple[str, ...]

    @property
    def key(self) -> str:
        """Its name in addresses and in the history."""
        return key_of(self.words, self.lang)


def texts_of(tx: Connection, centre: Centre, now: datetime) -> Mapping[str, Text]:
    """What this centre says in its own words, by key; MOST_TEXTS at most, without the fixed sentences."""
    found: dict[str, Text] = {}
    for where, zh, en in _saved(tx, centre.as_of(tx), now):
        for lang, words in (("zh", zh), ("en", en)):
            _add(found, tidied(words or ""), "en" if lang == "en" else "zh", where)
        if len(found) >= MOST_TEXTS:
            break
    return found


def fixed_texts() -> Mapping[str, Text]:
    """The sentences and the parts of calls, by key. Who records 二 and 三 need not record 二三号."""
    found: dict[str, Text] = {}
    for lang in LANGUAGES:
        for stem, words in catalogue(lang).items():
            if not composed_of(stem):
                _add(found, words, lang, FIXED if stem in SENTENCES else LABEL if stem in CHOICES else PARTS)
    return found


def _add(found: dict[str, Text], words: str, lang: Language, where: str) -> None:
    if not words or len(words) > LONGEST_WORDS:
        return
    key = key_of(words, lang)
    known = found.get(key)
    places = known.where if known else ()
    found[key] = Text(words, lang, places if where in places else (*places, where))


def _saved(tx: Connection, centre: Centre, now: datetime) -> Iterator[tuple[str, str, str]]:
    """Where, Chinese, English of every text, what is said most first."""
    yield "centre", centre.settings.centre_name, centre.settings.centre_name_en
    for where, statement in _STATEMENTS:
        for zh, en in tx.execute(statement, {"now": now}):
            yield where, zh, en
    for closing in centre.closings:
        yield "closing", closing.words.zh, closing.words.en
    for day, special in centre.hours.days.items():
        if day >= centre.day(now):
            yield "closing", special.words.zh, special.words.en


def _of(table: sa.Table, name: str, *conditions: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return sa.select(table.c[name], table.c[f"{name}_en"]).where(*conditions).distinct()


_OFFERED = service.c.retired_at.is_(None)
_STANDS = (notice.c.is_spoken, notice.c.ended_at.is_(None), notice.c.until_at > sa.bindparam("now"))
_SHOWN = contact_card.c.retired_at.is_(None)
_HELD = event.c.ended_at.is_(None)

_STATEMENTS: Final[tuple[tuple[str, sa.Select[Any]], ...]] = (
    ("notice", sa.select(notice.c.zh, notice.c.en).where(*_STANDS)),
    ("closing", _of(service, "closed_reason", _OFFERED)),
    ("group", _of(service_group, "name", service_group.c.retired_at.is_(None))),
    ("service", _of(service, "name", _OFFERED)),
    ("place", _of(service, "place", _OFFERED)),
    ("priority", _of(priority, "name", priority.c.retired_at.is_(None))),
    ("material", _of(material, "text", _OFFERED, material.c.service_code == service.c.code)),
    ("material", _of(material, "note", _OFFERED, material.c.service_code == service.c.code)),
    ("concern", _of(concern_category, "name", concern_category.c.retired_at.is_(None))),
    ("concern", _of(concern_place, "name", concern_place.c.retired_at.is_(None))),
    ("problem", sa.select(card_problem.c.zh, card_problem.c.en).where(card_problem.c.retired_at.is_(None))),
    ("card", _of(contact_card, "post", _SHOWN)),
    ("card", sa.select(contact_card.c.name, sa.literal("")).where(_SHOWN)),
    ("card", _of(contact_card, "hours", _SHOWN)),
    ("card", _of(contact_card, "address", _SHOWN)),
    ("event", _of(event, "title", _HELD)),
    ("event", _of(event, "place", _HELD)),
    ("event", _of(event, "about", _HELD)),
    ("event", sa.select(team.c.name, sa.literal("")).where(_HELD, event.c.team_id == team.c.id).distinct()),
    ("service", sa.select(service.c.for_whom, sa.literal("")).where(_OFFERED, service.c.for_whom != "staff")),
)
