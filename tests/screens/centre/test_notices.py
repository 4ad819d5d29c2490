import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from kiosk import changes, notices
from kiosk.asked import Asked
from kiosk.spool.tables import print_job
from tests.visitor import Visitor

WORDS = "养老保险资格认证开始了，请在六月底前来办"


@pytest.fixture
def manager(app):
    """An administrator at the page of notices."""
    manager = Visitor(app)
    manager.log_in("admin", "demo-admin")
    return manager


@pytest.fixture
def form(manager):
    """What the empty form holds, with words and every place."""
    page = manager.get("/admin/notices/new")
    names = ("from_on", "from_time", "until_on", "until_time")
    return {name: page.value(name) for name in names} | {
        "zh": WORDS,
        "en": "",
        "service": "",
        "places": ["station", "board", "slip", "phone"],
    }


@pytest.fixture
def put_up(box, clock):
    """Puts a notice up beside the form."""

    def put_up(words, places=notices.Place, until=timedelta(days=1), **more):
        plan = notices.NoticePlan(words, "", clock(), clock() + until, frozenset(places), **more)
        with box.database.write() as tx:
            return notices.add_notice(tx, Asked(clock(), 1), plan)

    return put_up


def told(page):
    return ["".join(one.itertext()).strip() for one in page.with_attribute("data-notice")]


def newest_slip(box):
    with box.database.read() as tx:
        return tx.execute(sa.select(print_job.c.slip).order_by(print_job.c.id.desc())).scalars().first()


def test_a_notice_is_looked_at_and_then_stands_on_station_board_slip_and_phone(
    manager, form, visitor, box, clock
):
    home, board = visitor.get("/").attribute("hx-get"), visitor.get("/board").attribute("hx-get")
    token = re.findall(r"/tickets/([0-9]{24})", visitor.take().text)[0]
    board = visitor.get(board).attribute("hx-get")
    phone = visitor.get(f"/t/{token}").attribute("hx-get")
    look = manager.post("/admin/notices/new", form | {"look": "1"}, 200)
    assert "现在有1人拿着号" in look.words()
    assert look.words().count(WORDS) == 3
    (slip,) = look.all(".//img[@class='look__picture']")
    assert WORDS in slip.get("alt")
    assert manager.client.get(slip.get("src")).data.startswith(b"\x89PNG")
    manager.get("/admin/notices/slip/nothing.png", 404)
    visitor.get(home, 204)
    manager.post("/admin/notices/new", form)
    assert told(visitor.get(home)) == told(visitor.get(board)) == [WORDS]
    assert told(visitor.get(phone, **{"HX-Request": "true"})) == [WORDS]
    clock.forward(minutes=1)
    visitor.take()
    assert WORDS in newest_slip(box)
    clock.forward(days=8)
    assert told(visitor.get("/")) == told(visitor.get("/board")) == []


def test_a_board_that_polls_shows_a_notice_when_its_time_comes_and_only_then(visitor, put_up, box, clock):
    put_up("早", ("board",), timedelta(minutes=2))
    shown = visitor.get("/board")
    assert told(shown) == ["早"]
    visitor.get(shown.attribute("hx-get"), 204)
    clock.forward(minutes=2)
    gone = visitor.get(shown.attribute("hx-get"))
    assert told(gone) == []
    visitor.get(gone.attribute("hx-get"), 204)


def test_several_notices_take_turns_on_the_board_a_minute_each_and_the_station_stays_with_the_first(
    visitor, put_up, clock
):
    for words in "一二":
        put_up(words)
    seen = []
    for _ in range(3):
        (board,) = told(visitor.get("/board"))
        seen.append(board)
        assert told(visitor.get("/")) == ["一"]
        clock.forward(minutes=1)
    assert set(seen) == {"一", "二"}
    assert seen[0] == seen[2]


def test_a_notice_for_one_service_stands_on_its_page_and_on_no_other(visitor, put_up):
    put_up("只给办认证的人", service="A")
    assert told(visitor.get("/board")) == ["只给办认证的人"]
    assert told(visitor.get("/services/A")) == ["只给办认证的人"]
    assert told(visitor.get("/services/B")) == told(visitor.get("/")) == []


def test_a_notice_is_read_aloud_where_somebody_has_recorded_it_and_else_the_office_says_so(
    manager, form, visitor, put_up
):
    look = manager.post("/admin/notices/new", form | {"look": "1", "is_spoken": "1"}, 200)
    assert "这句话还没有录音" in look.words()
    put_up("这一周还没有安排活动。", is_spoken=True)
    assert visitor.get("/").all(".//body")[0].get("data-say") == "home no_events"


def test_all_that_is_wrong_is_said_at_its_field_and_what_was_typed_stays(manager, form, box):
    wrong = {"zh": " \u3000 ", "en": "y" * 101, "until_on": "20261301", "from_time": "25:00", "places": []}
    page = manager.post("/admin/notices/new", form | wrong | {"service": "nothing"}, 400)
    assert {one.get("id") for one in page.all(".//*[@class='fault']")} == {
        "zh-fault", "en-fault", "until_on-fault", "from_time-fault", "places-fault", "service-fault",
    }  # fmt: skip
    assert page.value("en") == "y" * 101
    for years in ("0001-01-01", "9999-12-31"):
        manager.post("/admin/notices/new", form | {"from_on": years, "until_on": years}, 400)
    with box.database.read() as tx:
        assert notices.notices_standing(tx, box.now()) == ()


def test_of_two_who_edit_the_same_notice_the_second_is_told_what_the_first_has_changed(
    manager, form, put_up, box
):
    made = put_up(WORDS)
    seen = manager.get(f"/admin/notices/{made}").value("seen")
    manager.post(f"/admin/notices/{made}", form | {"zh": "第一个人改的", "seen": seen})
    late = manager.post(f"/admin/notices/{made}", form | {"zh": "第二个人改的", "seen": seen}, 409)
    assert "第一个人改的" in late.words()
    assert late.value("zh") == "第二个人改的"
    manager.post(f"/admin/notices/{made}", form | {"zh": "第二个人改的", "seen": late.value("seen")})
    page = manager.get(f"/admin/notices/{made}")
    assert page.value("zh") == "第二个人改的"
    manager.post("/admin/notices/undo", {"change": page.value("change")})
    with box.database.read() as tx:
        assert notices.notice_of(tx, made).plan.zh == "第一个人改的"


def test_a_notice_is_taken_down_and_shown_again_and_moved_with_one_press_each(
    manager, visitor, put_up, clock
):
    first, second = put_up("一"), put_up("二")
    manager.post(f"/admin/notices/{second}/move", {"way": "up"})
    assert told(visitor.get("/")) == ["二"]
    manager.post("/admin/notices/undo", {"change": manager.get("/admin/notices").value("change")})
    assert told(visitor.get("/")) == ["一"]
    manager.post(f"/admin/notices/{first}/end")
    assert told(visitor.get("/")) == ["二"]
    manager.post(f"/admin/notices/{first}/end", status=409)
    manager.post(f"/admin/notices/{first}/show")
    assert told(visitor.get("/")) == ["一"]
    assert [one.get("data-notice") for one in manager.get("/admin/notices").all(".//li[@data-stand]")] == [
        str(first),
        str(second),
    ]


def test_nobody_undoes_another_rooms_change_here(manager, box, clock):
    with box.database.write() as tx:
        other = changes.note(tx, Asked(clock(), 1), changes.Noted("card", "1", "x", "edit", None, {}))
    manager.post("/admin/notices/undo", {"change": str(other)}, 400)
