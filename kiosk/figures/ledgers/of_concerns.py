"""Ledgers whose rows are concerns: what was said, who did it by when, and what came of it."""

from collections.abc import Callable, Mapping

import sqlalchemy as sa
from msgspec import Struct, field
from msgspec.structs import replace
from sqlalchemy import Connection

from kiosk import concerns
from kiosk.concerns import (
    OUTCOME_WORDS,
    SOLVED_WORDS,
    SOURCE_WORDS,
    STATE_WORDS,
    VERB_WORDS,
    Concern,
    Line,
    Outcome,
    Party,
    Phone,
    Sight,
    Solved,
    Source,
    State,
    Verb,
)
from kiosk.concerns.tables import concern
from kiosk.figures.ledgers.of_kinds import more_of
from kiosk.figures.ledgers.refusals import LedgerTooLong
from kiosk.figures.ledgers.sheets import Head, Ledger, Making, Sheet, Wanted, masked
from kiosk.figures.opinions.reads import CONCERN, days_of
from kiosk.figures.opinions.rules import ANSWERS, CLOSED
from kiosk.ratings.tables import rating

MOST_ROWS = 1000
SEALED = "封存"


class Entry(Struct, frozen=True):
    """A concern with all that a row may tell of it."""

    at: int
    concern: Concern
    seen: Sight
    lines: tuple[Line, ...]
    parties: tuple[Party, ...]
    files: int
    grade: str
    make: Making
    more: Mapping[str, str] = field(default_factory=dict)
    """What its kind keeps of its own, by the title of the column."""

    def first(self, *verbs: Verb) -> Line | None:
        """The first step of these."""
        return next((line for line in self.lines if line.verb in verbs), None)

    def last(self, *verbs: Verb) -> Line | None:
        """The last step of these."""
        return next((line for line in reversed(self.lines) if line.verb in verbs), None)

    @property
    def about(self) -> str:
        """Staff's sentence."""
        return self.concern.about if self.seen.about else ""

    @property
    def place(self) -> str:
        """Where it is."""
        return self.concern.place if self.seen.place else ""

    @property
    def reply(self) -> str:
        """What was answered."""
        return self.concern.reply if self.seen.reply else ""

    @property
    def name(self) -> str:
        """What to call who asked."""
        return self.parties[0].name if self.parties and self.seen.phone != Phone.NONE else ""

    @property
    def phone(self) -> str:
        """The number, masked unless it was asked for with a reason."""
        if not self.parties or self.seen.phone == Phone.NONE:
            return ""
        party = self.parties[0]
        if self.make.viewer.sees_phones and self.seen.phone == Phone.LOGGED:
            return party.phone or party.tail
        return masked(party.phone, party.tail)

    @property
    def answered_on(self) -> str:
        """The day of the answer that stands."""
        is_over = self.concern.state in CLOSED
        return self.make.day(self.concern.answered_at) if is_over else ""

    @property
    def in_time(self) -> str:
        """是 or 否; "" while it is neither answered nor late."""
        one, centre = self.concern, self.make.centre
        if one.answered_at is not None and one.state in CLOSED:
            return "否" if one.due.is_past(one.answered_at, centre.day(one.answered_at)) else "是"
        is_late = one.is_running and one.due.is_past(self.make.now, centre.day(self.make.now))
        return "否" if is_late else ""

    @property
    def due(self) -> str:
        """Until when, as it stands now."""
        return self.concern.due.on.isoformat()

    @property
    def solved(self) -> str:
        """The resident's own word."""
        known = self.concern.solved in tuple(Solved)
        return (
            SOLVED_WORDS[Solved(self.concern.solved)] if known else "没有回音" if self.concern.solved else ""
        )

    @property
    def outcome(self) -> str:
        """What the answer says."""
        known = self.concern.outcome in tuple(Outcome)
        return OUTCOME_WORDS[Outcome(self.concern.outcome)] if known else STATE_WORDS[self.concern.state]

    @property
    def steps(self) -> str:
        """What happened, each with its day."""
        told = [
            line for line in self.lines if line.verb not in (Verb.TAKE_IN, Verb.LOOK, Verb.SUM_UP, Verb.UNDO)
        ]
        return "；".join(f"{self.make.centre.local(line.at):%m-%d}{VERB_WORDS[line.verb]}" for line in told)

    @property
    def notes(self) -> str:
        """Rounds, pauses, an extension."""
        pauses = sum(line.verb == Verb.PAUSE for line in self.lines)
        told = (
            f"再办{self.concern.round}次" if self.concern.round else "",
            f"暂停{pauses}次" if pauses else "",
            "延期" if self.concern.has_extension else "",
        )
        return "，".join(part for part in told if part)


