"""Whoever cannot read gets to a number by ear: every screen speaks, and so does all that can be chosen."""

from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from kiosk import speech
from kiosk.services.tables import service
from tests.every_address import every_address
from tests.screens.conftest import SHIFT
from tests.visitor import Page, words

OWN = (
    "station.home.", "station.service.", "station.lost_slip.", "station.contact_cards.", "station.events.",
    "station.sign_in.", "concerns.new.", "concerns.slip.", "concerns.spoken.",
)  # fmt: skip
ASKED = (
    "/services?group=pension",
    "/services/A?for=other",
    "/ask",
    "/services/A?step=lacking",
    "/services/A?step=priority&priority=elder",
    "/letters?first=Y",
    "/lost?service=B",
    "/lost?service=B&ticket=1",
    "/lost?typed=0",
    "/concerns/new?step=urgent",
    "/concerns/new?step=outside",
    "/concerns/new?category=staff",
    "/concerns/new?category=staff.secretary&place=0&step=how",
    "/concerns/new?category=lights",
    "/concerns/new?category=lights&place=0",
    "/concerns/new?category=lights&place=0&step=how",
    "/concerns/new/voice?category=lights",
    "/concerns/new/ink?category=lights",
    "/concerns/new?category=lights&place=0&step=tail",
    "/concerns/new?category=lights&place=0&step=phone",
    "/events/1?more=1",
    "/events/1/register?together=2",
)
"""Pages that are another one when something is asked."""


@pytest.fixture
def everything_said(monkeypatch):
    """A voice that has a clip of whatever is written, as a centre with an engine has."""
    spoken = SimpleNamespace(words={})

    def said(_tx, text, _lang="zh"):
        if text:
            spoken.words[speech.free_stem(text)] = text
        return (speech.free_stem(text),) if text else ()

    monkeypatch.setattr(speech, "said", said)
    return spoken


def choices(page: Page):
    """What can be pressed on a page of the station, but for the tools at its foot."""
    (main,) = page.all(".//main")
    pressed = [one for kind in ("a", "button") for one in main.iter(kind)]
    return [*pressed, *(label.find("span") for label in main.iter("label") if label.find("span") is not None)]


def silent(page: Page) -> list[str]:
    """The choices that nothing says."""
    return [words(one) for one in choices(page) if not one.get("data-speak")]


def test_every_screen_and_every_choice_of_the_station_is_spoken(visitor, everything_said):
    token = visitor.post("/tickets", {"service": "B", "tap": "once"}).headers["Location"]
    addresses = {address for view, address in every_address() if view.startswith(OWN)} | {token}
    seen = 0
    for address in (*sorted(addresses), *ASKED):
        answer = visitor.client.get(address)
        page = Page(answer)
        if "<body" not in page.text or answer.status_code != 200:
            continue
        seen += 1
        assert page.all(".//body")[0].get("data-say"), f"{address} says nothing"
        assert silent(page) == [], address
    assert seen > len(ASKED) + 3


def test_the_number_is_followed_by_who_is_ahead_and_where_to_wait(visitor, everything_said):
    visitor.take("A")
    body = visitor.take("A", another="1").all(".//body")[0]
    assert body.get("data-say-number") == "group-a row-002"
    assert body.get("data-say-then").startswith("ahead one people ")


def test_a_contact_card_and_an_event_say_every_line_that_stands_on_them(visitor, everything_said, happenings):
    event = f"/events/{happenings.day(SHIFT)}"
    for address, kind in (("/cards/1", "card__line"), (event, "event__line")):
        lines = [one for one in visitor.get(address).all(".//main//p") if one.get("class") == kind]
        assert len(lines) > 1
        assert [words(one) for one in lines if not one.get("data-speak")] == [], address


def test_what_has_no_clip_is_passed_over_and_stands_in_writing(visitor, box):
    with box.database.write() as tx:
        tx.execute(sa.update(service).where(service.c.code == "C").values(name="老年人糖画比赛"))
    page = visitor.get("/services?group=pension")
    (tile,) = [one for one in choices(page) if words(one).startswith("老年人糖画比赛")]
    assert tile.get("data-speak") == ""
    (back,) = [one for one in choices(page) if words(one) == "返回"]
    assert back.get("data-speak") == "choice-back"
