"""The page of ledgers: papers and workbooks, and whole numbers only with a reason that each concern keeps."""

import pytest
import sqlalchemy as sa

from kiosk import concerns, staff
from kiosk.asked import Asked
from kiosk.concerns import Contact, Said, Source
from kiosk.concerns.tables import concern_change
from kiosk.screens.web.downloads import XLSX
from kiosk.spreadsheets import read_tables

PHONE = "13800001234"


@pytest.fixture
def taken(box, clock):
    """Two concerns, one of whom left a number; the id of this one."""
    with box.database.write() as tx:
        contact = Contact("王", PHONE, "1234")
        one = concerns.take_in(
            tx, box.centre, Asked(clock(), 2), Said("lights", "t1", Source.DESK, contact=contact)
        )
        concerns.take_in(tx, box.centre, Asked(clock(), 2), Said("lights", "t2", Source.DESK))
    return one.id


def looks(box):
    with box.database.read() as tx:
        mine = concern_change.c.verb == "look"
        return [(row.concern_id, row.note) for row in tx.execute(sa.select(concern_change).where(mine))]


@pytest.mark.long
def test_every_ledger_is_a_paper_and_a_workbook_of_masked_numbers(taken, as_role, box):
    manager = as_role(staff.Role.MANAGER)
    page = manager.get("/figures/ledgers?from=2026-11-01&to=2026-11-30")
    names = [one.get("data-ledger") for one in page.with_attribute("data-ledger")]
    assert len(names) == 10
    for name in names:
        made = manager.client.get(f"/figures/ledgers/{name}.xlsx?from=2026-11-01&to=2026-11-30")
        assert (made.status_code, made.mimetype) == (200, XLSX)
        if name == "concerns":
            (table,) = read_tables(made.data)
            assert "****1234" in table.rows[1]
    paper = manager.client.get("/figures/ledgers/concerns.pdf?from=2026-11-01&to=2026-11-30")
    assert paper.data.startswith(b"%PDF-")
    assert looks(box) == []


def test_whole_numbers_are_given_with_a_reason_that_the_concern_keeps(taken, as_role, box):
    manager = as_role(staff.Role.MANAGER)
    form = {"from": "2026-11-01", "to": "2026-11-30", "ledger": "concerns", "kind": "xlsx"}
    for reason in ("", "要", "说" * 101):
        assert "为什么" in manager.post("/figures/ledgers/whole", form | {"reason": reason}, 400).words()
    assert looks(box) == []
    made = manager.client.post(
        "/figures/ledgers/whole", data=form | {"reason": "月底逐个回访"}, headers=manager.headers
    )
    (table,) = read_tables(made.data)
    assert PHONE in table.rows[1]
    assert looks(box) == [(taken, "诉求登记台账：月底逐个回访")]
    assert "月底逐个回访" in manager.get(f"/concerns/{taken}").words()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/figures/ledgers?from=x&to=y", 400),
        ("/figures/ledgers/nothing.pdf", 404),
        ("/figures/ledgers/concerns.pdf?from=2026-12-01&to=2026-11-01", 400),
    ],
)
def test_what_cannot_be_made_is_a_sentence(as_role, address, status):
    as_role(staff.Role.MANAGER).get(address, status)


def test_who_looks_on_has_no_ledgers(as_role):
    as_role(staff.Role.VIEWER).get("/figures/ledgers", 403)
