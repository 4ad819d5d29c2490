"""Which connections are closed: by how long they take, and by who has the most where room is scarce."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kiosk.server.connections import (
    LONGEST_S,
    ROOM_KEPT,
    Line,
    Stage,
    hoarded,
    overdue,
    room_for_strangers,
    surplus,
)
from kiosk.sharing.favoured import KEPT_S, MOST, Favoured

ADDRESSES = ("10.0.0.1", "10.0.0.2", "10.0.0.3")
LINES = some.lists(
    some.builds(
        Line,
        address=some.sampled_from(ADDRESSES),
        stage=some.sampled_from(Stage),
        since=some.floats(0, 1000),
        holds=some.integers(0, 100),
        is_favoured=some.booleans(),
    ),
    max_size=40,
).map(lambda lines: dict(enumerate(lines)))


def idle(address, since, **more):
    return Line(address, Stage.IDLE, since, **more)


@pytest.mark.parametrize(
    ("stage", "seconds"), [(Stage.FRESH, 10), (Stage.HEADER, 10), (Stage.BODY, 30), (Stage.IDLE, 60)]
)
def test_each_stage_has_its_time_and_not_a_second_more(stage, seconds):
    lines = {1: Line("10.0.0.1", stage, 100.0)}
    assert overdue(lines, 100.0 + seconds - 0.1) == []
    assert overdue(lines, 100.0 + seconds) == [1]


def test_who_stands_in_the_queue_waits_for_us_as_long_as_it_takes():
    assert overdue({1: Line("10.0.0.1", Stage.ASKED, 0.0)}, 1e9) == []
    assert Stage.ASKED not in LONGEST_S


def test_a_thousand_phones_behind_one_router_keep_their_connections_while_there_is_room():
    assert surplus({n: idle("10.0.0.1", n) for n in range(1000)}, 2000) == []


def test_the_oldest_silent_ones_of_whoever_has_the_most_go_first():
    many = {n: idle("10.0.0.1", n) for n in range(200)}
    few = {1000 + n: idle("10.0.0.2", 0.0) for n in range(10)}
    gone = surplus(many | few, 220)
    assert gone
    assert set(gone) == set(range(len(gone)))


def test_a_phone_behind_the_router_of_a_flood_gets_through():
    flood = {n: idle("10.0.0.1", n) for n in range(2000)}
    phone = Line("10.0.0.1", Stage.FRESH, 5000.0)
    assert 9999 not in surplus(flood | {9999: phone}, 2000)


def test_who_is_being_answered_is_the_last_to_go():
    flood = {n: Line("10.0.0.1", Stage.ASKED, n) for n in range(100)} | {
        100 + n: idle("10.0.0.1", 1e6) for n in range(50)
    }
    assert set(surplus(flood, 150)) <= set(range(100, 150))
    asked = {n: Line("10.0.0.1", Stage.ASKED, n) for n in range(200)}
    newcomer = {999: Line("10.0.0.2", Stage.FRESH, 1e6)}
    gone = surplus(asked | newcomer, 200)
    assert gone
    assert 999 not in gone


def test_strangers_never_get_the_room_of_the_house():
    assert room_for_strangers(2000, 0) == 2000 - ROOM_KEPT
    assert room_for_strangers(2000, 300) == 1700
    assert room_for_strangers(100, 0) == 75
    assert room_for_strangers(100, 500) == 0


@given(LINES, some.integers(1, 60))
def test_afterwards_strangers_leave_room_and_nobody_of_the_house_went_for_them(lines, most):
    gone = surplus(lines, most)
    assert len(set(gone)) == len(gone)
    left = {key: line for key, line in lines.items() if key not in gone}
    favoured = [line for line in lines.values() if line.is_favoured]
    strangers = [line for line in left.values() if not line.is_favoured]
    assert len(strangers) <= room_for_strangers(most, len(favoured))
    if len(favoured) <= most:
        assert not any(lines[key].is_favoured for key in gone)


@given(LINES, some.integers(0, 500))
def test_no_more_is_held_than_may_be_and_who_holds_nothing_stays(lines, most_bytes):
    gone = hoarded(lines, most_bytes)
    assert all(lines[key].holds for key in gone)
    assert sum(line.holds for key, line in lines.items() if key not in gone) <= most_bytes
    if sum(line.holds for line in lines.values()) <= most_bytes:
        assert gone == []


def test_whoever_makes_us_hold_the_most_lets_go_first():
    lines = {
        1: idle("10.0.0.1", 0, holds=50),
        2: idle("10.0.0.1", 1, holds=40),
        3: idle("10.0.0.2", 0, holds=30),
    }
    assert hoarded(lines, 75) == [1]


def test_an_address_is_favoured_from_before_a_weekend_until_after_it_and_not_for_ever():
    seconds = [0.0]
    favoured = Favoured(lambda: seconds[0])
    favoured.note("10.0.0.7")
    assert "10.0.0.7" in favoured
    assert "10.0.0.8" not in favoured
    seconds[0] = 63 * 3600.0  # from Friday at five to Monday at eight
    assert "10.0.0.7" in favoured
    seconds[0] = KEPT_S
    assert "10.0.0.7" not in favoured


def test_no_more_addresses_are_remembered_than_a_centre_has():
    favoured = Favoured()
    for n in range(MOST + 5):
        favoured.note(f"10.0.{n // 256}.{n % 256}")
    assert "10.0.0.4" not in favoured
    assert "10.0.0.5" in favoured
