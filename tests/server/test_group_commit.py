"""Tickets taken at the same moment wait for the disk together, and nobody hears of one before it is there."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from http.client import HTTPConnection
from socket import create_connection
from time import monotonic, sleep
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from msgspec import structs

from kiosk.app import create_app
from kiosk.server.group_commit import TAKING, BufferedChannel
from kiosk.server.running import prepare
from kiosk.tickets.tables import change, ticket

HALL = 10  # more than twice as many as there are threads: some are served together, however they arrive
LONG_S = 5.0


@pytest.fixture
def running(box):
    settings = replace(box.settings, printer="off:")
    running = prepare(replace(box, begun=structs.replace(box.centre, settings=settings)), "127.0.0.1", 0)
    loop = threading.Thread(target=running.server.run, daemon=True)
    loop.start()
    yield running
    running.stop()
    loop.join(LONG_S)


def ask(running, path, **form):
    port = running.server.effective_port
    line = HTTPConnection("127.0.0.1", port, timeout=LONG_S)
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{port}"}
    line.request("POST", path, urlencode(form), kind)
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status, answer.headers["Location"]


def take(running, station, path="/tickets"):
    return ask(running, path, service="A", tap=f"tap-{station}", another="1")


def all_taken_at_once(running):
    """The answers of a hall that taps while the database is busy: one waits alone, the others in line."""
    with ThreadPoolExecutor(HALL) as hall:
        with running.box.database.write():
            asked = [hall.submit(take, running, station) for station in range(HALL)]
            until(lambda: in_line(running) == HALL)
            sleep(0.1)
            assert not any(one.done() for one in asked)
        return [one.result(LONG_S) for one in asked]


def in_line(running):
    return sum(len(line.requests) for line in tuple(running.server.active_channels.values()))


def until(is_so):
    end = monotonic() + LONG_S
    while not is_so():
        assert monotonic() < end
        sleep(0.005)


def written(running):
    with running.box.database.read() as tx:
        numbers = tx.execute(sa.select(ticket.c.number).order_by(ticket.c.id)).scalars().all()
        changes = tx.execute(sa.select(sa.func.count()).select_from(change)).scalar()
        return numbers, changes


def test_those_who_tap_at_once_wait_for_the_disk_together(running):
    made: list[object] = []
    sa.event.listen(running.box.database.engine, "commit", made.append)
    answers = all_taken_at_once(running)
    assert {status for status, _ in answers} == {303}
    assert len({place for _, place in answers}) == HALL
    assert written(running) == ([f"A{n:03d}" for n in range(1, HALL + 1)], HALL)
    assert 0 < len(made) < HALL  # the test's own, at most one a window, and one for who is left


def test_an_answer_is_sent_at_once_with_its_header(running, monkeypatch):
    sent, send = [], BufferedChannel.send

    def noting(channel, data, do_close=True):
        sent.append(bytes(data))
        return send(channel, data, do_close=do_close)

    monkeypatch.setattr(BufferedChannel, "send", noting)
    assert take(running, 1)[0] == 303
    assert len(sent) == 1
    header, _, page = sent[0].partition(b"\r\n\r\n")
    assert header.startswith(b"HTTP/1.1 303")
    assert f"Content-Length: {len(page)}".encode() in header


@pytest.mark.parametrize("is_begun", [True, False])
def test_when_the_disk_refuses_each_is_asked_to_try_alone_and_loses_nothing(
    running, monkeypatch, caplog, is_begun
):
    database, refused = running.box.database, []
    one_commit = database.one_commit

    @contextmanager
    def refusing():
        with one_commit():
            if is_begun:
                yield
            refused.append(True)
            raise OSError("the disk is full")

    monkeypatch.setattr(database, "one_commit", refusing)
    answers = all_taken_at_once(running)
    assert refused
    assert {307} <= {status for status, _ in answers} <= {303, 307}
    assert {place for status, place in answers if status == 307} == {"/tickets?alone"}
    numbers, changes = written(running)
    assert len(numbers) == changes == sum(status == 303 for status, _ in answers)
    alone = [take(running, n, place) for n, (status, place) in enumerate(answers) if status == 307]
    assert {status for status, _ in alone} == {303}
    assert written(running) == ([f"A{n:03d}" for n in range(1, HALL + 1)], HALL)
    assert "ended badly" in caplog.text
    until(lambda: not running.server.active_channels)  # nobody is left on a line that hears nothing more


def test_a_refusal_in_the_group_is_only_that_persons(running):
    with ThreadPoolExecutor(HALL) as hall:
        with running.box.database.write():
            asked = [hall.submit(take, running, station) for station in range(HALL - 2)]
            asked += [hall.submit(ask, running, "/tickets", service="Q", tap=f"no-{n}") for n in range(2)]
            until(lambda: in_line(running) == HALL)
        answers = [one.result(LONG_S) for one in asked]
    assert [status for status, _ in answers] == [303] * (HALL - 2) + [404] * 2
    assert written(running) == ([f"A{n:03d}" for n in range(1, HALL - 1)], HALL - 2)


@pytest.mark.parametrize(
    ("command", "path", "query", "is_favoured", "may"),
    [
        ("POST", "/tickets", "", True, True),
        ("POST", "/tickets", "", False, False),  # a station does not wait for what strangers are told
        ("POST", "/tickets", "alone", True, False),
        ("GET", "/tickets", "", True, False),
        ("POST", "/counter/1/call-next", "", True, False),
    ],
)
def test_only_taking_a_ticket_at_a_station_is_shared(command, path, query, is_favoured, may):
    request = SimpleNamespace(command=command, path=path, query=query, error=None)
    assert (
        vars(BufferedChannel)["may_share"].fget(
            SimpleNamespace(requests=[request], total_outbufs_len=0, is_favoured=is_favoured)
        )
        is may
    )


def test_an_answer_leads_to_the_ticket_that_is_on_the_disk(running):
    for _, place in all_taken_at_once(running):
        line = HTTPConnection("127.0.0.1", running.server.effective_port, timeout=LONG_S)
        line.request("GET", place)
        assert re.search(r'data-number="A0(0[1-9]|10)"', line.getresponse().read().decode())
        line.close()


def test_what_is_no_http_gets_its_400_and_costs_nobody_a_turn(running, caplog):
    def garbage():
        with create_connection(("127.0.0.1", running.server.effective_port), LONG_S) as line:
            line.sendall(b"GARBAGE\r\n\r\n")
            return line.recv(100).split(b" ")[1]

    with ThreadPoolExecutor(HALL) as hall:
        with running.box.database.write():
            asked = [hall.submit(take, running, station) for station in range(HALL - 1)]
            until(lambda: in_line(running) == HALL - 1)
            bad = hall.submit(garbage)
            until(lambda: in_line(running) == HALL or bad.done())
        assert bad.result(LONG_S) == b"400"
        assert {one.result(LONG_S)[0] for one in asked} == {303}
    assert all(garbage() == b"400" for _ in range(running.box.settings.threads + 1))
    assert "cannot be asked" not in caplog.text


def test_what_shares_a_commit_reads_nothing_after_it_wrote(box):
    """The database refuses such a read in the tests: `Database.sees_blind_reads`."""
    client = create_app(box).test_client()
    with box.database.one_commit():
        form = {"service": "A", "tap": "tap-1", "another": "1"}
        answer = client.post(TAKING, data=form, headers={"Origin": "http://localhost"})
    assert answer.status_code == 303
