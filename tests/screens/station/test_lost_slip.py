"""Lost slips, scans and help at the station."""

import re

import pytest

from kiosk import spool, tickets
from kiosk.asked import Asked
from kiosk.speech import SENTENCES
from kiosk.tickets.rules import Status
from kiosk.tickets.tables import change, ticket
from printing.printer_process import Setup
from tests.screens.conftest import SHIFT, TALK

TO = {
    Status.WAITING: [],
    Status.CALLED: ["call-next"],
    Status.SERVING: ["call-next", "start"],
    Status.SERVED: ["call-next", "start", "finish"],
    Status.CANCELLED: ["call-next", "cancel"],
    Status.HELD: ["call-next", "hold"],
    Status.NO_SHOW: ["call-next", "recall", "recall", "no-show"],
}


def said(page) -> str:
    """The id of the sentence that a station's page says."""
    return page.all(".//body")[0].get("data-say")


def code_of(clerk, ticket_id):
    """The code of a ticket's newest slip."""
    box = clerk.client.application.extensions["box"]
    with box.database.read() as tx:
        return tickets.ticket_token(tx, box.centre, ticket_id)


def test_a_slip_scanned_at_the_station_brings_its_owner_back(visitor, clerk, clock, status):
    visitor.take("A")
    for step in TO[Status.NO_SHOW]:
        clock.forward(seconds=61)
        clerk.post(f"/counter/1/{step}")
    answer = visitor.post("/slips/scan", {"code": code_of(clerk, 1)})
    page = visitor.get(answer.headers["Location"])
    assert page.heading() == "您又排上了"
    assert said(page) == "rejoined"
    assert status() == "waiting"


def test_a_scan_of_a_waiting_slip_shows_the_number_and_changes_nothing(visitor, clerk, rows):
    visitor.take("A")
    before = rows(change)
    answer = visitor.post("/slips/scan", {"code": code_of(clerk, 1)})
    assert visitor.get(answer.headers["Location"]).attribute("data-number") == "A001"
    assert rows(change) == before


@pytest.mark.parametrize("code", ["", "12345678", "110101194603074518"])
def test_a_scan_that_was_not_read_asks_for_another_and_stays_at_the_station(visitor, code):
    page = visitor.post("/slips/scan", {"code": code}, 400)
    assert "再扫一次" in page.words()
    assert said(page) == "misread"
    assert not code or code not in page.text


def test_help_is_asked_for_and_seen_by_everybody_who_needs_to_know(visitor, clerk):
    visitor.take("A")
    code = code_of(clerk, 1)
    assert "您的号 A001 下一个就是您" in visitor.get(f"/tickets/{code}/help").words()
    for wish, sentence in (
        ("slow", "slow_noted"),
        ("staff", "staff_comes"),
        ("hearing", "hearing_noted"),
    ):
        answer = visitor.post(f"/tickets/{code}/help", {"wish": wish})
        assert said(visitor.get(answer.headers["Location"])) == sentence
    assert "请去找他" in clerk.get("/counter/1").words()
    assert "走得慢" in clerk.get("/counter/1").words()
    assert "请去找他们" in clerk.get("/hall").words()
    clerk.post("/counter/1/call-next")
    assert "请到等候区去找" in clerk.get("/counter/1").words()
    assert "这位听不见" in clerk.get("/counter/1").words()
    assert "工作人员会来找您" in visitor.get(f"/t/{code}").words()


@pytest.mark.parametrize(
    "form", [{}, {"wish": "dance"}, {"wish": "phone"}, {"wish": "phone", "digits": "12a4"}]
)
def test_a_wish_that_the_page_does_not_offer_is_400(visitor, clerk, form):
    visitor.take("A")
    visitor.post(f"/tickets/{code_of(clerk, 1)}/help", form, 400)


def test_a_lost_slip_is_found_by_service_and_printed_again(visitor, clerk):
    visitor.take("A")
    old = code_of(clerk, 1)
    tile = visitor.get("/lost?service=A").with_attribute("data-lost")[0]
    assert tile.get("data-lost") == "A001"
    page = visitor.get(tile.get("href"))
    assert page.heading() == "这是您的号吗？"
    assert (said(page), page.attribute("data-say-number")) == ("lost_one", "group-a row-001")
    form = {"ticket": page.value("ticket"), "revision": page.value("revision")}
    answer = visitor.post("/lost", form)
    assert said(visitor.get(answer.headers["Location"])) == "reprinted"
    assert "已补打" in visitor.get(f"/t/{old}", 404).words()
    assert "不是您补打的，请马上找工作人员" in visitor.get(f"/t/{old}", 404).words()
    assert "补打过" in visitor.get("/lost?service=A").words()
    assert "刚刚补打过了" in visitor.post("/lost", form, 409).words()
    assert "已经补打过一次" in visitor.post("/lost", form | {"revision": "1"}, 409).words()


