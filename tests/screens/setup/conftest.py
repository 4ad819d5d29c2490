import pytest

from tests.visitor import Visitor


@pytest.fixture
def box(new_box):
    """A new centre, in the place of the furnished one."""
    return new_box


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    """A judged password takes half a second."""
    monkeypatch.setattr("kiosk.staff.passwords._is_common", lambda text, known: text.startswith("common"))


@pytest.fixture
def admin(app) -> Visitor:
    """Who has given the code and opened the first account."""
    admin = Visitor(app)
    admin.post("/setup/code", {"code": admin.get("/setup").value("code")})
    admin.post("/setup/admin", {"name": "admin", "password": admin.get("/setup").value("password")})
    return admin
