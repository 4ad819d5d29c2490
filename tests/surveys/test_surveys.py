"""Score sheets on a real database: made by the centre, filled in for good, told by quarter with their n."""

from datetime import date, timedelta
from itertools import count

import pytest
import sqlalchemy as sa

from kiosk import concerns, surveys
from kiosk.asked import Asked
from kiosk.concerns import Contact
from kiosk.concerns.tables import concern, concern_clock
from kiosk.ratings import Grade
from kiosk.spool.tables import print_job
from kiosk.surveys import (
    Filled,
    Named,
    PlaceKind,
    Source,
    SurveyPlan,
    criteria_of,
    quarter_called,
    quarter_of,
)
from kiosk.surveys.rules import MOST_ANSWERS
from kiosk.surveys.tables import survey_answer, survey_mark

CANTEEN = SurveyPlan("老年食堂", "Canteen", PlaceKind.CANTEEN, run_by=3)
TODAY = date(2026, 11, 23)


class Sheets:
    """Makes sheets and fills them in, each in its own transaction."""

    def __init__(self, box, clock) -> None:
        self.box, self.clock, self.taps = box, clock, count()

    def add(self, plan=CANTEEN) -> int:
        with self.box.database.write() as tx:
            return surveys.add_survey(tx, Asked(self.clock(), 1), plan)

    def edit(self, survey_id, plan) -> None:
        with self.box.database.write() as tx:
            surveys.edit_survey(tx, Asked(self.clock(), 1), survey_id, plan)

    def fill(self, survey_id, *grades, by=None, tap="", **more) -> int:
        pairs = zip(self.of(survey_id).criteria, grades, strict=False)
        marks = {one.id: grade for one, grade in pairs if grade}
        filled = Filled(marks, tap or f"tap-{next(self.taps)}", **more)
        with self.box.database.write() as tx:
            return surveys.fill_in(tx, self.box.centre, Asked(self.clock(), by), survey_id, filled)

    def of(self, survey_id) -> surveys.Survey:
        with self.box.database.read() as tx:
            return surveys.survey_of(tx, survey_id, "zh")

    def told(self, survey_id, quarter="2026Q4") -> surveys.Figures:
        span = quarter_called(quarter)
        assert span
        with self.box.database.read() as tx:
            return surveys.figures(tx, survey_id, span, "zh")

    def rows(self, table):
        with self.box.database.read() as tx:
            return tx.execute(sa.select(table).order_by(*table.primary_key)).all()


@pytest.fixture
def sheets(box, clock) -> Sheets:
    return Sheets(box, clock)


def test_quarters_and_criteria_are_read_as_people_write_them():
    assert [str(quarter_of(date(2026, month, 9))) for month in (1, 3, 4, 9, 12)] == [
        "2026Q1", "2026Q1", "2026Q2", "2026Q3", "2026Q4",
    ]  # fmt: skip
    last = quarter_of(TODAY)
    assert (last.first, last.last) == (date(2026, 10, 1), date(2026, 12, 31))
    assert (f"{last.after}", f"{last.before}") == ("2027Q1", "2026Q3")
    assert [quarter_called(wrong) for wrong in ("2026Q5", "2026", "1999Q1", "２０２６Q1", "")] == [None] * 5
    assert criteria_of("口味 / Taste\n\n 卫生 \n口味\n") == (Named("口味", "Taste"), Named("卫生"))


@pytest.mark.parametrize(
    ("plan", "faults"),
    [
        (SurveyPlan("", kind="site"), {"name": "empty"}),
        (SurveyPlan("食" * 25, kind="site"), {"name": "long"}),
        (SurveyPlan("食堂", kind="moon"), {"kind": "choice"}),
        (SurveyPlan("食堂", criteria=(Named("口" * 13),)), {"criteria": "long"}),
        (SurveyPlan("食堂", criteria=tuple(Named(f"第{n}项") for n in range(9))), {"criteria": "long"}),
        (SurveyPlan("食堂😀"), {"name": "pictures"}),
        (SurveyPlan("食堂"), {}),
    ],
)
def test_what_is_wrong_with_a_sheet_is_named_at_its_field(plan, faults):
    assert surveys.survey_faults(plan) == faults


def test_a_sheet_begins_with_the_criteria_of_its_kind_and_is_told_by_criterion_with_n(sheets):
    one = sheets.add()
    assert [criterion.name for criterion in sheets.of(one).criteria] == ["口味", "营养", "服务", "卫生"]
    for _ in range(10):
        sheets.fill(one, Grade.VERY_GOOD, Grade.BAD)
    sheets.fill(one, None, None, Grade.FAIR, source=Source.PAPER, by=2, filled_on=TODAY)
    told = sheets.told(one)
    assert (told.answers, told.by_phone) == (11, 10)
    assert [(each.name, each.counted.n) for each in told.criteria] == [
        ("口味", 10), ("营养", 10), ("服务", 1), ("卫生", 0),
    ]  # fmt: skip
    assert (told.criteria[0].counted.good.percent, told.criteria[1].counted.good.percent) == (100, 0)
    assert told.criteria[2].counted.good.percent is None  # one is no share
    assert sheets.told(one, "2026Q3").answers == 0


