"""Days that are not like the week."""

from kiosk.changes.tables import office_change


def test_a_row_of_days_off_is_shown_in_the_next_weeks_and_taken_away_again(admin, visitor, clock):
    off = {"first_on": "2026-11-25", "last_on": "2026-11-26", "kind": "off", "words": "社区搬家"}
    admin.post("/admin/opening/days", off)
    page = admin.get("/admin/opening")
    assert page.words().count("社区搬家") == 2
    clock.forward(days=2)
    assert "今天休息：社区搬家" in visitor.get("/home/now").text
    admin.log_in("admin", "demo-admin")
    admin.post("/admin/opening/days/remove", {"day": "2026-11-25"})
    assert "社区搬家" not in visitor.get("/home/now").text


def test_a_day_that_cannot_be_is_named_at_its_field(admin, rows):
    for name, wrong, words in (
        ("first_on", "2026-11-22", "已经过去"),
        ("last_on", "2026-11-24", "结束要晚于开始"),
        ("last_on", "2027-11-24", "一次最多62天"),
        ("first_on", "2036-12-24", "太早或太晚"),
        ("kind", "none", "请选一项"),
        ("words", "长" * 61, "太长了"),
    ):
        form = {"first_on": "2026-11-25", "last_on": "", "kind": "off", "words": "搬家"} | {name: wrong}
        page = admin.post("/admin/opening/days", form, 400)
        assert words in "".join(
            page.all(f".//span[@id='{name if '2036' not in wrong else 'last_on'}-fault']")[0].itertext()
        )
    form = {"first_on": "2026-11-25", "kind": "hours"}
    assert "请填写这一项" in admin.post("/admin/opening/days", form, 400).words()
    assert rows(office_change) == []
