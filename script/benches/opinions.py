"""Figures of a month with 50,000 ratings and 20,000 concerns behind them, and a ledger of that month."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from kiosk import ratings
from kiosk.box import Box, open_box
from kiosk.concerns.tables import concern, concern_change, concern_clock
from kiosk.database import FILE
from kiosk.figures import Span, ledgers, opinions
from kiosk.ratings.tables import rating, rating_word
from kiosk.settings import Settings
from script.benches._hall import say, summary, timed
from script.benches.history import fill

RATINGS, CONCERNS, DAYS, TURNS = 50_000, 20_000, 730, 15
GRADES = (5, 5, 4, 5, 3, 5, 4, 2, 5, 1)
CATEGORIES = ("lights", "noise", "help", "parking", "idea")
SOURCES = ("station", "door", "patrol", "call", "12345")
STEPS = (
    ("take_in", "new", 0, ""), ("accept", "open", 5, ""), ("step", "open", 20, ""),
    ("answer", "answered", 70, "solved"), ("reopen", "open", 90, "no"),
    ("answer", "answered", 120, "solved"), ("recheck", "answered", 280, "good"),
    ("agree", "done", 300, "yes"),
)  # fmt: skip
"""Verb, state, hours after it was taken in, reason: all of them happen to every tenth, four to the others."""


def run() -> None:
    """Print every figure: of a centre of two years, and of one that had all of it within a quarter."""
    for words, days in (("over two years", DAYS), ("all within a quarter", 90)):
        with TemporaryDirectory(prefix="linli-bench-") as scratch:
            _measure(_filled(Path(scratch), days), words)


def _filled(folder: Path, days: int) -> Box:
    """Twice as many visits as ratings, so that half of them were rated."""
    fill(folder, 2 * RATINGS, days)
    box = open_box(Settings(folder=folder, is_demo=True, printer="off:"))
    with box.database.write() as tx:
        tx.execute(sa.insert(rating), list(_ratings(folder)))
        words = sa.select(rating.c.id, sa.literal("quick clear"), sa.literal(1), sa.literal(""), rating.c.at)
        tx.execute(
            sa.insert(rating_word).from_select(list(rating_word.c.keys()), words.where(rating.c.id % 3 == 0))
        )
        for table, rows in _concerns(box, days).items():
            tx.execute(sa.insert(table), rows)
    with box.database.write() as tx:
        tx.execute(sa.text("ANALYZE"))
    return box


def _ratings(folder: Path) -> Iterator[dict[str, Any]]:
    with closing(sqlite3.connect(folder / FILE)) as db:
        served = db.execute(
            "SELECT id, service_day, service_code, counter_number, called_at FROM ticket ORDER BY id LIMIT ?",
            (RATINGS,),
        )
        for number, (ticket_id, day, service, counter, called_at) in enumerate(served):
            at = datetime.fromisoformat(f"{called_at}+00:00")
            yield {
                "subject": "visit", "subject_id": ticket_id, "round": 0,
                "grade": GRADES[number % len(GRADES)], "source": "tablet",
                "service_day": date.fromisoformat(day), "service_code": service,
                "counter_number": counter, "finished_at": at, "at": at + timedelta(seconds=number % 90),
            }  # fmt: skip


def _concerns(box: Box, days: int) -> dict[sa.Table, list[dict[str, Any]]]:
    now, rows, log, clocks = box.now(), [], [], []
    for number in range(CONCERNS):
        taken = now - timedelta(days=days) * (CONCERNS - number) / CONCERNS
        steps = STEPS if number % 10 == 0 else STEPS[:4]
        due = box.centre.day(taken + timedelta(days=7))
        rows.append({
            "id": number + 1, "year": 2000 + number // 9999, "number": f"S{number % 9999:04d}",
            "kind": "complaint", "source": SOURCES[number % 5],
            "category_code": CATEGORIES[number % 5], "state": steps[-1][1],
            "taken_at": taken, "tap": f"old-{number}", "about": "楼道灯不亮", "due_on": due, "station": "old",
            "answered_at": taken + timedelta(hours=70), "reply": "换好了", "outcome": "solved",
        })  # fmt: skip
        log += [
            {
                "concern_id": number + 1, "verb": verb, "to_state": state,
                "at": taken + timedelta(hours=hours), "reason": reason, "round": int(hours >= 90),
            }
            for verb, state, hours, reason in steps
        ]  # fmt: skip
        clocks += [
            {
                "concern_id": number + 1, "what": what, "round": 0, "started_at": taken, "length": 5,
                "unit": "workday", "due_on": due, "met_at": taken + timedelta(hours=hours),
            }
            for what, hours in (("accept", 5), ("contact", 20), ("answer", 70))
        ]  # fmt: skip
    return {concern: rows, concern_change: log, concern_clock: clocks}


def _measure(box: Box, words: str) -> None:
    today = box.centre.day(box.now())
    month = Span(today - timedelta(days=30), today)
    more = {"ratings": RATINGS, "concerns": CONCERNS, "spread": words}
    for by in ratings.By:
        times = _times(lambda by=by: _rated(box, month, by))  # type: ignore[misc]
        say("opinions", f"ratings of a month by {by.value}, ms", summary(times), {"at most": 150}, **more)
    for group in opinions.Group:
        times = _times(lambda group=group: _said(box, month, group))  # type: ignore[misc]
        say("opinions", f"concerns of a month by {group.value}, ms", summary(times), {"at most": 150}, **more)
    told = _times(lambda: _told(box))
    say("opinions", "what the hall may know of a month, ms", summary(told), {"at most": 25}, **more)
    week = Span(today - timedelta(days=6), today)
    rows = _times(lambda: _ledger(box, week), 3)
    say("opinions", "the register of a week, its rows, ms", summary(rows), {"at most": 1000}, **more)
    box.database.close()


def _rated(box: Box, span: Span, by: ratings.By) -> None:
    with box.database.read() as tx:
        ratings.figures(tx, span.first, span.last, by)


def _said(box: Box, span: Span, by: opinions.Group) -> None:
    with box.database.read() as tx:
        opinions.opinions_of(tx, box.centre, (span, opinions.Only(), by), box.now())


def _told(box: Box) -> None:
    with box.database.read() as tx:
        opinions.month_told(tx, box.centre, box.centre.day(box.now()), box.now())


def _ledger(box: Box, span: Span) -> None:
    wanted = ledgers.Wanted(ledgers.Ledger.CONCERNS, span, ledgers.Viewer("manager", 1, "manager"))
    try:
        with box.database.read() as tx:
            ledgers.ledger_of(tx, box.centre, wanted, box.now())
    except ledgers.LedgerTooLong:
        pass


def _times(act: Callable[[], object], turns: int = TURNS) -> list[float]:
    act()  # the first compiles every statement
    return [timed(act) for _ in range(turns)]
