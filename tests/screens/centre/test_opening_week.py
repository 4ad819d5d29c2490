"""The hours of each week as a table of times."""

from kiosk.changes.tables import office_change

from .conftest import fields, noted, week


def test_a_week_that_was_saved_counts_from_the_next_number_on_and_stands_in_the_history(
    admin, visitor, clock, rows
):
    tap = visitor.get("/services/A").value("tap")
    admin.post("/admin/opening/week", week(admin))
    clock.forward(hours=3.5)
    assert "13:30开始取号" in visitor.post("/tickets", {"service": "A", "tap": tap}, 409).words()
    assert "13:30" in visitor.get("/home/now").text
    assert noted(rows) == [("opening", "week", "change", 1)]
    admin.log_in("admin", "demo-admin")
    assert fields(admin.get("/admin/opening/week"))["closes3_2"] == "17:30"
    admin.post("/admin/opening/week", week(admin))
    assert len(rows(office_change)) == 1, "nothing was otherwise"


def test_hours_that_cannot_be_are_named_at_their_field_and_nothing_is_saved(admin, rows):
    for name, wrong, words in (
        ("opens2_2", "11:30", "两段不能重叠"),
        ("closes1_1", "08:00", "结束要晚于开始"),
        ("closes4_2", "", "开始和结束都要填"),
        ("opens5_1", "8.30", "请填时间"),
        ("last_ticket_min", "240", "一个号也发不出"),
        ("numbers_early_min", "121", "这个数太大"),
    ):
        page = admin.post("/admin/opening/week", week(admin, **{name: wrong}), 400)
        (said,) = page.all(f".//span[@id='{name}-fault']/span")
        assert words in said.text
        assert page.value(name) == wrong
    assert rows(office_change) == []


def test_mondays_hours_are_copied_to_friday_and_not_saved_yet(admin, rows):
    sent = week(admin, opens1_1="09:15") | {"copy": "1"}
    page = admin.post("/admin/opening/week", sent, 200)
    assert [page.value(f"opens{day}_1") for day in "1234567"] == ["09:15"] * 5 + ["", ""]
    assert rows(office_change) == []


def test_the_second_of_two_who_change_the_week_is_told_what_changed_and_keeps_her_typing(admin):
    late = week(admin, closes1_2="18:00")
    admin.post("/admin/opening/week", week(admin))
    page = admin.post("/admin/opening/week", late, 409)
    assert "08:30-12:00 13:30-17:30" in page.words()
    assert page.value("closes1_2") == "18:00"
    admin.post("/admin/opening/week", fields(page))
