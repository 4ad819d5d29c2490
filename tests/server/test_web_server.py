"""The loop: who is silent or slow is let go in time, who asks is answered, and room is kept for the house."""

import socket
import threading
from contextlib import contextmanager, suppress
from selectors import EVENT_READ, DefaultSelector
from time import monotonic, sleep

import pytest
from waitress.adjustments import Adjustments

from kiosk.server import thread_pool, web_server
from kiosk.server.channel import WatchedChannel
from kiosk.server.thread_pool import ThreadPool
from kiosk.server.web_server import WebServer
from kiosk.sharing import Favoured

LONG_S = 5.0
LAN = "127.0.0.9"
ASK = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


def hello(_environ, start):
    start("200 OK", [("Content-Length", "5")])
    return [b"hello"]


class Hall:
    """A server whose clock is set by hand."""

    def __init__(self, limit=100, app=hello, proxy=""):
        self.seconds = 0.0
        self.threads = ThreadPool(2)
        how = Adjustments(host="127.0.0.1", port=0, connection_limit=limit)
        self.favoured = Favoured(lambda: self.seconds)
        self.server = WebServer(app, self.threads, how, self.favoured, proxy, lambda: self.seconds)
        self.loop = threading.Thread(target=self.server.run, daemon=True)
        self.loop.start()
        self.lines = []

    def line(self, address=LAN):
        line = socket.socket()
        line.settimeout(LONG_S)
        line.bind((address, 0))
        line.connect(("127.0.0.1", int(self.server.effective_port)))
        self.lines.append(line)
        return line

    def later(self, seconds):
        """Let time pass, and the loop notice it."""
        self.seconds += seconds
        self.server.pull_trigger()

    def stop(self):
        self.threads.shutdown(timeout=1)
        self.server.close()
        self.loop.join(LONG_S)
        for line in self.lines:
            line.close()


@pytest.fixture
def open_hall():
    opened = []

    def open_(**how):
        opened.append(Hall(**how))
        return opened[-1]

    yield open_
    for hall in opened:
        hall.stop()


def until(is_so):
    end = monotonic() + LONG_S
    while not is_so():
        assert monotonic() < end
        sleep(0.002)


@contextmanager
def still_open(line):
    yield
    line.setblocking(False)
    with pytest.raises(BlockingIOError):
        line.recv(1)
    line.settimeout(LONG_S)


def answered(line, ask=ASK):
    line.sendall(ask)
    heard = b""
    while not heard.endswith(b"hello"):
        heard += (said := line.recv(1000))
        assert said
    return True


def connected(hall, count):
    until(lambda: len(hall.server.active_channels) == count)


def test_a_line_is_answered_again_and_again(open_hall):
    line = open_hall().line()
    assert all(answered(line) for _ in range(3))


def test_several_questions_at_once_are_answered_in_turn(open_hall):
    line, heard = open_hall().line(), b""
    line.sendall(ASK * 5)
    while heard.count(b"hello") < 5:
        heard += line.recv(1000)
    assert answered(line)


def test_who_waits_in_the_queue_costs_the_loop_nothing_and_is_heard_of_again(open_hall):
    may_end = threading.Event()

    def slow(environ, start):
        assert may_end.wait(LONG_S)
        return hello(environ, start)

    hall = open_hall(app=slow)
    lines = [hall.line() for _ in range(20)]
    for line in lines:
        line.sendall(ASK)
    until(lambda: [c.stage for c in hall.server.active_channels.values()] == ["asked"] * 20)
    until(
        lambda: hall.server.pull_trigger() or len(hall.server._stirring) <= 2
    )  # those that are being served
    may_end.set()
    assert all(line.recv(1000) for line in lines)
    assert all(answered(line) for line in lines)


def test_who_sends_nothing_is_let_go_after_ten_seconds(open_hall):
    hall = open_hall()
    line = hall.line()
    connected(hall, 1)
    with still_open(line):
        hall.later(9)
        sleep(0.05)
    hall.later(1)
    assert line.recv(1) == b""


def test_a_header_has_ten_seconds_however_steadily_its_bytes_come(open_hall):
    hall = open_hall()
    line = hall.line()
    for byte in ASK[:9]:
        line.sendall(bytes([byte]))
        sleep(0.005)
        until(lambda: [c.stage for c in hall.server.active_channels.values()] == ["header"])
        hall.later(1)  # the ten seconds begin when the server has seen the first byte, not when it was sent
    with still_open(line):
        sleep(0.03)
    hall.later(1)
    assert line.recv(20).startswith(b"HTTP/1.1 408 ")


def test_a_body_has_thirty_seconds_from_its_header(open_hall):
    hall = open_hall()
    line = hall.line()
    line.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n")
    until(lambda: [c.stage for c in hall.server.active_channels.values()] == ["body"])
    for _ in range(29):
        line.sendall(b"x")
        hall.later(1)
    with still_open(line):
        sleep(0.03)
    hall.later(1)
    page = line.recv(2000).decode()
    assert page.startswith("HTTP/1.1 408 ")
    assert "请回到上一页再试一次" in page


def test_between_two_questions_a_browser_may_be_silent_for_a_minute(open_hall):
    hall = open_hall()
    line = hall.line()
    assert answered(line)
    until(lambda: [c.stage for c in hall.server.active_channels.values()] == ["idle"])
    hall.later(59)
    assert answered(line)
    until(lambda: [c.stage for c in hall.server.active_channels.values()] == ["idle"])
    hall.later(60)
    assert line.recv(1) == b""


