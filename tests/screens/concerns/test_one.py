"""One concern with its verbs, who sees what of it, and the steps that are refused."""

import pytest

from kiosk import staff
from kiosk.concerns import Contact
from kiosk.staff import Role

PHONE = "13800001234"


def test_the_last_step_is_taken_back_by_one_button(clerk, take_in, box):
    take_in()
    clerk.post("/concerns/1/accept")
    clerk.post("/concerns/1/step", {"line": "写错了"})
    assert "撤销刚才的“进展”" in clerk.get("/concerns/1").words()
    clerk.post("/concerns/1/undo")
    page = clerk.get("/concerns/1")
    assert "撤销刚才" not in page.words()
    assert "进展（撤销了）" in page.words()
    clerk.post("/concerns/1/undo", status=409)


def test_the_way_from_accepted_to_answered_and_rechecked(clerk, as_role, take_in):
    take_in()
    clerk.post("/concerns/1/accept")
    clerk.post("/concerns/1/step", {"line": "电工下午来"})
    clerk.post("/concerns/1/pause", {"reason": "weather", "until": "2026-11-25", "line": "雨停了再修"})
    assert clerk.get("/concerns/1").attribute("data-state") == "waiting"
    clerk.post("/concerns/1/resume")
    clerk.post("/concerns/1/answer", {"outcome": "solved", "words": "灯换好了", "told": "receipt"})
    page = clerk.get("/concerns/1")
    assert page.attribute("data-state") == "answered"
    assert "灯换好了" in page.words()
    clerk.post("/concerns/1/reopen", {"line": "又坏了"})
    clerk.post("/concerns/1/answer", {"outcome": "solved", "words": "又换了", "told": "receipt"})
    clerk.post("/concerns/1/recheck", {"line": "好的", "result": "good"}, 409)
    as_role(Role.MANAGER).post("/concerns/1/recheck", {"line": "不亮", "result": "bad"})
    assert clerk.get("/concerns/1").attribute("data-state") == "open"


@pytest.mark.parametrize(
    ("verb", "form", "status"),
    [
        ("answer", {"outcome": "solved", "words": "好", "told": "receipt"}, 409),
        ("step", {"line": ""}, 400),
        ("pause", {"reason": "weather", "until": "2026-11-25", "line": ""}, 409),
        ("hand_over", {"to": "999", "line": "他管"}, 404),
        ("merge", {"number": "S0001"}, 409),
        ("merge", {"number": "S0999"}, 409),
        ("extend", {"line": "要等"}, 403),
        ("decline", {"reason": "court", "line": "请找法院"}, 403),
        ("nothing", {}, 404),
    ],
)
def test_what_the_law_has_not_is_refused_and_changes_nothing(clerk, take_in, verb, form, status):
    take_in()
    clerk.post(f"/concerns/1/{verb}", form, status)
    assert clerk.get("/concerns/1").attribute("data-state") == "new"


def test_a_clerk_reads_the_words_that_she_took_in_today_and_no_others(clerk, box, take_in, clock):
    with box.database.read() as tx:
        me = next(number for number, name in staff.staff_names(tx).items() if name == "clerk1")
    take_in("lights", by=me, words="三单元门口")
    take_in("help", by=None, words="腿脚不好")
    assert "三单元门口" in clerk.get("/concerns/1").words()
    assert "腿脚不好" not in clerk.get("/concerns/2").text
    clock.forward(days=1)
    clerk.log_in("clerk1", "demo-clerk")
    assert "三单元门口" not in clerk.get("/concerns/1").text


def test_a_telephone_is_seen_by_who_owns_it_after_one_press_that_is_noted(clerk, take_in):
    take_in(contact=Contact("阿姨", PHONE, "1234"))
    assert PHONE not in clerk.get("/concerns/1").text
    assert "1234" in clerk.get("/concerns/1").words()
    clerk.post("/concerns/1/look", {}, 403)
    clerk.post("/concerns/1/accept")
    assert PHONE not in clerk.get("/concerns/1").text
    assert PHONE in clerk.post("/concerns/1/look", {}, 200).text
    page = clerk.get("/concerns/1")
    assert PHONE not in page.text
    assert "看了电话" in page.words()


def test_what_is_sealed_is_nowhere_for_clerks_the_administrator_and_whom_it_is_about(
    clerk, as_role, take_in, box
):
    take_in("staff", words="窗口态度不好")
    admin, manager = as_role(Role.ADMIN), as_role(Role.MANAGER)
    for member in (clerk, admin):
        member.get("/concerns/1", 404)
        assert "S0001" not in member.get("/concerns").text
        member.post("/concerns/1/accept", {}, 404)
    assert "窗口态度不好" in manager.get("/concerns/1").words()
    with box.database.read() as tx:
        accused = next(number for number, name in staff.staff_names(tx).items() if name == "a-manager")
    manager.post("/concerns/1/seal", {"to": str(accused)}, 303)
    manager.get("/concerns/1", 404)


def test_the_administrator_reads_neither_words_nor_a_number(as_role, take_in):
    take_in(words="三单元门口", contact=Contact("", PHONE, "1234"))
    page = as_role(Role.ADMIN).get("/concerns/1")
    assert "三单元门口" not in page.text
    assert "1234" not in page.words()


def test_who_seals_what_is_about_the_secretary_is_told_when_nobody_could_look_at_it(clerk, as_role, take_in):
    take_in()
    take_in("idea")
    as_role(Role.SECRETARY)
    clerk.post("/concerns/1/accept")
    sealed = clerk.post("/concerns/1/seal", {"to": "7"})
    assert "还没有“街道”的账号" in clerk.get(sealed.headers["Location"]).words()
    as_role(Role.STREET)
    sealed = clerk.post("/concerns/2/seal", {"to": "7"})
    assert "您现在看不到了" in clerk.get(sealed.headers["Location"]).words()
