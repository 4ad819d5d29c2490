"""Scanning: the same slips at eight stations, a race for places, verdicts at 20,000 people, kill -9.

Also a million codes that nobody with the centre's secret has made. All but these against a real server.
"""

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from datetime import time as wall_time
from http.client import HTTPException
from itertools import count
from pathlib import Path
from random import Random, uniform
from tempfile import TemporaryDirectory
from threading import Barrier, Timer

import sqlalchemy as sa

from kiosk import demo, events, qr_codes
from kiosk.asked import Asked
from kiosk.box import Box, open_box
from kiosk.database import Tx
from kiosk.events.tables import registration
from kiosk.people.tables import person
from kiosk.settings import Settings
from script.benches._fakes import try_fakes
from script.benches._hall import Client, Server, at_once, file_of, say, serving, summary

STATIONS, TICKETS, ROUNDS = 8, 300, 100
PEOPLE, RACERS, PLACES = 20_000, 200, 50
PACED, EVERY_S, ALONE = 2_400, 0.5, 300
KILLS, FAKES = 10, 1_000_000
TELL_EVERY = 20
_nonces = count()


def run(rounds: int = ROUNDS) -> None:
    """Print every figure; `rounds` of the first."""
    with TemporaryDirectory(prefix="linli-bench-") as folder:
        hall = furnish(Settings(folder=Path(folder), is_demo=True), rounds)
        with serving(hall.folder, printer="off:") as server:
            _same_tickets(server, hall)
            _race(server, hall)
            _paced(server, hall)
    _kills()
    _fakes()


@dataclass(frozen=True)
class Hall:
    """A demo centre with 20,000 people: a day of an event for each round, and what its slips say."""

    folder: Path
    rounds: tuple[tuple[int, tuple[str, ...]], ...]
    race: int
    open_house: int
    cards: tuple[str, ...]


def furnish(settings: Settings, rounds: int, people: int = PEOPLE, tickets: int = TICKETS) -> Hall:
    """Fill an empty centre; events last all of today."""
    box = open_box(settings)
    demo.furnish(box)
    try:
        with box.database.write() as tx:
            rows = [
                {"name": f"居民{n}", "phone": "", "phone_tail": "", "card_revision": 0, "is_active": True}
                for n in range(people)
            ]
            ids = tx.execute(sa.insert(person).returning(person.c.id), rows).scalars().all()
            cards = tuple(box.centre.token(qr_codes.CodeKind.VOLUNTEER_CARD, one, 0) for one in ids)
            days = tuple(_listed(tx, box, tickets) for _ in range(rounds))
            race, open_house = _day(tx, box, PLACES), _day(tx, box)
        return Hall(settings.folder, days, race, open_house, cards)
    finally:
        box.database.close()


def _day(tx: Tx, box: Box, capacity: int | None = None) -> int:
    today = box.centre.day(box.now())
    plan = events.EventPlan(
        events.EventKind.ACTIVITY, "便民生活日", "一楼大厅", today, wall_time(), 24 * 60, capacity=capacity
    )
    event_id = events.add_event(tx, box.centre, Asked(box.now()), plan)
    return events.need_day(tx, box.centre, event_id, today)


def _listed(tx: Tx, box: Box, tickets: int) -> tuple[int, tuple[str, ...]]:
    """A day with as many places as there are slips, all of them given."""
    day = _day(tx, box, tickets)
    rows = [
        {"event_day_id": day, "number": n, "tap": f"{day}-{n}", "created_at": box.now()}
        for n in range(1, tickets + 1)
    ]
    ids = tx.execute(sa.insert(registration).returning(registration.c.id), rows).scalars().all()
    return day, tuple(box.centre.token(qr_codes.CodeKind.REGISTRATION, one, 0) for one in ids)


def stations(server: Server, number: int = STATIONS) -> list[Client]:
    """So many desks, each logged in. Raises RuntimeError."""
    desks = [Client(server) for _ in range(number)]
    for desk in desks:
        status, _, body = desk.post("/log-in", name="desk", password="demo-desk")  # noqa: S106 - the demo's
        if status != 303:
            raise RuntimeError(f"{status}: {body[:200]}")
        desk.headers["HX-Request"] = "true"  # as the page of the desk asks: the answer alone
    return desks


