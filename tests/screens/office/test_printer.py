"""Choosing the printer in the back office, and trying it first."""

import pytest

from kiosk import spool
from kiosk.asked import Asked
from printing import printers
from printing.printer_process import Printed, Setup
from printing.printers import Outcome
from tests.visitor import Visitor

TCP = {"kind": "tcp", "host": "192.168.1.50", "port": "9100", "width_dots": "384"}


@pytest.fixture
def admin(app):
    admin = Visitor(app)
    admin.log_in("admin", "demo-admin")
    return admin


@pytest.fixture
def feed(box, clock):
    return spool.Feed(box.database, clock, box.settings)


def shown(page):
    return {field.get("name"): field.get("value") for field in page.all(".//form[@method='post']//input")}


def test_clerks_may_not_choose_a_printer(clerk):
    clerk.get("/admin/printer", 403)
    clerk.post("/admin/printer", TCP, 403)
    clerk.post("/admin/printer/trial", TCP, 403)


@pytest.mark.parametrize("kind", [kind for kind in printers.kinds() if kind != "memory"])
def test_every_kind_has_its_own_form(admin, kind):
    page = admin.get(f"/admin/printer?kind={kind}")
    names = {field.get("name") for field in [*page.all(".//input"), *page.all(".//select")]}
    assert {field.name for field in printers.form_of(kind)} | {"width_dots", "large"} <= names


def test_a_printer_for_tests_is_not_offered_and_an_unknown_kind_is_refused(admin):
    page = admin.get("/admin/printer")
    offered = {field.get("value") for field in page.all(".//input[@type='radio']")}
    assert offered == {*printers.kinds(), "off"} - {"memory"}
    for kind in ("pigeon", "memory"):
        admin.get(f"/admin/printer?kind={kind}", 400)
        admin.post("/admin/printer", TCP | {"kind": kind}, 400)
        admin.post("/admin/printer/trial", TCP | {"kind": kind}, 400)
    admin.post("/admin/printer", TCP | {"width_dots": "9000"}, 400)


def test_what_is_saved_is_used_for_the_next_slip_and_shown(admin, visitor, feed):
    admin.post("/admin/printer", TCP | {"large": "1"})
    visitor.take("A")
    assert feed.claim().setup == Setup("tcp://192.168.1.50:9100", 384, large=True)
    page = admin.get("/admin/printer")
    assert "保存好了" in page.words()
    assert shown(page)["host"] == "192.168.1.50"
    assert "tcp://192.168.1.50:9100" in page.words()


def test_all_mistakes_are_shown_by_field_and_nothing_is_written(admin, feed):
    page = admin.post("/admin/printer", TCP | {"host": "", "port": "99999999"}, 400)
    wrong = {field.get("name") for field in page.with_attribute("aria-invalid")}
    assert wrong == {"host", "port"}
    assert shown(page)["port"] == "99999999"
    assert feed.in_use() == Setup("file:", 576)
    admin.post("/admin/printer/trial", TCP | {"host": ""}, 400)
    assert feed.claim() is None


def test_a_mistake_is_told_in_english_too(admin):
    admin.post("/language", {"lang": "en", "back": "/"})
    page = admin.post("/admin/printer", TCP | {"host": "", "port": "x"}, 400)
    assert [sign for sign in page.words() if "\u4e00" <= sign <= "\u9fff"] == []


def test_a_test_page_is_printed_before_anything_is_saved(admin, feed):
    answer = admin.post("/admin/printer/trial", TCP)
    job = feed.claim()
    assert (job.kind, job.setup) == ("trial", Setup("tcp://192.168.1.50:9100", 384))
    assert feed.in_use() == Setup("file:", 576)
    page = admin.get(answer.headers["Location"])
    assert page.attribute("data-trial-state") == "sending"
    assert shown(page)["host"] == "192.168.1.50"
    poll = page.all(".//p[@id='trial']")[0].get("hx-get")
    feed.report(job.id, Printed(Outcome("printed", 900), 90))
    done = admin.get(poll)
    assert done.attribute("data-trial-state") == "printed"
    assert done.all(".//p[@id='trial']")[0].get("hx-get") is None


def test_a_page_for_a_trial_that_never_was_is_not_found(admin):
    admin.get("/admin/printer?trial=99", 404)
    admin.get("/admin/printer/trial/99", 404)


def test_no_printer_can_be_chosen_and_a_real_one_again(admin, visitor, feed):
    admin.post("/admin/printer", {"kind": "off", "width_dots": "576"})
    assert visitor.take("A").attribute("data-print-state") == "off"
    assert "没有打印机" in admin.get("/printers").words()
    admin.post("/admin/printer", TCP)
    assert visitor.take("B").attribute("data-print-state") == "printing"


def test_a_chosen_printer_that_is_not_understood_any_more_still_opens_the_form(admin, box, clock):
    with box.database.write() as tx:
        spool.choose_printer(tx, Asked(clock(), 1), box.settings, Setup("pigeon:coop"))
    assert "pigeon:coop" in admin.get("/admin/printer").words()
