"""A whole hall at once against a real server process: nothing twice, nothing lost, also when it is killed."""

import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from random import Random
from threading import Event

import pytest

from script.benches._hall import Client
from tests.law import judge_hall, judge_log

pytestmark = pytest.mark.load

COUNTERS = (1, 2, 3, 4)
BROKEN = (OSError, HTTPException)
STEPS = (
    *[("call-next", {})] * 6, *[("start", {})] * 5, *[("finish", {})] * 4,
    ("hold", {"kind": "fetch"}), ("hold", {"kind": "kept"}), ("hold", {"kind": "wait"}),
    ("transfer", {"service": "B"}), ("transfer", {"counter": "2"}),
    ("undo", {}), ("undo", {}), ("cancel", {}),
    ("continue", {"service": "B", "place": "front"}), ("continue", {"service": "B", "place": "here"}),
    ("resume", {"ticket": "?"}), ("rejoin", {"ticket": "?"}),
    ("call", {"ticket": "?", "reason": "约好的时间"}),
)  # fmt: skip


def clerk_at(server, counter):
    clerk = Client(server)
    clerk.post("/log-in", name=f"clerk{counter}", password="demo-clerk")
    assert clerk.post(f"/counter/{counter}/open")[0] == 303
    return clerk


def work(clerk, counter, chance, until):
    """Press whatever comes to mind; the answers' statuses."""
    seen = set()
    while not until.is_set():
        verb, form = chance.choice(STEPS)
        form = {k: str(chance.randint(1, 40)) if v == "?" else v for k, v in form.items()}
        try:
            seen.add(clerk.post(f"/counter/{counter}/{verb}", **form)[0])
        except BROKEN:
            break
    return seen


def take(station, until, acknowledged):
    """Take tickets until told to stop; their addresses."""
    while not until.is_set():
        try:
            acknowledged.append(station.take("AB"[len(acknowledged) % 2]))
            time.sleep(0.02)
        except (*BROKEN, RuntimeError):
            break


def judge(place):
    judge_hall(place.rows("ticket"))
    judge_log(place.rows("change"), place.rows("ticket"))


def hall_at_work(server, enough, acknowledged, stop=lambda: None):
    """Four clerks press at random while two stations give numbers, until it is `enough`; the statuses."""
    until = Event()
    clerks = {counter: clerk_at(server, counter) for counter in COUNTERS}
    with ThreadPoolExecutor(len(COUNTERS) + 2) as pool:
        for _ in range(2):
            pool.submit(take, Client(server), until, acknowledged)
        busy = [pool.submit(work, clerk, n, Random(n), until) for n, clerk in clerks.items()]
        for _ in range(400):  # a busy machine needs longer than the second or four of one at rest
            time.sleep(0.1)
            if enough():
                break
        stop()
        until.set()
        return set().union(*(one.result() for one in busy))


WANTED = {"hold", "transfer", "undo", "rejoin", "continue"}


def verbs_of(place) -> set[str]:
    return {row.verb for row in place.rows("change")}


def test_four_clerks_who_press_anything_at_once_break_nothing(place):
    acknowledged: list[str] = []
    with place.serving() as server:
        statuses = hall_at_work(
            server, lambda: len(acknowledged) > 40 and verbs_of(place) >= WANTED, acknowledged
        )
        assert statuses <= {303, 404, 409}, statuses
        assert {303, 409} <= statuses
    assert len(place.rows("ticket")) == len(acknowledged) > 20
    assert verbs_of(place) >= WANTED
    judge(place)


def test_a_hall_killed_at_work_three_times_loses_nothing(place):
    acknowledged: list[str] = []
    for killed in range(1, 4):
        with place.serving() as server:
            hall_at_work(
                server,
                lambda most=8 * killed: len(acknowledged) >= most,
                acknowledged,
                stop=lambda pid=server.process.pid: os.kill(pid, signal.SIGKILL),
            )
        judge(place)
    with place.serving() as server:
        station = Client(server)
        assert len(acknowledged) > 20
        assert {station.get(page)[0] for page in acknowledged} == {200}


def test_a_board_hears_every_call_of_four_counters_once_and_in_order(place):
    with place.serving() as server:
        clerks = {counter: clerk_at(server, counter) for counter in COUNTERS}
        station, board, until = Client(server), Client(server), Event()
        heard: list[int] = []

        def listen():
            v = re.findall(r'data-v="(\d+)"', board.get("/board")[2])[0]
            quiet = 0
            while quiet < 3:
                status, _, page = board.get(f"/board/now?v={v}")
                quiet = quiet + 1 if until.is_set() and status == 204 else 0
                if status == 200:
                    v = re.findall(r'data-v="(\d+)"', page)[0]
                    heard.extend(int(i) for i in re.findall(r'data-announcement="(\d+)"', page))
                time.sleep(0.03)

        def call(counter):
            for _ in range(15):
                station_of[counter].take()
                for verb in ("call-next", "start", "finish"):
                    assert clerks[counter].post(f"/counter/{counter}/{verb}")[0] == 303

        station_of = {counter: Client(server) for counter in COUNTERS}
        station.take()
        with ThreadPoolExecutor(5) as pool:
            listening = pool.submit(listen)
            time.sleep(0.3)
            list(pool.map(call, COUNTERS))
            until.set()
            listening.result()
        calls = [row.id for row in place.rows("change") if row.verb == "call_next"]
    assert len(calls) == 60
    assert heard == calls


def test_a_phone_hangs_up_after_its_answer_and_a_station_stays(place):
    with place.serving() as server:
        station = Client(server)
        phone = station.take().replace("/tickets/", "/t/")
        for address, stays in ((phone, False), ("/", True)):
            line = Client(server)._connection
            line.request("GET", address)
            answer = line.getresponse()
            answer.read()
            assert (answer.getheader("Connection") != "close") is stays, address
