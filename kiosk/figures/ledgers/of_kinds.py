"""What a kind of concern keeps of its own, for its ledger: who mends, which team, which papers."""

from collections import defaultdict
from collections.abc import Callable, Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.concerns.tables import concern
from kiosk.figures.ledgers.sheets import Ledger, Making
from kiosk.kinds.tables import case_paper, due_date, finding, hope, hope_change
from kiosk.people.tables import team

More = dict[int, dict[str, str]]
"""By concern: a column's title and what stands in it."""


def more_of(tx: Connection, make: Making, ledger: Ledger, ids: Sequence[int]) -> More:
    """What stands in the columns of these concerns beside what every concern has."""
    read = _READ.get(ledger)
    return read(tx, make, ids) if read else {}


def _findings(tx: Connection, make: Making, ids: Sequence[int]) -> More:
    rows = tx.execute(sa.select(finding).where(finding.c.concern_id.in_(ids)))
    return {
        row.concern_id: {"责任单位": row.unit, "要求": row.demand, "时限": row.fix_on.isoformat()}
        for row in rows
    }


def _hopes(tx: Connection, make: Making, ids: Sequence[int]) -> More:
    found = sa.select(hope, team.c.name).outerjoin(team, team.c.id == hope.c.team_id)
    claimed = sa.select(hope_change.c.concern_id, sa.func.max(hope_change.c.at).label("at")).where(
        hope_change.c.verb == "claim", hope_change.c.concern_id.in_(ids)
    )
    days = {
        row.concern_id: make.day(row.at) for row in tx.execute(claimed.group_by(hope_change.c.concern_id))
    }
    return {
        row.concern_id: {
            "心愿": row.sentence,
            "认领队": row.name or "",
            "认领": days.get(row.concern_id, ""),
            "时长": f"{row.minutes}分钟" if row.minutes else "",
        }
        for row in tx.execute(found.where(hope.c.concern_id.in_(ids)))
    }


def _cases(tx: Connection, make: Making, ids: Sequence[int]) -> More:
    held: dict[int, list[str]] = defaultdict(list)
    mine = sa.select(case_paper).where(case_paper.c.concern_id.in_(ids)).order_by(case_paper.c.id)
    for row in tx.execute(mine):
        held[row.concern_id].append(row.what if row.returned_at is None else f"{row.what}（还了）")
    return {concern_id: {"持件": "、".join(papers)} for concern_id, papers in held.items()}


def _reminders(tx: Connection, make: Making, ids: Sequence[int]) -> More:
    """The date that a reminder came of stands in its source, due:<id>:<on>:<step>."""
    refs = tx.execute(sa.select(concern.c.id, concern.c.source_ref).where(concern.c.id.in_(ids))).all()
    due = {row.id: int(row.source_ref.split(":")[1]) for row in refs if row.source_ref.startswith("due:")}
    dates = sa.select(due_date.c.id, due_date.c.last_on).where(due_date.c.id.in_(set(due.values())))
    last = {row.id: row.last_on for row in tx.execute(dates)}
    return {one: {"上次": last[of].isoformat()} for one, of in due.items() if of in last}


_READ: dict[Ledger, Callable[[Connection, Making, Sequence[int]], More]] = {
    Ledger.FINDINGS: _findings,
    Ledger.HOPES: _hopes,
    Ledger.CASES: _cases,
    Ledger.REMINDERS: _reminders,
}
