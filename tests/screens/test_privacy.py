"""Every page that opens without a log-in, followed link by link: no full name of a person, no telephone."""

import re
from collections import deque
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest

from kiosk import checkin, people
from kiosk.asked import Asked
from tests.visitor import Page

PEOPLE = {"王小明": "13812340417", "欧阳春兰": "13912340417", "李建国": "13712345678"}
SHIFT, TALK = "邻里守望志愿服务", "健康讲座和义诊"
START = ("/", "/events", "/board", "/events.ics", "/healthz", "/log-in", "/slips/scan")
MOST_PAGES = 900


@pytest.fixture
def busy(visitor, happenings, clock, box):
    """People who came by card, by four digits and with a name put down by staff; tickets; the phone pages."""
    day, ids = happenings.day(SHIFT), []
    for name, phone in PEOPLE.items():
        ids.append(happenings.person(name, phone))
    with box.database.write() as tx:
        team = people.teams(tx)[0].id
        people.edit_person(tx, Asked(clock(), 6), ids[0], "王小明", PEOPLE["王小明"], [team])
        checkin.register(
            tx, box.centre, Asked(clock(), 6), happenings.day(TALK), "t", checkin.Registrant(ids[1])
        )
        checkin.register(
            tx,
            box.centre,
            Asked(clock()),
            happenings.day(TALK),
            "u",
            checkin.Registrant(name="李建国", phone_tail="5678"),
        )
    for one in ids:
        visitor.post(f"/events/{day}/sign-in", {"code": happenings.card(one)})
    # the same digits that somebody leaves with a ticket open nobody's name
    ticket = visitor.take("A", phone_tail="0417")
    token = re.findall("/tickets/([0-9]{24})", ticket.text)[0]
    return [*START, f"/t/{token}", f"/tickets/{token}", *(f"/t/{happenings.card(one)}" for one in ids)]


class Ways(HTMLParser):
    """Addresses of links and of GET forms as they stand; html5lib took half of the crawl to find them."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        if tag == "a" and "href" in said:
            self.found.append(said["href"])
        if tag == "form" and said.get("method") == "get":
            self.found.append(said["action"])


def leads_to(page, address):
    return [urljoin(address, way) for way in Ways(page.text).found]


def is_worth_following(address):
    """Pads lead to ten thousand pages that differ in digits alone: only the way to people's own is taken.

    Of the buildings that a concern can be about, with each of its pictures, one is enough.
    """
    parts = urlsplit(address)
    asked = parse_qs(parts.query)
    digits = asked.get("digits", [""])[0]
    if asked.get("place", ["0"])[0] not in ("0", "1"):
        return False
    return not parts.netloc and any(phone[-4:].startswith(digits) for phone in PEOPLE.values())


def crawl(visitor, clock, start):
    """Every page that can be reached, by address."""
    found, waiting = {}, deque(start)
    while waiting:
        address = waiting.popleft()
        if address in found or not is_worth_following(address):
            continue
        clock.forward(seconds=4)  # slowly enough to be let look people up
        page = Page(visitor.client.get(address))
        found[address] = page
        assert len(found) < MOST_PAGES, "the crawl does not end"
        if page.mimetype == "text/html":
            waiting.extend(leads_to(page, address) if page.status < 300 else ())
        if location := page.headers.get("Location"):
            waiting.append(urljoin(address, location))
    return found


@pytest.mark.long
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_page_without_a_log_in_tells_a_name_or_a_telephone(visitor, busy, clock, lang):
    visitor.post("/language", {"lang": lang, "back": "/"})
    found = crawl(visitor, clock, busy)
    assert len(found) > 60
    for address in [address for address, page in found.items() if "/digits" in page.text]:
        for digits in ("0", "5678", "0417"):
            found[f"{address} {digits}"] = visitor.press(digits, address)
            clock.forward(seconds=4)
    assert 429 not in {page.status for page in found.values()}
    # the crawl has been where names are nearest
    assert any(" 0417" in address and "王*" in page.text for address, page in found.items())
    told = [
        (address, secret)
        for address, page in found.items()
        for secret in (*PEOPLE, *PEOPLE.values())
        if secret in page.body.decode(errors="replace") or secret in str(page.headers)
    ]
    assert told == []


def test_no_answer_of_the_station_tells_a_name_or_a_telephone(visitor, busy, happenings, clock):
    day = happenings.day(SHIFT)
    clock.forward(minutes=20)
    for way in ("sign-in", "sign-out", "sign-in"):
        page = visitor.press("5678", f"/events/{day}/{way}")
        fields = {name: page.value(name) for name in ("digits", "person", "nonce")}
        told = visitor.get(visitor.post(f"/events/{day}/{way}", fields).headers["Location"])
        assert "李*" in told.words()
        assert [secret for secret in (*PEOPLE, *PEOPLE.values()) if secret in told.text] == []


def test_what_staff_see_is_nowhere_without_a_log_in(visitor, coordinator, busy):
    """The same names are there for staff: the crawl above would have found them."""
    page = coordinator.post("/admin/people/search", {"text": "王小明"}, 200)
    assert "王小明" in page.words()
    assert visitor.post("/admin/people/search", {"text": "王小明"}).headers["Location"].startswith("/log-in")
    assert "/log-in" in visitor.get("/desk", 303).headers["Location"]
    assert "/log-in" in visitor.get("/admin/hours", 303).headers["Location"]


def test_no_form_whose_fields_end_in_an_address_asks_for_somebody():
    """Addresses stay in histories: names and telephones are looked for by forms that are sent."""
    asked = set()
    for path in (Path(__file__).parents[2] / "templates").rglob("*.html"):
        for form in re.findall(r'method="get".*?</form>', path.read_text(encoding="utf-8"), re.DOTALL):
            asked |= set(re.findall(r"""\b(?:name="|field\(')([a-z_]+)""", form))
    services_and_windows = {"q", "find"}
    texts_of_the_voice = {"where", "mute"}
    wanted = {"kind", "number", "first", "last", "from", "to", "by", "panel"}
    assert asked == wanted | services_and_windows | texts_of_the_voice
