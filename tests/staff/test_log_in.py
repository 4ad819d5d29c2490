from datetime import timedelta

import pytest

from kiosk import staff
from kiosk.asked import Asked
from kiosk.staff.rules import FREE, FREE_ANYWHERE, FREE_HERE, TOLD_AT_BOX


class Door:
    """The three steps of logging in, each its own transaction."""

    def __init__(self, box, clock):
        self.box, self.clock = box, clock

    def try_in(self, name="clerk1", password="wrong", address="10.0.0.5", is_box=False):
        with self.box.database.write() as tx:
            attempt = staff.begin_attempt(tx, name, address, self.clock(), is_box=is_box)
        staff_id = staff.check_password(attempt, password)
        with self.box.database.write() as tx:
            staff.note_success(tx, attempt)
        return staff_id


@pytest.fixture
def door(box, clock, monkeypatch):
    # the demo's hashes are cheap; an unknown name is checked against a dear one, which slows fifty attempts
    monkeypatch.setattr("kiosk.staff.log_in._nobody", lambda: "scrypt:128:8:1$salt$00")
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


def wait_s(door, **kwargs):
    """For how long the right password is refused now; 0 when it gets in."""
    try:
        door.try_in(**({"password": "demo-clerk"} | kwargs))
    except staff.AskAgain as refused:
        return refused.wait_s
    return 0


@pytest.mark.parametrize("name", ["clerk1", "nobody"])
def test_each_wrong_password_too_many_doubles_the_wait_to_five_minutes_at_most(door, clock, name):
    fail(door, FREE, name=name)
    waits = []
    for _ in range(8):
        waits.append(wait_s(door, name=name))
        clock.forward(seconds=waits[-1])
        fail(door, 1, name=name)
    assert waits == [10, 20, 40, 80, 160, 300, 300, 300]


def test_a_short_wait_is_told_in_seconds_and_a_long_one_in_minutes(door, clock):
    fail(door, FREE)
    with pytest.raises(staff.AskAgain) as refused:
        door.try_in()
    assert "%(seconds)s秒" in refused.value.sentence
    for _ in range(4):
        clock.forward(seconds=refused.value.wait_s)
        fail(door, 1)
        with pytest.raises(staff.AskAgain) as refused:
            door.try_in()
    assert "%(minutes)s分钟" in refused.value.sentence
    assert (refused.value.wait_s, refused.value.facts["minutes"]) == (160, 3)


def test_a_wait_is_not_another_addresss(door):
    fail(door, FREE)
    assert wait_s(door) > 0
    assert wait_s(door, address="10.0.0.6") == 0


def test_an_address_that_guesses_names_waits_for_all_names(door):
    for n in range(FREE_HERE):
        fail(door, 1, name=f"guess{n}")
    assert wait_s(door) == 10
    assert wait_s(door, address="10.0.0.6") == 0


def test_on_a_network_of_ipv6_a_laptop_keeps_nobody_else_waiting(door):
    fail(door, FREE, address="2001:db8::bad")
    assert wait_s(door, address="2001:0db8:0::0bad") > 0, "the same, written otherwise"
    assert wait_s(door, address="2001:db8::77") == 0
    fail(door, FREE, address="::ffff:10.0.0.9")
    assert wait_s(door, address="10.0.0.9") > 0


def test_a_wait_ends_by_itself_and_trying_does_not_lengthen_it(door, clock):
    fail(door, FREE)
    for left in (10, 7, 4, 1):
        assert wait_s(door, password="wrong") == left
        clock.forward(seconds=3)
    assert wait_s(door) == 0


def at_box(door, times):
    with door.box.database.write() as tx:
        for _ in range(times):
            staff.begin_attempt(tx, "clerk1", "127.0.0.1", door.clock(), is_box=True)


def test_whoever_tries_at_the_box_keeps_nobody_waiting_there_or_anywhere_else(door):
    at_box(door, FREE_ANYWHERE + 1)
    assert wait_s(door, address="127.0.0.1", is_box=True) == 0
    assert wait_s(door, address="10.0.0.5") == 0
    assert wait_s(door, address="127.0.0.1") == 0, "a proxy that is not believed"


