import pytest

from tests.visitor import Visitor


@pytest.fixture
def admin(app):
    admin = Visitor(app)
    admin.log_in("admin", "demo-admin")
    return admin


def test_a_reason_is_added_changed_moved_retired_and_taken_back(admin, visitor):
    admin.post("/admin/priorities", {"name": "孕妇", "head_start_min": "20"})
    assert "孕妇" in visitor.get("/services/A?step=priority").words()
    visitor.take("A", priority="p1")
    page = admin.get("/admin/priorities/p1")
    assert page.attribute("data-waiting") == "1"
    form = {"name": "孕产妇", "head_start_min": "30", "seen": page.value("seen")}
    admin.post("/admin/priorities/p1", form)
    assert "孕产妇" in admin.post("/admin/priorities/p1", form | {"name": "妈妈"}, 409).words()
    admin.post("/admin/priorities/arrange", {"up": "p1"})
    admin.post("/admin/priorities/p1/retire")
    assert "孕产妇" not in visitor.get("/services/A?step=priority").words()
    change = admin.get("/admin/priorities").value("change")
    admin.post("/admin/priorities/undo", {"change": change})
    admin.post("/admin/priorities/p1/retire")
    admin.post("/admin/priorities/p1/bring-back")
    assert "孕产妇" in visitor.get("/services/A?step=priority").words()


def test_a_reason_is_looked_at_before_it_is_saved(admin, visitor):
    look = {"name": "孕妇", "head_start_min": "20", "look": "1"}
    new = admin.post("/admin/priorities", look, 200)
    (page,) = (frame.get("srcdoc") for frame in new.all(".//iframe"))
    assert "孕妇" in page
    assert new.all(".//img[@class='look__slip']")
    assert "孕妇" not in visitor.get("/services/A?step=priority").words()
    admin.post("/admin/priorities", {"name": "孕妇", "head_start_min": "20"})
    seen = admin.get("/admin/priorities/p1").value("seen")
    again = admin.post("/admin/priorities/p1", look | {"name": "孕产妇", "seen": seen}, 200)
    assert "孕产妇" in again.all(".//iframe")[0].get("srcdoc")
    assert "孕产妇" not in visitor.get("/services/A?step=priority").words()
    assert admin.post("/admin/priorities", look | {"head_start_min": "999"}, 400).all(".//iframe") == []


def test_what_is_wrong_with_a_reason_is_told_at_its_field(admin):
    page = admin.post("/admin/priorities", {"name": "名" * 13, "head_start_min": "999"}, 400)
    faulty = {field.get("name") for field in page.all(".//*[@aria-invalid='true']")}
    assert faulty == {"name", "head_start_min"}
