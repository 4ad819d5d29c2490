"""The state's holidays, taken over one by one, and brought by a file."""

import io

from kiosk.opening.tables import public_holiday
from tests.concerns.test_owners import OF_2027

from .conftest import by, week


def test_a_holiday_is_taken_over_by_one_press_with_the_days_that_are_worked(admin, clock, rows):
    admin.post("/admin/opening/week", week(admin))
    clock.forward(days=-60)  # the 24th of September: National Day of 2026 lies ahead
    admin.log_in("admin", "demo-admin")
    known = by(admin.get("/admin/opening/holidays"), "data-holiday")
    (key,) = [key for key, told in known.items() if "10-10" in told]
    assert "国庆节（10月1日起）本站现在照平时开" in admin.get("/admin/opening").words()
    page = admin.get("/admin/opening/holidays")
    (offered,) = page.all(".//select[@name='like_2026-10-10']")
    assert [one.text for one in offered if one.get("selected") is not None] == ["周三"]  # for the seventh
    admin.post("/admin/opening/holidays", {"holiday": key, "like_2026-10-10": "6"}, 400)
    admin.post("/admin/opening/holidays", {"holiday": key, "like_2026-10-10": "4"})
    assert "国庆节（10月1日起）" not in admin.get("/admin/opening").words()
    shown = by(admin.get("/admin/opening"), "data-day")
    assert all("休息" in shown[f"2026-10-0{day}"] for day in range(1, 8))
    assert "08:30" in shown["2026-10-10"]
    assert "照周五" in shown["2026-10-10"]
    assert "调休上班" in shown["2026-10-10"]
    assert "照周五" in by(admin.get("/admin/opening/holidays"), "data-holiday")[key]
    day = admin.get("/admin/opening/days?on=2026-10-10")
    assert day.all(".//input[@value='like'][@checked]")
    assert "照周五 · 08:30–12:00、13:30–17:30" in by(day, "data-day")["2026-10-10"]
    admin.post("/admin/opening/holidays", {"holiday": "2020-0101"}, 400)


def test_a_year_comes_by_a_file_and_one_that_is_none_is_named(admin, rows):
    new_year = '{"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}'

    def sent(content):
        return {"file": (io.BytesIO(content.encode()), "2027.json")}

    for wrong in (
        "",
        "[]",
        '{"days": []}',
        '{"days": [{"name": "元旦"}]}',
        "[" * 60000,
        '{"days": {"a": 1}}',
    ):
        page = admin.post("/admin/opening/holidays/file", sent(wrong), 400)
        assert "没有放假安排" in page.words()
    assert "2027年的放假安排还没有" in page.words()
    admin.post("/admin/opening/holidays/file", sent(new_year))
    page = admin.get("/admin/opening/holidays")
    assert "2027年的放假安排还没有" not in page.words()
    assert "2027-01-01" in page.words()
    assert len(rows(public_holiday)) == 1


def test_a_year_comes_by_pasting_the_notice_and_a_missing_line_is_named(admin, rows):
    for wrong, said in (
        ("", "请填写这一项"),
        (OF_2027.replace("2027年", ""), "看不出是哪一年的"),
        (OF_2027.replace("三、清明节：4月3日（周六）至5日（周一）放假，共3天。", ""), "少了“清明节”那一行"),
    ):
        page = admin.post("/admin/opening/holidays/notice", {"text": wrong}, 400)
        assert said in page.words()
        assert rows(public_holiday) == []
    sent = admin.post("/admin/opening/holidays/notice", {"text": OF_2027})
    page = admin.get(sent.headers["Location"])
    assert "2027年收下了：放假27天，周末上班4天" in page.words()
    assert "2027-02-05" in page.words()
    assert len(rows(public_holiday)) == 31
