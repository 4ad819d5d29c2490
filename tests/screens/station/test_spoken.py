"""Whoever cannot read gets to a number by ear: every screen speaks, and so does all that can be chosen."""

from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from babel.messages.mofile import read_mo

from kiosk import speech
from kiosk.cards import FIRST_CARD, FIRST_PROBLEMS
from kiosk.services.tables import service
from kiosk.setup import starter_groups
from kiosk.speech.making.labels import CATALOGUE
from kiosk.tickets.tables import priority
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
    "/services/J?priority=elder",
    "/events/1",
    "/concerns/new?category=lights&inside=1",
    "/concerns/new?category=lights&place=2&step=how",
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
    """What can be pressed on a page of the station; of the tools at its foot those that lead somewhere."""
    (main,) = page.all(".//main")
    pressed = [one for one in page.all(".//footer//*") if "tool--place" in one.get("class", "").split()]
    pressed += [one for kind in ("a", "button") for one in main.iter(kind)]
    return [*pressed, *(label.find("span") for label in main.iter("label") if label.find("span") is not None)]


def silent(page: Page) -> list[str]:
    """The choices that nothing says."""
    return [words(one) for one in choices(page) if not one.get("data-speak")]


def test_every_screen_and_every_choice_of_the_station_is_spoken(visitor, everything_said):
    seen = 0
    for address in own_addresses(visitor):
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


def test_who_cannot_read_hears_every_line_of_the_demo_on_a_box_without_an_engine(visitor, happenings):
    """By committed clips alone: who may go first, posts, places, events and the tools at the foot.

    Only what an event is about, a text of up to 300 letters, stands in writing alone.
    """
    for address in own_addresses(visitor):
        answer = visitor.client.get(address)
        page = Page(answer)
        if "<body" not in page.text or answer.status_code != 200:
            continue
        lines = [one for one in page.all(".//main//*[@data-speak]") if not one.get("data-speak")]
        mute = [words(one) for one in lines if one.get("data-pager-list") is None]
        assert (silent(page), mute) == ([], []), address


def test_who_speaks_english_hears_the_way_to_a_number_on_a_box_without_an_engine(visitor):
    visitor.post("/language", {"lang": "en", "back": "/"})
    services = [f"/services/{code}{asked}" for code in "ABCDEFGHJKLMN" for asked in ("", "?for=other")]
    for address in ("/", "/services/A?step=priority", "/services/A?priority=elder", *services):
        page = visitor.get(address)
        mute = [words(one) for one in page.all(".//main//*[@data-speak]") if not one.get("data-speak")]
        assert (silent(page), mute) == ([], []), address


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_of_a_service_begins_with_its_name(visitor, box, lang):
    visitor.post("/language", {"lang": lang, "back": "/"})
    for address, sentence in (("/services/A", "service"), ("/services/A?for=other", "for_someone_else")):
        page = visitor.get(address)
        (title,) = page.all(".//h1")
        name = speech.clip_of(words(title), "en" if lang == "en" else "zh")
        assert name
        assert page.all(".//body")[0].get("data-say").split() == [name, sentence]
    with box.database.write() as tx:
        row = sa.update(service).where(service.c.code == "A").values(name="糖画比赛", name_en="Sugar art")
        tx.execute(row)
    assert visitor.get("/services/A").all(".//body")[0].get("data-say").split() == ["service"]


def test_what_a_new_centre_begins_with_is_spoken():
    every = [*FIRST_PROBLEMS, *(group.name for group in starter_groups())]
    every += [FIRST_CARD[part] for part in ("post", "address")]
    offered = [one for group in starter_groups() for one in group.services]
    lines = [line for one in offered for line in one.lines]
    every += [words for one in offered for words in (one.name, one.place)]
    every += [words for line in lines for words in (line.text, line.note) if words]
    assert [zh for zh in every if not speech.clip_of(zh)] == []
    english = [words for line in lines for words in (line.text_en, line.note_en) if words]
    english += [one.place_en for one in offered]
    assert [en for en in english if not speech.clip_of(en, "en")] == []


def test_a_choice_is_found_by_the_words_on_it_in_english_too():
    with CATALOGUE.open("rb") as file:
        english = {str(one.id): str(one.string) for one in read_mo(file)}
    shown = [english[zh] for zh, _ in speech.CHOICES.values() if zh in english]
    assert len(shown) > 100
    assert [en for en in shown if not speech.clip_of(en, "en")] == []


def own_addresses(visitor) -> list[str]:
    """Every page of the station that has an address, and those that are others when something is asked."""
    token = visitor.post("/tickets", {"service": "B", "tap": "once"}).headers["Location"]
    found = {address for view, address in every_address() if view.startswith(OWN)} | {token}
    return [*sorted(found), *ASKED]


def test_who_may_go_first_is_told_so_in_one_sentence_and_by_a_name_without_a_clip_too(visitor, box):
    chosen = "/services/J?priority=elder"
    said = [one.get("data-speak") for one in choices(visitor.get(chosen)) if "优先" in words(one)]
    assert said == [f"{speech.free_stem('70岁以上')} choice-first earlier ten 5 minutes"]
    with box.database.write() as tx:
        tx.execute(sa.update(priority).where(priority.c.code == "elder").values(name="百岁老人"))
    said = [one.get("data-speak") for one in choices(visitor.get(chosen)) if "优先" in words(one)]
    assert said == ["choice-first earlier ten 5 minutes"]


def test_a_hall_that_is_not_ready_says_so_and_does_not_ask_what_one_came_for(visitor, box):
    with box.database.write() as tx:
        tx.execute(sa.update(service).values(retired_at=box.now()))
    body = visitor.get("/").all(".//body")[0]
    assert body.get("data-say") == "not_ready"


def test_what_has_no_clip_is_passed_over_and_stands_in_writing(visitor, box):
    with box.database.write() as tx:
        tx.execute(sa.update(service).where(service.c.code == "C").values(name="老年人糖画比赛"))
    page = visitor.get("/services?group=pension")
    (tile,) = [one for one in choices(page) if words(one).startswith("老年人糖画比赛")]
    assert tile.get("data-speak") == ""
    (back,) = [one for one in choices(page) if words(one) == "返回"]
    assert back.get("data-speak") == "choice-back"
