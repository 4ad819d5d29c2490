"""Two boxes on one PostgreSQL: who commits later has the later number, and all hear of it at once."""

import threading
import time
from contextlib import contextmanager, suppress
from datetime import timedelta

import psycopg
import pytest
import sqlalchemy as sa

from kiosk import demo, services, spool, tickets
from kiosk.asked import Asked
from kiosk.box import open_box
from kiosk.database import commits
from kiosk.database import listening as listening_module
from kiosk.settings import Settings
from kiosk.tickets.rules import Tap
from tests.conftest import furnished_by

pytestmark = pytest.mark.postgresql
CLERKS = {1: 2, 2: 3, 3: 4, 4: 5}
"""Counter: who sits there."""


@pytest.fixture
def boxes(furnishings, tmp_path, clock):
    """Two boxes of one furnished centre, each with a folder of its own."""
    furnish = demo.furnish_hall
    server = furnishings("two_boxes", lambda url: furnished_by(furnish, tmp_path / "first", url))
    server.put_back()
    (tmp_path / "a").mkdir(), (tmp_path / "b").mkdir()
    both = [
        open_box(Settings(folder=tmp_path / name, is_demo=True, database_url=server.url), clock)
        for name in "ab"
    ]
    with both[0].database.write() as tx:
        for counter, clerk in CLERKS.items():
            services.open_counter(tx, Asked(clock(), clerk), counter)
    yield both
    for box in both:
        box.database.close()


def take(box, tap, service="A"):
    with box.database.write() as tx:
        return tickets.take(tx, box.centre, Tap(service, tap, another=True), "zh", box.now()).ticket_id


def call_next(box, counter):
    with box.database.write() as tx:
        tickets.call_next(tx, box.centre, Asked(box.now(), CLERKS[counter]), counter)


def board(box, since):
    with box.database.read() as tx:
        return tickets.board_now(tx, box.centre, since, box.now(), "zh")


def eventually(holds, within_s=3.0):
    """Seconds until `holds()`."""
    start = time.monotonic()
    while not holds():
        assert time.monotonic() - start < within_s, "not in time"
        time.sleep(0.002)
    return time.monotonic() - start


@contextmanager
def listening(box, name=""):
    box.database.listen(name)
    assert box.database._listener.is_listening.wait(5)
    yield box.database._listener


def test_a_call_is_not_passed_over_by_one_that_commits_before_it(boxes):
    """Else it would have the lower id and commit last: a board that saw the newer would never hear it."""
    one, other = boxes
    for number in range(2):
        take(one, f"t{number}")
    v = board(one, None).v
    with one.database.write() as tx:
        tickets.call_next(tx, one.centre, Asked(one.now(), CLERKS[1]), 1)
        late = threading.Thread(target=call_next, args=(other, 2))
        late.start()
        late.join(0.3)
        seen = board(other, v)
        assert (seen.announcements, seen.v) == ((), v)
    late.join(5)
    assert [call.counter for call in board(other, v).announcements] == [1, 2]


def serve(box, counter, times):
    asked = Asked(box.now() + timedelta(seconds=20), CLERKS[counter])  # who is called comes later
    for _ in range(times):
        call_next(box, counter)
        with box.database.write() as tx:
            tickets.start(tx, asked, counter)
            tickets.finish(tx, asked, counter)


class Ear(threading.Thread):
    """A board that polls without a pause, and once more when it is told that all is said."""

    def __init__(self, box, is_said):
        super().__init__()
        self.box, self.is_said = box, is_said
        self.v, self.heard = board(box, None).v, []

    def run(self):
        is_last = False
        while not is_last:
            is_last = self.is_said.is_set()
            now = board(self.box, self.v)
            self.heard += [call.id for call in now.announcements]
            self.v = now.v


def test_boards_of_both_hear_every_call_once_and_in_one_order(boxes):
    for number in range(40):
        take(boxes[number % 2], f"t{number}", "ABCD"[number % 4])
    is_said = threading.Event()
    ears = [Ear(box, is_said) for box in boxes]
    clerks = [threading.Thread(target=serve, args=(boxes[counter % 2], counter, 10)) for counter in CLERKS]
    for thread in ears + clerks:
        thread.start()
    for thread in clerks:
        thread.join(60)
    is_said.set()
    for ear in ears:
        ear.join(60)
    heard = ears[0].heard
    assert len(heard) == 40
    assert heard == sorted(set(heard)) == ears[1].heard


def test_what_one_box_commits_is_heard_at_the_other_at_once(boxes):
    one, other = boxes
    with listening(other), other.database.read() as tx:
        time.sleep(0.1)  # what it hears of its start
        before = commits(tx)
        other.database.written.clear()
        take(one, "t1")
        assert eventually(lambda: commits(tx) != before) < 0.25
        assert other.database.written.is_set()


def test_a_box_that_lost_the_connection_looks_by_itself_and_listens_again(boxes, caplog):
    one, other = boxes
    with listening(other) as listener, other.database.read() as tx:
        url = other.database.engine.url
        with psycopg.connect(
            host=url.query["host"], user=url.username, dbname=url.database, autocommit=True
        ) as by_hand:
            by_hand.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'linli-listening' AND datname = current_database()"
            )
        eventually(lambda: "not hearing of other boxes" in caplog.text)
        eventually(listener.is_listening.is_set)
        time.sleep(0.1)  # what it hears of its start
        before = commits(tx)
        take(one, "t1")
        assert eventually(lambda: commits(tx) != before) < 0.25


def test_a_box_that_closes_stops_listening(boxes):
    with listening(boxes[0]) as listener:
        boxes[0].database.close()
        assert not listener.is_alive()


def test_a_box_from_a_copied_folder_is_refused_until_it_has_a_name_of_its_own(boxes, clock, monkeypatch):
    one, other = boxes
    monkeypatch.setattr(listening_module, "NAME_S", 0.1)
    with listening(one, one.settings.box):
        with pytest.raises(listening_module.BoxInUse):
            other.database.listen(one.settings.box)
        one.database.close()
    eventually(lambda: listens(other, one.settings.box))  # PostgreSQL has missed the first one's session


def listens(box, name):
    with suppress(listening_module.BoxInUse):
        box.database.listen(name)
        return True
    return False


def slip_of(box, ticket_id):
    with box.database.read() as tx:
        found = spool.slip_state(tx, f"ticket:{ticket_id}")
    return found and found[0]


def test_the_second_box_to_start_leaves_what_the_first_is_printing(boxes, clock):
    one, other = boxes
    ticket = take(one, "t1")
    feed = spool.Feed(one.database, clock, one.settings)
    assert feed.claim()
    spool.Feed(other.database, clock, other.settings).recover()
    assert slip_of(one, ticket) == "sending"
    feed.recover()
    assert slip_of(other, ticket) == "unconfirmed"


def test_two_boxes_give_different_numbers(boxes):
    def many(box, name):
        for number in range(30):
            take(box, f"{name}{number}")

    threads = [threading.Thread(target=many, args=(boxes[n % 2], f"x{n}-")) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with boxes[0].database.read() as tx:
        numbers = tx.execute(sa.text("SELECT number FROM ticket")).scalars().all()
    assert len(numbers) == len(set(numbers)) == 120
