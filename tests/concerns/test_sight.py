"""Who sees what of a concern, cell by cell: words, telephone, and whether it is there at all."""

from typing import Any

import pytest

from kiosk.concerns import Phone, Sight
from kiosk.concerns.rules import NOTHING, Facts, sight

ME, OTHER = 2, 3
SAID: dict[str, Any] = {
    "accused_id": None, "owner_id": OTHER, "offered_to": None, "taken_by": OTHER, "is_of_today": True,
}  # fmt: skip
OPEN, SEALED = Facts(is_sealed=False, **SAID), Facts(is_sealed=True, **SAID)


def own(facts: Facts, **changed) -> Facts:
    return Facts(**{**vars(facts), **changed})


ALL = Sight(words=True, phone=Phone.LOGGED, may_act=True)
TAIL = Sight(phone=Phone.TAIL, may_act=True)

CELLS = [
    ("clerk", OPEN, TAIL),
    ("desk", OPEN, TAIL),
    ("clerk", own(OPEN, taken_by=ME), Sight(words=True, phone=Phone.TAIL, may_act=True)),
    ("clerk", own(OPEN, taken_by=ME, is_of_today=False), TAIL),
    ("clerk", own(OPEN, owner_id=ME), ALL),
    ("clerk", own(OPEN, offered_to=ME), ALL),
    ("clerk", SEALED, NOTHING),
    ("clerk", own(SEALED, taken_by=ME), NOTHING),
    ("clerk", own(SEALED, owner_id=ME), ALL),
    ("manager", OPEN, ALL),
    ("manager", SEALED, ALL),
    ("secretary", SEALED, ALL),
    ("admin", OPEN, Sight()),
    ("admin", own(OPEN, owner_id=ME), Sight()),
    ("admin", SEALED, NOTHING),
    ("viewer", OPEN, Sight()),
    ("viewer", SEALED, NOTHING),
]


@pytest.mark.parametrize(("role", "facts", "seen"), CELLS)
def test_each_role_sees_what_the_table_says(role, facts, seen):
    assert sight(role, ME, facts) == seen


@pytest.mark.parametrize("role", ["clerk", "desk", "manager", "secretary", "admin", "viewer"])
def test_whoever_is_accused_sees_nothing_whatever_they_are(role):
    for facts in (OPEN, SEALED):
        assert sight(role, ME, own(facts, accused_id=ME, owner_id=ME, taken_by=ME)) == NOTHING
