"""What the centre is called, and its rules."""

from .conftest import fields, noted


def test_the_centres_name_is_another_on_the_next_page_and_a_rule_counts_at_once(admin, visitor, rows):
    form = fields(admin.get("/admin/centre")) | {
        "centre_name": "桃园社区",
        "guard_s": "0",
        "when_not_printing": "show",
    }
    form.pop("phone_tickets")
    admin.post("/admin/centre", form)
    assert "桃园社区" in visitor.get("/").words()
    page = admin.post("/admin/centre", form | {"centre_name": " ", "no_show_calls": "11", "slow_s": ""}, 400)
    faults = {one.get("id") for one in page.all(".//span[@class='fault']")}
    assert faults == {"centre_name-fault", "no_show_calls-fault", "slow_s-fault"}
    assert "表情图" in admin.post("/admin/centre", form | {"centre_name": "桃园😀"}, 400).words()
    admin.post("/admin/centre", form | {"centre_name": "李村社区"}, 409)
    assert noted(rows) == [("setting", "centre", "change", 1)]


def test_how_loud_it_is_goes_by_the_hour_and_a_board_hears_of_it_without_a_call(admin, visitor, clock):
    before = visitor.get("/board").attribute("hx-get")
    form = fields(admin.get("/admin/centre")) | {
        "when_not_printing": "show",
        "loud_hours": "08:30-09:30，15:00-16:00",
        "loud_volume": "140",
        "call_twice": "1",
    }
    form.pop("phone_tickets")
    admin.post("/admin/centre", form)
    board = visitor.get(before)
    assert (board.attribute("data-volume"), board.attribute("data-twice")) == ("140", "")
    assert visitor.get("/").attribute("data-volume") == "140"
    clock.forward(minutes=35)
    assert visitor.get(board.attribute("hx-get")).attribute("data-volume") == "100"
    form = fields(admin.get("/admin/centre")) | {"when_not_printing": "show"}
    page = admin.post(
        "/admin/centre", form | {"loud_hours": "09:00", "quiet_hours": "9-10", "volume": "5"}, 400
    )
    faults = {one.get("id") for one in page.all(".//span[@class='fault']")}
    assert faults == {"loud_hours-fault", "quiet_hours-fault", "volume-fault"}


def test_a_rule_changed_twice_is_named_where_the_first_change_is_to_be_taken_back(admin):
    form = fields(admin.get("/admin/centre")) | {"when_not_printing": "show"}
    form.pop("phone_tickets")
    admin.post("/admin/centre", form | {"slow_s": "7", "guard_s": "0"})
    seen = admin.get("/admin/centre").value("seen")
    admin.post("/admin/centre", form | {"slow_s": "8", "guard_s": "0", "seen": seen})
    newest, first = admin.get("/admin/changes?kind=setting").with_attribute("data-change")[:2]
    page = admin.get(f"/admin/changes/{first.get('data-change')}")
    assert "后来又改过" in page.words()
    assert not page.all(".//form[@method='post']/p/button[@class='press press--main']")
    words = admin.post(f"/admin/changes/{first.get('data-change')}/undo", status=409).words()
    assert "“走得慢的人，再多等几秒”后来又改过" in words
    admin.post(f"/admin/changes/{newest.get('data-change')}/undo")
    admin.post(f"/admin/changes/{first.get('data-change')}/undo")


def test_the_time_zone_is_chosen_and_refused_at_its_field_once_numbers_were_given(admin, visitor):
    form = fields(admin.get("/admin/centre")) | {"when_not_printing": "show"}
    form.pop("phone_tickets")
    admin.post("/admin/centre", form | {"time_zone": "Asia/Urumqi"})
    page = admin.get("/admin/centre")
    assert page.all(".//select[@id='time_zone']//option[@selected]")[0].get("value") == "Asia/Urumqi"
    form = fields(page) | {"when_not_printing": "show"}
    form.pop("phone_tickets")
    visitor.take("A")
    page = admin.post("/admin/centre", form | {"time_zone": "Asia/Shanghai", "guard_s": "3"}, 409)
    assert "今天已经发过号" in "".join(page.all(".//span[@id='time_zone-fault']")[0].itertext())
    assert page.value("guard_s") == "3"
    admin.post("/admin/centre", form | {"time_zone": "Mars/North"}, 400)
    admin.post("/admin/centre", form)
