"""Score sheets in the office: made, edited, retired; the poster with its code."""

import re

import pytest

from kiosk import staff
from kiosk.asked import Asked
from kiosk.surveys.tables import survey, survey_criterion
from tests.visitor import Visitor

NEW = {"name": "老年食堂", "name_en": "", "kind": "canteen", "criteria": "", "run_by": ""}


@pytest.fixture
def manager(app, box, clock):
    kept = staff.hashed("horse-battery-staple", "scrypt:1024:8:1")
    with box.database.write() as tx:
        staff.add_staff(tx, Asked(clock()), "主管甲", staff.Role.MANAGER, kept)
    member = Visitor(app)
    member.log_in("主管甲", "horse-battery-staple")
    return member


def test_a_sheet_is_made_edited_retired_and_brought_back(manager, rows):
    assert "口味" in manager.get("/admin/surveys/new").text
    manager.post("/admin/surveys/new", NEW)
    assert "老年食堂" in manager.get("/admin/surveys").words()
    page = manager.get("/admin/surveys/1")
    assert "口味 / Taste" in page.text
    manager.post("/admin/surveys/1", NEW | {"criteria": "味道\r\n卫生 / Hygiene\r\n", "run_by": "2"})
    standing = [row["name"] for row in rows(survey_criterion) if row["retired_at"] is None]
    assert standing == ["卫生", "味道"]
    manager.post("/admin/surveys/1/retire")
    assert [row["run_by"] for row in rows(survey)] == [2]
    assert "停用的" in manager.get("/admin/surveys").words()
    manager.get("/surveys/1/paper", 409)
    manager.post("/admin/surveys/1/bring-back")
    assert "评分表" in manager.get("/admin/changes").words()
    code = rows(survey)[0]["code"]
    assert re.fullmatch(r"[2-9a-z]{6}", code)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, "请填写这一项"),
        ({"kind": "moon"}, "请选一项"),
        ({"criteria": "\n".join(f"第{n}项" for n in range(9))}, "太长了"),
        ({"run_by": "99"}, "请选一项"),
        ({"run_by": "x"}, "请填一个整数"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_made(manager, rows, wrong, told):
    assert told in manager.post("/admin/surveys/new", NEW | wrong, 400).words()
    assert rows(survey) == []


def test_a_clerk_makes_none(clerk):
    clerk.get("/admin/surveys", 403)
