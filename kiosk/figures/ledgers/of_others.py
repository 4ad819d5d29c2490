"""Ledgers whose rows are ratings, and points of meetings."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk import kinds, ratings
from kiosk.concerns import LEADS, Reached, Source, Verb
from kiosk.concerns.tables import concern
from kiosk.events.tables import event, event_day, meeting_point
from kiosk.figures.ledgers.of_concerns import GRADES, MOST_ROWS, Entry, entry_of
from kiosk.figures.ledgers.refusals import LedgerTooLong
from kiosk.figures.ledgers.sheets import Making, Sheet, Wanted
from kiosk.ratings import Verdict
from kiosk.ratings.tables import rating, rating_review, rating_word
from kiosk.services.tables import service

CHIPS = {
    "quick": "快", "patient": "耐心", "clear": "一次说清", "one_trip": "不用多跑", "pleasant": "环境好",
    "helped": "帮了大忙", "slow": "等太久", "manner": "态度不好", "unclear": "说不清",
    "many_trips": "让我多跑", "more_papers": "多要材料", "not_done": "没办成",
}  # fmt: skip
REACHED = {Reached.YES: "打通了", Reached.NO: "没打通", Reached.UNWILLING: "打通了，不愿多说"}
VERDICTS = {Verdict.TRUE: "属实", Verdict.MISTAKEN: "误评", Verdict.UNCLEAR: "无法核实"}


def sheet_of_ratings(tx: Connection, make: Making, wanted: Wanted) -> Sheet:
    """好差评 and 差评整改: without those of visits of whoever looks, and without whose visits they were."""
    rows = _ratings(tx, make, wanted)
    said = _second_words(tx, [row.subject_id for row in rows])
    verdicts = _verdicts(tx, [row.id for row in rows])
    became = _complaints(tx, [row.subject_id for row in rows])
    told = []
    for row in rows:
        entry = entry_of(tx, make, became[row.subject_id]) if row.subject_id in became else None
        chips = "、".join(CHIPS.get(chip, chip) for chip in (row.chips or "").split())
        told.append(
            (
                row.service_day.isoformat(), row.name or "", _text(row.counter_number), GRADES[row.grade],
                chips, _words(make, row), verdicts.get(row.id, ""), *_mended(entry),
                said.get(row.subject_id, ""),
            )
        )  # fmt: skip
    heads = (
        ("日期", 12), ("事项", 18), ("窗口", 6), ("等级", 10), ("指标", 16), ("意见", 26), ("核实", 10),
        ("联系", 12), ("措施", 24), ("完成", 12), ("回访", 12), ("追评", 10),
    )  # fmt: skip
    return Sheet(heads, tuple(told))


def _words(make: Making, row: Any) -> str:
    """What was written beside a face; beside a bad one it is for who leads alone, as its complaint is."""
    is_open = row.grade > ratings.Grade.BAD or make.viewer.role in LEADS
    return row.words or "" if is_open else ""


def _ratings(tx: Connection, make: Making, wanted: Wanted) -> list[Any]:
    not_mine = ratings.of_others(make.viewer.staff_id)
    in_days = rating.c.service_day.between(wanted.span.first, wanted.span.last)
    found = (
        sa.select(rating, rating_word.c.chips, rating_word.c.words, service.c.name)
        .outerjoin(rating_word, rating_word.c.rating_id == rating.c.id)
        .outerjoin(service, service.c.code == rating.c.service_code)
        .where(in_days, not_mine, rating.c.subject == "visit", rating.c.round == 0)
        .order_by(rating.c.id)
        .limit(MOST_ROWS + 1)
    )
    rows = list(tx.execute(found))
    if len(rows) > MOST_ROWS:
        raise LedgerTooLong(most=MOST_ROWS)
    return rows


def _second_words(tx: Connection, tickets: list[int]) -> dict[int, str]:
    again = sa.and_(rating.c.subject == "visit", rating.c.round == 1, rating.c.subject_id.in_(tickets))
    rows = tx.execute(sa.select(rating.c.subject_id, rating.c.grade).where(again))
    return {row.subject_id: GRADES[row.grade] for row in rows}


def _verdicts(tx: Connection, ids: list[int]) -> dict[int, str]:
    said: dict[int, list[str]] = defaultdict(list)
    for row in tx.execute(sa.select(rating_review).where(rating_review.c.rating_id.in_(ids))):
        said[row.rating_id].append(row.verdict)
    return {
        one: VERDICTS[verdict]
        for one, found in said.items()
        for verdict in Verdict
        if found.count(verdict) >= ratings.VERDICT_BY
    }


def _complaints(tx: Connection, tickets: list[int]) -> dict[int, int]:
    """The concerns that came of ratings of these visits, by visit."""
    mine = sa.and_(concern.c.source == Source.RATING, concern.c.ticket_id.in_(tickets))
    return {
        row.ticket_id: row.id for row in tx.execute(sa.select(concern.c.ticket_id, concern.c.id).where(mine))
    }


def _mended(entry: Entry | None) -> tuple[str, str, str, str]:
    """联系, 措施, 完成, 回访 of the complaint that a bad one became; nothing of what may not be seen."""
    if entry is None or not entry.seen.is_there:
        return "", "", "", ""
    calls = [line for line in entry.lines if line.verb == Verb.CALL_BACK]
    reached = next((line for line in calls if line.reason != Reached.NO), None)
    contact = reached or entry.first(Verb.STEP)
    told = REACHED[Reached(calls[-1].reason)] if calls else entry.solved
    return entry.make.day(contact.at) if contact else "", entry.reply, entry.answered_on, told


def _text(value: object) -> str:
    return "" if value is None else str(value)


def sheet_of_points(tx: Connection, make: Making, wanted: Wanted) -> Sheet:
    """议题: what was said at meetings of these days, and which concern came of it."""
    points = (
        sa.select(
            meeting_point.c.id,
            meeting_point.c.text,
            meeting_point.c.raised_by,
            event.c.title,
            event_day.c.held_on,
        )
        .join_from(meeting_point, event_day, event_day.c.id == meeting_point.c.event_day_id)
        .join(event, event.c.id == event_day.c.event_id)
        .where(event_day.c.held_on.between(wanted.span.first, wanted.span.last))
        .order_by(event_day.c.held_on, meeting_point.c.id)
        .limit(MOST_ROWS + 1)
    )
    rows = list(tx.execute(points))
    if len(rows) > MOST_ROWS:
        raise LedgerTooLong(most=MOST_ROWS)
    refs = {kinds.point_source(row.id): row.id for row in rows}
    mine = sa.and_(concern.c.source == Source.MEETING, concern.c.source_ref.in_(list(refs)))
    found = tx.execute(sa.select(concern.c.source_ref, concern.c.id).where(mine))
    became = {refs[row.source_ref]: entry_of(tx, make, row.id) for row in found}
    told = tuple(_point(row, became) for row in rows)
    heads = (("会议", 24), ("议题", 40), ("提出", 14), ("决议", 30), ("编号", 10), ("反馈会", 14))
    return Sheet(heads, told)


def _point(row: Any, became: Mapping[int, Entry]) -> tuple[str, ...]:
    entry = became.get(row.id)
    is_seen = entry is not None and entry.seen.is_there
    reply = entry.reply if entry is not None and is_seen else ""
    number = entry.concern.number if entry is not None else ""
    return f"{row.held_on} {row.title}", row.text, row.raised_by, reply, number, ""
