"""The services' pages: adding and changing with a look before, two at once, what is wrong at its field."""

from io import BytesIO

import pytest
from PIL import Image

from kiosk import changes, services
from tests.visitor import Visitor

FORM = {
    "group": "help", "name": "法律咨询", "name_en": "Legal advice", "letter": "S", "icon": "scale",
    "place": "二楼调解室", "place_en": "", "initials": "", "for_whom": "", "whom": "", "own_hours": "days",
    "day": ["3", "5"], "opens": "14:00", "closes": "16:00", "duration_min": "20", "daily_cap": "8",
    "lines": "3", "material_0_text": "身份证", "material_0_kind": "own", "material_2_text": "合同",
    "material_2_note": "和纠纷有关的", "material_2_kind": "if_you_have",
}  # fmt: skip


@pytest.fixture
def admin(app):
    admin = Visitor(app)
    admin.log_in("admin", "demo-admin")
    return admin


def rows_of_history(box):
    with box.database.read() as tx:
        return len(changes.changes(tx, changes.Wanted("service")))


def test_a_service_is_looked_at_then_saved_then_stands_at_the_station_and_is_taken_back(admin, visitor, box):
    look = admin.post("/admin/services/new", FORM | {"look": "1"}, 200)
    assert "保存以后是这样" in look.words()
    frames = [frame.get("srcdoc") for frame in look.all(".//iframe")]
    assert ["法律咨询" in frame for frame in frames] == [True, True]
    assert "有就带上" in frames[1]
    picture = admin.client.get(look.all(".//img[@class='look__slip']")[0].get("src"))
    assert Image.open(BytesIO(picture.data)).size[0] == 576
    assert rows_of_history(box) == 0

    new = admin.get("/admin/services/new")
    assert [one.get("value") for one in new.all(".//input[@name='at'][@checked]")] == ["1", "2", "3", "4"]
    answer = admin.post("/admin/services/new", FORM | {"at": ["2", "3", "x"]})
    assert answer.headers["Location"] == "/admin/services/S01"
    assert "法律咨询" in visitor.get("/services?group=help").words()
    with box.database.read() as tx:
        plan = services.listed_service(tx, "S01").plan
    assert plan.hours == "3 14:00-16:00; 5 14:00-16:00"
    assert [line.text for line in plan.materials] == ["身份证", "合同"]
    page = admin.get("/admin/services/S01")
    assert "能办的窗口：2、3" in page.words()
    assert [box.get("value") for box in page.all(".//input[@name='day'][@checked]")] == ["3", "5"]
    admin.post("/admin/services/undo", {"change": page.value("change")})
    assert "法律咨询" not in visitor.get("/services?group=help").words()


def test_what_is_wrong_is_told_at_its_field_all_at_once_and_nothing_is_saved(admin, box):
    wrong = FORM | {
        "name": "长" * 60, "letter": "A9", "daily_cap": "x", "opens": "25:00", "place": "一楼😀",
        "material_2_text": "", "for_whom": "some", "whom": " ",
    }  # fmt: skip
    page = admin.post("/admin/services/new", wrong, 400)
    faulty = {field.get("name") for field in page.all(".//*[@aria-invalid='true']")}
    assert faulty == {"name", "letter", "daily_cap", "opens", "place", "material_2_text", "whom"}
    assert page.value("material_2_note") == "和纠纷有关的"
    for name, told in (("   ", "请填写这一项"), ("\U0002ebf0" * 2, "打印机画不出这个字")):
        assert told in admin.post("/admin/services/new", FORM | {"name": name}, 400).words()
    taken = admin.post("/admin/services/new", FORM | {"letter": "a"}, 409)
    assert "字母A已经给“养老保险资格认证”用了" in taken.words()
    clash = FORM | {"letter": "A", "name": " ", "material_0_text": "\U0002ebf0"}
    page = admin.post("/admin/services/new", clash, 400)
    faulty = {field.get("name") for field in page.all(".//*[@aria-invalid='true']")}
    assert faulty == {"letter", "name", "material_0_text"}, "what only catalogue and printer know, too"
    assert rows_of_history(box) == 0


