"""Ledgers: their columns, that paper and workbook have the same rows, who sees what in them."""

from datetime import date

import pypdfium2
import pytest
import sqlalchemy as sa

from kiosk import concerns, spreadsheets, surveys
from kiosk.asked import Asked
from kiosk.concerns import CategoryPlan, Contact, Hand, Outcome, Reply, Solved, Source
from kiosk.figures import Span, ledgers
from kiosk.figures.ledgers import Ledger, Viewer, Wanted
from kiosk.figures.ledgers.of_scores import quarters
from kiosk.kinds.tables import case_paper, due_date, finding, hope, hope_change, patrol
from kiosk.people.tables import team
from kiosk.surveys.tables import survey_answer, survey_criterion, survey_mark
from tests.figures.residents import Residents

SPAN = Span(date(2026, 11, 1), date(2026, 11, 30))
PHONE = "13800001234"
MANAGER, ADMIN = Viewer("manager", 9, "主管甲"), Viewer("admin", 1, "admin")


COLUMNS = (
    "序号 编号 时间 来源 类别 地点 反映人 电话 摘要 紧急 承办 时限 过程 办结 按时 结果 答复 回访 满意度 备注"
)


@pytest.fixture
def residents(box, clock) -> Residents:
    return Residents(box, clock, seed=3)


@pytest.fixture
def made(box, clock):
    """Makes a ledger."""

    def made(ledger, viewer=MANAGER, span=SPAN):
        with box.database.read() as tx:
            return ledgers.ledger_of(tx, box.centre, Wanted(ledger, span, viewer), clock())

    return made


def cells(sheet, at=0):
    """A row by the titles of its columns."""
    return dict(zip((title for title, _ in sheet.heads), sheet.rows[at], strict=True))


def kind_of(box, clock, kind, name):
    """A category of this kind; its code."""
    with box.database.write() as tx:
        plan = CategoryPlan(name, "", "wrench", kind, 5, "workday", False, False, None, False)
        return concerns.add_category(tx, Asked(clock(), 1), plan)


def test_the_register_of_concerns_has_the_columns_of_the_street_and_masks_numbers(
    residents, box, clock, made
):
    contact = Contact("王阿姨", PHONE, "1234")
    one = residents.take_in(
        category="lights", contact=contact, source=Source.DOOR, place_id=residents.places[0]
    )
    with box.database.write() as tx:
        hand = Hand(Asked(clock(), 2))
        concerns.sum_up(tx, hand, one, "三楼灯不亮")
        concerns.accept(tx, box.centre, hand, one)
        concerns.answer(tx, box.centre, hand, one, Reply(Outcome.SOLVED, "换好了"))
        concerns.say_solved(tx, box.centre, Asked(clock()), one, Solved.YES)
    sheet = made(Ledger.CONCERNS)
    assert " ".join(title for title, _ in sheet.heads) == COLUMNS
    row = cells(sheet)
    assert (row["编号"], row["来源"], row["地点"]) == ("S0001", "入户走访", "和平小区 1号楼")
    assert (row["反映人"], row["电话"], row["摘要"]) == ("王阿姨", "****1234", "三楼灯不亮")
    assert (row["过程"], row["办结"], row["按时"]) == (
        "11-23签收；11-23答复；11-23居民说解决了", "2026-11-23", "是",
    )  # fmt: skip
    assert (row["结果"], row["答复"], row["回访"]) == ("办成了", "换好了", "解决了")
    assert cells(made(Ledger.DIARY))["楼栋"] == "和平小区 1号楼"
    whole = Viewer("manager", 9, "主管甲", sees_phones=True)
    assert cells(made(Ledger.CONCERNS, whole))["电话"] == PHONE
    assert made(Ledger.CONCERNS, whole).concerns == (one,)
    assert cells(made(Ledger.CONCERNS, Viewer("admin", 1, "admin", sees_phones=True)))["电话"] == ""


