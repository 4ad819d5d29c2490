"""Whose turn it is: addresses by turns, the house first, nobody for ever last."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as some

from kiosk.server.turns import MOST_IN_A_ROW, Turns

ASKING = some.lists(some.tuples(some.sampled_from("abcdef"), some.booleans()), max_size=60)


def waiting(asking):
    turns: Turns = Turns()
    for n, (address, is_favoured) in enumerate(asking):
        turns.add((address, is_favoured, n), address, is_favoured=is_favoured)
    return turns


def taken(turns, *, strangers=True):
    found = []
    while turns.is_a_turn(strangers=strangers):
        expected = turns.first(strangers=strangers)
        is_stranger = turns.is_a_stranger_next(strangers=strangers)
        found.append(turns.take(strangers=strangers))
        assert found[-1] == expected
        assert found[-1][1] is not is_stranger
    return found


def test_addresses_take_turns_each_in_the_order_of_asking():
    order = taken(waiting([("a", False)] * 3 + [("b", False)] + [("c", False)] * 2))
    assert [f"{address}{n}" for address, _, n in order] == ["a0", "b3", "c4", "a1", "c5", "a2"]


def test_the_house_goes_first_and_lets_a_stranger_go_after_three():
    order = taken(waiting([("x", False)] * 3 + [("a", True)] * 7))
    assert [address for address, _, _ in order] == [*"aaaxaaaxax"]


@given(ASKING)
def test_everybody_has_his_turn_once_and_an_address_keeps_its_order(asking):
    order = taken(waiting(asking))
    assert sorted(n for _, _, n in order) == list(range(len(asking)))
    of_each = defaultdict(list)
    for address, is_favoured, n in order:
        of_each[address, is_favoured].append(n)
    assert all(numbers == sorted(numbers) for numbers in of_each.values())


@given(ASKING)
def test_a_stranger_waits_for_one_of_each_other_address_and_three_of_the_house(asking):
    order = taken(waiting(asking))
    strangers = {address for address, is_favoured in asking if not is_favoured}
    first = [address for address, is_favoured, _ in order if not is_favoured][: len(strangers)]
    assert set(first) == strangers
    in_a_row = 0
    for place, (_, is_favoured, _) in enumerate(order):
        in_a_row = in_a_row + 1 if is_favoured else 0
        if not all(later for _, later, _ in order[place:]):
            assert in_a_row <= MOST_IN_A_ROW


@given(ASKING)
def test_without_room_for_strangers_the_house_alone_is_served(asking):
    turns = waiting(asking)
    order = taken(turns, strangers=False)
    assert len(order) == sum(is_favoured for _, is_favoured in asking)
    assert all(is_favoured for _, is_favoured, _ in order)
    assert len(turns.clear()) == len(asking) - len(order)
    assert not turns


def test_who_waits_is_counted_by_address():
    turns = waiting([("a", False), ("a", True), ("b", False)])
    assert (turns.count("a"), turns.count("b"), turns.count("c")) == (2, 1, 0)
