import pytest

from tests.visitor import Visitor


@pytest.fixture
def admin(app):
    admin = Visitor(app)
    admin.log_in("admin", "demo-admin")
    return admin


def test_a_group_is_added_changed_moved_retired_and_brought_back(admin, visitor):
    admin.post("/admin/groups/new", {"name": "法律", "letter": "SQ", "icon": "scale"})
    assert "法律" in admin.get("/admin/groups").words()
    seen = admin.get("/admin/groups/g1").value("seen")
    form = {"name": "法律和调解", "letter": "SQ", "icon": "scale", "seen": seen}
    admin.post("/admin/groups/g1", form)
    page = admin.post("/admin/groups/g1", form | {"name": "调解"}, 409)
    assert "法律和调解" in page.words()
    visitor.take("N")
    assert admin.get("/admin/groups/home").attribute("data-waiting") == "1"
    admin.post("/admin/groups/arrange", {"up": "home"})
    words = visitor.get("/").words()
    assert words.index("住房和生活") < words.index("困难帮扶")
    assert "还有" in admin.post("/admin/groups/home/retire", status=409).words()
    admin.post("/admin/groups/g1/retire")
    admin.post("/admin/groups/g1/bring-back")


def frames_of(page):
    return [frame.get("srcdoc") for frame in page.all(".//iframe")]


def test_a_group_is_looked_at_before_it_is_saved_where_it_will_stand(admin, visitor):
    form = {"name": "住房和家", "letter": "", "icon": "house", "look": "1"}
    seen = admin.get("/admin/groups/home").value("seen")
    visitor.take("N")
    page = admin.post("/admin/groups/home", form | {"seen": seen}, 200)
    home, inside = frames_of(page)
    assert "住房和家" in home
    assert "住房和家" in inside
    assert "<script" not in home + inside
    assert page.all(".//img[@class='look__slip']")
    assert "现在有1人在等这一类的业务" in page.words()
    assert "住房和家" not in visitor.get("/").words()
    empty = admin.post("/admin/groups/new", form | {"name": "法律"}, 200)
    assert ["法律" in frame for frame in frames_of(empty)] == [True]
    assert "里面有了业务" in empty.words()
    assert "法律" not in admin.get("/admin/groups").words()


def test_what_is_wrong_with_a_group_is_told_at_its_field(admin):
    page = admin.post("/admin/groups/new", {"name": "😀", "letter": "9", "icon": "x"}, 400)
    assert {field.get("name") for field in page.all(".//*[@aria-invalid='true']")} == {"name", "letter"}
    page = admin.post("/admin/groups/new", {"name": " ", "letter": "A", "icon": "scale"}, 400)
    assert {field.get("name") for field in page.all(".//*[@aria-invalid='true']")} == {"name", "letter"}
    page = admin.post("/admin/groups/new", {"name": "法律", "letter": "A", "icon": "scale"}, 409)
    assert "字母A已经给“养老保险资格认证”用了" in page.words()