def test_of_a_sealed_one_only_its_number_is_told_to_who_may_not_see_it(residents, made):
    residents.take_in(category="staff", contact=Contact("王", PHONE, "1234"))
    row = cells(made(Ledger.CONCERNS, ADMIN))
    assert {title: text for title, text in row.items() if text} == {
        "序号": "1",
        "编号": "S0001",
        "摘要": "封存",
    }
    assert cells(made(Ledger.CONCERNS))["类别"] == "工作人员的事"


@pytest.mark.long
def test_paper_and_workbook_have_the_same_rows(residents, box, clock, made, drawn_in_few_letters):
    residents.live(12)
    span = Span(date(2026, 11, 1), date(2026, 12, 31))
    for ledger in Ledger:
        sheet, wanted = made(ledger, span=span), Wanted(ledger, span, MANAGER)
        (table,) = spreadsheets.read_tables(ledgers.table_of(wanted, sheet))
        wide = len(sheet.heads)
        rows = [tuple(row) + ("",) * (wide - len(row)) for row in table.rows[1:]]  # read without empty ends
        assert rows == list(sheet.rows)
        paper = ledgers.paper_of(box.centre, wanted, sheet, clock())
        assert paper.rows == sheet.rows
    sheet = made(Ledger.CONCERNS, span=span)
    paper = ledgers.paper_of(box.centre, Wanted(Ledger.CONCERNS, span, MANAGER), sheet, clock())
    pages = pypdfium2.PdfDocument(drawn_in_few_letters(paper))
    said = "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)
    assert len(sheet.rows) > 5
    for row in sheet.rows:
        assert row[1] in said
    assert "主管甲打印" in said
    assert (round(pages[0].get_width()), round(pages[0].get_height())) == (842, 595)


def test_tasks_and_findings_have_ledgers_of_their_own(residents, box, clock, made):
    task, finding = kind_of(box, clock, "task", "街道任务"), kind_of(box, clock, "finding", "巡查")
    one, late, found = (residents.take_in(category=code) for code in (task, task, finding))
    with box.database.write() as tx:
        hand = Hand(Asked(clock(), 2))
        concerns.settle(tx, box.centre, hand, one, Reply(Outcome.SOLVED, "办了"))
        concerns.settle(tx, box.centre, hand, found, Reply(Outcome.SOLVED, "改了"))
    clock.forward(days=8)
    with box.database.write() as tx:
        concerns.recheck(tx, box.centre, Hand(Asked(clock(), 3)), found, "好的", is_good=True)
        reply = Reply(Outcome.SOLVED, "晚了")
        concerns.settle(tx, box.centre, Hand(Asked(clock(), 2)), late, reply)
    sheet = made(Ledger.TASKS)
    assert [cells(sheet, at)["按时"] for at in (0, 1)] == ["是", "否"]
    assert sheet.total == ("完成", "", "", "", "2/2", "", "", "1/2")
    row = cells(made(Ledger.FINDINGS))
    assert (row["整改"], row["回头看日期"], row["结论"]) == ("改了", "2026-12-01", "合格")
    assert made(Ledger.HOPES).rows == made(Ledger.CASES).rows == made(Ledger.REMINDERS).rows == ()


def test_a_ledger_with_too_many_rows_says_what_to_do(residents, made, monkeypatch):
    monkeypatch.setattr("kiosk.figures.ledgers.of_concerns.MOST_ROWS", 2)
    for _ in range(2):
        residents.take_in()
    assert len(made(Ledger.CONCERNS).rows) == 2
    residents.take_in()
    with pytest.raises(ledgers.LedgerTooLong):
        made(Ledger.CONCERNS)


