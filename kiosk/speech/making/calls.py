"""Whole announcements, made before somebody is called: of who comes next, for the counters that may call.

A hall of two hundred and thirty counters would need thousands; those who stand first are called first.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.database.prepared import Prepared
from kiosk.services.tables import counter, counter_service
from kiosk.speech.numbers import call_words
from kiosk.speech.reads import OWN, all_told
from kiosk.speech.rules import made_key
from kiosk.speech.shelf import shelves_of
from kiosk.tickets import Status
from kiosk.tickets.tables import ticket

FIRST: Final = 3
"""Tickets of its line for which a counter's announcements are made beforehand."""
LOOKED_AT: Final = 200
"""Waiting tickets that are looked at for it."""
MOST_CALLS: Final = 90
"""Announcements that are wanted at a time."""

_WAITING = Prepared(
    sa.select(ticket.c.number, ticket.c.service_code, ticket.c.only_counter)
    .where(ticket.c.service_day == sa.bindparam("day"), ticket.c.status == Status.WAITING)
    .order_by(ticket.c.rank_at, ticket.c.id)
    .limit(LOOKED_AT)
)
_SEATS = Prepared(
    sa.select(counter_service.c.counter_number, counter_service.c.service_code)
    .join_from(counter_service, counter)
    .where(counter.c.opened_by.is_not(None), counter.c.retired_at.is_(None))
    .order_by(counter_service.c.counter_number)
)


class Call(Struct, frozen=True):
    """An announcement: its words, and what they are called on the shelf."""

    number: str
    counter: int
    words: str

    @property
    def key(self) -> str:
        """Its name on the shelf of calls."""
        return made_key(self.words, "zh", "")


def calls_wanted(tx: Connection, day: date) -> tuple[Call, ...]:
    """The announcements that may come next, the nearest first; MOST_CALLS at most."""
    skills: dict[int, set[str]] = {}
    for number, code in _SEATS.all(tx, {}):
        skills.setdefault(number, set()).add(code)
    if not skills:
        return ()
    waiting = _WAITING.all(tx, {"day": day})
    lines = {number: _line(waiting, number, codes) for number, codes in skills.items()}
    return tuple(_nearest(lines))[:MOST_CALLS]


def _line(waiting: list[tuple[str, str, int | None]], seat: int, codes: set[str]) -> list[str]:
    own = (number for number, code, only in waiting if (code in codes if only is None else only == seat))
    return [number for number, _ in zip(own, range(FIRST), strict=False)]


def _nearest(lines: dict[int, list[str]]) -> Iterator[Call]:
    for place in range(FIRST):
        for seat, numbers in lines.items():
            if place < len(numbers):
                try:
                    yield Call(numbers[place], seat, call_words(numbers[place], seat))
                except ValueError:
                    continue  # no voice can say it: it is called in writing


def call_clip(tx: Connection, number: str, counter: int) -> str:
    """The stem of the whole announcement in Chinese, when it was made beforehand; empty when it was not.

    Staff who have recorded a part of it themselves hear their own part: then nothing made here is used.
    """
    shelves = shelves_of(tx)
    if shelves is None or any(told.recording for told in all_told(tx).values() if len(told.words) <= SHORT):
        return ""
    try:
        words = call_words(number, counter)
    except ValueError:
        return ""
    name = shelves.calls.find(made_key(words, "zh", ""), shelves.voices.get("zh", ""))
    return OWN + name if name else ""


SHORT: Final = 8
"""Signs of the parts of a call at most: 到二十号窗口."""
