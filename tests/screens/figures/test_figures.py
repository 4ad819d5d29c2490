"""The page of figures, the same for programs and as a workbook, and what it says to wrong days."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from kiosk.figures import By
from kiosk.staff import Role

DAY = "from=2026-11-23&to=2026-11-23"


def told(visitor, address):
    return visitor.client.get(address).get_json()


def test_a_day_with_its_waits_by_service_is_on_the_page_and_the_same_for_programs(small_day, manager):
    page = manager.get(f"/figures?{DAY}&by=service")
    assert "养老保险资格认证" in page.words()
    sums = {words(one): words(one.find("b")) for one in page.all(".//li[@class='sum']")}
    assert any("等候（中位）" in name and value == "22分" for name, value in sums.items())
    json = told(manager, f"/figures.json?{DAY}&by=service")
    assert (json["from"], json["to"], json["by"]) == ("2026-11-23", "2026-11-23", "service")
    assert (json["whole"]["tickets"], json["whole"]["wait_median_s"]) == (15, 1350)
    rows = {row["key"]: row for row in json["rows"]}
    assert rows["A"]["cases"] == 14
    assert rows["B"]["wait_median_s"] is None  # of one
    assert json["attendance"]["signed_in"] == 0


def test_the_workbook_has_the_figures_and_every_visit_without_a_name(small_day, manager):
    answer = manager.get(f"/figures.xlsx?{DAY}")
    book = load_workbook(BytesIO(answer.body), read_only=True)
    sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    assert list(sheets) == ["合计", "业务", "日期", "每一件"]
    assert ("取号", "15") in sheets["合计"]
    visits = sheets["每一件"]
    assert len(visits) == 1 + 17
    assert not {"姓名", "手机"} & set(visits[0])


@pytest.mark.parametrize("by", [by for by in By if by != By.CLERK])
def test_figures_are_told_apart_by_whatever_is_asked_each_chart_with_its_table(small_day, manager, by):
    page = manager.get(f"/figures?from=2026-11-17&to=2026-11-23&by={by}")
    drawn = [one for figure in page.all(".//figure") for one in figure.iter() if one.tag.endswith("}svg")]
    charts = [one for one in drawn if one.get("role") == "img"]
    tables = page.all(".//figure//table")
    assert len(charts) == len(tables) >= 2
    for chart, table in zip(charts, tables, strict=True):
        values = [words(one) for one in table.findall(".//td") if words(one) != "–"]
        assert len(values) == len([one for one in chart.iter() if one.tag.endswith("rect")])
    assert told(manager, f"/figures.json?{DAY}&by={by}")["by"] == by


def test_every_number_opens_the_list_it_was_counted_from(small_day, manager):
    page = manager.get(f"/figures?{DAY}")
    links = {link.get("href") for link in page.all(".//a") if "/figures/list" in link.get("href", "")}
    assert len(links) > 20
    for link in links:
        assert "/figures/list" in link
        opened = manager.get(link)
        assert opened.all(".//tbody//th[@scope='row']") or "共0件" in opened.words()
    missed = manager.get(f"/figures/list?{DAY}&by=service&figure=misses")
    assert "共1件" in missed.words()
    manager.get(f"/figures/list?{DAY}&figure=nothing", 404)
    for by in (By.HOUR, By.WEEKDAY, By.CHANNEL, By.DAY, By.COUNTER):
        assert "共0件" in manager.get(f"/figures/list?{DAY}&by={by}&key=x%C2%B2").words()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("from=2026-11-24&to=2026-11-23", "开始不能晚于结束"),
        ("from=1926-01-01&to=2026-01-01", "最多看五年"),
        ("from=2026-02-30&to=2026-03-01", "请填开始和结束的日期"),
        ("from=2026-11-23", "请填开始和结束的日期"),
        (f"{DAY}&by=colour", "请填开始和结束的日期"),
    ],
)
def test_wrong_days_are_answered_by_a_page_that_says_so(manager, asked, said):
    assert said in manager.get(f"/figures?{asked}", 400).words()
    assert said in manager.client.get(f"/figures.json?{asked}").get_json()["error"]
    manager.get(f"/figures.xlsx?{asked}", 400)
    manager.get(f"/figures/list?{asked}&figure=cases", 400)


def test_days_without_anybody_and_a_day_with_one_visit_have_no_rate(one_visit, manager):
    assert "没有人取号" in manager.get("/figures?from=2020-01-01&to=2020-01-31").words()
    page = manager.get(f"/figures?{DAY}")
    assert "太少了" in page.words()
    assert "%" not in page.words().replace("100%", "")
    whole = told(manager, f"/figures.json?{DAY}")["whole"]
    assert (whole["tickets"], whole["waits"]) == (1, 1)
    assert whole["wait_median_s"] is whole["promise_share"] is None


def test_figures_are_for_managers_and_who_looks_on_and_clerks_only_where_the_centre_says(
    small_day, as_role, admin, visitor
):
    address = f"/figures?{DAY}&by=clerk"
    viewer, manager = as_role(Role.VIEWER), as_role(Role.MANAGER)
    for member in (viewer, manager, admin):
        member.get("/figures")
        member.get(address, 403)
    small_day.set_rule("figures_by_clerk", True)
    assert "clerk1" in manager.get(address).words()
    admin.get(address)
    viewer.get(address, 403)
    assert "按工作人员" not in viewer.get("/figures").words()
    for role in (Role.CLERK, Role.DESK):
        as_role(role).get("/figures", 403)
    assert "/log-in" in visitor.get("/figures", 303).headers["Location"]


def words(element):
    return " ".join("".join(element.itertext()).split())
