"""意见簿: what was written, and what became of it, to whoever may read it."""

import pytest

from kiosk import staff
from kiosk.asked import Asked
from kiosk.concerns.tables import concern
from tests.visitor import Visitor


@pytest.fixture
def manager(app, box, clock):
    kept = staff.hashed("horse-battery-staple", "scrypt:1024:8:1")
    with box.database.write() as tx:
        staff.add_staff(tx, Asked(clock()), "主管甲", staff.Role.MANAGER, kept)
    member = Visitor(app)
    member.log_in("主管甲", "horse-battery-staple")
    return member


def test_what_was_written_in_the_book_is_typed_in_once_and_told_with_its_answer(clerk, manager, rows):
    tap = clerk.get("/surveys/book").value("tap")
    written = {"tap": tap, "category": "sheet", "words": "加一个热水壶", "phone": ""}
    clerk.post("/surveys/book", written)
    clerk.post("/surveys/book", written)
    assert [(row["source"], row["category_code"]) for row in rows(concern)] == [("sheet", "sheet")]
    page = manager.get("/surveys/book")
    assert page.attribute("data-concern") == "S0001"
    assert "加一个热水壶" in page.words()
    manager.post("/concerns/1/accept")
    manager.post("/concerns/1/answer", {"outcome": "solved", "words": "已经放在一楼", "told": "receipt"})
    assert "已答复：已经放在一楼" in "".join(manager.get("/surveys/book").words().split())


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"words": ""}, "请填写这一项"),
        ({"words": "长" * 501}, "太长了"),
        ({"phone": "12"}, "不像电话号码"),
        ({"category": "rating"}, "请选一项"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_taken_in(clerk, rows, wrong, told):
    written = {"tap": "one", "category": "sheet", "words": "加一个热水壶", "phone": ""}
    assert told in clerk.post("/surveys/book", written | wrong, 400).words()
    assert rows(concern) == []


def test_who_may_not_read_the_words_sees_that_there_are_some(app, clerk, manager):
    manager.post("/surveys/book", {"tap": "one", "category": "sheet", "words": "加一个热水壶", "phone": ""})
    page = clerk.get("/surveys/book")
    assert "加一个热水壶" not in page.words()
    assert "由负责的人看" in page.words()
