"""How a concern stands with its clocks and rests, as JSON: written before a step that can be taken back."""

import json
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.concerns.tables import concern, concern_clock, concern_pause

STANDS = (
    "state", "round", "about", "is_sealed", "accused_id", "is_for_street", "outcome", "reply", "solved",
    "owner_id", "offered_to", "returns", "has_extension", "due_on", "due_at", "is_provisional", "answered_at",
    "answered_by", "recheck_on", "resume_on",
)  # fmt: skip
RUNS = ("due_on", "due_at", "met_at")
DAYS, MOMENTS = ("due_on", "recheck_on", "resume_on", "ended_on"), ("due_at", "answered_at", "met_at")


def snapshot(tx: Connection, at: Any) -> str:
    """The concern of this row, its clocks and those of what was merged into it, and its rests."""
    children = sa.select(concern.c.id).where(concern.c.merged_into == at.id)
    which = sa.or_(concern_clock.c.concern_id == at.id, concern_clock.c.concern_id.in_(children))
    clocks = tx.execute(sa.select(concern_clock).where(which)).all()
    rests = tx.execute(sa.select(concern_pause).where(concern_pause.c.concern_id == at.id)).all()
    stood = {
        "concern": {name: _plain(getattr(at, name)) for name in STANDS},
        "clocks": {row.id: {name: _plain(getattr(row, name)) for name in RUNS} for row in clocks},
        "rests": {row.id: {"ended_on": _plain(row.ended_on)} for row in rests},
    }
    return json.dumps(stood, ensure_ascii=False)


def put_back(tx: Connection, concern_id: int, stood: dict[str, Any]) -> None:
    """Let the concern, its clocks and rests stand as the snapshot says; what began since is gone."""
    tx.execute(sa.update(concern).where(concern.c.id == concern_id).values(_read(stood["concern"])))
    for table, kept in ((concern_clock, stood["clocks"]), (concern_pause, stood["rests"])):
        began = sa.and_(table.c.concern_id == concern_id, table.c.id.not_in([int(number) for number in kept]))
        tx.execute(sa.delete(table).where(began))
        for number, values in kept.items():
            tx.execute(sa.update(table).where(table.c.id == int(number)).values(_read(values)))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _read(values: dict[str, Any]) -> dict[str, Any]:
    """The values as columns take them."""
    return {name: _value(name, value) for name, value in values.items()}


def _value(name: str, value: Any) -> Any:
    if value is None or name not in (*DAYS, *MOMENTS):
        return value
    return datetime.fromisoformat(value) if name in MOMENTS else date.fromisoformat(value)
