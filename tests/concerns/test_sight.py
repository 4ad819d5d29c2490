"""Who sees what of a concern, cell by cell: words, telephone, and whether it is there at all."""

from typing import Any

import pytest
from msgspec.structs import asdict

from kiosk.concerns import Phone, Sight
from kiosk.concerns.sight import DATES, NOTHING, Facts, sight
from kiosk.staff import Role

ME, OTHER = 2, 3
SAID: dict[str, Any] = {
    "accused_id": None, "owner_id": OTHER, "offered_to": None, "taken_by": OTHER, "is_of_today": True,
}  # fmt: skip
OPEN, SEALED = Facts(is_sealed=False, **SAID), Facts(is_sealed=True, **SAID)
STREETS = Facts(is_sealed=True, is_for_street=True, **SAID)


def own(facts: Facts, **changed) -> Facts:
    return Facts(**{**asdict(facts), **changed})


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
    ("secretary", STREETS, NOTHING),
    ("manager", STREETS, NOTHING),
    ("clerk", STREETS, NOTHING),
    ("clerk", own(STREETS, owner_id=ME), ALL),
    ("grid", OPEN, NOTHING),
    ("grid", own(OPEN, grid_worker=ME), ALL),
    ("grid", own(OPEN, owner_id=ME), ALL),
    ("grid", own(OPEN, taken_by=ME), Sight(words=True, phone=Phone.TAIL, may_act=True)),
    ("grid", own(OPEN, taken_by=ME, is_of_today=False), NOTHING),
    ("grid", own(SEALED, grid_worker=ME), NOTHING),
    ("street", OPEN, Sight(about=False, is_listed=False, asks_reason=True)),
    ("street", own(OPEN, has_reason=True), Sight(words=True, is_listed=False)),
    ("street", own(OPEN, is_task=True), Sight(words=True)),
    ("street", own(SEALED, has_reason=True), NOTHING),
    ("street", STREETS, Sight(words=True, may_act=True)),
    ("admin", OPEN, DATES),
    ("admin", own(OPEN, owner_id=ME), DATES),
    ("admin", SEALED, NOTHING),
    ("viewer", OPEN, NOTHING),
    ("viewer", SEALED, NOTHING),
]


@pytest.mark.parametrize(("role", "facts", "seen"), CELLS)
def test_each_role_sees_what_the_table_says(role, facts, seen):
    assert sight(role, ME, facts) == seen


@pytest.mark.parametrize("role", list(Role))
def test_whoever_is_accused_sees_nothing_whatever_they_are(role):
    for facts in (OPEN, SEALED, STREETS):
        assert sight(role, ME, own(facts, accused_id=ME, owner_id=ME, taken_by=ME)) == NOTHING