def test_who_had_her_slip_printed_again_before_is_shown_her_number_and_what_to_do(visitor, clerk, clock):
    visitor.take("A")
    visitor.post("/lost", {"ticket": "1", "revision": "0"})
    for step in TO[Status.NO_SHOW]:
        clock.forward(seconds=61)
        clerk.post(f"/counter/1/{step}")
    assert "再打一张" not in visitor.get("/lost?service=A").words()
    page = visitor.get("/lost?service=A&ticket=1")
    assert not page.all(".//form[@action='/lost']"), "what would be refused"
    assert "A001" in page.words()
    assert "已经补打过一次" in page.words()
    assert "您的号还在" in page.words()
    assert "到窗口问一问" in page.words()
    assert (said(page), page.attribute("data-say-number")) == ("stands", "group-a row-001")
    assert page.attribute("data-say-then") == "choice-ask-window"
    for _ in range(7):
        visitor.take("A", another="1")
    for ticket_id in range(2, 6):
        visitor.post("/lost", {"ticket": str(ticket_id), "revision": "0"})
    assert visitor.get("/lost?service=A&ticket=7").all(".//form[@action='/lost']"), "the five before are few"
    visitor.post("/lost", {"ticket": "7", "revision": "0"})
    assert "刚才补打的人太多了" in visitor.get("/lost?service=A&ticket=8").words()
    assert not visitor.get("/lost?service=A&ticket=8").all(".//form[@action='/lost']")
    clock.forward(minutes=11)
    assert visitor.get("/lost?service=A&ticket=8").all(".//form[@action='/lost']")


def test_without_a_printer_a_lost_number_is_shown_again_and_nothing_is_voided_or_promised(
    visitor, clerk, box, rows
):
    with box.database.write() as tx:
        spool.choose_printer(tx, Asked(box.now(), 1), box.settings, Setup("off:"))
    visitor.take("A")
    code, before = code_of(clerk, 1), rows(change)
    (tile,) = visitor.get("/lost?service=A").with_attribute("data-lost")
    page = visitor.get(tile.get("href"))
    assert "再打一张" not in visitor.get("/lost?service=A").words() + page.words()
    form = {"ticket": page.value("ticket"), "revision": page.value("revision")}
    shown = visitor.get(visitor.post("/lost", form).headers["Location"])
    assert (said(shown), shown.attribute("data-number")) == ("stands", "A001")
    assert "旧的" not in shown.words()
    assert "拍下来" in shown.words()
    clerk.post("/hall/tickets/1/reprint", {"revision": "0"})
    assert "没有补打" in clerk.get("/hall").words()
    assert "A001" in visitor.get(f"/t/{code}").words(), "the photograph is still good"
    assert rows(change) == before


def test_a_station_without_a_printer_speaks_of_no_slip(visitor, clerk, box, happenings):
    with box.database.write() as tx:
        spool.choose_printer(tx, Asked(box.now(), 1), box.settings, Setup("off:"))
    events = [happenings.day(SHIFT), happenings.day(TALK)]
    number = visitor.take("A")
    code = code_of(clerk, 1)
    assert said(number) == "stands"
    noted = visitor.post(f"/tickets/{code}/help", {"wish": "phone", "digits": "4710"}).headers["Location"]
    registered = []
    for day in events:
        visitor.post(f"/events/{day}/register", {"together": "1", "nonce": f"n{day}"})
        registered.append(visitor.get("/events/answer"))
    assert [said(one) for one in registered] == ["signed_in", "stands"]
    assert "报名号" in registered[1].words()
    lost = [visitor.get(address) for address in ("/", "/lost", "/lost?service=A", "/lost?service=A&ticket=1")]
    assert [said(one) for one in lost[1:]] == ["lost_for", "lost_list", "lost_one"]
    addresses = (noted, f"/tickets/{code}/help", f"/events/{events[0]}", f"/events/{events[0]}?more=1")
    helped = [visitor.get(address) for address in addresses]
    assert said(helped[0]) == "concern_noted"
    for page in (number, *registered, *lost, *helped):
        spoken = [said(page), *(one.get("data-speak") for one in page.all(".//*[@data-speak]"))]
        stems = {stem for one in spoken for stem in one.split()}
        sentences = "".join(SENTENCES[stem][0] for stem in stems if stem in SENTENCES)
        assert "小票" not in page.words() + sentences, page.heading()


