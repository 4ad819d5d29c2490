"""One ticket's own history, with what clerks said of its steps."""

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.database import in_lang
from kiosk.database.prepared import Prepared
from kiosk.services.tables import service
from kiosk.tickets.tables import change, visit_detail
from kiosk.tickets.visit import NO_DETAIL, Detail, Visit, VisitStep, visit_of
from kiosk.tickets.wait.service_time import pace_of
from kiosk.words import Lang

_SAID = ("outcome", "outcome_en", "reason", "reason_en", "way", "way_en")


@cache
def _steps(lang: Lang) -> Prepared:
    name = in_lang(lang, service.c.name).label("service")
    said = [visit_detail.c[one] for one in _SAID]
    return Prepared(
        sa.select(
            change.c.verb, change.c.from_status, change.c.to_status, change.c.at, change.c.counter_number,
            change.c.note, change.c.before, visit_detail.c.change_id, name, *said,
            visit_detail.c.note.label("said"),
        )
        .select_from(
            change.outerjoin(visit_detail, visit_detail.c.change_id == change.c.id).outerjoin(
                service, service.c.code == change.c.service_code
            )
        )
        .where(change.c.ticket_id == sa.bindparam("ticket_id"))
        .order_by(change.c.id)
    )  # fmt: skip


def visit_now(tx: Connection, ticket_id: int, lang: Lang) -> Visit:
    """What has happened with a ticket; one that is not there has no steps."""
    found = []
    for row in _steps(lang).all(tx, {"ticket_id": ticket_id}):
        detail = NO_DETAIL
        if row.change_id is not None:
            detail = _detail(row, lang)
        found.append(
            VisitStep(
                row.verb, row.from_status, row.to_status, row.at, row.counter_number, row.note,
                row.service or "", row.before, detail,
            )
        )  # fmt: skip
    return visit_of(found)


def _detail(row: Any, lang: Lang) -> Detail:
    """In this language alone: what has no English is told in Chinese."""
    said = {name: getattr(row, name) for name in ("outcome", "reason", "way")}
    if lang == "en":
        said = {name: getattr(row, f"{name}_en") or text for name, text in said.items()}
    return Detail(**said, note=row.said)


LEAST_VISITS = 5
"""Fewer say nothing of what is usual."""


def usual_min(tx: Connection, service_code: str) -> int | None:
    """Minutes from the call to the end that a visit of this service usually takes; None: not known yet."""
    known = pace_of(tx, service_code)
    return known.usual_min() if known.visits >= LEAST_VISITS else None
