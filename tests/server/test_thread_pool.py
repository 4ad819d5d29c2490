"""The thread pool: one serves, another starts when somebody takes long, nobody is left standing."""

import threading
from contextlib import contextmanager
from time import monotonic, sleep

import pytest

from kiosk.server import thread_pool
from kiosk.server.thread_pool import MOST_TOGETHER, MOST_WAITING, ThreadPool

LONG_S = 5.0


class Visit:
    """A request that is over when it is told so, or at once."""

    def __init__(self, *, is_quick=True, fault=None, may_share=False, address="10.0.0.1", is_favoured=True):
        self.may_share, self.address, self.is_favoured = may_share, address, is_favoured
        self.is_refused = False
        self.may_end = threading.Event()
        self.served = threading.Event()
        self.begun = threading.Event()
        self.is_cancelled = False
        self._fault = fault
        if is_quick:
            self.may_end.set()

    def service(self):
        self.begun.set()
        assert self.may_end.wait(LONG_S)
        self.served.set()
        if self._fault:
            raise self._fault

    def cancel(self):
        self.is_cancelled = True

    def refuse(self):
        self.is_refused = True


@pytest.fixture
def open_pool():
    opened = []

    def open_(most, patience_s=0.02, **how):
        opened.append(ThreadPool(most, patience_s=patience_s, **how))
        return opened[-1]

    yield open_
    for pool in opened:
        pool.shutdown(timeout=1)


def test_everybody_is_served_in_the_order_of_asking_by_one_thread(open_pool):
    pool, order = open_pool(4, patience_s=LONG_S), []

    class Noted(Visit):
        def service(self):
            order.append((self, threading.current_thread().name))
            sleep(0.001)
            super().service()

    visits = [Noted() for _ in range(40)]
    for visit in visits:
        pool.add_task(visit)
    assert all(visit.served.wait(LONG_S) for visit in visits)
    assert [visit for visit, _ in order] == visits
    assert len({window for _, window in order}) == 1


def test_another_thread_starts_for_each_that_takes_long_and_not_before(open_pool):
    pool = open_pool(3, patience_s=0.1)
    slow = [Visit(is_quick=False), Visit(is_quick=False)]
    quick = Visit()
    began = monotonic()
    for visit in (*slow, quick):
        pool.add_task(visit)
    assert slow[0].begun.wait(LONG_S)
    assert slow[1].begun.wait(LONG_S)
    assert monotonic() - began >= 0.1
    assert quick.served.wait(LONG_S)
    assert monotonic() - began >= 0.2
    for visit in slow:
        visit.may_end.set()


def test_who_comes_while_all_threads_are_busy_is_served_by_the_first_that_is_free(open_pool):
    pool = open_pool(2, patience_s=0.01)
    slow = [Visit(is_quick=False), Visit(is_quick=False)]
    for visit in slow:
        pool.add_task(visit)
    assert all(visit.begun.wait(LONG_S) for visit in slow)
    late = Visit()
    pool.add_task(late)
    assert not late.served.wait(0.1)
    slow[1].may_end.set()
    assert late.served.wait(LONG_S)
    slow[0].may_end.set()


def test_a_thread_survives_whatever_a_request_does(open_pool):
    pool = open_pool(1)
    for fault in (ValueError("no"), SystemExit(1)):
        pool.add_task(Visit(fault=fault))
    after = Visit()
    pool.add_task(after)
    assert after.served.wait(LONG_S)


def test_closing_serves_the_queue_first(open_pool):
    pool = open_pool(2)
    visits = [Visit() for _ in range(50)]
    for visit in visits:
        pool.add_task(visit)
    assert pool.shutdown(timeout=LONG_S) is False
    assert all(visit.served.is_set() for visit in visits)


def test_closing_sends_away_who_cannot_be_served_in_time(open_pool):
    pool = open_pool(1)
    stuck, behind = Visit(is_quick=False), Visit()
    pool.add_task(stuck)
    assert stuck.begun.wait(LONG_S)
    pool.add_task(behind)
    assert pool.shutdown(timeout=0.1) is True
    assert behind.is_cancelled
    assert not behind.served.is_set()
    stuck.may_end.set()


@pytest.mark.parametrize("most", [1, 2, 4])
def test_nobody_is_left_standing_whatever_the_rush(open_pool, most):
    pool = open_pool(most, patience_s=0.001)
    visits = [Visit(address=f"10.0.0.{n % 16}", is_favoured=n % 3 > 0) for n in range(2000)]

    def arrive(mine):
        for visit in mine:
            pool.add_task(visit)

    doors = [threading.Thread(target=arrive, args=(visits[door::4],)) for door in range(4)]
    for door in doors:
        door.start()
    assert all(visit.served.wait(LONG_S) for visit in visits)
    for door in doors:
        door.join()


