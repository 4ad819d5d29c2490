"""您说·我们办: writing and releasing on the page, on the board between calls, and on paper."""

import re
from datetime import timedelta

import pytest

from kiosk import concerns, staff
from kiosk.asked import Asked
from kiosk.concerns import Contact, Hand, Outcome, Reply, Said, Source


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """A board that reads the month anew each time: on PostgreSQL tests share what keeps it."""
    monkeypatch.setattr("kiosk.figures.opinions.hall.ASKED_EVERY_S", -1)


@pytest.fixture
def answered(box, clock):
    """A concern of somebody's that was settled at once; its id."""
    with box.database.write() as tx:
        contact = Contact("王小明", "13800001234", "1234")
        said = Said("lights", "t", Source.DESK, words="我家门口的灯不亮", contact=contact)
        one = concerns.take_in(tx, box.centre, Asked(clock(), 2), said).id
        reply = Reply(Outcome.SOLVED, "换好了")
        concerns.settle(tx, box.centre, Hand(Asked(clock(), 2)), one, reply)
    return one


@pytest.fixture
def told(answered, clerk, as_role):
    """A sentence that the clerk has written and a manager released."""
    form = {"concern": str(answered), "tells": "done", "said": "三号楼的灯不亮", "done": "换了十二盏"}
    clerk.post("/concerns/hall", form)
    (row,) = clerk.get("/concerns/hall").with_attribute("data-sentence")
    clerk.post(f"/concerns/hall/{row.get('data-sentence')}/release", status=409)
    as_role(staff.Role.MANAGER).post(f"/concerns/hall/{row.get('data-sentence')}/release")
    return row.get("data-sentence")


def quiet(visitor):
    return visitor.get("/board").with_attribute("data-quiet")


def test_the_hall_sees_it_in_its_turn_and_never_over_a_call(told, visitor, clerk, clock):
    v = visitor.get("/board").attribute("data-v")
    assert quiet(visitor) == []
    clock.at += timedelta(seconds=35)
    fresh = visitor.get(f"/board/now?v={v}&also=0.261123.0")
    assert "换了十二盏" in fresh.words()
    assert "王" not in fresh.text
    visitor.get(fresh.attribute("hx-get"), 204)
    visitor.take("A")
    clerk.post("/counter/1/call-next")
    called = visitor.get(fresh.attribute("hx-get"))
    assert called.with_attribute("data-quiet") == []
    assert "A001" in called.words()
    clerk.post("/counter/1/start")
    assert len(quiet(visitor)) == 1  # she stands at the window: nobody is being called
    clock.at += timedelta(seconds=20)
    assert quiet(visitor) == []


def test_what_is_taken_down_is_gone_from_the_hall(told, visitor, clerk, clock):
    clerk.post(f"/concerns/hall/{told}/down")
    clock.at += timedelta(seconds=35)
    page = visitor.get("/board")
    assert len(page.with_attribute("data-quiet")) == 1
    assert "换了十二盏" not in page.words()
    assert re.search("收到 ?1", page.words())


def test_a_month_without_anything_leaves_the_board_as_it_is(visitor, clock):
    clock.at += timedelta(seconds=35)
    assert quiet(visitor) == []


@pytest.mark.long
def test_the_poster_is_one_page_with_the_month_on_it(told, clerk):
    paper = clerk.get("/concerns/hall/poster.pdf?month=2026-11")
    assert paper.mimetype == "application/pdf"
    clerk.get("/concerns/hall/poster.pdf?month=2026-13", 404)


def test_a_sentence_with_a_number_in_it_is_refused_with_what_to_do(answered, clerk):
    form = {"concern": str(answered), "tells": "done", "said": "打13800001234", "done": "好了"}
    assert "请不要写电话" in clerk.post("/concerns/hall", form, 400).words()
    assert clerk.get("/concerns/hall").with_attribute("data-sentence") == []