def test_who_tries_many_passwords_at_the_box_is_told_of_for_an_hour(door, clock):
    def told():
        with door.box.database.read() as tx:
            return staff.guessed_at_box(tx, clock())

    at_box(door, TOLD_AT_BOX - 1)
    fail(door, 1)
    assert door.try_in(password="demo-clerk", address="127.0.0.1", is_box=True)
    assert told() is None
    at_box(door, 1)
    last = clock()
    assert told() == last
    clock.forward(minutes=59)
    assert told() == last
    clock.forward(minutes=1)
    assert told() is None


def test_ten_addresses_that_never_tire_keep_nobody_out(door, clock):
    """An hour and a half: each tries again the second it may."""
    may_at = {f"10.0.9.{n}": clock() for n in range(10)}
    for _ in range(180):
        clock.forward(seconds=30)
        for address, at in may_at.items():
            if at > clock():
                continue
            try:
                with door.box.database.write() as tx:
                    staff.begin_attempt(tx, "clerk1", address, clock())
            except staff.AskAgain as refused:
                may_at[address] = clock() + timedelta(seconds=refused.wait_s)
        if clock().minute % 10 == 0:
            assert wait_s(door, address="10.0.0.5") == 0
    assert wait_s(door, address="10.0.0.7") == 0


def fail_everywhere(door, times=FREE_ANYWHERE):
    with door.box.database.write() as tx:
        for n in range(times):
            staff.begin_attempt(tx, "clerk1", f"10.{n // 200}.1.{n % 200}", door.clock())


def test_hundreds_of_addresses_are_slowed_where_the_name_is_not_at_home(door, clock):
    token_at = "10.77.0.5"
    with door.box.database.write() as tx:
        staff.begin_session(tx, 2, token_at, clock())
    fail_everywhere(door)
    with pytest.raises(staff.AskAgain) as refused:
        door.try_in(password="demo-clerk", address="10.77.0.9")
    assert "别处有人" in refused.value.sentence
    assert refused.value.wait_s == 10
    assert wait_s(door, address=token_at) == 0
    assert wait_s(door, address="127.0.0.1", is_box=True) == 0
    assert wait_s(door, name="clerk2", address="10.77.0.9") == 0
    clock.forward(seconds=10)
    assert wait_s(door, address="10.77.0.9") == 0


def test_a_home_of_long_ago_is_none(door, clock):
    with door.box.database.write() as tx:
        staff.begin_session(tx, 2, "10.77.0.5", clock())
    clock.forward(days=31)
    fail_everywhere(door)
    assert wait_s(door, address="10.77.0.5") == 10


def test_a_success_forgets_the_failures_before_it(door):
    fail(door, FREE - 1)
    door.try_in(password="demo-clerk")
    fail(door, FREE - 1)
    assert door.try_in(password="demo-clerk")


def test_attempts_count_before_their_password_is_looked_at(door, box, clock):
    for _ in range(FREE):
        with box.database.write() as tx:
            staff.begin_attempt(tx, "clerk1", "10.0.0.5", clock())
    with box.database.write() as tx, pytest.raises(staff.AskAgain):
        staff.begin_attempt(tx, "clerk1", "10.0.0.5", clock())


def test_no_password_and_no_typed_name_stands_in_the_database(door, box):
    fail(door, 1, name="typed-by-mistake", password="wrong-and-private")
    box.database.close()
    written = b"".join(path.read_bytes() for path in box.settings.folder.glob("kiosk.db*"))
    assert b"typed-by-mistake" not in written
    assert b"wrong-and-private" not in written
    assert b"demo-clerk" not in written


def given_another(tx, asked, staff_id):
    staff.set_password(tx, asked, staff_id, staff.Password("another"))


@pytest.mark.parametrize("act", [staff.disable, given_another])
def test_a_password_that_is_taken_back_while_it_is_looked_at_opens_nothing(door, clock, act):
    with door.box.database.write() as tx:
        attempt = staff.begin_attempt(tx, "clerk1", "10.0.0.5", clock())
    staff_id = staff.check_password(attempt, "demo-clerk")
    with door.box.database.write() as tx:
        act(tx, Asked(clock()), staff_id)
    with door.box.database.write() as tx, pytest.raises(staff.WrongPassword):
        staff.note_success(tx, attempt)
