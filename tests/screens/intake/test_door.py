"""Entries on a phone, at a door."""

from datetime import timedelta

from kiosk import concerns
from kiosk.figures import Span, ledgers
from kiosk.figures.ledgers import Ledger, Viewer, Wanted


def test_an_entry_at_a_door_is_sent_by_a_script_or_as_any_form_is(clerk):
    page = clerk.get("/s/door")
    form = {"tap": "a", "pick": "2", "source": "stairwell", "back": "/s/door"}
    assert page.value("back") == "/s/door"
    sent = clerk.client.post("/concerns/add", data=form, headers={**clerk.headers, "Linli-Sent": "1"})
    assert (sent.status_code, sent.headers["Linli-Go-To"]) == (204, "/s/door?taken=S0001")
    assert "S0001" in clerk.get("/s/door?taken=S0001").words()


def test_an_entry_says_when_it_was_written_and_its_promises_begin_when_it_is_taken_in(clerk, box, clock):
    told = (("93600", "door"), ("30", "door"), ("604801", "stairwell"), ("2147483647", "door"))
    for number, (kept, source) in enumerate((*told, ("93600", "desk"), ("", "door"))):
        clerk.post("/concerns/add", {"tap": f"t{number}", "pick": "2", "source": source, "kept_s": kept})
    for kept in ("-60", "99999999999", "a day"):
        clerk.post("/concerns/add", {"tap": f"x{kept}", "pick": "2", "source": "door", "kept_s": kept}, 400)
    with box.database.read() as tx:
        found = [concerns.concern_of(tx, box.centre, number, "zh") for number in range(1, 7)]
        span = Span(box.centre.day(clock()), box.centre.day(clock()))
        wanted = Wanted(Ledger.DIARY, span, Viewer("manager", 9, "主管甲"))
        sheet = ledgers.ledger_of(tx, box.centre, wanted, clock())
    assert [one.written_at for one in found] == [clock() - timedelta(hours=26), *[None] * 5]
    assert {one.taken_at for one in found} == {clock()}
    assert len({one.due for one in found}) == 1
    at = [title for title, _ in sheet.heads].index("日期")
    assert [row[at][-5:] for row in sheet.rows] == ["11-22", *["11-23"] * 4]
    assert "写的时候" in clerk.get("/concerns/1").words()
