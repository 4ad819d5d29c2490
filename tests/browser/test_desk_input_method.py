"""A thousand scans while a Chinese input method is on: fcitx5-pinyin where there is one, and compositions."""

import shutil

import pytest

from script.benches._hall import Client
from tests.browser import input_method
from tests.browser.conftest import PAINTING_NOTHING, SHELL, SOUND_AT_ONCE, log_in, until
from tests.browser.test_desk import SIZE, day, hall
from tests.browser.wire import Wire, free_port

__all__ = ["day", "hall"]


def cards(hall, count: int) -> list[str]:
    return [hall.card(hall.person()) for _ in range(count)]


def inside(page, count: int, seconds: float = 30) -> None:
    until(page, f"Number(document.querySelector('[data-count=inside]').textContent) >= {count}", seconds)


def opened(window, server, day):
    page = window.new_page()
    page.goto(f"{server.origin}/log-in?next=/desk%3Fevent={day}")
    log_in(page, "desk", "demo-desk")
    page.wait_for_selector("html[data-listens] .verdict--ready")
    return page


def type_scans(keyboard, codes: list[str], *before: str) -> None:
    """Scan after scan as a wedge scanner types them, a fifth of a second apart."""
    for code in codes:
        keyboard.play(*before, f"type --delay 2 {code}", "key Return", "sleep 0.2")


@pytest.mark.alone
@pytest.mark.skipif(bool(input_method.missing()), reason=f"apt-get install {input_method.PACKAGES}")
def test_a_thousand_scans_with_fcitx5_pinyin_on_are_a_thousand_people(tmp_path, launch, server, hall, day):
    codes = cards(hall, 1000)
    with input_method.pinyin(tmp_path) as keyboard:
        chromium = launch("--ozone-platform=x11", "--gtk-version=3", headless=False, env=keyboard.env)
        page = opened(chromium.new_context(viewport=SIZE), server, day)
        page.bring_to_front()
        page.focus("#search")
        keyboard.turn_on()
        type_scans(keyboard, codes[:500])  # while a field has the focus
        inside(page, 500)
        assert page.input_value("#search") == ""
        page.evaluate("document.activeElement.blur()")
        type_scans(keyboard, codes[500:])  # with no field at all
        inside(page, 1000)
        chromium.close()
    assert hall.counts(day) == (0, 1000, 1000)
    assert [row.verdict for row in hall.rows()] == ["ok_in"] * 1000


@pytest.mark.skipif(bool(input_method.missing()), reason=f"apt-get install {input_method.PACKAGES}")
def test_a_scan_in_the_middle_of_a_chinese_word_is_read_or_asked_for_again(
    tmp_path, launch, server, hall, day
):
    """The input method eats the digit that chooses a word: then the desk says so, and the next scan works."""
    codes = cards(hall, 20)
    with input_method.pinyin(tmp_path) as keyboard:
        chromium = launch("--ozone-platform=x11", "--gtk-version=3", headless=False, env=keyboard.env)
        page = opened(chromium.new_context(viewport=SIZE), server, day)
        page.bring_to_front()
        page.focus("#search")
        keyboard.turn_on()
        for code in codes:
            type_scans(keyboard, [code], "type --delay 60 nihao", "sleep 0.1")
            page.fill("#search", "")
        page.wait_for_timeout(1000)
        answers = [row.verdict for row in hall.rows()]
        assert len(answers) == 20, "every scan is answered"
        assert set(answers) <= {"ok_in", "misread"}
        page.wait_for_timeout(3000)
        again = [code for code, answer in zip(codes, answers, strict=True) if answer != "ok_in"]
        type_scans(keyboard, again)
        inside(page, 20)
        chromium.close()
    assert hall.counts(day) == (0, 20, 20)


def keys(code: str) -> list[tuple[str, dict]]:
    """The keys of a scan and its Enter, up and down."""
    digits = [{"key": one, "code": f"Digit{one}", "windowsVirtualKeyCode": ord(one)} for one in code]
    pressed = [*digits, {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}]
    down = [
        {"type": "keyDown", "text": "\r" if key["key"] == "Enter" else key["key"]} | key for key in pressed
    ]
    moves = [move for key, one in zip(pressed, down, strict=True) for move in (one, {"type": "keyUp"} | key)]
    return [("Input.dispatchKeyEvent", move) for move in moves]


COMPOSING = ("Input.imeSetComposition", {"text": "ni", "selectionStart": 2, "selectionEnd": 2})


READY = "document.querySelector('html[data-listens] .verdict--ready') !== null"


def opened_unseen(window, server, day):
    """The desk in a browser that paints nothing: no step may wait for a frame there, as a log-in does."""
    desk = Client(server)
    assert desk.post("/log-in", name="desk", password="demo-desk")[0] == 303
    names = (cookie.partition("=") for cookie in desk.cookie.split("; "))
    window.add_cookies([{"name": name, "value": value, "url": server.origin} for name, _, value in names])
    page = window.new_page()
    page.goto(f"{server.origin}/desk?event={day}")
    until(page, READY)
    return page


@pytest.mark.parametrize("count", [40, pytest.param(1000, marks=pytest.mark.long)])
def test_scans_survive_an_open_composition(launch, server, hall, day, count):
    """With the field in focus, and after it was left, in turns."""
    port = free_port()
    arguments = (SOUND_AT_ONCE, f"--remote-debugging-port={port}")
    unseen = PAINTING_NOTHING if shutil.which(SHELL) else ()
    chromium = launch(*arguments, *unseen, program=SHELL)
    page = opened_unseen(chromium.new_context(viewport=SIZE), server, day)
    wire = Wire(port, page)
    for n, code in enumerate(cards(hall, count), start=1):
        wire.run("document.querySelector('#search').focus(); document.querySelector('#search').value = ''")
        wire.ask(COMPOSING)
        if n % 2:
            wire.run("document.activeElement.blur()")
        wire.ask(*keys(code))
    inside(page, count, seconds=120)
    wire.close()
    chromium.close()
    assert [row.verdict for row in hall.rows()] == ["ok_in"] * count