def test_who_missed_her_call_and_lost_her_slip_is_found_and_led_to_a_person(visitor, clerk, clock):
    visitor.take("A")
    for step in TO[Status.NO_SHOW]:
        clock.forward(seconds=61)
        clerk.post(f"/counter/1/{step}")
    page = visitor.get("/lost")
    assert "/ask" in [link.get("href") for link in page.all(".//main//a")]
    (service,) = [one.get("href") for one in page.all(".//a") if "service=" in one.get("href")]
    found = visitor.get(service)
    assert found.attribute("data-lost") == "A001"
    assert "/ask" in [link.get("href") for link in found.all(".//main//a")]
    answer = visitor.post("/lost", {"ticket": "1", "revision": "0"})
    number = visitor.get(answer.headers["Location"])
    assert "请到窗口问一问工作人员" in number.words()
    assert number.attribute("data-say-then") == "choice-ask-window", "she would sit down and wait"


def test_where_nobody_waits_whoever_lost_a_slip_is_told_so(visitor):
    page = visitor.get("/lost")
    (told,) = page.all(".//p[@class='group__of']")
    assert "没有人在等" in told.text
    assert said(page) == "lost_none"


def test_a_lost_slip_is_found_by_the_digits_that_were_left(visitor, clerk):
    visitor.take("A")
    visitor.take("A", another="1")
    code = code_of(clerk, 2)
    page = visitor.press("471", f"/tickets/{code}/phone")
    assert [key.get("value") for key in page.all(".//button[@data-last]")] == ["4710"]
    visitor.post(f"/tickets/{code}/help", {"wish": "phone", "digits": "4710"})
    assert visitor.press("4710", "/lost").attribute("data-lost") == "A002"
    nobody = visitor.press("0000", "/lost")
    assert nobody.heading() == "没有找到"
    assert said(nobody) == "lost_none"
    assert [link for link in nobody.all(".//main//a") if link.get("href") == "/lost?typed=0"], "once more"


@pytest.mark.parametrize(
    ("method", "address"), [("get", "/lost"), ("post", "/lost"), ("get", "/lost?typed=0")]
)
def test_a_phone_on_the_network_reprints_nobodys_slip(visitor, method, address):
    visitor.take("A")
    visitor.client.environ_base["REMOTE_ADDR"] = "192.168.1.77"
    form = [{"ticket": "1", "revision": "0"}] if method == "post" else []
    page = getattr(visitor, method)(address, *form, status=403)
    assert "到大厅的自助机上办" in page.words()


def test_signs_that_no_key_makes_reach_neither_paper_nor_database(visitor, clerk, rows):
    visitor.take("A")
    clerk.post("/counter/1/call-next")
    clerk.post("/counter/1/hold", {"kind": "fetch", "note": "户\x1b口\x00本\u202e"})
    assert rows(ticket)[0]["lacks"] == "户口本"


@pytest.mark.parametrize("address", ["/lost?typed=5", "/lost?typed=ab"])
def test_digits_that_no_pad_has_are_400(visitor, address):
    visitor.get(address, 400)


@pytest.mark.parametrize("form", [{}, {"ticket": "1"}, {"ticket": "x", "revision": "0"}])
def test_a_reprint_without_its_ticket_is_400(visitor, form):
    visitor.take("A")
    visitor.post("/lost", form, 400)


def test_many_lost_slips_are_shown_four_at_a_time(visitor):
    for _ in range(6):
        visitor.take("A", another="1")
    first = visitor.get("/lost?service=A")
    assert [e.get("data-lost") for e in first.with_attribute("data-lost")] == ["A006", "A005", "A004", "A003"]
    (more,) = [a.get("href") for a in first.all(".//a") if "page=1" in (a.get("href") or "")]
    assert [e.get("data-lost") for e in visitor.get(more).with_attribute("data-lost")] == ["A002", "A001"]


def test_every_service_that_somebody_waits_for_can_be_reached(visitor):
    codes = "ABCDEFGN"
    for code in codes:
        visitor.take(code, another="1")
    first = visitor.get("/lost")
    (more,) = [link.get("href") for link in first.all(".//a") if "page=1" in link.get("href")]
    found = {
        link.get("href")[-1]
        for page in (first, visitor.get(more))
        for link in page.all(".//a")
        if "service=" in link.get("href")
    }
    assert found == set(codes)
    icons = re.findall(r'class="tile[^>]*>\s*(<svg.*?</svg>)', first.text, re.DOTALL)
    assert len(set(icons)) > 2, "told apart by the eye"
    assert [link for link in visitor.get(more).all(".//a") if link.get("href") == "/lost"], "the way back"


def test_every_new_page_of_the_station_says_something_that_was_recorded(visitor, clerk):
    visitor.take("A")
    code = code_of(clerk, 1)
    for address in (
        f"/tickets/{code}/help", f"/tickets/{code}/phone", "/lost", "/lost?service=A", "/lost?typed=0"
    ):  # fmt: skip
        assert said(visitor.get(address)) in SENTENCES, address
