"""Totals of hours and points, added up by the database: a page of them, and the sum of all."""

from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.checkin.rules import Stay
from kiosk.checkin.tables import manual_hours, sign_in
from kiosk.events.tables import event, event_day
from kiosk.people.tables import person, team


class TotalBy(StrEnum):
    """How totals are put together."""

    PERSON = "person"
    TEAM = "team"
    MONTH = "month"


class Total(Struct, frozen=True):
    """The sum of some rows: `key` is a person's or team's id or a month like 2026-11, `label` its name."""

    key: str
    label: str
    minutes: int
    points: int
    times: int


class Report(Struct, frozen=True):
    """Some of all `found` totals, and the `whole` of all."""

    totals: tuple[Total, ...]
    found: int
    whole: Total


NOTHING = Report((), 0, Total("", "", 0, 0, 0))


def hours_report(
    tx: Connection, span: tuple[date, date], by: TotalBy, most: int | None = None, skipped: int = 0
) -> Report:
    """Totals from the first to the last day of `span`: of each person, organising team or month.

    Whoever served longest comes first, months in their order; `most` of them after `skipped`, the first
    when there are not so many.
    """
    lines = _lines(*span).subquery()
    key = _key_of(lines, TotalBy(by))
    sums = [sa.func.sum(lines.c.minutes), sa.func.sum(lines.c.points), sa.func.count()]
    all_of_them = [sa.func.sum(one).over() for one in sums]
    ranked = (key,) if by == TotalBy.MONTH else (sums[0].desc(), key)
    query = sa.select(key, *sums, sa.func.count().over(), *all_of_them).group_by(key).order_by(*ranked)
    rows = tx.execute(query.limit(most).offset(skipped)).all()
    if not rows:
        return hours_report(tx, span, by, most) if skipped else NOTHING
    labels = _labels(tx, TotalBy(by), [row[0] for row in rows])
    totals = tuple(
        Total(str(row[0] or ""), labels.get(row[0], ""), int(row[1]), int(row[2]), row[3]) for row in rows
    )
    return Report(totals, rows[0][4], Total("", "", *(int(value) for value in rows[0][5:])))


def _lines(first: date, last: date) -> sa.CompoundSelect[Any]:
    """Every line that counts, without a name: joining people to twenty thousand lines is most of the work."""
    stays = (
        sa.select(
            sign_in.c.person_id, event.c.team_id, event_day.c.held_on.label("on"), sign_in.c.minutes,
            _points(event_day.c.points_per_hour, sign_in.c.minutes),
        )
        .select_from(sign_in.join(event_day).join(event))
        .where(sign_in.c.counts_hours, sign_in.c.status == Stay.LEFT, is_of_days(first, last))
    )  # fmt: skip
    by_hand = sa.select(
        manual_hours.c.person_id, manual_hours.c.team_id, manual_hours.c.served_on, manual_hours.c.minutes,
        _points(manual_hours.c.points_per_hour, manual_hours.c.minutes),
    ).where(manual_hours.c.withdrawn_at.is_(None), manual_hours.c.served_on.between(first, last))  # fmt: skip
    return stays.union_all(by_hand)


def is_of_days(first: date, last: date) -> sa.ColumnElement[bool]:
    """Whether a stay is of these days. By way of the days: else every stay there ever was is read."""
    days = sa.select(event_day.c.id).where(event_day.c.held_on.between(first, last))
    return sign_in.c.event_day_id.in_(days)


def _points(per_hour: sa.Column[Any], minutes: sa.Column[Any]) -> sa.Label[Any]:
    # as rules.points: whole points of each line
    return (per_hour * minutes // 60).label("points")


def _key_of(lines: sa.Subquery, by: TotalBy) -> sa.ColumnElement[Any]:
    if by == TotalBy.MONTH:
        return sa.extract("year", lines.c.on) * 100 + sa.extract("month", lines.c.on)
    key: sa.ColumnElement[Any] = lines.c.person_id if by == TotalBy.PERSON else lines.c.team_id
    return key


def _labels(tx: Connection, by: TotalBy, keys: list[Any]) -> dict[Any, str]:
    if by == TotalBy.MONTH:
        return {key: f"{int(key) // 100}-{int(key) % 100:02}" for key in keys}
    of = person if by == TotalBy.PERSON else team
    return {row.id: row.name for row in tx.execute(sa.select(of.c.id, of.c.name).where(of.c.id.in_(keys)))}
