"""我的网格: for its worker alone, on one page that says who printed it, and in no file."""

from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest

from kiosk import staff
from kiosk.asked import Asked
from kiosk.households.tables import household_change
from kiosk.staff import Role
from tests.engines import on_a_file
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


@pytest.fixture
def noted(rounds, box, clock):
    """A household in the grid of wg1, and somebody of every role."""
    rounds.note(DOOR)
    kept = staff.hashed("demo-password", "scrypt:128:8:1")
    with box.database.write() as tx:
        for role in Role:
            staff.add_staff(tx, Asked(clock()), f"a-{role}", role, kept)


PAGES = [address for _, address in every_address("GET") if "." not in address and "log-out" not in address]
FILES = [address for _, address in every_address("GET") if "." in address]


@pytest.mark.long
def test_nobody_else_sees_a_household_on_any_page(noted, log_in):
    seen = []
    for name in ("wg1", "wg2", *(f"a-{role}" for role in Role)):
        member = log_in(name)
        seen += [(name, address) for address in PAGES if DOOR.encode() in member.client.get(address).data]
    assert seen == [("wg1", "/households")]
    for name in ("a-admin", "a-secretary", "a-manager", "a-grid"):
        log_in(name).post("/households/1/clear", status=404 if name == "a-grid" else 403)


def said_in(data: bytes) -> str:
    """What a file says: a workbook and a paper are unpacked."""
    if data.startswith(b"%PDF"):
        return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data))
    if data.startswith(b"PK"):
        with ZipFile(BytesIO(data)) as parts:
            data = b"".join(parts.read(name) for name in parts.namelist())
    return data.decode()


@on_a_file  # a file is made of the same rows on both databases, and a paper takes a second
@pytest.mark.long
def test_no_file_has_a_household_in_it(noted, log_in):
    """Made for two: a file is the same for everybody who may have it."""
    said: dict[tuple[str, str], str] = {}
    for name in ("wg1", "a-manager"):
        answers = {address: log_in(name).client.get(address) for address in FILES}
        said |= {
            (name, address): said_in(answer.data)
            for address, answer in answers.items()
            if answer.status_code == 200
        }
    assert len(said) > 10
    assert [of for of, text in said.items() if DOOR in text or not text] == []
    assert "台账" in said["a-manager", "/figures/ledgers/concerns.pdf"]
    assert "登记" in said["a-manager", "/figures/ledgers/concerns.xlsx"]
