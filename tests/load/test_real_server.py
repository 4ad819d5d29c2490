"""Races and a pulled plug, against a real server process on a real database file."""

import os
import re
import signal
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from time import sleep

import pytest

from script.benches._hall import Client, at_once
from tests.engines import on_a_file

pytestmark = pytest.mark.load

STATIONS, TICKETS = 16, 160


@pytest.fixture
def server(place):
    with place.starting() as running:
        yield running


def number(page: str) -> str:
    return re.findall(r'data-number="(\w+)"', page)[0]


def ticket_id(page: str) -> str:
    return re.findall(r'data-ticket="(\d+)"', page)[0]


def clerk_at(server, counter: int) -> Client:
    clerk = Client(server)
    clerk.post("/log-in", name=f"clerk{counter}", password="demo-clerk")
    assert clerk.post(f"/counter/{counter}/open")[0] == 303
    return clerk


def test_stations_at_once_get_different_numbers_without_a_gap(server):
    stations, pages = [Client(server) for _ in range(STATIONS)], []
    at_once(stations, TICKETS, lambda station: pages.append(station.take()))
    numbers = sorted(number(stations[0].get(page)[2]) for page in pages)
    assert numbers == [f"A{n:03d}" for n in range(1, TICKETS + 1)]


def test_one_tap_sent_by_many_at_once_is_one_ticket(server):
    stations = [Client(server) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda s: s.post("/tickets", service="A", tap="the same"), stations))
    assert {status for status, _, _ in answers} == {303}
    assert len({location for _, location, _ in answers}) == 1


def test_clerks_who_race_for_one_ticket_never_share_it(server):
    clerks = {counter: clerk_at(server, counter) for counter in (1, 2, 3, 4)}
    station = Client(server)
    for _ in range(10):
        wanted = ticket_id(station.get(station.take())[2])
        with ThreadPoolExecutor(4) as pool:
            calls = {n: pool.submit(c.post, f"/counter/{n}/call", ticket=wanted) for n, c in clerks.items()}
        answers = {n: call.result() for n, call in calls.items()}
        (winner,) = [n for n, (status, _, _) in answers.items() if status == 303]
        losers = [body for n, (status, _, body) in answers.items() if n != winner and status == 409]
        assert len(losers) == 3
        assert all(f"已被{winner}号窗口叫走" in body for body in losers)
        clerks[winner].post(f"/counter/{winner}/start")
        assert clerks[winner].post(f"/counter/{winner}/finish")[0] == 303


def test_clerks_who_call_next_at_once_each_get_their_own(server):
    clerks = {counter: clerk_at(server, counter) for counter in (1, 2, 3, 4)}
    station = Client(server)
    called = []
    for _ in range(5):
        for _ in clerks:
            station.take()
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda n: clerks[n].post(f"/counter/{n}/call-next"), clerks))
        for n, clerk in clerks.items():
            called.append(number(clerk.get(f"/counter/{n}")[2]))
            clerk.post(f"/counter/{n}/start")
            clerk.post(f"/counter/{n}/finish")
    assert sorted(called) == [f"A{n:03d}" for n in range(1, 21)]


def test_a_killed_server_has_every_ticket_that_it_acknowledged(place):
    acknowledged: list[tuple[str, str]] = []

    def take_until_the_end(station: Client) -> None:
        for _ in range(200):
            try:
                page = station.take()
                acknowledged.append((page, number(station.get(page)[2])))
                if len(acknowledged) == 40:
                    os.kill(victim.process.pid, signal.SIGKILL)
            except (OSError, HTTPException, RuntimeError, IndexError):
                return  # the connection broke with its server

    with place.starting() as victim, ThreadPoolExecutor(4) as pool:
        list(pool.map(take_until_the_end, [Client(victim) for _ in range(4)]))
    assert len(acknowledged) >= 40
    with place.starting() as server:
        station = Client(server)
        assert {page: number(station.get(page)[2]) for page, _ in acknowledged} == dict(acknowledged)
        assert int(number(station.get(station.take())[2])[1:]) > max(int(n[1:]) for _, n in acknowledged)


@on_a_file
def test_the_server_leaves_by_sigterm_and_folds_its_log_back_in(place):
    with place.starting() as server:
        Client(server).take()
    assert server.process.returncode == 0
    assert not (place.folder / "kiosk.db-wal").exists()


def test_whoever_taps_when_the_station_is_switched_off_still_gets_a_number(place):
    with place.starting() as server, ThreadPoolExecutor(6) as pool:
        stations = [Client(server) for _ in range(6)]
        with place.nobody_else_writes():
            asked = [
                pool.submit(station.post, "/tickets", service="A", tap=f"late-{n}", another="1")
                for n, station in enumerate(stations)
            ]
            sleep(1.5)
            server.process.terminate()
            sleep(0.2)
        assert [one.result(10)[0] for one in asked] == [303] * 6
    assert len(place.rows("ticket")) == 6


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1"])  # noqa: S104 - refused
def test_the_demo_does_not_listen_beyond_this_machine(tmp_path, host):
    from click.testing import CliRunner

    from kiosk.cli import main

    told = CliRunner().invoke(main, ["serve", "--demo", "--host", host, "--data", str(tmp_path / "d")])
    assert told.exit_code == 2
    assert "--demo-on-lan" in told.output
    assert not (tmp_path / "d").exists()
