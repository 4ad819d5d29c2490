"""A household's colour: with its consent, for a year, in one grid."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from kiosk import concerns, households, staff
from kiosk.asked import Asked
from kiosk.concerns import GridPlan, PlacePlan
from kiosk.database.joining import PUBLIC
from kiosk.demo.concerns import furnish_concerns
from kiosk.households import Colour, Noted
from kiosk.households.tables import household_change
from kiosk.staff import Role
from kiosk.words import Refusal
from tests.visitor import Visitor


class Round:
    """Two grids with a worker each, a building in each, and two colours."""

    def __init__(self, box, clock) -> None:
        self.box, self.clock = box, clock
        kept = staff.hashed("demo-password", "scrypt:128:8:1")
        with box.database.write() as tx:
            at = Asked(clock())
            self.one, self.other = (staff.add_staff(tx, at, name, Role.GRID, kept) for name in ("wg1", "wg2"))
            self.places = []
            for worker in (self.one, self.other):
                grid = concerns.add_grid(tx, at, GridPlan(f"网格{worker}", worker))
                court = concerns.add_place(tx, at, PlacePlan(f"院{worker}"))
                self.places.append(concerns.add_place(tx, at, PlacePlan("1号楼", parent_id=court)))
                concerns.put_place(tx, at, court, grid)
            self.red = households.add_colour(tx, at, Colour("红色户", "每天看一次", "red"))
            self.green = households.add_colour(tx, at, Colour("绿色户", "", "green"))

    def note(self, door="302", by=0, colour=0, place=0, has_consent=True) -> int:
        noted = Noted(place or self.places[0], door, colour or self.red, has_consent)
        with self.box.database.write() as tx:
            asked = Asked(self.clock(), by or self.one)
            return households.note_colour(tx, self.box.centre, asked, noted)

    def seen_by(self, staff_id) -> list[tuple[str, str]]:
        with self.box.database.read() as tx:
            today = self.box.centre.day(self.clock())
            found = households.households_of(tx, staff_id, today, "zh")
        return [(one.door, one.colour.name) for one in found]

    def night(self) -> int:
        with self.box.database.write() as tx:
            return households.lapse(tx, self.box.centre, Asked(self.clock()))


@pytest.fixture
def rounds(box, clock) -> Round:
    return Round(box, clock)


def test_a_colour_is_noted_with_consent_and_seen_in_its_own_grid_alone(rounds):
    one = rounds.note()
    assert rounds.note(colour=rounds.green) == one
    assert rounds.seen_by(rounds.one) == [("302", "绿色户")]
    for anybody in (rounds.other, 1, 2):
        assert rounds.seen_by(anybody) == []
    for wrong in (
        {"has_consent": False}, {"door": ""}, {"door": "门" * 17}, {"colour": 99},
        {"place": rounds.places[1]}, {"by": rounds.other}, {"by": 1},
    ):  # fmt: skip
        with pytest.raises(Refusal):
            rounds.note(**wrong)
    with rounds.box.database.write() as tx, pytest.raises(Refusal):
        households.clear_colour(tx, Asked(rounds.clock(), rounds.other), one)
    assert rounds.seen_by(rounds.one) == [("302", "绿色户")]


def test_who_was_not_asked_again_for_a_year_has_no_colour_and_each_step_is_kept(rounds):
    rounds.note("302")
    rounds.clock.forward(days=200)
    rounds.note("101")
    rounds.clock.forward(days=164)
    assert rounds.night() == 0
    rounds.clock.forward(days=1)
    assert rounds.night() == 1
    assert rounds.seen_by(rounds.one) == [("101", "红色户")]
    with rounds.box.database.read() as tx:
        told = [(row.what, row.staff_id) for row in tx.execute(sa.select(household_change))]
    assert told == [("set", rounds.one), ("set", rounds.one), ("clear", None)]


def test_a_grid_that_has_another_worker_shows_them_to_the_new_one(rounds):
    rounds.note()
    with rounds.box.database.write() as tx:
        (grid, plan), *_ = concerns.grid_plans(tx)
        asked = Asked(rounds.clock(), 1)
        concerns.edit_grid(tx, asked, grid, GridPlan(plan.name, rounds.other))
    assert (rounds.seen_by(rounds.one), rounds.seen_by(rounds.other)) == ([], [("302", "红色户")])


def test_seven_colours_are_the_most(rounds):
    with rounds.box.database.write() as tx:
        asked = Asked(rounds.clock(), 1)
        for swatch in ("orange", "yellow", "cyan", "blue", "purple"):
            households.add_colour(tx, asked, Colour(swatch, "", swatch))
        with pytest.raises(households.SevenAlready):
            households.add_colour(tx, asked, Colour("第八", "", "red"))
        households.retire_colour(tx, asked, rounds.red, is_retired=True)
        households.add_colour(tx, asked, Colour("第八", "", "red"))
        with pytest.raises(households.SevenAlready):
            households.retire_colour(tx, asked, rounds.red, is_retired=False)


def test_a_household_is_to_be_asked_again_a_month_before(rounds):
    rounds.note()
    start = rounds.box.centre.day(rounds.clock())
    with rounds.box.database.read() as tx:
        near = households.households_of(tx, rounds.one, start + timedelta(days=335), "zh")
        early = households.households_of(tx, rounds.one, start + timedelta(days=334), "zh")
    assert (near[0].is_to_ask, early[0].is_to_ask) == (True, False)


def test_the_demo_has_two_grids_whose_workers_see_each_their_own_and_a_street_with_tasks(box, app):
    furnish_concerns(box)
    for name, sees, others in (("grid1", "一号院", "二号院"), ("grid2", "二号院", "一号院")):
        worker = Visitor(app)
        worker.log_in(name, PUBLIC[name])
        words = worker.get("/households").words()
        assert sees in words
        assert others not in words
        assert "每天看一次" in words
    for name, place, words in (
        ("street", "/s/tasks", "冬季安全检查"),
        ("secretary", "/concerns", "居民的事"),
    ):
        member = Visitor(app)
        member.log_in(name, PUBLIC[name])
        assert words in member.get(place).words()