def test_who_takes_no_answer_is_let_go(open_hall):
    def much(_environ, start):
        start("200 OK", [("Content-Length", "9000000")])
        return [b"x" * 9_000_000]

    hall = open_hall(app=much)
    line = hall.line()
    line.sendall(ASK)
    until(lambda: [c.stage for c in hall.server.active_channels.values()] == ["answer"])
    hall.later(60)
    connected(hall, 0)


def test_no_more_is_held_for_slow_senders_than_the_box_can_bear(open_hall, monkeypatch):
    monkeypatch.setattr(web_server, "MOST_HELD", 100_000)
    monkeypatch.setattr(web_server, "UNSEEN", 20_000)
    hall = open_hall()
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n"
    for _ in range(4):
        hall.line().sendall(head + b"x" * 40_000)
    connected(hall, 2)


@pytest.mark.parametrize("kind", [b"", b"G"])
def test_a_flood_of_silent_lines_shuts_out_neither_the_house_nor_a_phone(open_hall, kind):
    hall = open_hall()
    flood = [hall.line() for _ in range(120)]
    for line in flood:
        with suppress(OSError):  # the first are gone already
            line.sendall(kind)
    assert answered(hall.line("127.0.0.20"))
    assert answered(hall.line("127.0.0.1"))
    assert answered(hall.line(LAN))
    until(lambda: len(hall.server.active_channels) <= 76)


def test_room_is_kept_where_an_enrolled_device_is(open_hall):
    hall = open_hall()
    hall.favoured.note("127.0.0.30")
    station = hall.line("127.0.0.30")
    assert answered(station)
    for _ in range(150):
        hall.line()
    until(lambda: len(hall.server.active_channels) <= 76)
    assert answered(station)


def test_closing_ends_the_loop_at_once(open_hall):
    hall = open_hall()
    hall.line()
    began = monotonic()
    hall.server.close()
    hall.loop.join(LONG_S)
    assert not hall.loop.is_alive()
    assert monotonic() - began < web_server.LOOK_S


def test_a_line_that_closes_with_the_server_ends_no_loop_that_is_just_looking_at_it(open_hall):
    hall = open_hall()
    hall.stop()
    with DefaultSelector() as hall.server._selector, socket.socket() as line:
        number = line.fileno()
        line.close()
        hall.server._watch(number, EVENT_READ)
        assert not hall.server._selector.get_map()
        hall.server._is_closed = False
        with pytest.raises(OSError, match="Bad file descriptor"):
            hall.server._watch(number, EVENT_READ)
        hall.server._is_closed = True


def test_a_thread_that_ends_while_the_loop_looks_is_not_taken_for_one_that_has_not_begun():
    channel = WatchedChannel.__new__(WatchedChannel)

    class EndsNow(list):
        def __bool__(self):
            channel.requests, channel._ended = [], 1
            return True

    channel.requests, channel._begun = EndsNow(["asked"]), 1
    assert not channel.is_waiting


def test_a_connection_that_the_loop_has_lost_sight_of_is_looked_at_within_a_second(open_hall, caplog):
    hall = open_hall()
    line = hall.line()
    connected(hall, 1)
    (channel,) = hall.server.active_channels.values()
    until(lambda: hall.server._watched.get(channel.number) == EVENT_READ and not hall.server._stirring)
    channel.outbufs[0].append(b"hello")
    channel.total_outbufs_len = 5  # as if nobody had told the loop
    hall.later(web_server.LOOK_S)
    assert line.recv(100) == b"hello"
    assert "looked at again" in caplog.text


def test_behind_a_proxy_the_turns_are_those_of_its_clients(open_hall):
    hall = open_hall(proxy="127.0.0.1")
    told = b"GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 127.0.0.1, 10.0.0.%d\r\n\r\n"
    asked = hall.line("127.0.0.1"), hall.line("127.0.0.1")
    for n, line in enumerate(asked):
        line.sendall(told[:-2] % n)
    until(lambda: {c.address for c in hall.server.active_channels.values()} == {"127.0.0.1"})
    assert all(channel.is_favoured for channel in hall.server.active_channels.values())
    seen, serve = [], hall.threads.add_task

    def noted(task):
        seen.append((task.address, task.is_favoured))
        serve(task)

    hall.threads.add_task = noted
    for line in asked:
        assert answered(line, b"\r\n")
    assert sorted(seen) == [("10.0.0.0", False), ("10.0.0.1", False)]


def test_who_asks_too_much_at_once_is_sent_away_with_a_page(open_hall, monkeypatch):
    monkeypatch.setattr(thread_pool, "MOST_WAITING", 3)
    may_end = threading.Event()

    def slow(environ, start):
        assert may_end.wait(LONG_S)
        return hello(environ, start)

    hall = open_hall(app=slow)
    for _ in range(8):
        hall.line().sendall(ASK)
    until(lambda: sum(c.stage == "asked" for c in hall.server.active_channels.values()) <= 4)
    heard = [page for line in hall.lines if (page := at_once(line))]
    may_end.set()
    assert len(heard) >= 4
    assert all(page.startswith("HTTP/1.1 429 ") and "请等十秒" in page for page in heard)


def at_once(line):
    line.settimeout(0.05)
    try:
        return line.recv(2000).decode()
    except TimeoutError:
        return ""


def test_a_length_of_five_thousand_digits_is_answered_and_nobody_is_disturbed(open_hall, caplog):
    hall = open_hall()
    line = hall.line()
    line.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n")
    assert line.recv(100).startswith(b"HTTP/1.1 400 ")
    assert caplog.records == []