Cell = Callable[[Entry], str]
Column = tuple[str, int, Cell]


def _empty(_: Entry) -> str:
    """A column that the kind fills by itself, or that the paper has for a pen."""
    return ""


def _what(one: Entry) -> str:
    return "：".join(part for part in (one.concern.category, one.about) if part)


def _grid(one: Entry) -> str:
    return one.concern.grid if one.seen.place else ""


def _recheck(one: Entry) -> Line | None:
    return one.last(Verb.RECHECK)


COLUMNS: dict[Ledger, tuple[Column, ...]] = {
    Ledger.CONCERNS: (
        ("序号", 7, lambda one: str(one.at)), ("编号", 10, lambda one: one.concern.number),
        ("时间", 15, lambda one: one.make.minute(one.concern.taken_at)),
        ("来源", 11, lambda one: SOURCE_WORDS[Source(one.concern.source)]),
        ("类别", 12, lambda one: one.concern.category), ("地点", 15, lambda one: one.place),
        ("反映人", 11, lambda one: one.name), ("电话", 13, lambda one: one.phone),
        ("摘要", 30, lambda one: one.about),
        ("紧急", 6, lambda one: "急" if one.concern.due.at else ""),
        ("承办", 13, lambda one: one.make.who(one.concern.owner_id)), ("时限", 15, lambda one: one.due),
        ("过程", 27, lambda one: one.steps), ("办结", 15, lambda one: one.answered_on),
        ("按时", 6, lambda one: one.in_time), ("结果", 11, lambda one: one.outcome),
        ("答复", 27, lambda one: one.reply), ("回访", 10, lambda one: one.solved),
        ("满意度", 11, lambda one: one.grade), ("备注", 12, lambda one: one.notes),
    ),
    Ledger.DIARY: (
        ("日期", 12, lambda one: one.make.day(one.concern.written_at or one.concern.taken_at)),
        ("网格", 10, _grid),
        ("楼栋", 16, lambda one: one.place), ("户类", 8, _empty),
        ("走访人", 12, lambda one: one.make.who(one.concern.taken_by)), ("谈到", 40, _what),
        ("当场办", 8, lambda one: "是" if one.first(Verb.SETTLE) else ""),
        ("转编号", 10, lambda one: one.concern.number), ("下次", 12, _empty),
    ),
    Ledger.FINDINGS: (
        ("日期", 11, lambda one: one.make.day(one.concern.taken_at)),
        ("项目", 16, lambda one: one.place or one.concern.category),
        ("问题", 28, lambda one: one.about),
        ("照片", 6, lambda one: f"{one.files}张" if one.files else ""),
        ("责任单位", 12, lambda one: one.make.who(one.concern.owner_id)), ("要求", 14, _empty),
        ("时限", 11, lambda one: one.due), ("整改", 24, lambda one: one.reply),
        ("回头看日期", 11, lambda one: one.make.day(line.at) if (line := _recheck(one)) else ""),
        ("人", 10, lambda one: one.make.who(line.staff_id) if (line := _recheck(one)) else ""),
        (
            "结论", 8,
            lambda one: {"good": "合格", "bad": "不合格"}[line.reason] if (line := _recheck(one)) else "",
        ),
    ),
    Ledger.TASKS: (
        ("任务", 34, _what), ("下达", 12, lambda one: one.make.day(one.concern.taken_at)),
        ("时限", 12, lambda one: one.due), ("责任人", 12, lambda one: one.make.who(one.concern.owner_id)),
        ("完成", 12, lambda one: one.answered_on), ("发现", 18, _empty),
        ("整改", 24, lambda one: one.reply), ("按时", 6, lambda one: one.in_time),
    ),
    Ledger.HOPES: (
        ("心愿", 36, _what), ("认领队", 16, _empty),
        ("认领", 12, _empty),
        ("完成", 12, lambda one: one.answered_on), ("时长", 8, _empty),
        ("回访", 12, lambda one: one.solved),
    ),
    Ledger.CASES: (
        ("事项", 30, _what), ("委托人", 12, lambda one: one.name), ("持件", 14, _empty),
        ("专员", 12, lambda one: one.make.who(one.concern.owner_id)),
        (
            "步骤", 34,
            lambda one: "；".join(line.note for line in one.lines if line.verb == Verb.STEP),
        ),
        ("办结", 12, lambda one: one.answered_on), ("签收", 12, lambda one: one.solved),
    ),
    Ledger.REMINDERS: (
        ("称呼", 12, lambda one: one.name), ("上次", 12, _empty), ("到期", 12, lambda one: one.due),
        ("提醒", 12, lambda one: one.make.day(one.concern.taken_at)), ("事项", 30, _what),
        ("方式", 12, lambda one: _told(one)), ("结果", 24, lambda one: one.reply or one.outcome),
    ),
}  # fmt: skip
"""What each ledger's columns are, and what stands in them."""

