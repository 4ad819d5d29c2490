"""The catalogue as it is now, as a book."""

from typing import Any

from msgspec.structs import asdict

from kiosk import services, tickets
from kiosk.centre import Centre
from kiosk.database import Tx
from kiosk.exchange.content import ENDS, KINDS, NO, SHEETS, TICK, YES, Book, Row, SheetKind


def catalogue_now(tx: Tx, centre: Centre) -> Book:
    """All that is there, retired things too; no stall of an event."""
    groups, listed = services.every_group(tx), services.every_service(tx)
    counters = [one for one in services.every_counter(tx) if one.retired_at is None]
    rows: dict[SheetKind, list[dict[str, Any]]] = {
        SheetKind.GROUP: [
            asdict(one.plan) | {"slug": one.slug, "retired": one.retired_at is not None} for one in groups
        ],
        SheetKind.SERVICE: [
            asdict(one.plan) | {"code": one.code, "retired": one.retired_at is not None} for one in listed
        ],
        SheetKind.MATERIAL: [
            asdict(line) | {"code": one.code, "kind": KINDS[line.kind]}
            for one in listed
            for line in one.plan.materials
        ],
        SheetKind.OUTCOME: [
            asdict(line) | {"code": one.code, "kind": ENDS[line.kind]}
            for one in listed
            for line in one.plan.outcomes
        ],
        SheetKind.COUNTER: [
            {"code": one.code, "name": one.plan.name}
            | {str(at.number): TICK if one.code in at.codes else "" for at in counters}
            for one in listed
        ],
        SheetKind.PRIORITY: [
            asdict(one.plan) | {"code": one.code, "retired": one.retired_at is not None}
            for one in tickets.every_priority(tx)
        ],
    }
    columns = {kind: tuple(spec.columns) for kind, spec in SHEETS.items()}
    columns[SheetKind.COUNTER] += tuple(str(one.number) for one in counters)
    sheets = {
        kind: tuple(
            Row(number, {name: _cell(row.get(name)) for name in columns[kind]})
            for number, row in enumerate(rows[kind], 2)
        )
        for kind in SHEETS
    }
    return Book(sheets, centre.address, columns)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    return "" if value is None else str(value)
