"""Staff's list of today, one concern with its verbs, who sees what of it, and the counter's panel."""

import pytest

from kiosk import concerns, staff
from kiosk.asked import Asked
from kiosk.concerns import Contact, Said, Source
from kiosk.staff import Role
from tests.visitor import Visitor

PHONE = "13800001234"


@pytest.fixture
def take_in(box, clock):
    """Takes a concern in; its id."""

    def take_in(category="lights", by=None, **more) -> int:
        with box.database.write() as tx:
            said = Said(category, f"tap-{category}-{by}-{len(more)}", Source.DESK, **more)
            return concerns.take_in(tx, box.centre, Asked(clock(), by), said).id

    return take_in


@pytest.fixture
def as_role(app, box, clock):
    """Logs somebody in who has this role."""

    def as_role(role: Role) -> Visitor:
        member = Visitor(app)
        with box.database.write() as tx:
            staff.add_staff(
                tx, Asked(clock()), f"a-{role}", role, staff.hashed("demo-password", "scrypt:1024:8:1")
            )
        member.log_in(f"a-{role}", "demo-password")
        return member

    return as_role


def rows(page) -> dict[str, list[str]]:
    """The numbers in each part of the list."""
    return {
        part.get("data-part"): [one.get("data-concern") for one in part.findall(".//li[@data-concern]")]
        for part in page.with_attribute("data-part")
    }


def test_the_list_is_ordered_by_what_is_due_and_has_one_button_by_state(clerk, take_in, clock):
    take_in()
    take_in("idea")
    page = clerk.get("/concerns")
    assert rows(page) == {"tomorrow": ["S0001", "S0002"]}  # until then somebody has to take them on
    assert "签收：11月24日（周二）前" in page.words()
    for number in (1, 2):
        clerk.post(f"/concerns/{number}/accept")
    assert rows(clerk.get("/concerns")) == {"mine": ["S0001", "S0002"]}
    clock.forward(days=6, hours=20)  # the day before the first is due
    clerk.log_in("clerk1", "demo-clerk")
    assert rows(clerk.get("/concerns"))["today"] == ["S0001"]
    clock.forward(days=1)
    clerk.log_in("clerk1", "demo-clerk")
    page = clerk.get("/concerns")
    assert rows(page)["overdue"] == ["S0001"]
    page = clerk.get(clerk.post("/concerns/1/accept").headers["Location"])
    assert page.attribute("data-state") == "open"


def test_a_lead_sees_what_took_far_too_long_and_three_alike_and_makes_them_one(
    as_role, clerk, box, take_in, clock
):
    with box.database.write() as tx:
        place = concerns.add_place(tx, Asked(clock()), concerns.PlacePlan("东院"))
    for by in (2, 3, 4):
        take_in(by=by, place_id=place)
    assert not clerk.get("/concerns").with_attribute("data-alikes")
    clerk.post("/concerns/merge-alike", {"category": "lights", "place": place}, 403)
    lead = as_role(Role.SECRETARY)
    assert "S0001、S0002、S0003" in lead.get("/concerns").words()
    lead.post("/concerns/merge-alike", {"category": "lights", "place": place})
    page = lead.get("/concerns")
    assert "3件" in page.words()
    assert rows(page) == {"tomorrow": ["S0001"]}
    lead.post("/concerns/merge-alike", {"category": "lights", "place": place}, 409)
    clock.forward(days=16)
    lead.log_in("a-secretary", "demo-password")
    assert rows(lead.get("/concerns")) == {"long": ["S0001"]}
    assert "要通报的S0001" in as_role(Role.STREET).get("/concerns").words()


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


def test_of_each_part_the_first_thirty_are_shown(app, box, clock):
    with box.database.write() as tx:
        for number in range(35):
            said = concerns.Said("lights", f"many-{number}")
            taken = concerns.take_in(tx, box.centre, Asked(clock(), station=f"{number}"), said)
            concerns.accept(tx, box.centre, concerns.Hand(Asked(clock(), 3)), taken.id)
    clerk = Visitor(app)
    clerk.log_in("clerk1", "demo-clerk")
    page = clerk.get("/concerns")
    assert len(page.with_attribute("data-concern")) == 30
    assert "看全部35件" in page.words()
    assert len(clerk.get("/concerns?all=1").with_attribute("data-concern")) == 35
