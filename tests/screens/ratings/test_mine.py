"""What a clerk is told of the own ratings: whole months, a month late, ten at least; nothing of anybody's."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
import sqlalchemy as sa

from kiosk import staff
from kiosk.asked import Asked
from kiosk.ratings.tables import rating
from kiosk.staff.tables import staff as accounts
from tests.visitor import Visitor

OCTOBER_ENDS = datetime(2026, 10, 31, 16, tzinfo=UTC)
"""The midnight in Shanghai at which October is over."""


@pytest.fixture
def press(box):
    """Writes faces that were pressed at a moment for visits of the clerk, or of somebody else's."""
    ids = count(1)
    with box.database.read() as tx:
        clerk_id = tx.execute(sa.select(accounts.c.id).where(accounts.c.name == "clerk1")).scalar_one()

    def press(at, *grades, staff_id=clerk_id, round_=0, subject="visit"):
        with box.database.write() as tx:
            for grade in grades:
                row = {
                    "subject": subject, "subject_id": next(ids), "round": round_, "grade": grade,
                    "source": "phone", "service_day": date(2026, 9, 30), "service_code": "A",
                    "counter_number": 1, "staff_id": staff_id, "finished_at": at, "at": at,
                }  # fmt: skip
                tx.execute(sa.insert(rating).values(row))

    return press


@pytest.fixture
def on(clerk, clock):
    """The rows of the clerk's page on a moment, by month."""

    def on(moment):
        clock.at = moment
        clerk.log_in("clerk1", "demo-clerk")
        page = clerk.get("/ratings/mine")
        return {
            row.get("data-month"): " ".join(" ".join(row.itertext()).split()[1:])
            for row in page.with_attribute("data-month")
        }

    return on


def test_a_month_is_told_when_another_whole_one_is_over_and_from_ten_on(press, on, clock, rows):
    second = timedelta(seconds=1)
    press(OCTOBER_ENDS - second, 5, 5, 5, 4, 4, 3, 1, 1, 2)
    press(OCTOBER_ENDS, 5, 5)
    press(OCTOBER_ENDS - second, *[1] * 9, staff_id=99)
    press(OCTOBER_ENDS - second, *[1] * 9, round_=1)
    press(OCTOBER_ENDS - second, *[1] * 9, subject="concern")
    december = datetime(2026, 11, 30, 16, tzinfo=UTC)
    told = on(december - second)
    assert list(told) == ["2026-09", "2026-08", "2026-07", "2026-06", "2026-05", "2026-04"]
    told = on(december)
    assert next(iter(told)) == "2026-10"
    assert set(told.values()) == {"不到10个，不说"}
    press(OCTOBER_ENDS - second, 5)
    assert on(december)["2026-10"].startswith("10 60% 6/10")
    assert "70% 7/10" in on(december)["2026-10"]
    assert on(datetime(2027, 1, 15, tzinfo=UTC))["2026-11"] == "不到10个，不说"


def test_one_bad_face_among_ten_cannot_be_seen(press, on):
    press(OCTOBER_ENDS - timedelta(days=3), *[5] * 8, 1, 2)
    bad = on(datetime(2026, 12, 5, tzinfo=UTC))["2026-10"]
    assert "差评不到3个" in bad
    assert "8/10" in bad


def test_nobody_sees_anybody_elses(app, box, clock, press):
    press(OCTOBER_ENDS - timedelta(days=3), *[5] * 12)
    clock.at = datetime(2026, 12, 5, tzinfo=UTC)
    with box.database.write() as tx:
        kept = staff.hashed("horse-battery-staple", "scrypt:1024:8:1")
        staff.add_staff(tx, Asked(clock()), "窗口二", staff.Role.CLERK, kept)
        staff.add_staff(tx, Asked(clock()), "主管甲", staff.Role.MANAGER, kept)
    own, other, manager = Visitor(app), Visitor(app), Visitor(app)
    own.log_in("clerk1", "demo-clerk")
    assert "12/12" in own.get("/ratings/mine").words()
    other.log_in("窗口二", "horse-battery-staple")
    assert "12/12" not in other.get("/ratings/mine?staff_id=2&month=2026-10").words()
    manager.log_in("主管甲", "horse-battery-staple")
    manager.get("/ratings/mine", 403)
