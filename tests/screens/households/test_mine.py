"""我的网格: for its worker alone, on one page that says who printed it, and in no file."""

import pytest

from kiosk import staff
from kiosk.asked import Asked
from kiosk.households.tables import household_change
from kiosk.staff import Role
from tests.every_address import every_address
from tests.households.test_households import Round
from tests.visitor import Visitor

DOOR = "喜鹊302"


@pytest.fixture
def rounds(box, clock) -> Round:
    return Round(box, clock)


@pytest.fixture
def log_in(app):
    def log_in(name) -> Visitor:
        member = Visitor(app)
        member.log_in(name, "demo-password")
        return member

    return log_in


def test_a_grid_worker_notes_prints_and_removes(rounds, log_in, rows):
    worker = log_in("wg1")
    form = {"place": rounds.places[0], "door": DOOR, "colour": rounds.red, "consent": "1"}
    page = worker.post("/households", form | {"consent": ""}, 400)
    assert "要住户自己同意" in page.words()
    worker.post("/households", form | {"door": ""}, 400)
    worker.post("/households", form | {"place": rounds.places[1]}, 404)
    assert "明年这时候再问一次" in worker.get(worker.post("/households", form).headers["Location"]).words()
    page = worker.post("/households/print", {}, 200)
    assert "wg1于2026-11-23 09:00打印" in page.words()
    assert DOOR in page.words()
    assert page.with_attribute("data-printed")
    assert [row["what"] for row in rows(household_change)] == ["set", "print"]
    worker.post("/households/1/clear")
    assert DOOR not in worker.get("/households").words()


WITH_FILES = ("wg1", "a-manager")
"""Whose files are made: a file is the same for everybody who may have it, and takes a second."""


def test_nobody_else_sees_a_household_on_any_page_or_in_any_file(rounds, log_in, app, box, clock):
    rounds.note(DOOR)
    kept = staff.hashed("demo-password", "scrypt:128:8:1")
    with box.database.write() as tx:
        for role in Role:
            staff.add_staff(tx, Asked(clock()), f"a-{role}", role, kept)
    seen = []
    for name in ("wg1", "wg2", *(f"a-{role}" for role in Role)):
        member = log_in(name)
        for _, address in every_address("GET"):
            if "log-out" in address or ("." in address and name not in WITH_FILES):
                continue
            answer = member.client.get(address)
            if DOOR.encode() in answer.data:
                seen.append((name, address, answer.mimetype))
    assert seen == [("wg1", "/households", "text/html")]
    for name in ("a-admin", "a-secretary", "a-manager", "a-grid"):
        log_in(name).post("/households/1/clear", status=404 if name == "a-grid" else 403)
