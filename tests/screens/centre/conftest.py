"""An administrator, and what her pages hold."""

import pytest

from kiosk.changes.tables import office_change
from tests.visitor import Visitor


@pytest.fixture
def admin(app):
    admin = Visitor(app)
    admin.log_in("admin", "demo-admin")
    return admin


def fields(page):
    return {one.get("name"): one.get("value", "") for one in page.all(".//main//input") if one.get("name")}


def week(admin, **changed):
    """The week's form with Monday to Friday and a break at noon, sent."""
    form = fields(admin.get("/admin/opening/week"))
    for day in "12345":
        form |= {f"opens{day}_1": "08:30", f"closes{day}_1": "12:00"}
        form |= {f"opens{day}_2": "13:30", f"closes{day}_2": "17:30"}
    return form | changed


def by(page, attribute):
    """What the page says in each element with this attribute, by its value."""
    return {one.get(attribute): "".join(one.itertext()) for one in page.with_attribute(attribute)}


def noted(rows):
    return [(row["kind"], row["key"], row["verb"], row["staff_id"]) for row in rows(office_change)]
