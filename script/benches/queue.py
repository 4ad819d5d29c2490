"""The queue: races, floods, announcements, kill -9, a million old tickets, a thousand phones."""

import json
import re
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from itertools import pairwise
from pathlib import Path
from random import uniform
from tempfile import TemporaryDirectory
from threading import Barrier, Event, Timer
from typing import Any

import psutil
import sqlalchemy as sa

from kiosk import demo, services, tickets
from kiosk.box import Box, open_box
from kiosk.db import FILE
from kiosk.services.tables import counter, counter_service
from kiosk.settings import Settings
from kiosk.tickets.rules import Status
from script.benches._hall import ROOT, Client, Server, at_once, say, serving, summary, timed

CLERKS, ROUNDS = 8, 100
STATIONS, TICKETS, ALONE = 16, 500, 200
COUNTERS, CALLS, LOOK_EVERY_S = 4, 1200, 0.02
KILLS, FLOOD, DESKS = 20, 8, 2
FEW, MANY, DAYS, WAITING, TURNS = 1_000, 1_000_000, 900, 40, 200
PHONES, HALL_S, TICKET_EVERY_S, VISIT_EVERY_S, VISITS_BEFORE = 1000, 60, 0.5, 3.0, 25


def run() -> None:
    """Print every figure of the queue."""
    _race()
    _stations()
    _announcements()
    _kill()
    _flat_history()
    _phones()


def _clerk(server: Server, number: int, kind: type[Client] = Client) -> Client:
    """A clerk at counter `number`; whoever has counter 1 has 5 too."""
    client = kind(server)
    name = f"clerk{(number - 1) % 4 + 1}"
    client.post("/log-in", name=name, password="demo-clerk")  # noqa: S106 - the demo's
    status, _, body = client.post(f"/counter/{number}/open")
    if status != 303:
        raise RuntimeError(f"counter {number} did not open: {status}: {body[:200]}")
    return client


def _end_visit(clerk: Client, number: int) -> None:
    for verb in ("start", "finish"):
        _must(clerk, number, verb)


def _must(clerk: Client, number: int, verb: str) -> None:
    status, _, body = clerk.post(f"/counter/{number}/{verb}")
    if status != 303:
        raise RuntimeError(f"{verb} at counter {number}: {status}: {body[:200]}")


@contextmanager
def _file(folder: Path) -> Iterator[sqlite3.Connection]:
    """The database as it lies there, to look at only."""
    with closing(sqlite3.connect(f"file:{folder / FILE}?mode=ro", uri=True)) as db:
        yield db


# --- eight clerks, one ticket


@dataclass
class Race:
    """What became of all rounds."""

    whole: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    double: int = 0
    without_winner: int = 0
    not_told: int = 0
    wrong_counter: int = 0


def _race() -> None:
    with TemporaryDirectory(prefix="linli-bench-") as folder:
        _furnish_eight(Path(folder))
        with serving(Path(folder)) as server, ThreadPoolExecutor(CLERKS) as pool:
            station, clerks = Client(server), {n: _clerk(server, n) for n in range(1, CLERKS + 1)}
            race, lonely = Race(), []
            for _ in range(ROUNDS):
                lonely.append(_lonely_call(station, clerks[1]))
                _one_round(station, clerks, pool, race)
    say(
        "queue",
        "8 clerks race for one ticket, first POST to last answer, ms",
        summary(race.whole),
        {"one lonely call": summary(lonely)},
        rounds=ROUNDS,
        statuses=race.statuses,
        double_calls=race.double,
        without_winner=race.without_winner,
        losers_not_told=race.not_told,
        ticket_at_another_counter=race.wrong_counter,
    )


def _furnish_eight(folder: Path) -> None:
    """The demo centre with counters 5 to 8 besides, which serve everything."""
    box = open_box(Settings(folder=folder, is_demo=True))
    demo.furnish(box)
    with box.database.write() as tx:
        codes = tx.execute(sa.text("SELECT code FROM service")).scalars().all()
        for number in range(5, CLERKS + 1):
            tx.execute(sa.insert(counter).values(number=number))
            rows = [{"counter_number": number, "service_code": code} for code in codes]
            tx.execute(sa.insert(counter_service), rows)
    box.database.close()


def _ticket(station: Client) -> tuple[str, str]:
    """A new ticket's id and the address of its owner's phone page."""
    page = station.take()
    (found,) = re.findall(r'data-ticket="(\d+)"', station.get(page)[2])
    return found, page.replace("/tickets/", "/t/")


