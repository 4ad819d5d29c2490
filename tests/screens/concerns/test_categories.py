"""The pictures, promises and places of 我要说, as the office sets them."""

import pytest

from tests.visitor import Visitor

OWN = {
    "name": "充电桩", "name_en": "Chargers", "icon": "zap", "kind": "complaint", "length": "3",
    "unit": "workday", "owner_id": "",
}  # fmt: skip


@pytest.fixture
def admin(app):
    admin = Visitor(app)
    admin.log_in("admin", "demo-admin")
    return admin


def tiles(visitor, page=1) -> str:
    return visitor.get(f"/concerns/new?page={page}").words()


def test_a_category_is_added_changed_moved_and_retired_and_the_station_follows(admin, visitor):
    admin.post("/admin/concerns/new", OWN)
    assert "充电桩" in tiles(visitor)
    admin.post("/admin/concerns/category/own1", OWN | {"name": "充电"})
    assert "充电桩" not in tiles(visitor)
    for _ in range(9):
        admin.post("/admin/concerns/category/own1/move", {"way": "up"})
    assert "充电" in tiles(visitor, 0)
    admin.post("/admin/concerns/category/own1/retire")
    assert "充电" not in tiles(visitor, 0).replace("停车和充电", "")
    visitor.get("/concerns/new?category=own1", 404)
    admin.post("/admin/concerns/category/own1/bring-back")
    assert "充电" in tiles(visitor, 0)


@pytest.mark.parametrize("wrong", [{"name": ""}, {"length": "0"}, {"icon": "nothing"}, {"owner_id": "999"}])
def test_what_cannot_be_is_shown_with_why(admin, wrong):
    page = admin.post("/admin/concerns/new", OWN | wrong, 400)
    assert page.with_attribute("aria-invalid") or "fault" in page.text


def test_places_are_compounds_and_their_buildings(admin, visitor):
    visitor.get("/concerns/new?category=lights")
    admin.post("/admin/concerns/places", {"name": "一号院", "name_en": "", "parent_id": ""})
    admin.post("/admin/concerns/places", {"name": "3号楼", "name_en": "", "parent_id": "1"})
    admin.post("/admin/concerns/places", {"name": "里面", "name_en": "", "parent_id": "2"}, 404)
    assert "3号楼" in visitor.get("/concerns/new?category=lights").words()
    admin.post("/admin/concerns/places/2/retire")
    assert "3号楼" not in visitor.get("/concerns/new?category=lights").words()
    admin.post("/admin/concerns/places/2/bring-back")
    assert "3号楼" in visitor.get("/concerns/new?category=lights").words()


def test_a_new_centre_has_categories_to_begin_with(new_box):
    from kiosk import concerns

    with new_box.database.read() as tx:
        assert len(concerns.categories(tx, "zh")) == 10