def test_those_in_a_row_who_may_share_are_served_together_and_nobody_else(open_pool):
    groups, ended = [], []

    @contextmanager
    def together(visits):
        groups.append(list(visits))
        yield
        ended.extend(visits)
        assert all(visit.served.is_set() for visit in visits)

    pool = open_pool(1, patience_s=LONG_S, together=together)
    first = Visit(is_quick=False)
    sharing = [Visit(may_share=True) for _ in range(MOST_TOGETHER + 3)]
    between, last = Visit(), Visit(may_share=True)
    for visit in (first, *sharing, between, last):
        pool.add_task(visit)
    first.may_end.set()
    assert last.served.wait(LONG_S)
    assert groups == [sharing[:MOST_TOGETHER], sharing[MOST_TOGETHER:]]
    assert ended == sharing


def test_a_group_that_ends_badly_ends_no_thread(open_pool, caplog):
    @contextmanager
    def together(_visits):
        yield
        raise OSError("the disk is full")

    pool = open_pool(1, patience_s=LONG_S, together=together)
    first, pair = Visit(is_quick=False), [Visit(may_share=True), Visit(may_share=True)]
    for visit in (first, *pair):
        pool.add_task(visit)
    first.may_end.set()
    assert pair[1].served.wait(LONG_S)
    pool.add_task(after := Visit())
    assert after.served.wait(LONG_S)
    assert "ended badly" in caplog.text


def test_one_who_cannot_be_asked_is_served_alone(open_pool, caplog):
    class Mute(Visit):
        @property
        def may_share(self):
            raise AttributeError

        @may_share.setter
        def may_share(self, value):
            pass

    pool = open_pool(1, patience_s=LONG_S)
    for visit in (visits := [Visit(is_quick=False), Visit(may_share=True), Mute(), Visit()]):
        pool.add_task(visit)
    visits[0].may_end.set()
    assert all(visit.served.wait(LONG_S) for visit in visits)
    assert "cannot be asked" in caplog.text


def test_strangers_leave_one_thread_to_the_house(open_pool):
    pool = open_pool(3, patience_s=0.001)
    slow = [Visit(is_quick=False, is_favoured=False, address=f"10.0.0.{n}") for n in range(5)]
    for visit in slow:
        pool.add_task(visit)
    assert slow[0].begun.wait(LONG_S)
    assert slow[1].begun.wait(LONG_S)
    for _ in range(3):
        pool.add_task(station := Visit())
        assert station.served.wait(LONG_S)
    assert not any(visit.begun.is_set() for visit in slow[2:])
    for visit in slow:
        visit.may_end.set()
    assert all(visit.served.wait(LONG_S) for visit in slow)


def test_who_floods_is_sent_away_and_nobody_else(open_pool):
    pool = open_pool(1)
    pool.add_task(busy := Visit(is_quick=False))
    assert busy.begun.wait(LONG_S)
    flood = [Visit(address="10.0.0.9", is_favoured=False) for _ in range(MOST_WAITING + 2)]
    for visit in (*flood, other := Visit(address="10.0.0.8", is_favoured=False)):
        pool.add_task(visit)
    assert [visit.is_refused for visit in flood] == [False] * MOST_WAITING + [True] * 2
    busy.may_end.set()
    assert other.served.wait(LONG_S)


def test_a_flood_of_one_address_lets_each_other_go_in_between(open_pool):
    pool, served = open_pool(1, patience_s=LONG_S), []

    class Noted(Visit):
        def service(self):
            served.append(self.address)
            super().service()

    pool.add_task(busy := Visit(is_quick=False))
    assert busy.begun.wait(LONG_S)
    flood = [Noted(address="10.0.0.9", is_favoured=False) for _ in range(50)]
    phone, station = Noted(address="10.0.0.8", is_favoured=False), Noted(address="10.0.0.7")
    for visit in (*flood, phone, station):
        pool.add_task(visit)
    busy.may_end.set()
    assert all(visit.served.wait(LONG_S) for visit in flood)
    assert served[:3] == ["10.0.0.7", "10.0.0.9", "10.0.0.8"]


def test_a_second_stranger_waits_longer_and_the_house_no_longer_than_ever(open_pool, monkeypatch):
    monkeypatch.setattr(thread_pool, "STRANGERS_S", LONG_S)
    pool = open_pool(3, patience_s=0.02)
    strangers = [Visit(is_quick=False, is_favoured=False), Visit(is_favoured=False)]
    for visit in strangers:
        pool.add_task(visit)
    assert strangers[0].begun.wait(LONG_S)
    sleep(0.05)  # somebody watches for the second by now
    began = monotonic()
    pool.add_task(station := Visit())
    assert station.served.wait(LONG_S)
    assert monotonic() - began < LONG_S / 2
    assert not strangers[1].begun.is_set()
    strangers[0].may_end.set()
    assert strangers[1].served.wait(LONG_S)
