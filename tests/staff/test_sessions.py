"""A log-in that holds: what ends it, and how long it lasts."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from kiosk import staff
from kiosk.asked import Asked
from kiosk.server.nightly import close_days
from kiosk.staff.rules import IDLE, LONGEST, NOTED_EVERY
from kiosk.staff.tables import staff_session

CLERK, OTHER = 2, 3


class Door:
    """What a browser does: it keeps a token and shows it with everything it asks."""

    def __init__(self, box, clock):
        self.box, self.clock = box, clock

    def log_in(self, staff_id=CLERK):
        with self.box.database.write() as tx:
            return staff.begin_session(tx, staff_id, "10.0.0.5", self.clock())

    def held(self, token):
        with self.box.database.read() as tx:
            return staff.session_of(tx, token, self.clock())

    def press(self, token):
        session = self.held(token)
        if session.is_to_note(self.clock()):
            with self.box.database.write() as tx:
                staff.note_use(tx, session, self.clock())

    def end_all(self, staff_id, why=staff.Ended.PASSWORD):
        with self.box.database.write() as tx:
            return staff.end_sessions(tx, staff_id, why, self.clock())

    def end(self, token):
        with self.box.database.write() as tx:
            return staff.end_session(tx, token, staff.Ended.LOG_OUT, self.clock())


@pytest.fixture
def door(box, clock):
    return Door(box, clock)


@pytest.fixture
def rows(box):
    def rows(table):
        with box.database.read() as tx:
            return tx.execute(sa.select(table).order_by(table.c.id)).mappings().all()

    return rows


def test_a_token_tells_who_it_is_and_is_new_at_every_log_in(door):
    one, other = door.log_in(), door.log_in()
    assert one != other
    assert len(one) * 6 >= 128
    assert door.held(one).staff == staff.Staff(CLERK, "clerk1", staff.Role.CLERK)


@pytest.mark.parametrize("token", ["", "guessed", "\udcff", "x" * 4000])
def test_what_nobody_was_given_opens_nothing(door, token):
    door.log_in()
    assert door.held(token) is None


def test_the_token_is_not_in_the_database(door, rows):
    token = door.log_in()
    (row,) = rows(staff_session)
    assert token not in str(dict(row))
    assert door.held(row["token_hash"]) is None


def test_a_session_that_was_ended_stays_ended_and_keeps_why(door, rows, clock):
    token, other = door.log_in(), door.log_in()
    assert door.end(token)
    ended_at = clock()
    clock.forward(minutes=1)
    assert not door.end(token)
    assert door.end_all(CLERK) == 1
    assert door.held(token) is door.held(other) is None
    assert [(row["ended_by"], row["ended_at"]) for row in rows(staff_session)] == [
        ("log_out", ended_at),
        ("password", clock()),
    ]


def test_ending_somebodys_sessions_ends_nobody_elses(door):
    mine, theirs = door.log_in(CLERK), door.log_in(OTHER)
    door.end_all(CLERK)
    assert door.held(mine) is None
    assert door.held(theirs)


@pytest.mark.parametrize("role", staff.Role)
def test_a_session_that_was_left_is_over_and_one_in_use_is_not(door, clock, box, role):
    with box.database.write() as tx:
        staff_id = staff.add_staff(tx, Asked(clock()), "somebody", role, staff.Password("none"))
    left, used = door.log_in(staff_id), door.log_in(staff_id)
    clock.at += IDLE[role] / 2
    door.press(used)
    clock.at += IDLE[role] / 2
    assert door.held(left) is None
    assert bool(door.held(used)) is (IDLE[role] < LONGEST)


def test_no_use_of_it_makes_a_session_longer_than_a_working_day(door, clock):
    token = door.log_in()
    for _ in range(24):
        door.press(token)
        clock.forward(minutes=29)
    assert door.held(token)
    clock.at += LONGEST - timedelta(minutes=24 * 29)
    assert door.held(token) is None


def test_a_clerk_is_not_asked_again_between_two_visitors():
    assert IDLE[staff.Role.CLERK] >= timedelta(hours=4)
    assert IDLE[staff.Role.ADMIN] < IDLE[staff.Role.CLERK]


def test_a_press_is_written_down_once_in_five_minutes_and_never_after_the_end(door, clock, rows):
    token = door.log_in()
    began = clock()
    clock.at += NOTED_EVERY - timedelta(seconds=1)
    door.press(token)
    assert [row["used_at"] for row in rows(staff_session)] == [began]
    clock.forward(seconds=1)
    seen = door.held(token)
    door.press(token)
    assert [row["used_at"] for row in rows(staff_session)] == [clock()]
    door.end(token)
    clock.forward(hours=1)
    with door.box.database.write() as tx:
        staff.note_use(tx, seen, clock())
    assert [row["used_at"] for row in rows(staff_session)] == [clock.at - timedelta(hours=1)]


def test_a_clock_that_is_set_back_throws_nobody_out(door, clock):
    token = door.log_in()
    clock.forward(hours=2)
    door.press(token)
    clock.forward(hours=-1)
    assert door.held(token)
    door.press(token)
    clock.at += IDLE[staff.Role.CLERK]
    assert door.held(token) is None


def test_a_session_begun_while_the_clock_was_ahead_does_not_hold_until_then(door, clock):
    clock.forward(days=300)
    token = door.log_in()
    clock.forward(days=-300)
    assert door.held(token) is None


def test_where_somebody_was_logged_in_is_forgotten_after_the_centres_days(door, clock, rows, box):
    door.log_in()
    clock.forward(days=180)
    door.log_in()
    clock.forward(seconds=1)
    close_days(box)  # what a night does
    with box.database.write() as tx:
        assert staff.forget_addresses(tx, clock(), box.settings.scan_keep_days) == 0
    assert [row["address"] for row in rows(staff_session)] == ["", "10.0.0.5"]
