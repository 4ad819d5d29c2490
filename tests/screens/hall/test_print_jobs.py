"""What staff see of printing, and what their buttons do."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from msgspec import structs

from kiosk import cards, spool
from kiosk.app import create_app
from kiosk.asked import Asked
from kiosk.spool.tables import paper_roll, print_job
from printing.printer_process import Printed, Setup
from printing.printers import Outcome
from tests.visitor import Visitor

UNANSWERED = Printed(Outcome("unconfirmed", 900, "no answer"), 90)
PRINTED = Printed(Outcome("printed", 900), 90)


@pytest.fixture
def feed(box, clock):
    return spool.Feed(box.database, clock, box.settings)


@pytest.fixture
def end(feed):
    """Let the worker end the next job so."""

    def end(pressed):
        job = feed.claim()
        feed.report(job.id, pressed)
        return job

    return end


def jobs(page):
    return [(e.get("data-job"), e.get("data-status")) for e in page.with_attribute("data-job")]


def again(page):
    form = page.all(".//form[@action='/printers/jobs/1/again']")[0]
    return {field.get("name"): field.get("value") for field in form.iter("input")}


def test_strangers_are_sent_to_the_log_in(visitor):
    for address in ("/printers", "/printers/now", "/printers/alert", "/admin/printer"):
        assert "/log-in" in visitor.get(address, 303).headers["Location"]
    for action in ("roll", "trial", "jobs/1/again", "jobs/1/cancel", "jobs/1/told"):
        assert "/log-in" in visitor.post(f"/printers/{action}", {"after": "0"}).headers["Location"]


def test_the_desk_may_look_after_the_printer_and_not_set_it_up(app):
    desk = Visitor(app)
    desk.log_in("desk", "demo-desk")
    assert "打印机设置" not in desk.get("/printers").words()
    desk.post("/printers/roll")
    desk.get("/admin/printer", 403)


@pytest.mark.parametrize("state", spool.PrinterState)
def test_every_state_of_the_printer_has_words_and_what_to_do(clerk, feed, state):
    feed.note_status(Setup("file:", 576), state)
    page = clerk.get("/printers")
    assert page.attribute("data-printer-state") == state
    assert ("请" in page.words()) is (state != "ready")


def test_a_clerk_hears_of_a_missing_slip_on_her_own_page(visitor, clerk, end):
    visitor.take("A")
    assert "没打出来" not in clerk.get("/counter/1").words()
    end(UNANSWERED)
    sentence = "A001的小票没打出来，请告诉他号码或补打。"
    for address in ("/counter/1", "/hall", "/printers"):
        assert sentence in clerk.get(address).words(), address


def test_the_alert_is_news_only_when_it_changes(visitor, clerk, end, clock):
    quiet = clerk.get("/printers/alert")
    assert quiet.words() == ""
    address = f"/printers/alert?v={quiet.attribute('data-alert')}"
    clerk.get(address, 204)
    visitor.take("A")
    end(UNANSWERED)
    assert "A001" in clerk.get(address).words()
    clock.forward(minutes=11)
    clerk.get(address, 204)


def test_a_dead_printer_is_told_while_slips_wait_without_flicker(visitor, clerk, feed, end, clock):
    visitor.take("A")
    end(Printed(Outcome("failed", 0, "refused"), 90))
    feed.note_status(Setup("file:", 576), "offline")
    told = clerk.get("/printers/alert")
    assert "连不上打印机" in told.words()
    assert "A001的小票还没打出来，请先告诉他号码。" in told.words()
    address = f"/printers/alert?v={told.attribute('data-alert')}"
    for _ in range(3):
        clock.forward(seconds=4)
        job = feed.claim()
        clerk.get(address, 204)
        feed.report(job.id, Printed(Outcome("failed", 0, "refused"), 90))
        clerk.get(address, 204)


def test_printing_again_gives_a_slip_with_a_new_code_and_the_old_one_says_so(visitor, clerk, end):
    visitor.take("A")
    job = end(UNANSWERED)
    form = again(clerk.get("/printers"))
    clerk.post("/printers/jobs/1/again", form)
    new = end(PRINTED)
    assert '"reprint":true' in new.slip
    codes = [slip.split('"qr":"')[1].split('"')[0] for slip in (job.slip, new.slip)]
    assert codes[0] != codes[1]
    assert "补打" in visitor.get(f"/tickets/{codes[0]}", 404).words()
    assert visitor.get(f"/tickets/{codes[1]}").attribute("data-number") == "A001"


def test_a_second_press_of_again_is_refused_and_prints_nothing(visitor, clerk, end):
    visitor.take("A")
    end(UNANSWERED)
    form = again(clerk.get("/printers"))
    clerk.post("/printers/jobs/1/again", form)
    assert "没有重复打印" in clerk.post("/printers/jobs/1/again", form, 409).words()
    assert len(jobs(clerk.get("/printers"))) == 2


def test_a_slip_that_was_printed_again_five_times_is_left_to_a_person(visitor, clerk, rows):
    visitor.take("A")
    for revision in range(5):
        clerk.post("/hall/tickets/1/reprint", {"revision": str(revision)})
    page = clerk.post("/hall/tickets/1/reprint", {"revision": "5"}, 409)
    assert "A001已经补打过5次" in page.words()
    assert len(rows(print_job)) == 6


def test_what_is_no_ticket_is_printed_again_ten_times_a_day(box, clock, end):
    with box.database.write() as tx:
        cards.print_card(tx, box.centre, Asked(clock()), 1, "tap")

    def again():
        end(UNANSWERED)
        with box.database.write() as tx:
            job = spool.recent_jobs(tx, box.settings, clock())[0]
            spool.note_again(tx, Asked(clock(), 1), job.id, job.steps)
            spool.print_again(tx, job.id, clock(), box.settings)

    for _ in range(10):
        again()
    with pytest.raises(spool.PrintedOften):
        again()
    clock.forward(days=1)
    with box.database.write() as tx:
        spool.print_again(tx, 1, clock(), box.settings)
    again()


def test_a_ticket_that_is_over_is_not_printed_again(visitor, clerk, end):
    visitor.take("A")
    end(UNANSWERED)
    form = again(clerk.get("/printers"))
    for verb in ("call-next", "start", "finish"):
        clerk.post(f"/counter/1/{verb}")
    clerk.post("/printers/jobs/1/again", form, 409)
    assert jobs(clerk.get("/printers")) == [("1", "unconfirmed")]


def test_whoever_fetches_papers_gets_that_slip_again(visitor, clerk, end):
    visitor.take("A")
    end(PRINTED)
    for verb, fields in (("call-next", {}), ("start", {}), ("hold", {"kind": "fetch", "lacks": "户口本"})):
        clerk.post(f"/counter/1/{verb}", fields)
    end(UNANSWERED)
    page = clerk.get("/printers")
    form = page.all(".//form[@action='/printers/jobs/2/again']")[0]
    clerk.post("/printers/jobs/2/again", {f.get("name"): f.get("value") for f in form.iter("input")})
    slip = end(PRINTED)
    assert slip.kind == "come_back"
    assert '"reprint":true' in slip.slip
    assert "户口本" in slip.slip


def test_a_card_is_printed_again_in_the_language_it_had(visitor, clerk, end):
    visitor.post("/language", {"lang": "en", "back": "/"})
    visitor.post("/cards/1/print", {"tap": "x"})
    first = end(UNANSWERED)
    clerk.post("/printers/jobs/1/again", again(clerk.get("/printers")))
    assert end(PRINTED).slip == first.slip
    assert '"lang":"en"' in first.slip


def test_a_waiting_slip_is_cancelled_and_a_sending_one_is_not(visitor, clerk, feed):
    visitor.take("A")
    clerk.post("/printers/jobs/1/cancel")
    assert jobs(clerk.get("/printers")) == [("1", "cancelled")]
    assert feed.claim() is None
    visitor.take("B")
    feed.claim()
    assert "不能取消" in clerk.post("/printers/jobs/2/cancel", status=409).words()
    clerk.post("/printers/jobs/99/cancel", status=404)


def test_once_she_told_him_the_alert_is_gone(visitor, clerk, end):
    visitor.take("A")
    end(UNANSWERED)
    clerk.post("/printers/jobs/1/told")
    assert "没打出来" not in clerk.get("/hall").words()
    assert jobs(clerk.get("/printers")) == [("1", "unconfirmed")]


def test_a_new_roll_is_noted_with_who_put_it_in(clerk, visitor, end, box):
    visitor.take("A")
    end(PRINTED)
    assert clerk.get("/printers").attribute("data-left-mm") == "29910"
    clerk.post("/printers/roll")
    assert clerk.get("/printers").attribute("data-left-mm") == "30000"
    with box.database.read() as tx:
        assert tx.execute(sa.select(paper_roll.c.staff_id)).scalars().all() == [2]


def test_a_test_page_is_printed_on_the_printer_in_use(clerk, feed):
    clerk.post("/printers/trial")
    job = feed.claim()
    assert (job.kind, job.setup.url) == ("trial", "file:")


def test_the_page_is_news_only_when_it_shows_something_else(visitor, clerk):
    address = f"/printers/now?v={clerk.get('/printers').attribute('data-v')}"
    clerk.get(address, 204)
    visitor.take("A")
    assert jobs(clerk.get(address)) == [("1", "queued")]
    clerk.get("/printers/now?v=x", 400)
    clerk.post("/printers/jobs/1/again", {"after": "x"}, 400)


def test_english_pages_have_no_chinese_left(clerk, visitor, end, feed):
    visitor.post("/language", {"lang": "en", "back": "/"})
    visitor.take("A")
    end(UNANSWERED)
    feed.note_status(Setup("file:", 576), "paper_out")
    clerk.post("/language", {"lang": "en", "back": "/printers"})
    found = [sign for sign in clerk.get("/printers").words() if "\u4e00" <= sign <= "\u9fff"]
    assert "".join(found) == "中文"


def test_health_tells_how_the_printer_is(visitor, feed, clock):
    def told():
        return visitor.client.get("/healthz").json["printers"]["hall"]

    assert told()["state"] == "unknown"
    feed.note_status(Setup("file:", 576), "cover_open")
    assert told() == {
        "kind": "file",
        "state": "cover_open",
        "since": "2026-11-23T01:00:00+00:00",
        "paper_left_mm": 30000,
    }


@pytest.fixture
def strict(box, compiled):
    """A station that gives no number without a slip."""
    settings = replace(box.settings, when_not_printing="stop")
    return create_app(replace(box, begun=structs.replace(box.centre, settings=settings)))


def test_where_the_centre_wants_it_so_a_dead_printer_stops_the_station_and_staff_still_give_numbers(
    strict, feed, hall_tickets
):
    station, clerk = Visitor(strict), Visitor(strict)
    clerk.log_in("clerk1", "demo-clerk")
    station.take("A")
    feed.note_status(Setup("file:", 576), "paper_out")
    refused = station.post("/tickets", {"service": "A", "tap": "x", "another": "1"}, 409)
    assert "请到窗口" in refused.words()
    assert "请到窗口" in station.get("/services/A").words()
    assert len(hall_tickets()) == 1
    clerk.post("/hall/tickets", {"service": "A", "tap": "y", "another": "1"})
    assert len(hall_tickets()) == 2
    feed.note_status(Setup("file:", 576), "ready")
    station.take("B")
    assert len(hall_tickets()) == 3


def test_a_slip_that_fails_while_the_page_is_open_is_spoken_of(visitor, end):
    page = visitor.take("A")
    assert page.with_attribute("data-say-instead") == []
    end(UNANSWERED)
    address = page.all(".//p[@id='slip']")[0].get("hx-get")
    assert visitor.get(address).attribute("data-say-instead") == "taken_without_slip"


def test_a_card_needs_no_printer_to_be_shown(visitor, box, clock):
    with box.database.write() as tx:
        spool.choose_printer(tx, Asked(clock(), 1), box.settings, Setup("off:"))
        assert not cards.print_card(tx, box.centre, Asked(clock()), 1, "tap")
    assert visitor.take("A").attribute("data-print-state") == "off"
