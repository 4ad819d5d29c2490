"""When something cannot be done: the status, and where the person is sent."""

import re
import shutil

import pytest
import sqlalchemy as sa

from kiosk.box import open_box
from kiosk.services.tables import counter, counter_service
from tests.conftest import make_hasty
from tests.disks import Refusing
from tests.visitor import Visitor, words


@pytest.fixture
def refusing(box):
    return Refusing(box.database)


@pytest.fixture
def no_counters(box):
    """A centre as `kiosk init` makes it."""
    with box.database.write() as tx:
        for table in (counter_service, counter):
            tx.execute(sa.delete(table))


def broken(app, monkeypatch):
    def fault(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setitem(app.view_functions, "station.home.home", fault)


def advice(page):
    return " ".join(page.text.split("problem__advice", 1)[1].split("</p>")[0].split(">")[-1].split())


def test_a_fault_sends_to_a_counter_where_somebody_sits(app, visitor, clerk, monkeypatch):
    clerk.post("/counter/1/close")
    clerk.post("/counter/3/open")
    broken(app, monkeypatch)
    assert "请到3号窗口" in advice(visitor.get("/", 500))


def test_a_fault_sends_to_any_counter_when_nobody_sits_at_one(app, visitor, monkeypatch):
    broken(app, monkeypatch)
    assert "请到1号窗口" in advice(visitor.get("/", 500))


def test_a_fault_sends_to_the_staff_where_there_is_no_counter(app, visitor, no_counters, monkeypatch):
    broken(app, monkeypatch)
    told = advice(visitor.get("/", 500))
    assert "窗口" not in told
    assert "请找这里的工作人员" in told


def ways(page):
    return [(one.get("href"), words(one)) for one in page.all(".//div[@class='choose']/a")]


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://localhost/services/A?for=other", [("/services/A?for=other", "返回")]),
        ("http://localhost/", []),
        ("http://localhost/tickets", []),  # the answer to another form
        ("http://elsewhere.example/services/A", []),
        ("http://localhost//elsewhere.example", []),
        ("http://[", []),  # no address
        (None, []),
    ],
)
def test_a_refusal_leads_back_to_the_form_and_home_and_nowhere_twice(visitor, came_from, back):
    before = {"Referer": came_from} if came_from else {}
    assert ways(visitor.post("/tickets", {}, 400, headers=before)) == [*back, ("/", "回首页")]


def test_a_page_that_failed_can_be_asked_again(app, visitor, monkeypatch):
    broken(app, monkeypatch)
    assert ways(visitor.get("/?x=1", 500)) == [("/?x=1", "再试一次"), ("/", "回首页")]


def test_where_nothing_can_be_kept_a_visitor_is_sent_to_a_person_and_nothing_is_lost(
    visitor, hall_tickets, refusing
):
    visitor.take("A")
    tap = visitor.get("/services/A").value("tap")
    refusing.begin()
    answer = visitor.post("/tickets", {"service": "B", "tap": tap}, 503)
    assert "记不下来" in advice(answer)
    assert "请到1号窗口" in advice(answer)
    assert [row["number"] for row in hall_tickets()] == ["A001"]
    refusing.end()
    visitor.post("/tickets", {"service": "B", "tap": tap})
    visitor.post("/tickets", {"service": "B", "tap": tap})
    assert [row["number"] for row in hall_tickets()] == ["A001", "B001"]


def test_staff_are_told_in_words_on_their_pages_until_it_is_well_again(clerk, visitor, refusing):
    before = clerk.get("/counter/1")
    assert "data-not-kept" not in before.text
    seen = before.text.split('data-alert="')[1].split('"')[0]
    refusing.begin()
    assert "请先用纸和笔" in advice(clerk.post("/counter/1/call-next", status=503))
    for page in ("/counter/1", "/hall", "/printers"):
        assert "存不下东西" in clerk.get(page).text
    assert "存不下东西" in clerk.get(f"/printers/alert?v={seen}").text
    assert "data-not-kept" not in visitor.get("/").text
    refusing.end()
    clerk.post("/hall/services/A/close", {"reason": "系统故障"})
    assert "data-not-kept" not in clerk.get("/counter/1").text


def test_while_no_database_answers_every_page_is_one_in_words(app, visitor, clerk, box, monkeypatch, caplog):
    token = re.findall(r"[0-9]{24}", visitor.take("A").text)[0]

    def away(kept=None, **_):
        if kept is not None:
            kept.close()
        raise sa.exc.OperationalError("BEGIN", None, ConnectionRefusedError("Connection refused"))

    monkeypatch.setattr("kiosk.database.remembered.KEPT_S", -1.0)  # nothing is remembered as fresh
    monkeypatch.setattr(box.database, "_begun", away)
    caplog.clear()
    polls = ("/board/now?v=0", "/counter/1/now?v=0")
    for someone, address, form in (
        (visitor, "/tickets", {"service": "B", "tap": "while-away"}),
        *((visitor, address, None) for address in ("/", "/services/A", f"/t/{token}", "/board", polls[0])),
        *((clerk, address, None) for address in ("/counter/1", polls[1], "/hall", "/concerns")),
        (clerk, "/counter/1/call-next", {}),
    ):
        answer = someone.get(address, 503) if form is None else someone.post(address, form, 503)
        assert answer.text.count("</html>") == 1, address
    assert "Traceback" not in caplog.text
    assert max(record.getMessage().count("\n") for record in caplog.records) == 0


@pytest.fixture
def small_app(furnished, small_disk, settings, clock, app):
    """The application over a centre on a small file system of its own."""
    shutil.copytree(furnished, small_disk.folder, dirs_exist_ok=True)
    (small_disk.folder / "kiosk.toml").touch()
    box = open_box(type(settings)(folder=small_disk.folder, is_demo=True), clock)
    make_hasty(box.database.engine)
    app.extensions["box"] = box
    yield app
    box.database.close()


def test_on_a_full_disk_every_ticket_is_a_page_in_words_or_is_kept(small_app, small_disk):
    visitor = Visitor(small_app)
    visitor.take("B")
    small_disk.fill()
    answers = []
    for number in range(400):
        visitor.client.delete_cookie("linli")
        form = {"service": "A", "tap": f"tap-{number}"}
        answer = visitor.client.post("/tickets", data=form, headers=visitor.headers)
        answers.append(answer.status_code)
        if answer.status_code == 503:
            break
    assert set(answers[:-1]) <= {303}
    assert answers[-1] == 503
    health = visitor.client.get("/healthz")
    assert (health.status_code, health.json["status"], health.json["db"]) == (503, "fault", "unwritable")
    small_disk.sweep()
    assert visitor.client.post("/tickets", data=form, headers=visitor.headers).status_code == 303
    assert visitor.client.get("/healthz").json["db"] == "ok"
