"""A million old tickets: whether calling and the board stay as quick as with a thousand."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kiosk import demo, services, tickets
from kiosk.asked import Asked
from kiosk.box import Box, open_box
from kiosk.database import FILE
from kiosk.settings import Settings
from script.benches._hall import say, summary, timed

FEW, MANY, DAYS, WAITING, TURNS = 1_000, 1_000_000, 900, 40, 200


def run() -> None:
    """Print the figures beside those of a young centre."""
    _flat_history()


def _flat_history() -> None:
    with TemporaryDirectory(prefix="linli-bench-") as folder:
        filling = timed(lambda: fill(Path(folder) / "many", MANY)) / 1000
        fill(Path(folder) / "few", FEW)
        few, many = (_Past(Path(folder) / name) for name in ("few", "many"))
        for _ in range(TURNS):
            few.turn()
            many.turn()
        size = round((Path(folder) / "many" / FILE).stat().st_size / 1e6)
        few.close()
        many.close()
    for verb, times in many.times.items():
        reference = summary(few.times[verb])
        ratio = round(summary(times)["p50"] / reference["p50"], 2)
        more = {"ratio_of_p50": ratio, "waiting": WAITING, "file_mb": size, "filled_in_s": round(filling, 1)}
        say(
            "queue",
            f"{verb} with {MANY:,} old tickets, ms",
            summary(times),
            {f"{FEW:,} old": reference},
            **more,
        )


class _Past:
    """A centre with old tickets behind it and a line of today; counter 1 works on the line."""

    clerk = 2

    def __init__(self, folder: Path) -> None:
        self._box = open_box(Settings(folder=folder, is_demo=True))
        self._taps = 0
        self.times: dict[str, list[float]] = {
            "call_next, its verb alone": [], "call_next and its commit": [], "board_now": []
        }  # fmt: skip
        with self._box.database.write() as tx:
            services.open_counter(tx, Asked(self._box.now(), self.clerk), 1)
        for _ in range(WAITING):
            self._take()
        self.turn()
        for times in self.times.values():  # the first turn compiles every statement
            times.clear()

    def turn(self) -> None:
        """One visit: called, seen on the board, served; and somebody else takes a ticket."""
        with self._box.database.read() as tx:
            since = tickets.version(tx)
        self.times["call_next and its commit"].append(timed(self._call))
        self.times["board_now"].append(timed(lambda: self._board(since)))
        for verb in (tickets.start, tickets.finish):
            with self._box.database.write() as tx:
                verb(tx, Asked(self._box.now(), self.clerk), 1)
        self._take()

    def _call(self) -> None:
        box = self._box
        with box.database.write() as tx:
            alone = timed(lambda: tickets.call_next(tx, box.centre, Asked(box.now(), self.clerk), 1))
        self.times["call_next, its verb alone"].append(alone)

    def _board(self, since: int) -> None:
        with self._box.database.read() as tx:
            shown = tickets.board_now(tx, self._box.centre, since, self._box.now(), "zh")
        if len(shown.announcements) != 1:
            raise RuntimeError(f"the board heard {len(shown.announcements)} calls")

    def _take(self) -> None:
        self._taps += 1
        tap = tickets.Tap("A", f"today-{self._taps}")
        with self._box.database.write() as tx:
            tickets.take(tx, self._box.centre, tap, "zh", self._box.now())

    def close(self) -> None:
        """Let go of the file."""
        self._box.database.close()


ENDS = (("served", "finish"), ("served", "finish"), ("no_show", "no_show"), ("cancelled", "cancel"))
LETTERS = "ABCDJKLMN"
OLD_TICKET = (
    *("id", "revision", "service_day", "number", "service_code", "status", "taken_at", "rank_at", "tap"),
    *("station", "for_someone_else", "counter_number", "called_at", "calls"),
)
OLD_CHANGE = (
    *("ticket_id", "verb", "from_status", "to_status", "at", "counter_number", "staff_id", "note"),
    "service_code",
)
"""The columns of the rows below."""


def _insert(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608


def fill(folder: Path, count: int, days: int = DAYS) -> None:
    """A demo centre with `count` tickets of the last `days`, three changes each, oldest first."""
    box = open_box(Settings(folder=folder, is_demo=True))
    demo.furnish_hall(box)
    box.database.close()
    today = box.centre.day_start(box.now())
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as db:
        for pragma in ("journal_mode=MEMORY", "synchronous=OFF"):
            db.execute(f"PRAGMA {pragma}")
        db.execute("BEGIN")
        db.executemany(
            _insert("ticket", OLD_TICKET),
            (old_ticket(box, *when(today, i, count, days), i) for i in range(count)),
        )
        moments = (when(today, i, count, days) for i in range(count))
        db.executemany(
            _insert("change", OLD_CHANGE),
            (row for i, (at, nth) in enumerate(moments) for row in old_changes(at, nth, i)),
        )
        db.execute("COMMIT")
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            db.execute(f"PRAGMA {pragma}")


def when(today: datetime, i: int, count: int, days: int) -> tuple[datetime, int]:
    """When the ticket was taken, in opening hours, and which of its day it is."""
    day, first = (i * days) // count, -(-((i * days) // count) * count // days)
    nth = i - first
    per_day = max(1, count // days)
    return today - timedelta(days=days - day) + timedelta(hours=9, seconds=28_000 * nth // per_day), nth


def _stored(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


def old_ticket(box: Box, taken: datetime, nth: int, i: int) -> tuple[Any, ...]:
    """The values of OLD_TICKET."""
    letter, nth_of_letter = LETTERS[nth % len(LETTERS)], nth // len(LETTERS) + 1
    at, called = _stored(taken), _stored(taken + timedelta(minutes=12))
    return (
        i + 1, 0, f"{box.centre.day(taken)}", f"{letter}{nth_of_letter:03d}", letter, ENDS[i % 4][0],
        at, at, f"old-{i:07d}", "", 0, i % 4 + 1, called, 1,
    )  # fmt: skip


def old_changes(taken: datetime, nth: int, i: int) -> Iterator[tuple[Any, ...]]:
    """The values of OLD_CHANGE, three rows."""
    letter, (status, verb) = LETTERS[nth % len(LETTERS)], ENDS[i % 4]
    called, ended = (taken + timedelta(minutes=m) for m in (12, 20))
    desk = i % 4 + 1
    yield i + 1, "take", None, "waiting", _stored(taken), None, None, "", letter
    yield i + 1, "call_next", "waiting", "called", _stored(called), desk, desk + 1, "", letter
    yield i + 1, verb, "called", status, _stored(ended), desk, desk + 1, "", letter
