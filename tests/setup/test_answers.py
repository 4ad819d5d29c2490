"""The answers of a file: every mistake at once, by its place."""

import pytest

from kiosk.setup import BadAnswers, read_answers

CODES = frozenset(("A01", "A02"))
GOOD = {
    "centre_name": "幸福里社区党群服务中心",
    "counters": 3,
    "services": "all",
    "staff": [{"name": "admin", "role": "admin"}],
}


def mistakes(**other):
    with pytest.raises(BadAnswers) as wrong:
        read_answers(GOOD | other, CODES)
    return [one.partition("：")[0] for one in wrong.value.mistakes]


def test_the_least_that_is_needed_is_enough():
    answers = read_answers(GOOD, CODES)
    assert (answers.counters, answers.services, answers.opening_hours, answers.card) == (3, CODES, "", None)
    assert answers.staff[0].password == ""


def test_all_mistakes_are_told_together_each_with_its_place():
    told = mistakes(
        centre_name=" ",
        opening_hours="1-5 17:00-08:00",
        counters=0,
        services=["A01", "Z99", 7],
        staff=[{"name": "a b", "role": "clerk"}, {"name": "x", "role": "boss", "password": "short"}, 3],
        colour="red",
        card={"phone": "call me"},
    )
    assert told == [
        "$.colour", "$.centre_name", "$.opening_hours", "$.counters", "$.services[1]", "$.services[2]",
        "$.staff[0].name", "$.staff[1].role", "$.staff[1].password", "$.staff[2]", "$.staff", "$.card.post",
        "$.card.phone",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("centre_name", 5), ("centre_name", "x" * 31), ("centre_name", "two\nlines"), ("centre_name_en", []),
        ("opening_hours", 8), ("counters", True), ("counters", 31), ("counters", "4"), ("services", []),
        ("services", "A01"), ("staff", {}), ("staff", []), ("card", "none"),
    ],
)  # fmt: skip
def test_a_value_of_another_kind_is_a_mistake(name, value):
    assert mistakes(**{name: value}) == [f"$.{name}"]


def test_two_of_one_name_and_a_centre_without_an_administrator_are_mistakes():
    assert "$.staff[1].name" in mistakes(
        staff=[{"name": "a", "role": "admin"}, {"name": "a", "role": "clerk"}]
    )
    assert mistakes(staff=[{"name": "a", "role": "clerk"}]) == ["$.staff"]


@pytest.mark.parametrize("given", [None, [], "all", 3])
def test_what_is_no_object_is_told(given):
    with pytest.raises(BadAnswers):
        read_answers(given, CODES)