def _lonely_call(station: Client, clerk: Client) -> float:
    ticket, _ = _ticket(station)
    taken = timed(lambda: clerk.post("/counter/1/call", ticket=ticket, reason="测量"))
    _end_visit(clerk, 1)
    return taken


def _one_round(station: Client, clerks: dict[int, Client], pool: ThreadPoolExecutor, race: Race) -> None:
    ticket, phone_page = _ticket(station)
    line = Barrier(len(clerks))

    def call(number: int) -> tuple[int, int, str, float, float]:
        line.wait()
        start = time.perf_counter()
        status, _, body = clerks[number].post(f"/counter/{number}/call", ticket=ticket, reason="测量")
        return number, status, body, start, time.perf_counter()

    answers = list(pool.map(call, clerks))
    race.whole.append((max(a[4] for a in answers) - min(a[3] for a in answers)) * 1000)
    race.statuses.update(str(a[1]) for a in answers)
    winners = [a[0] for a in answers if a[1] == 303]
    race.double += max(0, len(winners) - 1)
    race.without_winner += not winners
    for winner in winners[:1]:
        _judge(winner, [(a[1], a[2]) for a in answers if a[0] != winner], race)
        shown = re.findall(r'data-counter="(\d+)"', station.get(phone_page)[2])
        race.wrong_counter += shown != [str(winner)]
        _end_visit(clerks[winner], winner)


def _judge(winner: int, losers: list[tuple[int, str]], race: Race) -> None:
    told = f"已被{winner}号窗口叫走"
    race.not_told += sum(status != 409 or told not in body for status, body in losers)


# --- sixteen stations, five hundred tickets


def _stations() -> None:
    with serving() as server:
        stations = [Client(server) for _ in range(STATIONS)]
        alone = at_once(stations[:1], ALONE, Client.take)
        pages: list[str] = []
        times = _shared(stations, TICKETS, pages)
        numbers = {re.findall(r'data-number="(\w+)"', stations[0].get(page)[2])[0] for page in pages}
    say(
        "queue",
        f"{TICKETS} tickets at {STATIONS} stations without a pause, POST to 303, ms",
        summary(times),
        {"one station without a pause": summary(alone)},
        duplicates=len(pages) - len(numbers),
        first=min(numbers),
        last=max(numbers, key=lambda number: (len(number), number)),
    )


def _shared(stations: list[Client], times: int, pages: list[str]) -> list[float]:
    """The stations take `times` tickets in all, each as many as it manages; the milliseconds of each."""
    left, line = iter(range(times)), Barrier(len(stations))

    def busy(station: Client) -> list[float]:
        line.wait()
        return [timed(lambda: pages.append(station.take())) for _ in left]

    with ThreadPoolExecutor(len(stations)) as pool:
        return [one for many in pool.map(busy, stations) for one in many]


# --- an hour's announcements