def scan(desk: Client, code: str, event_day: int, nonce: str = "") -> str:
    """The verdict's word. Raises RuntimeError when there is none."""
    nonce = nonce or f"bench-{next(_nonces)}"
    status, _, body = desk.post("/desk/scan", code=code, nonce=nonce, event=str(event_day))
    found = re.search(r'data-verdict="(\w+)"', body)
    if status != 200 or not found:
        raise RuntimeError(f"{status}: {body[:300]}")
    return found[1]


def everywhere(desks: list[Client], codes: tuple[str, ...], act: Callable[[Client, str], str]) -> list[str]:
    """Every desk scans every code, each in an order of its own, all starting together; the words."""
    line = Barrier(len(desks))

    def busy(desk: Client) -> list[str]:
        mine = list(codes)
        Random().shuffle(mine)  # noqa: S311 - no secret
        line.wait()
        return [act(desk, code) for code in mine]

    with ThreadPoolExecutor(len(desks)) as pool:
        return [word for words in pool.map(busy, desks) for word in words]


def at(day: int, nonce: str = "") -> Callable[[Client, str], str]:
    """A scan for this day, for `everywhere`; with `nonce` always the same one."""
    return lambda desk, code: scan(desk, code, day, nonce)


def _same_tickets(server: Server, hall: Hall) -> None:
    desks, words = stations(server), Counter[str]()
    double = refused = replayed_otherwise = 0
    begun = time.perf_counter()
    for n, (day, slips) in enumerate(hall.rounds, 1):
        found = Counter(everywhere(desks, slips, at(day)))
        words += found
        double += max(0, found["ok_in"] - len(slips))
        refused += len(slips) * len(desks) - found["ok_in"] - found["already_in"]
        replayed_otherwise += _replayed_otherwise(desks, day, slips[0], n)
        if n % TELL_EVERY == 0:
            print(f"{n} rounds, {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
    stays, rows = _stays(server.folder, [day for day, _ in hall.rounds])
    say(
        "scan",
        f"{len(hall.rounds)} rounds of {STATIONS} stations × the same {TICKETS} slips, people signed in",
        stays,
        {"slips": sum(len(slips) for _, slips in hall.rounds)},
        double_admissions=double + stays - sum(len(slips) for _, slips in hall.rounds),
        wrongly_refused=refused,
        verdicts=words,
        same_nonce_other_verdict=replayed_otherwise,
        scans=sum(words.values()),
        nonces_sent=sum(words.values()) + len(hall.rounds),
        rows_of_scans=rows,
        a_second=round(sum(words.values()) / (time.perf_counter() - begun)),
    )


def _replayed_otherwise(desks: list[Client], day: int, slip: str, n: int) -> int:
    """One nonce at every desk at once, twice: how many answers differ from the first."""
    answers = everywhere(desks, (slip, slip), at(day, f"same-{n}"))
    return len(answers) - max(Counter(answers).values())


def _stays(folder: Path, days: list[int]) -> tuple[int, int]:
    marks = ",".join("?" * len(days))
    with file_of(folder) as db:
        inside = "status = 'inside' AND event_day_id IN"
        stays = db.execute(f"SELECT count(*) FROM sign_in WHERE {inside} ({marks})", days)  # noqa: S608
        rows = db.execute("SELECT count(*) FROM scan")
        return stays.fetchone()[0], rows.fetchone()[0]


def _race(server: Server, hall: Hall) -> None:
    desks, racers = stations(server), list(hall.cards[:RACERS])
    line = Barrier(len(desks))

    def run_for_it(n: int) -> list[str]:
        line.wait()
        return [scan(desks[n], card, hall.race) for card in racers[n :: len(desks)]]

    with ThreadPoolExecutor(len(desks)) as pool:
        words = Counter(word for words in pool.map(run_for_it, range(len(desks))) for word in words)
    inside, _ = _stays(server.folder, [hall.race])
    say("scan", f"{RACERS} race for {PLACES} places, admitted", words["ok_in"], PLACES, verdicts=words,
        inside=inside)  # fmt: skip


def _paced(server: Server, hall: Hall) -> None:
    desks, left = stations(server), iter(hall.cards[RACERS:])
    alone = at_once(desks[:1], ALONE, lambda desk: scan(desk, next(left), hall.open_house))
    smallest = at_once(desks[:1], ALONE, lambda desk: desk.get("/healthz"))
    times = at_once(desks, PACED, lambda desk: scan(desk, next(left), hall.open_house), EVERY_S)
    say(
        "scan",
        f"verdicts at {STATIONS} stations, each every {EVERY_S} s, {PEOPLE} people, POST to answer, ms",
        summary(times),
        {"one station without a pause": summary(alone), "/healthz alone": summary(smallest)},
        aim={"p50": 6, "p99": 15, "max": 100},
    )


@dataclass
class Killed:
    """What the kills left behind."""

    green: dict[str, str] = field(default_factory=dict)
    kills: int = 0


def _kills() -> None:
    killed = Killed()
    with TemporaryDirectory(prefix="linli-bench-") as folder:
        hall = furnish(Settings(folder=Path(folder), is_demo=True), 0, people=4 * PEOPLE // 10)
        left = iter(hall.cards)
        for _ in range(KILLS):
            after = uniform(0.5, 1.5)  # noqa: S311 - no secret
            with serving(hall.folder, printer="off:") as server:
                desks = stations(server)
                with killed_after(server, after):
                    killed.green |= scan_until_dead(desks, left, hall.open_house)
            killed.kills += 1
        lost, unsound = inspect(hall.folder, killed.green)
    say("scan", f"kill -9 at {STATIONS} stations, {KILLS} times on one folder, green answers lost", lost, 0,
        green_answers=len(killed.green), unsound_files=unsound)  # fmt: skip


@contextmanager
def killed_after(server: Server, seconds: float, answers: int = 0) -> Iterator[Callable[[], None]]:
    """End the server by SIGKILL so long after the block has begun, or after it is told of so many answers.

    A busy machine may give none in half a second. With too few of them the kill comes after the block.
    """
    axe = Timer(seconds, server.process.kill)
    told = count(1)

    def tell() -> None:
        if next(told) == answers:
            axe.start()

    if not answers:
        axe.start()
    try:
        yield tell
    finally:
        if axe.ident is None:
            axe.start()
        axe.join()


def scan_until_dead(
    desks: list[Client], cards: Iterator[str], day: int, tell: Callable[[], None] = lambda: None
) -> dict[str, str]:
    """The nonces that were answered with green, and the card of each; `tell` is called for each at once."""
    shared = list(cards_for(cards, len(desks)))

    def busy(n: int) -> dict[str, str]:
        green: dict[str, str] = {}
        for card in shared[n]:
            nonce = f"kill-{next(_nonces)}"
            try:
                if scan(desks[n], card, day, nonce) == "ok_in":
                    green[nonce] = card
                    tell()
            except (HTTPException, OSError):
                break
        return green

    with ThreadPoolExecutor(len(desks)) as pool:
        return {nonce: card for green in pool.map(busy, range(len(desks))) for nonce, card in green.items()}


def cards_for(cards: Iterator[str], desks: int, each: int = 100) -> Iterator[list[str]]:
    """Cards of its own for every desk."""
    for _ in range(desks):
        yield [card for card, _ in zip(cards, range(each), strict=False)]


IN_FOR_GOOD = """
SELECT nonce FROM scan JOIN sign_in ON sign_in.id = sign_in_id
WHERE sign_in.status = 'inside' AND scan.verdict = 'ok_in'
"""
"""The scans that were answered with green, and whose stay is there."""


def inspect(folder: Path, green: dict[str, str]) -> tuple[int, int]:
    """How many green answers the file does not know, with their stay; and whether it is unsound."""
    with file_of(folder) as db:
        kept = {nonce for (nonce,) in db.execute(IN_FOR_GOOD)}
        sound = db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    return len(green.keys() - kept), int(not sound)


def _fakes() -> None:
    found, begun = try_fakes(FAKES), datetime.now(UTC)
    say("scan", f"{FAKES} blind or altered codes accepted", found["accepted"], 0, answers=found,
        at=f"{begun:%Y-%m-%d}")  # fmt: skip
