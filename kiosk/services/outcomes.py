"""What may come of a visit, as each service's own list has it: results, their reasons, and the ways."""

import re

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.database.prepared import Prepared
from kiosk.services.catalogue.plans import OutcomeKind
from kiosk.services.tables import outcome
from kiosk.words import Own

_BETWEEN = re.compile(r"[、，,;；]")
_BETWEEN_EN = re.compile(r"[;；]")


class Outcome(Struct, frozen=True):
    """A result of a visit; `reasons` are offered with it, none where there is nothing to ask."""

    words: Own
    reasons: tuple[Own, ...] = ()


class Outcomes(Struct, frozen=True):
    """What a service asks at the end of a visit: which of `results`, and in which of `ways` it was done.

    A service without results asks nothing.
    """

    results: tuple[Outcome, ...] = ()
    ways: tuple[Own, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.results)


NO_OUTCOMES = Outcomes()

_OF_SERVICE = Prepared(
    sa.select(outcome.c.kind, outcome.c.text, outcome.c.text_en, outcome.c.reasons, outcome.c.reasons_en)
    .where(outcome.c.service_code == sa.bindparam("code"))
    .order_by(outcome.c.position, outcome.c.id)
)


def outcomes_of(tx: Connection, code: str) -> Outcomes:
    """What the service with this code asks at the end of a visit; one that is not there asks nothing."""
    rows = _OF_SERVICE.all(tx, {"code": code})
    if not rows:
        return NO_OUTCOMES
    results = tuple(
        Outcome(Own(row.text, row.text_en), reasons_of(row.reasons, row.reasons_en))
        for row in rows
        if row.kind == OutcomeKind.RESULT
    )
    return Outcomes(results, tuple(Own(row.text, row.text_en) for row in rows if row.kind == OutcomeKind.WAY))


def reasons_of(zh: str, en: str) -> tuple[Own, ...]:
    """Reasons as staff write them: with 、 or a comma between them, the English ones with a semicolon.

    English ones that are not as many leave the reasons in Chinese.
    """
    listed, english = _parts(zh, _BETWEEN), _parts(en, _BETWEEN_EN)
    if len(english) != len(listed):
        english = [""] * len(listed)
    return tuple(Own(*pair) for pair in zip(listed, english, strict=True))


def _parts(text: str, between: re.Pattern[str]) -> list[str]:
    return [part.strip() for part in between.split(text) if part.strip()]