def test_what_a_kind_keeps_of_its_own_stands_in_its_ledger(residents, box, clock, made):
    found, hoped, case = (
        residents.take_in(category=kind_of(box, clock, kind, name))
        for kind, name in (("finding", "检查"), ("wish", "愿望"), ("case", "跑腿"))
    )
    at, day = clock(), date(2026, 11, 20)
    with box.database.write() as tx:
        due = {"kind": "pension", "months": 12, "last_on": date(2025, 12, 1), "due_on": day, "tap": "d"}
        due_id = tx.execute(sa.insert(due_date).values(due).returning(due_date.c.id)).scalar_one()
        patrol_id = tx.execute(
            sa.insert(patrol).values(at=at, staff_id=2, tap="p").returning(patrol.c.id)
        ).scalar_one()
        mend = {"patrol_id": patrol_id, "unit": "物业", "demand": "清走杂物", "fix_on": day}
        tx.execute(sa.insert(finding).values(concern_id=found, **mend))
        team_id = tx.execute(
            sa.insert(team).values(name="邻里守望", kind="team").returning(team.c.id)
        ).scalar_one()
        wanted = {"sentence": "想要一副老花镜", "written_by": 2, "team_id": team_id, "minutes": 40}
        tx.execute(sa.insert(hope).values(concern_id=hoped, **wanted))
        tx.execute(sa.insert(hope_change).values(concern_id=hoped, verb="claim", at=at))
        for what, back in (("身份证", at), ("病历", None)):
            paper = {"what": what, "held_at": at, "held_by": 2, "returned_at": back}
            tx.execute(sa.insert(case_paper).values(concern_id=case, **paper))
    reminder = kind_of(box, clock, "reminder", "到期")
    residents.take_in(category=reminder, source=Source.DATE, source_ref=f"due:{due_id}:2026-11-20:60")
    row = cells(made(Ledger.FINDINGS))
    assert (row["责任单位"], row["要求"], row["时限"]) == ("物业", "清走杂物", "2026-11-20")
    row = cells(made(Ledger.HOPES))
    assert (row["心愿"], row["认领队"], row["认领"], row["时长"]) == (
        "想要一副老花镜", "邻里守望", "2026-11-23", "40分钟",
    )  # fmt: skip
    assert cells(made(Ledger.CASES))["持件"] == "身份证（还了）、病历"
    assert cells(made(Ledger.REMINDERS))["上次"] == "2025-12-01"


def test_score_sheets_stand_by_quarter_with_what_was_written_and_answered(residents, box, clock, made):
    with box.database.write() as tx:
        named = (surveys.Named("口味", ""), surveys.Named("卫生", ""))
        plan = surveys.SurveyPlan("老年食堂", "", "canteen", named, None, False)
        sheet_id = surveys.add_survey(tx, Asked(clock(), 1), plan)
        criteria = (
            tx.execute(sa.select(survey_criterion.c.id).order_by(survey_criterion.c.id)).scalars().all()
        )
        for number in range(12):
            day = date(2026, 11, 2) if number else date(2026, 8, 1)
            quarter = surveys.quarter_of(day).first
            answer = {"survey_id": sheet_id, "quarter_on": quarter, "filled_on": day, "at": clock()}
            row = sa.insert(survey_answer).values(source="phone", tap=f"a{number}", **answer)
            answer_id = tx.execute(row.returning(survey_answer.c.id)).scalar_one()
            for criterion in criteria:
                tx.execute(
                    sa.insert(survey_mark).values(answer_id=answer_id, criterion_id=criterion, grade=5)
                )
    one = residents.take_in(category="idea", source=Source.SHEET, source_ref=f"survey:{answer_id}")
    residents.take_in(category="idea", source=Source.SHEET, source_ref=f"survey:{answer_id - 1}")
    with box.database.write() as tx:
        hand = Hand(Asked(clock(), 2), is_lead=True)
        concerns.settle(tx, box.centre, hand, one, Reply(Outcome.SOLVED, "少放盐了"))
    (row,) = made(Ledger.SCORES).rows
    assert row[:3] == ("老年食堂", "2026Q4", "11")
    assert row[3].startswith("口味 100%（11/11，")
    assert row[4:] == ("2", "1")
    summer = Span(date(2026, 7, 1), date(2026, 9, 30))
    assert made(Ledger.SCORES, span=summer).rows == (
        ("老年食堂", "2026Q3", "1", "口味 1/1；卫生 1/1", "0", "0"),
    )


def test_quarters_that_the_days_lie_in_are_told():
    span = Span(date(2026, 8, 15), date(2027, 1, 3))
    assert [str(one) for one in quarters(Wanted(Ledger.SCORES, span, MANAGER))] == [
        "2026Q3",
        "2026Q4",
        "2027Q1",
    ]