ENDS = {
    "ends": "4", "outcome_0_text": "上门", "outcome_0_kind": "way",
    "outcome_1_text": "谈好了", "outcome_1_kind": "result",
    "outcome_2_text": "没谈好", "outcome_2_kind": "result", "outcome_2_reasons": "对方没来、还要再谈",
}  # fmt: skip


def test_what_is_asked_at_the_end_is_written_in_the_form_and_offered_at_the_window(admin, box):
    admin.post("/admin/services/new", FORM | ENDS)
    with box.database.read() as tx:
        asked = services.outcomes_of(tx, "S01")
    assert [one.words.zh for one in asked.results] == ["谈好了", "没谈好"]
    assert [one.zh for one in asked.results[1].reasons] == ["对方没来", "还要再谈"]
    assert [one.zh for one in asked.ways] == ["上门"]
    page = admin.get("/admin/services/S01")
    assert page.value("outcome_1_reasons") == "对方没来、还要再谈"
    same = FORM | ENDS | {"letter": "T", "outcome_2_text": "谈好了", "outcome_0_text": "长" * 30}
    page = admin.post("/admin/services/new", same, 400)
    faulty = {field.get("name") for field in page.all(".//*[@aria-invalid='true']")}
    assert faulty == {"outcome_2_text", "outcome_0_text"}


def test_the_second_of_two_is_shown_what_the_first_has_changed_and_keeps_what_she_typed(admin, box):
    page = admin.get("/admin/services/B")
    form = {one.get("name"): one.get("value") or "" for one in page.all(".//form[@id='service-form']//input")
            if one.get("type") not in ("radio", "checkbox")}  # fmt: skip
    form |= {"group": "pension", "for_whom": "", "own_hours": "", "icon": "wallet"}
    admin.post("/admin/services/B", form | {"name": "高龄津贴"})
    page = admin.post("/admin/services/B", form | {"place": "二楼"}, 409)
    assert "高龄津贴" in [one.text for one in page.all(".//ins")]
    assert page.value("place") == "二楼"
    again = admin.post("/admin/services/B", form | {"name": ""}, 400)
    assert again.value("seen") == form["seen"], "a wrong field must not make her form a newer one"
    admin.post("/admin/services/B", form | {"place": "二楼", "seen": page.value("seen")})
    with box.database.read() as tx:
        plan = services.listed_service(tx, "B").plan
    assert (plan.name, plan.place) == ("高龄补贴", "二楼")


def test_a_service_is_moved_put_on_the_home_screen_closed_today_and_retired(admin, visitor, box):
    visitor.take("N")
    assert "现在有1人在等这项业务" in admin.get("/admin/services/N").words()
    admin.post("/admin/services/arrange", {"up": "N"})
    admin.post("/admin/services/N/popular", {"popular": "1"})
    assert "物业和公共晾衣区" in visitor.get("/").words()
    page = admin.post("/admin/services/N/close", {"reason": "停电😀"}, 400)
    assert [(one.get("name"), one.get("value")) for one in page.with_attribute("aria-invalid")] == [
        ("reason", "停电😀")
    ]
    admin.post("/admin/services/N/close", {"reason": "今天的号已满"})
    assert "今天的号已满" in visitor.get("/services?group=home").words()
    admin.post("/admin/services/N/reopen")
    admin.post("/admin/services/N/retire")
    assert "物业和公共晾衣区" not in visitor.get("/").words()
    admin.post("/admin/services/N/bring-back")
    assert "物业和公共晾衣区" in visitor.get("/").words()
    with box.database.read() as tx:
        codes = [one.code for one in services.every_service(tx) if one.plan.group == "home"]
    assert codes == ["L", "N", "M"]


def test_a_service_is_found_by_its_initials(admin):
    page = admin.get("/admin/services?q=ylbx")
    assert "养老保险资格认证" in page.words()
    assert "高龄补贴" not in page.words()


def test_more_lines_keep_what_was_typed(admin):
    page = admin.post("/admin/services/new", FORM | {"more": "1"}, 200)
    assert page.value("material_2_text") == "合同"
    assert page.value("material_5_text") == ""