_TOLD = {"receipt": "凭小票看", "phone": "打电话", "here": "当面", "door": "上门"}


def _told(one: Entry) -> str:
    line = one.last(*(Verb(verb) for verb in ANSWERS))
    return _TOLD.get(line.told, "") if line else ""


ONLY: dict[Ledger, sa.ColumnElement[bool]] = {
    Ledger.CONCERNS: sa.true(),
    Ledger.DIARY: concern.c.source.in_((Source.DOOR, Source.STAIRWELL)),
    Ledger.FINDINGS: concern.c.kind == concerns.Kind.FINDING,
    Ledger.TASKS: concern.c.kind == concerns.Kind.TASK,
    Ledger.HOPES: concern.c.kind == concerns.Kind.HOPE,
    Ledger.CASES: concern.c.kind == concerns.Kind.CASE,
    Ledger.REMINDERS: concern.c.kind == concerns.Kind.REMINDER,
}


def sheet_of_concerns(tx: Connection, make: Making, wanted: Wanted) -> Sheet:
    """The rows of a ledger of concerns that were taken in during these days. Raises LedgerTooLong."""
    days = days_of(make.centre, wanted.span, make.now)
    in_days = sa.and_(concern.c.taken_at >= days.start, concern.c.taken_at < days.end)
    found = sa.select(concern.c.id).where(in_days, ONLY[wanted.ledger]).order_by(concern.c.id)
    ids = tx.execute(found.limit(MOST_ROWS + 1)).scalars().all()
    if len(ids) > MOST_ROWS:
        raise LedgerTooLong(most=MOST_ROWS)
    columns = COLUMNS[wanted.ledger]
    more = more_of(tx, make, wanted.ledger, ids)
    entries = [
        replace(entry_of(tx, make, one, at), more=more.get(one, {})) for at, one in enumerate(ids, start=1)
    ]
    rows = tuple(_row(one, columns) for one in entries)
    heads: tuple[Head, ...] = tuple((title, width) for title, width, _ in columns)
    shown = tuple(one.concern.id for one in entries if one.seen.is_there and _has_phone(one))
    return Sheet(heads, rows, _total(wanted.ledger, entries), shown if _shows_phones(columns) else ())


def entry_of(tx: Connection, make: Making, concern_id: int, at: int = 0) -> Entry:
    """One concern as `make.viewer` may see it."""
    one = concerns.concern_of(tx, make.centre, concern_id, "zh")
    seen = one.sight(make.viewer.role, make.viewer.staff_id, make.centre.day_start(make.now))
    files = len(concerns.files_of(tx, concern_id)) if seen.words else 0
    lines = tuple(line for line in concerns.lines_of(tx, concern_id) if not line.is_undone)
    return Entry(
        at, one, seen, lines, concerns.parties_of(tx, concern_id), files,
        _grade(tx, concern_id), make,
    )  # fmt: skip


def _grade(tx: Connection, concern_id: int) -> str:
    mine = sa.and_(rating.c.subject == CONCERN, rating.c.subject_id == concern_id)
    newest = sa.select(rating.c.grade).where(mine).order_by(rating.c.round.desc()).limit(1)
    grade = tx.execute(newest).scalar()
    return GRADES[grade] if grade else ""


GRADES = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}


def _row(one: Entry, columns: tuple[Column, ...]) -> tuple[str, ...]:
    if one.seen.is_there:
        return tuple(one.more.get(title) or cell(one) for title, _, cell in columns)
    shown = {"序号": str(one.at), "编号": one.concern.number, "转编号": one.concern.number}
    row = [shown.get(title, "") for title, _, _ in columns]
    place = max(range(len(columns)), key=lambda at: columns[at][1])
    row[place] = SEALED
    return tuple(row)


def _has_phone(one: Entry) -> bool:
    return one.seen.phone == Phone.LOGGED and any(party.phone for party in one.parties)


def _shows_phones(columns: tuple[Column, ...]) -> bool:
    return any(title == "电话" for title, _, _ in columns)


def _total(ledger: Ledger, entries: list[Entry]) -> tuple[str, ...]:
    if ledger != Ledger.TASKS or not entries:
        return ()
    done = sum(one.concern.state in (State.ANSWERED, State.DONE) for one in entries)
    in_time = sum(one.in_time == "是" for one in entries)
    return ("完成", "", "", "", f"{done}/{len(entries)}", "", "", f"{in_time}/{len(entries)}")
