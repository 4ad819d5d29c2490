"""Services that are there on some days only, at their own hours: the stalls of an event."""

from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.database.dialects import insert_missing
from kiosk.services.catalogue.letters import check_letter, free_code
from kiosk.services.catalogue.plans import LETTER
from kiosk.services.refusals import CodeTaken, LetterTaken, UnknownCounter
from kiosk.services.tables import counter, counter_service, service, service_group, service_time

STALLS = "stalls"
"""The group of all timed services; it has no tile, because they stand with their event."""


class TimedService(Struct, frozen=True):
    """A service of some days: the letter of its numbers, what it is called, and where it is."""

    letter: str
    name: str
    name_en: str = ""
    place: str = ""
    place_en: str = ""


def add_timed_service(tx: Connection, timed: TimedService, counters: Iterable[int]) -> str:
    """Start a timed service that these counters serve; its code. It takes nobody until `offer`.

    A counter that is not there yet is added: a stall is where somebody sits.
    Raises CodeTaken, UnknownCounter.
    """
    letter = timed.letter
    if not LETTER.fullmatch(letter):
        raise CodeTaken(code=letter)
    try:
        check_letter(tx, letter, STALLS, code="-")
    except LetterTaken as taken:
        raise CodeTaken(code=letter) from taken
    code = free_code(tx, letter, (letter,))
    group = {"slug": STALLS, "name": "活动摊位", "name_en": "Stalls", "icon": "wrench", "position": 99}
    insert_missing(tx, service_group, group)
    row = {
        "name": timed.name[:64],
        "name_en": (timed.name_en or timed.name)[:96],
        "place": timed.place,
        "place_en": timed.place_en or timed.place,
    }
    fixed = {
        "code": code,
        "letter": letter,
        "group_slug": STALLS,
        "icon": "wrench",
        "position": 1000,
        "is_timed": True,
    }
    tx.execute(sa.insert(service).values(row | fixed))
    for number in dict.fromkeys(counters):
        if not 1 <= number <= 99:
            raise UnknownCounter
        insert_missing(tx, counter, {"number": number})
        tx.execute(sa.update(counter).where(counter.c.number == number).values(retired_at=None))
        tx.execute(sa.insert(counter_service).values(counter_number=number, service_code=code))
    return code


def offer(tx: Connection, code: str, day: date, opens_at: datetime, closes_at: datetime) -> None:
    """Let a timed service take people on `day` between these moments; the last word counts."""
    withdraw(tx, code, day)
    row = {"service_code": code, "service_day": day, "opens_at": opens_at, "closes_at": closes_at}
    tx.execute(sa.insert(service_time).values(row))


def withdraw(tx: Connection, code: str, day: date) -> None:
    """Let it take nobody on `day`; who has a number keeps it."""
    gone = (service_time.c.service_code == code, service_time.c.service_day == day)
    tx.execute(sa.delete(service_time).where(*gone))
