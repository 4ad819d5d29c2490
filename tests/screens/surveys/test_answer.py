"""A score sheet on a phone: once a quarter, by its short link, without JavaScript."""

import pytest

from kiosk import surveys
from kiosk.asked import Asked
from kiosk.concerns.tables import concern, concern_party
from kiosk.surveys.tables import survey_answer, survey_mark


@pytest.fixture
def address(box, clock):
    with box.database.write() as tx:
        made = surveys.add_survey(tx, Asked(clock(), 1), surveys.SurveyPlan("老年食堂", "Canteen", "canteen"))
        return f"/q/{surveys.survey_of(tx, made, 'zh').code}"


def test_it_is_filled_in_once_a_quarter_and_thanked(visitor, address, rows, clock):
    page = visitor.get(address)
    assert page.all(".//input[@type='radio'][@checked]") == []
    filled = {
        "tap": page.value("tap"),
        "mark-1": "5",
        "mark-4": "2",
        "words": "汤太咸了",
        "phone": "138 0000 1234",
    }
    for _ in range(2):  # a button that was pressed twice
        page = visitor.get(visitor.post(address, filled).headers["Location"])
    assert page.attribute("data-scored") == "1"
    assert [(row["criterion_id"], row["grade"]) for row in rows(survey_mark)] == [(1, 5), (4, 2)]
    assert [(row["words"], row["taken_by"]) for row in rows(concern)] == [("汤太咸了", None)]
    assert [row["phone"] for row in rows(concern_party)] == ["13800001234"]
    assert "这个季度已经评过了" in visitor.post(address, {"tap": "again", "mark-1": "1"}, 409).words()
    assert len(rows(survey_answer)) == 1
    clock.forward(days=60)
    visitor.post(address, {"tap": "next-quarter", "mark-1": "4"})
    assert len(rows(survey_answer)) == 2


@pytest.mark.parametrize(
    ("wrong", "status", "told"),
    [
        ({}, 400, "请至少评一项"),
        ({"mark-1": "6"}, 400, ""),
        ({"mark-1": "x"}, 400, ""),
        ({"mark-1": "3", "phone": "12"}, 400, "不像电话号码"),
        ({"mark-1": "3", "words": "长" * 501}, 400, ""),
        ({"mark-1": "3", "tap": ""}, 400, ""),
    ],
)
def test_what_is_wrong_is_a_sentence_and_no_row(visitor, address, rows, wrong, status, told):
    page = visitor.post(address, {"tap": "one", **wrong}, status)
    assert told in page.words()
    assert (rows(survey_answer), rows(concern)) == ([], [])


def test_a_link_that_is_none_or_over_is_refused(visitor, address, box, clock):
    visitor.get("/q/nothing", 404)
    with box.database.write() as tx:
        surveys.retire_survey(tx, Asked(clock(), 1), 1, is_retired=True)
    assert "已经停用" in visitor.get(address, 409).words()
    visitor.post(address, {"tap": "one", "mark-1": "5"}, 409)
