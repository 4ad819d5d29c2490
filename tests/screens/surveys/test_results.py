"""What a score sheet says in a quarter: each criterion with how many marked it."""

import pytest

from kiosk import staff, surveys
from kiosk.asked import Asked
from tests.visitor import Visitor


@pytest.fixture
def manager(app, box, clock):
    kept = staff.hashed("horse-battery-staple", "scrypt:1024:8:1")
    with box.database.write() as tx:
        staff.add_staff(tx, Asked(clock()), "主管甲", staff.Role.MANAGER, kept)
    member = Visitor(app)
    member.log_in("主管甲", "horse-battery-staple")
    return member


def test_a_quarter_is_told_by_criterion_and_what_is_none_is_refused(manager, clerk, visitor, box, clock):
    with box.database.write() as tx:
        made = surveys.add_survey(tx, Asked(clock(), 1), surveys.SurveyPlan("老年食堂", kind="canteen"))
        code = surveys.survey_of(tx, made, "zh").code
    tap = visitor.get(f"/q/{code}").value("tap")
    visitor.post(f"/q/{code}", {"tap": tap, "mark-1": "5", "mark-2": "1"})
    page = manager.get("/surveys/1")
    assert "收了1份" in page.words()
    counts = [cell.text for cell in page.with_attribute("data-figure") if cell.get("data-figure") == "n"]
    assert counts == ["1", "1", "0", "0"]
    assert "收了0份" in manager.get("/surveys/1?quarter=2026Q3").words()
    for wrong in ("2026", "2026Q5", "x"):
        manager.get(f"/surveys/1?quarter={wrong}", 400)
    manager.get("/surveys/9", 404)
    clerk.get("/surveys/1", 403)