def _announcements() -> None:
    with serving() as server:
        clerks = {n: _clerk(server, n) for n in range(1, COUNTERS + 1)}
        heard, over = _Board(Client(server)), Event()
        with ThreadPoolExecutor(COUNTERS + 1) as pool:
            listening = pool.submit(heard.listen, over)
            start = time.perf_counter()
            busy = [pool.submit(_call_many, clerks[n], n, CALLS // COUNTERS) for n in clerks]
            _results(busy)
            seconds = time.perf_counter() - start
            over.set()
            listening.result()
        with _file(server.folder) as db:
            made = dict(db.execute(_MADE_CALLS))
    _say_announced(heard, made, seconds)


def _results(busy: list[Future[Any]]) -> list[Any]:
    return [one.result() for one in busy]


_MADE_CALLS = """
SELECT change.id, ticket.number FROM change JOIN ticket ON ticket.id = change.ticket_id
WHERE verb IN ('call_next', 'call', 'recall')
"""


def _call_many(clerk: Client, number: int, times: int) -> None:
    for _ in range(times):
        clerk.take()
        _must(clerk, number, "call-next")
        _end_visit(clerk, number)


class _Board:
    """A hall display that asks, and keeps what it is told to speak, in the order of hearing."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._v = self._version(client.get("/board")[2])
        self.heard: list[tuple[int, str]] = []
        self.answers: Counter[str] = Counter()
        self.most = 0

    def listen(self, over: Event) -> None:
        """Until `over` is set and nothing is new any more."""
        while self._look() or not over.is_set():
            over.wait(LOOK_EVERY_S)

    def _look(self) -> bool:
        status, _, body = self._client.get(f"/board/now?v={self._v}")
        self.answers[str(status)] += 1
        if status != 200:
            return False
        told = re.findall(r'data-announcement="(\d+)" data-number="(\w+)"', body)
        self.heard += [(int(call), number) for call, number in told]
        self.most = max(self.most, len(told))
        self._v = self._version(body)
        return True

    def _version(self, body: str) -> str:
        return str(re.findall(r'data-v="(\d+)"', body)[0])


def _say_announced(board: _Board, made: dict[int, str], seconds: float) -> None:
    ids = [call for call, _ in board.heard]
    say(
        "queue",
        "announcements of an hour, 4 counters calling every 12 s, compressed",
        len(set(ids)),
        {"calls made": len(made)},
        lost=len(made.keys() - set(ids)),
        doubled=len(ids) - len(set(ids)),
        out_of_order=sum(one > other for one, other in pairwise(ids)),
        wrong_number=sum(made.get(call) != number for call, number in board.heard),
        most_at_once=board.most,
        answers=board.answers,
        seconds=round(seconds, 1),
    )


# --- kill -9


@dataclass
class Killed:
    """What twenty kills left behind; faults are counted anew at each inspection."""

    starts: list[float] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    served: int = 0
    missing: int = 0
    double_numbers: int = 0
    wrong_status: int = 0
    unsound: int = 0
    press_left: int = 0


def _kill() -> None:
    killed = Killed()
    with TemporaryDirectory(prefix="linli-bench-") as folder:
        first = _seconds_to_page(Path(folder))
        for round_ in range(KILLS):
            _one_kill(Path(folder), round_, killed)
            _inspect(Path(folder), killed)
        killed.starts.append(_seconds_to_page(Path(folder)))
        after_term = [_seconds_to_page(Path(folder)) for _ in range(5)]
    starts = sorted(killed.starts[1:])  # the first of them followed no kill
    say(
        "queue",
        f"start to first page after kill -9, {KILLS} times on one folder, s",
        {"n": len(starts), "median": starts[len(starts) // 2], "max": starts[-1]},
        {"after SIGTERM": {"median": sorted(after_term)[2], "max": max(after_term)}, "empty folder": first},
        acknowledged_tickets=len(killed.acknowledged),
        acknowledged_calls=killed.served,
        acknowledged_but_missing=killed.missing,
        numbers_twice=killed.double_numbers,
        wrong_status=killed.wrong_status,
        unsound_files=killed.unsound,
        presses_left_running=killed.press_left,
    )


def _seconds_to_page(folder: Path) -> float:
    with serving(folder) as server:
        return _first_page(server)


def _first_page(server: Server) -> float:
    status = Client(server).get("/")[0]
    if status != 200:
        raise RuntimeError(f"the first page answered {status}")
    return round(time.perf_counter() - server.started, 2)


def _one_kill(folder: Path, round_: int, killed: Killed) -> None:
    """Serve, flood, and end it by SIGKILL; the presses must notice by themselves."""
    with serving(folder) as server:
        killed.starts.append(_first_page(server))
        clerks = {n: _clerk(server, n) for n in range(1, DESKS + 1)}
        stations = [Client(server) for _ in range(FLOOD)]
        presses = psutil.Process(server.process.pid).children(recursive=True)
        axe = Timer(uniform(0.3, 1.0), server.process.kill)  # noqa: S311 - no secret
        with ThreadPoolExecutor(FLOOD + DESKS) as pool:
            axe.start()
            taking = [pool.submit(_take_until_dead, s, f"{round_}-{i}") for i, s in enumerate(stations)]
            calling = [pool.submit(_serve_until_dead, clerk, n) for n, clerk in clerks.items()]
            killed.acknowledged.update(*_results(taking))
            killed.served += sum(_results(calling))
        killed.press_left += len(psutil.wait_procs(presses, timeout=5)[1])


def _take_until_dead(station: Client, name: str) -> set[str]:
    """The taps that were answered with a ticket."""
    known: set[str] = set()
    try:
        while True:
            tap = f"kill-{name}-{len(known)}"
            status, _, body = station.post("/tickets", service="A", tap=tap, another="1")
            if status != 303:
                raise RuntimeError(f"{status}: {body[:200]}")
            known.add(tap)
    except (HTTPException, OSError):
        return known


def _serve_until_dead(clerk: Client, number: int) -> int:
    """How many calls were answered with 303; who stands there from before the kill is served first."""
    calls = 0
    try:
        while True:
            calls += clerk.post(f"/counter/{number}/call-next")[0] == 303
            for verb in ("start", "finish"):
                clerk.post(f"/counter/{number}/{verb}")
    except (HTTPException, OSError):
        return calls


_TWICE = "SELECT count(*) FROM (SELECT 1 FROM ticket GROUP BY service_day, number HAVING count(*) > 1)"
_STATUSES = """
SELECT ticket.status, (SELECT to_status FROM change WHERE ticket_id = ticket.id ORDER BY id DESC LIMIT 1)
FROM ticket
"""


def _inspect(folder: Path, killed: Killed) -> None:
    known = set(Status)
    with _file(folder) as db:
        taps = {tap for (tap,) in db.execute("SELECT tap FROM ticket")}
        killed.missing += len(killed.acknowledged - taps)
        killed.double_numbers += db.execute(_TWICE).fetchone()[0]
        killed.wrong_status += sum(now not in known or now != last for now, last in db.execute(_STATUSES))
        killed.unsound += db.execute("PRAGMA integrity_check").fetchone()[0] != "ok"


# --- a long past


def _flat_history() -> None:
    with TemporaryDirectory(prefix="linli-bench-") as folder:
        filling = timed(lambda: _fill(Path(folder) / "many", MANY)) / 1000
        _fill(Path(folder) / "few", FEW)
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
            services.open_counter(tx, 1, self.clerk, self._box.now())
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
                verb(tx, 1, self.clerk, self._box.now())
        self._take()

    def _call(self) -> None:
        box = self._box
        with box.database.write() as tx:
            alone = timed(lambda: tickets.call_next(tx, box.centre, 1, self.clerk, box.now()))
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
_OLD_TICKET = """
INSERT INTO ticket (id, revision, service_day, number, service_code, status, taken_at, rank_at, tap, station,
  for_someone_else, counter_number, called_at, calls) VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, '', 0, ?, ?, 1)
"""
_OLD_CHANGE = """
INSERT INTO change (ticket_id, verb, from_status, to_status, at, counter_number, staff_id, note, service_code)
VALUES (?, ?, ?, ?, ?, ?, ?, '', ?)
"""


def _fill(folder: Path, count: int) -> None:
    """A demo centre with `count` tickets of the last 900 days, three changes each, oldest first."""
    box = open_box(Settings(folder=folder, is_demo=True))
    demo.furnish(box)
    box.database.close()
    today = box.centre.day_start(box.now())
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as db:
        for pragma in ("journal_mode=MEMORY", "synchronous=OFF"):
            db.execute(f"PRAGMA {pragma}")
        db.execute("BEGIN")
        db.executemany(_OLD_TICKET, (_old_ticket(box, today, i, count) for i in range(count)))
        db.executemany(_OLD_CHANGE, (row for i in range(count) for row in _old_changes(today, i, count)))
        db.execute("COMMIT")
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            db.execute(f"PRAGMA {pragma}")


def _when(today: datetime, i: int, count: int) -> tuple[datetime, int]:
    """When the ticket was taken, in opening hours, and which of its day it is."""
    day, first = (i * DAYS) // count, -(-((i * DAYS) // count) * count // DAYS)
    nth = i - first
    per_day = max(1, count // DAYS)
    return today - timedelta(days=DAYS - day) + timedelta(hours=9, seconds=28_000 * nth // per_day), nth


def _stored(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


def _old_ticket(box: Box, today: datetime, i: int, count: int) -> tuple[Any, ...]:
    taken, nth = _when(today, i, count)
    letter, nth_of_letter = LETTERS[nth % len(LETTERS)], nth // len(LETTERS) + 1
    at, called = _stored(taken), _stored(taken + timedelta(minutes=12))
    return (
        i + 1, f"{box.centre.day(taken)}", f"{letter}{nth_of_letter:03d}", letter, ENDS[i % 4][0],
        at, at, f"old-{i:07d}", i % 4 + 1, called,
    )  # fmt: skip


def _old_changes(today: datetime, i: int, count: int) -> Iterator[tuple[Any, ...]]:
    taken, nth = _when(today, i, count)
    letter, (status, verb) = LETTERS[nth % len(LETTERS)], ENDS[i % 4]
    called, ended = (taken + timedelta(minutes=m) for m in (12, 20))
    desk = i % 4 + 1
    yield i + 1, "take", None, "waiting", _stored(taken), None, None, letter
    yield i + 1, "call_next", "waiting", "called", _stored(called), desk, desk + 1, letter
    yield i + 1, verb, "called", status, _stored(ended), desk, desk + 1, letter


# --- a thousand phones


def _phones() -> None:
    with serving() as server:
        station, clerk = _Patient(server), _clerk(server, 1, _Patient)
        for _ in range(VISITS_BEFORE):  # enough visits for the phones to be told how long it takes
            station.take()
            _must(clerk, 1, "call-next")
            _end_visit(clerk, 1)
        for _ in range(2 * int(HALL_S / VISIT_EVERY_S)):  # who is served meanwhile stops polling
            station.take()
        addresses = [station.take().replace("/tickets/", "/t/") for _ in range(PHONES)]
        _until_printed(server.folder)
        alone = _busy_hall(server, station, clerk)
        with _phone_process(server, addresses) as phones:
            among = _busy_hall(server, station, clerk)
            told = json.loads(phones.stdout.readline()) if phones.stdout else {}
    _say_phones(alone, among, told)


@dataclass(frozen=True)
class Busy:
    """A minute of the hall: ms of its tickets, of its calls, and shares of one core."""

    tickets: list[float]
    calls: list[float]
    server: float
    press: float


def _say_phones(alone: Busy, among: Busy, told: dict[str, Any]) -> None:
    say(
        "queue",
        f"ticket POST while {PHONES:,} phones poll every 5 s, ms",
        summary(among.tickets),
        {"without phones": summary(alone.tickets)},
        call_next=summary(among.calls),
        call_next_without_phones=summary(alone.calls),
    )
    cpu = {"server": among.server, "press": among.press}
    reference = {"without phones": {"server": alone.server, "press": alone.press}}
    say("queue", f"share of one core while {PHONES:,} phones poll, %", cpu, reference)
    answers = sum(told["answers"].values())
    say(
        "queue",
        "phone answers per second",
        round(answers / HALL_S, 1),
        {"every phone every 5 s": PHONES / 5},
        statuses=told["answers"],
        errors=answers - sum(told["answers"].get(status, 0) for status in ("200", "204")),
        faults=told["faults"],
        phone_ms=told["ms"],
        phones_whose_ticket_was_over=told["over"],
    )


_UNPRINTED = "SELECT count(*) FROM print_job WHERE status IN ('queued', 'sending')"


def _until_printed(folder: Path) -> None:
    """Wait until the press has nothing left to do: its backlog is no part of the figure."""
    pause, patience = Event(), time.perf_counter() + 60
    while time.perf_counter() < patience:
        with _file(folder) as db:
            if not db.execute(_UNPRINTED).fetchone()[0]:
                return
        pause.wait(0.2)
    raise RuntimeError("the press did not finish")


@contextmanager
def _phone_process(server: Server, addresses: list[str]) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "script.benches._phones", str(server.port), str(HALL_S)]
    phones = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )  # fmt: skip
    try:
        if phones.stdin is None or phones.stdout is None:
            raise RuntimeError("the phones were begun without pipes")
        phones.stdin.write("".join(f"{address}\n" for address in addresses))
        phones.stdin.close()
        if phones.stdout.readline().strip() != "ready":
            raise RuntimeError("the phones could not load their pages")
        yield phones
    finally:
        phones.kill()
        phones.wait()


class _Patient(Client):
    """A client that outwaits an overload: how long it waited is the figure."""

    def __init__(self, server: Server) -> None:
        super().__init__(server)
        self._connection.timeout = 2 * HALL_S


def _busy_hall(server: Server, station: Client, clerk: Client) -> Busy:
    """A minute: a ticket every half second, a visit every three."""
    began, used = time.perf_counter(), _cpu_s(server)
    with ThreadPoolExecutor(2) as pool:
        taking = pool.submit(_paced, TICKET_EVERY_S, began, station.take)
        calling = pool.submit(_paced, VISIT_EVERY_S, began, lambda: _visit(clerk))
        _results([taking, calling])
    took = time.perf_counter() - began
    shares = [round((now - before) / took * 100, 1) for now, before in zip(_cpu_s(server), used, strict=True)]
    return Busy([ms for ms, _ in taking.result()], [ms for _, ms in calling.result()], *shares)


def _visit(clerk: Client) -> float:
    taken = timed(lambda: _must(clerk, 1, "call-next"))
    _end_visit(clerk, 1)
    return taken


def _paced(every_s: float, began: float, act: Any) -> list[tuple[float, Any]]:
    """Do `act` at its appointed times of a minute, or as soon as the last is done; ms and result of each."""
    found, pause = [], Event()
    for nth in range(int(HALL_S / every_s)):
        pause.wait(max(0, began + nth * every_s - time.perf_counter()))
        start = time.perf_counter()
        if start > began + HALL_S:
            break
        result = act()
        found.append(((time.perf_counter() - start) * 1000, result))
    return found


def _cpu_s(server: Server) -> tuple[float, float]:
    """Seconds of CPU that the server has used, and its children (the press)."""
    process = psutil.Process(server.process.pid)
    children = sum(_used_s(child) for child in process.children(recursive=True))
    return _used_s(process), children


def _used_s(process: psutil.Process) -> float:
    used = process.cpu_times()
    return used.user + used.system
