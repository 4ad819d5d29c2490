"""A score sheet on paper: typed in by somebody who does not run the place."""

import pytest

from kiosk import surveys
from kiosk.asked import Asked
from kiosk.surveys.tables import survey_answer, survey_mark

PAPER = {"tap": "one", "filled_on": "2026-11-20", "mark-1": "4", "words": "", "phone": ""}


@pytest.fixture
def made(box, clock):
    with box.database.write() as tx:
        return surveys.add_survey(
            tx, Asked(clock(), 1), surveys.SurveyPlan("老年食堂", kind="canteen", run_by=2)
        )


def test_somebody_else_types_it_in_and_who_runs_the_place_cannot(made, clerk, app, rows):
    page = clerk.post("/surveys/1/paper", PAPER, 409)  # clerk1 has the id 2
    assert "要请别人录入" in page.words()
    other = type(clerk)(app)
    other.log_in("clerk2", "demo-clerk")
    assert "记好了" in other.get(other.post("/surveys/1/paper", PAPER).headers["Location"]).words()
    found = [(row["source"], f"{row['filled_on']}") for row in rows(survey_answer)]
    assert found == [("paper", "2026-11-20")]
    assert [row["grade"] for row in rows(survey_mark)] == [4]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"mark-1": ""}, "请至少评一项"),
        ({"filled_on": ""}, "请填日期"),
        ({"filled_on": "2026-11-24"}, "不能晚于今天"),
        ({"filled_on": "2024-11-24"}, "不能早于一年前"),
        ({"phone": "12"}, "不像电话号码"),
        ({"words": "长" * 501}, "太长了"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(made, app, clerk, rows, wrong, told):
    other = type(clerk)(app)
    other.log_in("clerk2", "demo-clerk")
    assert told in other.post("/surveys/1/paper", PAPER | wrong, 400).words()
    assert rows(survey_answer) == []
