"""A counter with a full hall: what is shown, how the others are reached, how much the database is asked."""

import pytest
import sqlalchemy as sa

from kiosk import tickets
from kiosk.screens.hall.card.now import SHOWN
from tests.engines import on_a_file

HX = {"HX-Request": "true"}
PRESS, POLL_WITH_NEWS, POLL_WITHOUT = 23, 13, 3
"""Statements of a press and its answer, of a poll that finds news, and of one that finds none; BEGIN and
COMMIT besides. A press had asked four times whose counter it is; one reads the way of who was called."""
HOLDER, VERSIONS = "counter.opened_by, counter.pause", "max(counter_change.id)"


@pytest.fixture
def full(box, clerk):
    """Fourteen more people wait for counter 1 than its page shows."""
    with box.database.write() as tx:
        for n in range(SHOWN + 14):
            tickets.take(tx, box.centre, tickets.Tap("A", f"full-{n}"), "zh", box.now())
    return clerk


@pytest.fixture
def statements(box, full):
    """Every statement that reaches the database from now on."""
    said: list[str] = []
    box.database.close()  # whoever asks next has a new connection, which tells
    sa.event.listen(box.database.engine, "connect", lambda raw, _: raw.set_trace_callback(said.append))
    full.get("/counter/1")
    said.clear()

    def asked():
        found = [text for text in said if text.split()[0] in ("SELECT", "INSERT", "UPDATE")]
        said.clear()
        return found

    return asked


def shown(page):
    return ["".join(one.itertext()) for one in page.all(".//b[@class='person__number digits']")]


def test_the_next_people_are_shown_and_all_are_counted(full):
    page = full.get("/counter/1")
    assert shown(page) == [f"A{n:03}" for n in range(1, SHOWN + 1)]
    assert page.attribute("data-waiting") == str(SHOWN + 14)


def test_the_others_are_pages_of_their_own_that_work_without_javascript(full):
    page = full.get(f"/counter/1?from={SHOWN}")
    assert shown(page)[0] == f"A{SHOWN + 1:03}"
    (back, on) = [link.get("href") for link in page.all(".//a[@data-turns]")]
    assert shown(full.get(back))[0] == "A001"
    assert len(shown(full.get(on))) == 2
    assert "下一位 A001" in page.words()


def test_a_poll_keeps_the_place_in_the_list(full):
    page = full.get(f"/counter/1/now?from={SHOWN}")
    assert f"from={SHOWN}" in page.all(".//*[@id='counter']")[0].get("hx-get")


@pytest.mark.parametrize("typed", ["A025", "a025", "25", "Ａ０２５", " 025 "])
def test_whoever_waits_is_found_by_the_number_and_called_by_hand(full, typed):
    page = full.get(f"/counter/1?number={typed}")
    assert shown(page) == ["A025"]
    (ticket,) = {field.get("value") for field in page.all(".//details//input[@name='ticket']")}
    full.post("/counter/1/call", {"ticket": ticket, "reason": "身体不适"})
    assert full.get("/counter/1").attribute("data-number") == "A025"


@pytest.mark.parametrize("typed", ["Z9", "%25", "_", "<b>"])
def test_a_number_that_nobody_has_is_said(full, typed):
    page = full.get(f"/counter/1?number={typed}")
    assert shown(page) == []
    assert page.attribute("data-found") == "0"


@pytest.mark.parametrize("place", ["x", "-1", "9" * 30])
def test_a_malformed_place_in_the_list_is_400(full, place):
    full.get(f"/counter/1?from={place}", 400)


@on_a_file
def test_a_press_asks_once_whose_counter_it_is_and_reads_the_version_once(full, statements):
    after = full.get("/counter/1").value("after")
    statements()
    full.post("/counter/1/call-next", {"after": after}, 200, headers=HX)
    asked = statements()
    assert [sum(text.count(part) for text in asked) for part in (HOLDER, VERSIONS)] == [1, 1]
    assert len(asked) == PRESS, asked


@on_a_file
def test_a_poll_that_finds_nothing_new_costs_three_statements_at_most(full, statements):
    poll = full.get("/counter/1").all(".//*[@id='counter']")[0].get("hx-get")
    statements()
    full.get(poll, 204)
    assert len(statements()) <= POLL_WITHOUT
    full.get("/counter/1/now")
    assert len(statements()) == POLL_WITH_NEWS
