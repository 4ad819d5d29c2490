"""A visit's pages end with it; a form sent by a script is told where to go; answers name their build."""

import re

import pytest

from kiosk.speech import SENTENCES

SENT = {"Linli-Sent": "1"}


def test_the_pages_of_a_visit_that_is_over_show_nothing_of_it(visitor):
    visitor.post("/leave")  # so that this visit has a name
    page = visitor.take("A")
    mine = [form.get("action") for form in page.all(".//form")] + [a.get("href") for a in page.all(".//a")]
    token = re.findall(r"/tickets/([0-9]{24})/help\?visit=[0-9a-f]{8}", " ".join(mine))[0]
    help_page = next(address for address in mine if f"{token}/help" in address)
    assert visitor.get(help_page).heading()
    visitor.post("/leave")
    over = visitor.get(help_page, status=409)
    assert over.heading() == "上一位的已经办完了"
    assert "再取一张" not in over.words()
    assert "A001" not in over.words()


@pytest.mark.parametrize(
    "address", ["/tickets/{token}", "/tickets/{token}/help", "/tickets/{token}/phone", "/lost?typed=4"]
)
def test_a_first_visit_ends_too(visitor, address):
    page = visitor.take("A", phone_tail="4711")
    token = re.findall(r"/tickets/([0-9]{24})", page.text)[0]
    visitor.press("4711", "/lost")
    assert visitor.get(address.format(token=token)).status == 200
    visitor.post("/leave")
    assert "A001" not in visitor.get(address.format(token=token), status=409).words()


def test_digits_that_were_pressed_stand_in_no_address_and_end_with_the_visit(visitor):
    visitor.take("A", phone_tail="4711")
    pad = visitor.press("471", "/lost")
    keys = {field.get("value") for field in pad.all(".//button[@name='digits']")}
    assert keys == {*(f"471{key}" for key in "0123456789"), "47"}
    found = visitor.press("4711", "/lost")
    assert found.attribute("data-lost") == "A001"
    assert "4711" not in found.text
    assert visitor.get("/lost?typed=0").with_attribute("data-last"), "whoever begins anew begins with nothing"
    visitor.post("/leave")
    visitor.get("/lost?typed=4", 409)


def test_a_key_leads_to_no_page_of_others(visitor):
    form = {"digits": "4", "back": "//example.org/"}
    assert visitor.post("/digits", form).headers["Location"] == "/?typed=1"


def test_a_slip_shows_its_number_in_the_next_visit(visitor):
    token = re.findall(r"/tickets/([0-9]{24})", visitor.take("A").text)[0]
    visitor.post("/leave")
    there = visitor.post("/slips/scan", {"code": token}).headers["Location"]
    assert visitor.get(there).attribute("data-number") == "A001"


def test_a_form_that_a_script_sends_is_told_where_to_go(visitor):
    answer = visitor.post("/tickets", {"service": "A", "tap": "once"}, 204, headers=SENT)
    assert "Location" not in answer.headers
    assert visitor.get(answer.headers["Linli-Go-To"]).attribute("data-number") == "A001"
    again = visitor.post("/tickets", {"service": "A", "tap": "once"}, 204, headers=SENT)
    assert again.headers["Linli-Go-To"] == answer.headers["Linli-Go-To"]


def test_a_refusal_of_a_form_that_a_script_sends_has_a_page_of_its_own(visitor, clerk):
    clerk.post("/hall/services/A/close", {"reason": "今天的号已满"})
    refused = visitor.post("/tickets", {"service": "A", "tap": "once"}, 204, headers=SENT)
    assert refused.headers["Linli-Go-To"] == "/problem"
    shown = visitor.get("/problem", status=409)
    plain = visitor.post("/tickets", {"service": "A", "tap": "twice"}, 409)
    assert shown.words() == plain.words()
    visitor.post("/leave")
    assert visitor.get("/problem", status=303).headers["Location"] == "/"


def test_every_answer_names_the_build_and_so_does_the_page(visitor, app):
    page = visitor.get("/")
    assert page.root.get("data-build") == app.extensions["build"]
    for address in ("/alive", page.attribute("hx-get")):
        assert visitor.get(address, status=204).headers["X-Build"] == app.extensions["build"]


def test_asking_whether_the_server_is_there_asks_no_database(visitor, box, monkeypatch):
    monkeypatch.setattr(box.database, "read", None)
    visitor.get("/alive", status=204)


def test_english_is_one_tap_away_and_ends_with_the_visit(visitor):
    assert visitor.get("/").all(".")[0].get("lang") == "zh-CN"
    back = visitor.post("/language", {"lang": "en", "back": "/services/A"})
    assert back.headers["Location"] == "/services/A"
    page = visitor.get("/services/A")
    assert page.root.get("lang") == "en"
    assert "Pension certification" in page.words()
    visitor.post("/leave")
    assert visitor.get("/").root.get("lang") == "zh-CN"


def test_comfort_is_one_tap_each_and_forgotten_with_the_visit(visitor):
    for mode in ("text", "contrast", "slow", "low"):
        visitor.post("/comfort", {"mode": mode, "back": "/"})
    (body,) = visitor.get("/").all(".//body")
    assert (body.get("data-text"), body.get("data-contrast"), body.get("data-low")) == ("large", "high", "on")
    visitor.post("/comfort", {"mode": "text", "back": "/"})
    assert visitor.get("/").all(".//body")[0].get("data-text") == "normal"
    visitor.post("/leave")
    assert visitor.get("/").all(".//body")[0].get("data-contrast") == "normal"


def test_a_millimetre_is_computed_from_the_panel(visitor):
    assert "--mm:4.0339px" in visitor.get("/panel/station.css").text
    visitor.get("/panel/none.css", 404)


def test_every_press_on_a_mode_says_once_what_is_on_or_off_now_or_which_language_is_spoken(visitor):
    modes = [one.get("value") for one in visitor.get("/").all(".//footer//input[@name='mode']")]
    assert len(modes) == 4
    said: dict[str, list[str]] = {}
    for lang in ("en", "zh"):
        visitor.post("/language", {"lang": lang, "back": "/"})
        home = visitor.get("/")
        assert (home.attribute("data-say-before"), home.with_attribute("data-say-first")) == ("language", [])
        for mode in (*modes, *modes):
            visitor.post("/comfort", {"mode": mode, "back": "/"})
            said.setdefault(mode, []).append(visitor.get("/").attribute("data-say-first"))
            again = visitor.get("/")
            assert again.with_attribute("data-say-first") == again.with_attribute("data-say-before") == []
    assert {tuple(twice[:2]) for twice in said.values()} == {tuple(twice[2:]) for twice in said.values()}
    assert len({one for twice in said.values() for one in twice}) == 2 * len(modes)
    assert said["text"][0] == "large_text"
    assert {one for twice in said.values() for one in twice} | {"language"} <= set(SENTENCES)