def test_a_criterion_that_goes_keeps_what_was_marked_and_another_name_is_another(sheets):
    one = sheets.add()
    sheets.fill(one, Grade.GOOD, Grade.GOOD)
    sheets.edit(one, SurveyPlan("食堂", "", PlaceKind.CANTEEN, (Named("味道"), Named("营养", "Food value"))))
    assert [criterion.name for criterion in sheets.of(one).criteria] == ["味道", "营养"]
    sheets.fill(one, Grade.BAD, Grade.BAD)
    told = {each.name: each.counted.grades for each in sheets.told(one).criteria}
    assert told == {"口味": (0, 0, 0, 1, 0), "味道": (0, 1, 0, 0, 0), "营养": (0, 1, 0, 1, 0)}


def test_paper_counts_in_the_quarter_it_was_filled_in_and_is_not_typed_in_by_who_runs_the_place(sheets):
    one = sheets.add()
    paper = {"source": Source.PAPER, "filled_on": date(2026, 9, 30)}
    with pytest.raises(surveys.NotByWhoRunsIt):
        sheets.fill(one, Grade.GOOD, by=3, **paper)
    sheets.fill(one, Grade.GOOD, by=2, **paper)
    assert (sheets.told(one, "2026Q3").answers, sheets.told(one).answers) == (1, 0)
    for wrong in (TODAY + timedelta(days=1), TODAY - timedelta(days=400)):
        with pytest.raises(surveys.BadFilledOn):
            sheets.fill(one, Grade.GOOD, by=2, source=Source.PAPER, filled_on=wrong)
    assert [row.entered_by for row in sheets.rows(survey_answer)] == [2]


def test_what_is_written_becomes_a_suggestion_once_and_prints_nothing(sheets):
    one = sheets.add()
    printed = len(sheets.rows(print_job))
    for _ in range(2):
        sheets.fill(one, words="汤太咸了", tap="same", contact=Contact(phone="13800001234", tail="1234"))
    (said,) = sheets.rows(concern)
    assert (said.kind, said.source, said.words, said.about) == ("suggestion", "sheet", "汤太咸了", "老年食堂")
    assert "contact" in {row.what for row in sheets.rows(concern_clock)}
    assert (len(sheets.rows(survey_answer)), len(sheets.rows(print_job))) == (1, printed)


def test_what_is_no_answer_leaves_no_row(sheets, clock):
    one, other = sheets.add(), sheets.add(SurveyPlan("工地", kind=PlaceKind.SITE))
    with pytest.raises(surveys.NothingMarked):
        sheets.fill(one)
    with pytest.raises(surveys.BadAnswer):
        sheets.fill(one, Grade.GOOD, words="长" * (concerns.LONGEST_WORDS + 1))
    stranger = Filled({sheets.of(other).criteria[0].id: Grade.GOOD}, "stranger")
    with pytest.raises(surveys.BadAnswer), sheets.box.database.write() as tx:
        surveys.fill_in(tx, sheets.box.centre, Asked(clock()), one, stranger)
    with sheets.box.database.write() as tx:
        surveys.retire_survey(tx, Asked(clock(), 1), one, is_retired=True)
    with pytest.raises(surveys.SurveyOver):
        sheets.fill(one, Grade.GOOD)
    with pytest.raises(surveys.UnknownSurvey):
        sheets.of(99)
    assert (sheets.rows(survey_answer), sheets.rows(survey_mark), sheets.rows(concern)) == ([], [], [])
    for _ in range(MOST_ANSWERS):
        sheets.fill(other, Grade.GOOD)
    with pytest.raises(surveys.TooManyAnswers):
        sheets.fill(other, Grade.GOOD)
    sheets.fill(other, Grade.GOOD, by=2, source=Source.PAPER, filled_on=TODAY)
    clock.forward(minutes=11)
    sheets.fill(other, Grade.GOOD)


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM survey_answer", "UPDATE survey_mark SET grade = 5", "DELETE FROM survey_mark",
     "UPDATE survey_answer SET quarter_on = '2026-07-01'"],
)  # fmt: skip
def test_the_database_itself_keeps_what_was_filled_in(sheets, statement):
    sheets.fill(sheets.add(), Grade.BAD)
    with pytest.raises(sa.exc.DBAPIError), sheets.box.database.write() as tx:
        tx.execute(sa.text(statement))
    assert [row.grade for row in sheets.rows(survey_mark)] == [2]
