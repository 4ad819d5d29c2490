"""Cards on paper: printed once, renewed for a lost one; and the record of service as a table."""

import io
from typing import Any

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from kiosk import people
from kiosk.asked import Asked
from kiosk.spool.tables import print_job
from printing.slips import unpack

BY = 7


@pytest.fixture
def tx(box, clock):
    with box.database.write() as tx:
        people.add_team(tx, Asked(clock(), BY), "理发队", people.TeamKind.TEAM, "")
        people.add_person(tx, Asked(clock(), BY), "王小明", "13800001234", [1])
        yield tx


def slips(tx):
    jobs = tx.execute(sa.select(print_job.c.kind, print_job.c.slip, print_job.c.subject)).all()
    assert {job.subject for job in jobs} <= {"person:1"}
    return [unpack(job.kind, job.slip) for job in jobs]


def test_a_card_is_printed_once_for_two_taps_with_the_name_and_never_the_phone(tx, box, clock):
    assert people.print_card(tx, box.centre, 1, "zh", clock())
    assert people.print_card(tx, box.centre, 1, "zh", clock())
    (slip,) = slips(tx)
    assert (slip.name, slip.teams, slip.is_renewed) == ("王小明", ("理发队",), False)
    assert people.person_by_card(tx, box.centre, slip.qr).id == 1
    assert "13800001234" not in repr(slip)
    clock.forward(seconds=60)
    people.print_card(tx, box.centre, 1, "zh", clock())
    assert len(slips(tx)) == 2


def test_a_renewed_card_says_so_and_the_older_one_is_revoked_once(tx, box, clock):
    people.print_card(tx, box.centre, 1, "zh", clock())
    people.renew_card(tx, box.centre, Asked(clock(), BY), 1, 0)
    old, new = slips(tx)
    assert new.is_renewed
    assert people.person_by_card(tx, box.centre, new.qr).card_revision == 1
    with pytest.raises(people.CardRevoked):
        people.person_by_card(tx, box.centre, old.qr)
    with pytest.raises(people.CardRenewedMeanwhile):
        people.renew_card(tx, box.centre, Asked(clock(), BY), 1, 0)
    assert len(slips(tx)) == 2
    assert [change.verb for change in people.history_of(tx, 1)] == ["renew", "join", "add"]


def test_who_has_left_gets_no_card(tx, box, clock):
    people.leave(tx, Asked(clock(), BY), 1)
    with pytest.raises(people.PersonLeft):
        people.print_card(tx, box.centre, 1, "zh", clock())
    with pytest.raises(people.PersonLeft):
        people.renew_card(tx, box.centre, Asked(clock(), BY), 1, 0)
    assert slips(tx) == []


def test_a_sheet_carries_the_newest_codes(tx, box, clock):
    people.renew_card(tx, box.centre, Asked(clock(), BY), 1, 0)
    sheet = people.card_sheet(tx, box.centre, people.people_of_team(tx, 1), "zh", clock())
    (card,) = sheet.cards
    assert (card.name, card.teams, sheet.made_on) == ("王小明", ("理发队",), "2026-11-23")
    assert people.person_by_card(tx, box.centre, card.qr).id == 1


def test_a_print_job_of_another_kind_is_nobodys_card():
    assert people.person_in(people.person_subject(12)) == 12
    assert people.person_in("ticket:12") is people.person_in("person:") is None


def test_the_record_has_the_national_columns_and_its_minutes_add_up():
    records = [
        people.ServiceRecord(
            "王某", "便民生活日", "2026-11-23", "09:00", "10:40", 100, "理发", "一楼", "理发队"
        ),
        people.ServiceRecord(
            "=cmd|' /C calc'!A0", "@SUM(1)", "2026-11-23", "", "", 30, note="-1", recorded_by="+x"
        ),
    ]
    book: Any = load_workbook(io.BytesIO(people.record_workbook(records)))
    heading, first, second = book["志愿服务记录"].iter_rows(values_only=True)
    assert heading[:6] == ("序号", "姓名", "证件类型", "证件号码", "服务项目", "服务日期")
    assert first[2:4] == (None, None)
    told = dict(zip(heading, first, strict=True))
    assert (told["服务时长（小时）"], told["服务时长（分钟）"]) == (1.67, 100)
    assert (told["开始时间"].isoformat(), told["组织/服务队"]) == ("09:00:00", "理发队")
    assert [cell for cell in second if isinstance(cell, str) and cell[:1] in "=+-@"] == []
    kinds = {cell.data_type for row in book["志愿服务记录"].iter_rows() for cell in row}
    assert kinds <= {"s", "inlineStr", "n", "d"}
