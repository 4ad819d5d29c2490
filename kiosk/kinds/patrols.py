"""检查: what is seen on a walk, each a finding with a photo; the contractor's sheet, the list, 销号."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk import concerns
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.concerns import Kind, Said, Source, State, TakenIn
from kiosk.concerns.tables import concern, concern_category, concern_place
from kiosk.database import in_lang
from kiosk.database.dialects import insert_missing
from kiosk.kinds.refusals import BadFinding, UnknownPatrol
from kiosk.kinds.rules import LONGEST_DEMAND, LONGEST_UNIT, MOST_FIX_DAYS
from kiosk.kinds.tables import finding, patrol
from kiosk.words import Lang


class Patrol(Struct, frozen=True):
    """A walk: where and when it began, and who went."""

    id: int
    place: str
    at: datetime
    staff_id: int


class Seen(Struct, frozen=True):
    """What was seen: a category, one sentence, who has to mend it, what is asked for, until when."""

    category: str
    about: str
    unit: str
    demand: str
    fix_on: date
    tap: str


class Finding(Struct, frozen=True):
    """A finding as the lists tell it; `is_rechecked` when the re-check has been done."""

    concern_id: int
    number: str
    patrol_id: int
    category: str
    place: str
    about: str
    unit: str
    demand: str
    fix_on: date
    state: State
    reply: str
    recheck_on: date | None
    answered_by: int | None


def begin_patrol(tx: Connection, asked: Asked, place_id: int | None, tap: str) -> int:
    """Begin a walk; the same `tap` begins one. Raises UnknownPlace."""
    if place_id is not None:
        concerns.check_place(tx, place_id)
    row = {"place_id": place_id, "at": asked.now, "staff_id": asked.staff_id, "tap": tap}
    insert_missing(tx, patrol, row)
    return int(tx.execute(sa.select(patrol.c.id).where(patrol.c.tap == tap)).scalar_one())


def patrol_of(tx: Connection, patrol_id: int, lang: Lang) -> Patrol:
    """One walk. Raises UnknownPatrol."""
    row = tx.execute(sa.select(patrol).where(patrol.c.id == patrol_id)).first()
    if row is None:
        raise UnknownPatrol
    return Patrol(row.id, concerns.place_name(tx, row.place_id, lang), row.at, row.staff_id)


def note_finding(tx: Connection, centre: Centre, asked: Asked, patrol_id: int, seen: Seen) -> TakenIn:
    """Write down what was seen; the same `tap` writes it once. Raises UnknownPatrol, BadFinding."""
    row = tx.execute(sa.select(patrol).where(patrol.c.id == patrol_id)).first()
    if row is None:
        raise UnknownPatrol
    days = (seen.fix_on - centre.day(asked.now)).days
    if not seen.about or not 0 <= days <= MOST_FIX_DAYS:
        raise BadFinding
    if len(seen.unit) > LONGEST_UNIT or len(seen.demand) > LONGEST_DEMAND:
        raise BadFinding
    said = Said(
        seen.category, seen.tap, Source.PATROL, row.place_id, about=seen.about, kind=Kind.FINDING,
        due_on=seen.fix_on, has_slip=False,
    )  # fmt: skip
    taken = concerns.take_in(tx, centre, asked, said)
    own = {"unit": seen.unit, "demand": seen.demand, "fix_on": seen.fix_on}
    insert_missing(tx, finding, {"concern_id": taken.id, "patrol_id": patrol_id, **own})
    return taken


def findings_of(tx: Connection, patrol_id: int, lang: Lang) -> tuple[Finding, ...]:
    """What was seen on one walk, in its order."""
    return _findings(tx, lang, finding.c.patrol_id == patrol_id)


def findings_open(tx: Connection, lang: Lang) -> tuple[Finding, ...]:
    """整改清单: every finding that is not struck off, the nearest date first."""
    is_open = concern.c.state.not_in((State.DONE, State.DECLINED, State.WITHDRAWN))
    return _findings(tx, lang, is_open)


def _findings(tx: Connection, lang: Lang, which: sa.ColumnElement[bool]) -> tuple[Finding, ...]:
    category = in_lang(lang, concern_category.c.name)
    place = sa.func.coalesce(in_lang(lang, concern_place.c.name), "")
    found = (
        sa.select(
            finding, concern.c.number, concern.c.about, concern.c.state, concern.c.reply,
            concern.c.recheck_on, concern.c.answered_by, category.label("category"),
            place.label("place"),
        )
        .join_from(finding, concern, finding.c.concern_id == concern.c.id)
        .join(concern_category, concern.c.category_code == concern_category.c.code)
        .outerjoin(concern_place, concern.c.place_id == concern_place.c.id)
        .where(which, concern.c.is_sealed.is_(False))
        .order_by(finding.c.fix_on, finding.c.concern_id)
    )  # fmt: skip
    return tuple(_finding(row) for row in tx.execute(found))


def _finding(row: Any) -> Finding:
    return Finding(
        row.concern_id, row.number, row.patrol_id, row.category, row.place, row.about, row.unit, row.demand,
        row.fix_on, State(row.state), row.reply, row.recheck_on, row.answered_by,
    )  # fmt: skip
