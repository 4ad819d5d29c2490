"""An event by touch and by scanner: from home to "签到好了", in both languages."""

import re

import pytest

from kiosk import people, qr_codes
from kiosk.centre import open_centre
from kiosk.settings import Settings
from tests.browser.conftest import press_digits, touch
from tests.printing.paper import codes

WORDS = {
    "zh": {"event": "邻里守望志愿服务", "in": "签到好了", "out": "签退好了"},
    "en": {"event": "Neighbours look out", "in": "You are signed in", "out": "You are signed out"},
}


def english(page, lang):
    if lang == "en":
        touch(page, "button:has-text('English')")
        page.wait_for_selector("html[lang=en]")


def scan(page, code: str) -> None:
    """A wedge scanner before a page that listens."""
    page.wait_for_selector("html[data-listens]")
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def came(page) -> int:
    return int(page.get_attribute("[data-came]", "data-came"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_volunteer_signs_in_by_four_digits_and_out_again(browse, lang):
    page = browse("/")
    english(page, lang)
    touch(page, ".foot a[href='/events']")
    touch(page, f".happening:has-text('{WORDS[lang]['event']}')")
    page.wait_for_selector("[data-came='0']")
    touch(page, "a[href$='/sign-in']")
    press_digits(page, "0103")
    (name,) = page.locator("[data-person]").all_inner_texts()
    assert name.split() == (["理*"] if lang == "zh" else ["理*", "L"])
    touch(page, "[data-person]")
    page.wait_for_selector("[data-word=ok_in]")
    assert page.inner_text("h1") == WORDS[lang]["in"]
    assert came(page) == 1
    touch(page, ".done a")
    page.wait_for_selector("[data-screen=event]")
    touch(page, "a[href$='more=1']")
    touch(page, "a[href$='/sign-out']")
    press_digits(page, "0103")
    touch(page, "[data-person]")
    page.wait_for_selector("[data-word=ok_out]")
    assert page.inner_text("h1") == WORDS[lang]["out"]
    touch(page, ".done__main button")
    page.wait_for_selector("[data-screen=home]")
    assert page.get_attribute("html", "lang") == "zh-CN"
    page.go_back()
    page.wait_for_timeout(500)
    left = page.inner_text("main")
    assert "理*" not in left, "nor is 理发 a person"
    assert "理发师傅" not in left


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_card_is_scanned_without_touching_anything(server, browse, lang):
    page = browse("/")
    english(page, lang)
    touch(page, ".foot a[href='/events']")
    touch(page, ".happening")
    page.wait_for_selector("[data-came='0']")
    centre = open_centre(Settings(folder=server.folder, is_demo=True))
    card = centre.token(qr_codes.CodeKind.VOLUNTEER_CARD, 2, 0)
    scan(page, card)
    page.wait_for_selector("[data-word=ok_in]")
    assert people.masked("网格员") in page.inner_text("main")
    assert came(page) == 1
    # the scanner is held over it again, on the answer's own page: the same answer, nobody twice
    scan(page, card)
    page.wait_for_timeout(1000)
    assert came(page) == 1


def test_who_comes_for_the_first_time_leaves_with_a_slip_that_is_read(server, browse):
    page = browse("/events/1")
    touch(page, "a[href$='more=1']")
    touch(page, "a[href$='/register']")
    touch(page, ".tile--count:has-text('2')")
    press_digits(page, "4711")
    touch(page, "form:has([name=together]) button")
    page.wait_for_selector("[data-word=ok_in]")
    page.wait_for_selector("[data-print-state=printed]", timeout=15000)
    assert came(page) == 2
    (raw,) = (server.folder / "slips").glob("*.bin")
    (code,) = codes(raw.read_bytes())
    assert re.fullmatch("3[0-9]{23}", code)
    touch(page, ".done__main button")
    page.wait_for_selector("[data-screen=home]")
    scan(page, code)
    page.wait_for_selector("[data-word=already_in]")


def test_a_misread_code_is_told_and_the_next_scan_works(server, browse):
    page = browse("/events/1")
    card = open_centre(Settings(folder=server.folder, is_demo=True)).token(
        qr_codes.CodeKind.VOLUNTEER_CARD, 1, 0
    )
    scan(page, card[:-1] + str((int(card[-1]) + 1) % 10))
    page.wait_for_selector("[data-word=misread]")
    scan(page, card)
    page.wait_for_selector("[data-word=ok_in]")
