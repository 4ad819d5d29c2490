import pytest

from kiosk import services
from tests.visitor import Visitor


@pytest.fixture
def admin(app):
    admin = Visitor(app)
    admin.log_in("admin", "demo-admin")
    return admin


def ticks(page):
    return [one.get("value") for one in page.all(".//input[@name='tick'][@checked]")]


def served(box, number):
    with box.database.read() as tx:
        return services.listed_counter(tx, number).codes


def test_ticks_are_filled_by_buttons_saved_and_taken_back_without_a_script(admin, box):
    page = admin.get("/admin/counters?group=papers")
    seen = page.value("seen")
    assert "3-E" not in ticks(page)
    page = admin.post(
        "/admin/counters?group=papers", {"seen": seen, "tick": ticks(page), "fill": "column:3"}, 200
    )
    assert "还没有保存" in page.words()
    assert "E" not in served(box, 3)
    admin.post("/admin/counters?group=papers", {"seen": seen, "tick": ticks(page)})
    assert set("ABCDEFGHJKLMN") == set(served(box, 3))
    assert set("ABCDJKLMN") == set(served(box, 4))

    late = admin.post("/admin/counters?group=papers", {"seen": seen, "tick": []}, 409)
    assert "别人改过" in late.words()
    change = admin.get("/admin/counters").value("change")
    admin.post("/admin/counters/undo", {"change": change})
    assert set("ABCDJKLMN") == set(served(box, 3))


def test_who_is_left_without_a_window_is_named(admin, visitor):
    visitor.take("N")
    seen = admin.get("/admin/counters?group=home").value("seen")
    admin.post("/admin/counters?group=home", {"seen": seen, "tick": ["1-L", "1-M"]})
    assert "有人在等：物业和公共晾衣区" in admin.get("/admin/counters").words()


def test_a_row_is_given_to_every_counter(admin):
    page = admin.post("/admin/counters?group=papers", {"seen": "0", "fill": "row:G"}, 200)
    assert ticks(page) == ["1-G", "2-G", "3-G", "4-G"]


def test_a_counter_is_added_retired_and_brought_back(admin, box, clerk):
    admin.post("/admin/counters/add", {"number": "7", "like": "3"})
    assert served(box, 7) == served(box, 3)
    assert "7号窗口已经有了" in admin.post("/admin/counters/add", {"number": "7"}, 409).words()
    assert "这个数太大或太小了" in admin.post("/admin/counters/add", {"number": "100"}, 400).words()
    admin.post("/admin/counters/1/retire", status=409)  # a clerk sits there
    admin.post("/admin/counters/7/retire")
    clerk.post("/counter/7/open", status=404)
    admin.post("/admin/counters/7/bring-back")
    clerk.post("/counter/7/open")
