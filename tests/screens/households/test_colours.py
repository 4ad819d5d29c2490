"""The colours as the centre names them."""

import pytest

from tests.visitor import Visitor


@pytest.fixture
def admin(app) -> Visitor:
    admin = Visitor(app)
    admin.log_in("admin", "demo-admin")
    return admin


def test_colours_are_named_changed_retired_and_brought_back(admin):
    red = {"name": "红色户", "meaning": "每天看一次", "swatch": "red"}
    for wrong in ({"name": ""}, {"name": "户" * 17}, {"meaning": "户" * 41}, {"swatch": "pink"}):
        admin.post("/admin/colours", red | wrong, 400)
    admin.post("/admin/colours", red)
    admin.post("/admin/colours/1", red | {"meaning": "每周看一次"})
    admin.post("/admin/colours/1", red | {"name": ""}, 400)
    admin.post("/admin/colours/9", red, 404)
    (kept,) = admin.get("/admin/colours").all(".//input[@id='meaning-1']")
    assert kept.get("value") == "每周看一次"
    admin.post("/admin/colours/1/retire")
    assert not admin.get("/admin/colours").all(".//input[@id='meaning-1']")
    admin.post("/admin/colours/1/bring-back")
    for number in range(6):
        admin.post("/admin/colours", red | {"name": f"色{number}"})
    admin.post("/admin/colours", red, 409)
    admin.get("/households", 403)
