"""What a read found is kept for who asks next, and never longer than it holds."""

import pytest
import sqlalchemy as sa

from kiosk.database import remembered
from kiosk.database.joining.facts import centre_fact
from kiosk.database.remembered import Remembered

NAMES = sa.select(centre_fact.c.name).where(centre_fact.c.name.like("kept-%")).order_by(centre_fact.c.name)


class Reading:
    """A read that counts how often it is asked."""

    def __init__(self):
        self.times = 0

    def __call__(self, tx):
        self.times += 1
        return tuple(tx.execute(NAMES).scalars())


@pytest.fixture
def reading():
    return Reading()


@pytest.fixture(autouse=True)
def no_end(monkeypatch):
    monkeypatch.setattr(remembered, "KEPT_S", 3600)


def add(tx, name):
    tx.execute(sa.insert(centre_fact).values(name=name, value="1"))


def seen(box, kept):
    with box.database.read() as tx:
        return kept.at(tx)


def test_it_is_read_again_after_each_commit(box, reading):
    kept = Remembered(reading)
    assert seen(box, kept) == seen(box, kept) == ()
    assert reading.times == 1
    with box.database.write() as tx:
        add(tx, "kept-1")
    assert seen(box, kept) == ("kept-1",)


def test_what_is_noted_is_read_again_after_its_own_change_alone(box, reading):
    kept = Remembered(reading, is_noted=True)
    assert kept.without_tx(box.database) == ()
    with box.database.write() as tx:
        add(tx, "other")
    assert kept.without_tx(box.database) == seen(box, kept) == ()
    assert reading.times == 1
    with box.database.write() as tx:
        add(tx, "kept-1")
        kept.note_writing(tx)
        assert kept.at(tx) == ("kept-1",)
    assert kept.without_tx(box.database) == seen(box, kept) == ("kept-1",)


def test_who_reads_while_it_is_being_changed_keeps_nothing_for_those_after(box, reading):
    kept = Remembered(reading, is_noted=True)
    with box.database.write() as tx:
        add(tx, "kept-1")
        kept.note_writing(tx)
        assert kept.without_tx(box.database) == ()
    assert kept.without_tx(box.database) == ("kept-1",)


def test_a_change_that_is_taken_back_was_never_there(box, reading):
    kept = Remembered(reading)

    def broken_off():
        with box.database.write() as tx:
            add(tx, "kept-1")
            assert kept.at(tx) == ("kept-1",)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken_off()
    assert seen(box, kept) == ()


def test_it_is_read_again_after_a_moment_for_another_process_may_write(box, reading, monkeypatch):
    kept = Remembered(reading, is_noted=True)
    assert kept.without_tx(box.database) == ()
    monkeypatch.setattr(remembered, "KEPT_S", -1)
    assert kept.without_tx(box.database) == ()
    assert reading.times == 2
    assert kept.last(box.database, None) == ()
    assert Remembered(reading).last(box.database, None) is None
