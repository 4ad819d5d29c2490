from datetime import timedelta

import pytest

from kiosk import staff
from kiosk.staff.rules import LOCKED_FOR, MOST_FAILURES, MOST_FAILURES_ANYWHERE, MOST_FAILURES_HERE


class Door:
    """The three steps of logging in, each its own transaction."""

    def __init__(self, box, clock):
        self.box, self.clock = box, clock

    def try_in(self, name="clerk1", password="wrong", address="10.0.0.5"):
        with self.box.database.write() as tx:
            attempt = staff.begin_attempt(tx, name, address, self.clock())
        staff_id = staff.check_password(attempt, password)
        with self.box.database.write() as tx:
            staff.note_success(tx, attempt)
        return staff_id


@pytest.fixture
def door(box, clock, monkeypatch):
    # the demo's hashes are cheap; an unknown name is checked against a dear one, which slows fifty attempts
    monkeypatch.setattr("kiosk.staff.log_in._nobody", lambda: "scrypt:1024:8:1$salt$00")
    return Door(box, clock)


def fail(door, times, **kwargs):
    for _ in range(times):
        with pytest.raises(staff.WrongPassword):
            door.try_in(**kwargs)


def test_the_right_password_opens(door):
    staff_id = door.try_in(password="demo-clerk")
    with door.box.database.read() as tx:
        assert staff.staff_of(tx, staff_id) == staff.Staff(staff_id, "clerk1", staff.Role.CLERK)


@pytest.mark.parametrize("name", ["clerk1", "nobody", "", "clerk1' OR 1=1 --"])
def test_a_wrong_name_and_a_wrong_password_are_refused_alike(door, name):
    with pytest.raises(staff.WrongPassword) as refused:
        door.try_in(name=name)
    assert refused.value.facts == {}


@pytest.mark.parametrize("name", ["clerk1", "nobody"])
def test_too_many_failures_lock_the_name_at_that_address(door, name):
    fail(door, MOST_FAILURES, name=name)
    with pytest.raises(staff.TooManyFailures) as refused:
        door.try_in(name=name, password="demo-clerk")
    assert refused.value.facts == {"minutes": 5}


def test_a_lock_is_not_another_addresss(door):
    fail(door, MOST_FAILURES)
    assert door.try_in(password="demo-clerk", address="10.0.0.6")


def test_a_guesser_with_many_addresses_is_slowed_too(door):
    for n in range(MOST_FAILURES_ANYWHERE):
        fail(door, 1, address=f"10.0.1.{n}")
    with pytest.raises(staff.TooManyFailures):
        door.try_in(password="demo-clerk", address="10.0.2.1")


def test_an_address_that_guesses_names_is_locked_out_for_all_names(door):
    for n in range(MOST_FAILURES_HERE):
        fail(door, 1, name=f"guess{n}")
    with pytest.raises(staff.TooManyFailures):
        door.try_in(password="demo-clerk")
    assert door.try_in(password="demo-clerk", address="10.0.0.6")


def test_a_lock_ends_by_itself_and_trying_does_not_lengthen_it(door, clock):
    fail(door, MOST_FAILURES)
    for _ in range(3):
        clock.forward(minutes=1)
        with pytest.raises(staff.TooManyFailures):
            door.try_in()
    clock.at += LOCKED_FOR - timedelta(minutes=3)
    assert door.try_in(password="demo-clerk")


def test_a_success_forgets_the_failures_before_it(door):
    fail(door, MOST_FAILURES - 1)
    door.try_in(password="demo-clerk")
    fail(door, MOST_FAILURES - 1)
    assert door.try_in(password="demo-clerk")


def test_attempts_count_before_their_password_is_looked_at(door, box, clock):
    for _ in range(MOST_FAILURES):
        with box.database.write() as tx:
            staff.begin_attempt(tx, "clerk1", "10.0.0.5", clock())
    with box.database.write() as tx, pytest.raises(staff.TooManyFailures):
        staff.begin_attempt(tx, "clerk1", "10.0.0.5", clock())


def test_no_password_and_no_typed_name_stands_in_the_database(door, box):
    fail(door, 1, name="typed-by-mistake", password="wrong-and-private")
    box.database.close()
    written = b"".join(path.read_bytes() for path in box.settings.folder.glob("kiosk.db*"))
    assert b"typed-by-mistake" not in written
    assert b"wrong-and-private" not in written
    assert b"demo-clerk" not in written
