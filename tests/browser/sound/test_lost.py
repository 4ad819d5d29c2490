"""A board that may not speak or whose sound is lost: nobody counts as called who was not heard."""

import pytest

from tests.browser.sound.kit import BOARD, announcement, look, renew_board, stems, wait_for, wait_for_told

NOTICE_SHOWN = "!document.querySelector('[data-sound-blocked]').hidden"


def test_a_board_without_sound_asks_for_a_touch_and_then_speaks(open_page):
    page = open_page(BOARD, "blocking")
    wait_for(page, NOTICE_SHOWN)
    renew_board(page, announcement(1, "A001", ["hao"]))
    page.wait_for_timeout(1000)
    assert look(page, "[told, started]") == [[], []]
    page.mouse.click(200, 200)
    assert wait_for_told(page, 1) == [["spoken", 1]]
    assert look(page, NOTICE_SHOWN) is False
    assert stems(look(page, "started")) == ["chime", "hao"]


def test_of_the_calls_made_without_sound_those_are_made_up_for_who_are_still_called(open_page):
    page = open_page(BOARD, "blocking")
    wait_for(page, NOTICE_SHOWN)
    renew_board(page, announcement(1, "A001", ["hao"]), calling="A001@1")
    renew_board(page, announcement(2, "A002", ["hao"]), calling="A002@1")
    page.mouse.click(200, 200)
    assert wait_for_told(page, 2) == [["skipped", 1], ["spoken", 2]]


LOSSES = {
    "closed": "clock.close()",
    "suspended for good": "clock.resume = () => Promise.reject(new Error()), clock.suspend()",
    "standing still": "Object.defineProperty(clock, 'currentTime', { get: () => 1 }), clock.suspend()",
}


@pytest.mark.parametrize("loss", LOSSES)
def test_a_call_during_which_the_sound_is_lost_is_said_again_without_a_touch(open_page, loss):
    page = open_page(BOARD)
    renew_board(page, announcement(1, "A001", ["hao"]))
    wait_for(page, "started.length > 1")
    look(page, f"{LOSSES[loss]}, null")
    assert wait_for_told(page, 1) == [["spoken", 1]]
    assert stems(look(page, "started")) == ["chime", "hao"] * 2
    assert look(page, NOTICE_SHOWN) is False


# Between lose() and back() every audio context stands still, as without a device.
GONE = """
const Real = window.AudioContext; let isGone = false;
window.AudioContext = class extends Real {
  get state() { return isGone ? "suspended" : super.state; }
  get currentTime() { return isGone ? 0 : super.currentTime; }
};
window.lose = () => { isGone = true; }; window.back = () => { isGone = false; };
"""
LOST_SHOWN = "!document.querySelector('[data-sound-lost]').hidden"


def wait_until_server_told(page, files, *said):
    for _ in range(80):
        if files.told[-len(said) :] == [f"voice={voice}&spoken={ids}" for voice, ids in said]:
            return
        page.wait_for_timeout(50)
    raise AssertionError(files.told)


def test_while_the_sound_is_gone_nothing_counts_as_said_and_then_who_is_still_called_is(open_page, files):
    page = open_page(BOARD, scripts=(GONE,))
    wait_until_server_told(page, files, ("on", ""))
    look(page, "lose()")
    calls = announcement(2, "A002", ["hao"]), announcement(3, "A003", ["hao"])
    renew_board(page, *calls, calling="A002@1 A003@1")
    wait_for(page, LOST_SHOWN)
    assert look(page, NOTICE_SHOWN) is False
    wait_until_server_told(page, files, ("on", ""), ("off", ""))
    look(page, "back(), document.querySelector('#board').dataset.calling = 'A003@1'")
    assert wait_for_told(page, 2) == [["skipped", 2], ["spoken", 3]]
    assert look(page, LOST_SHOWN) is False
    wait_until_server_told(page, files, ("off", ""), ("on", "3"))


def test_what_was_said_while_the_server_was_away_is_told_when_it_is_back(open_page, files):
    files.is_away = True
    page = open_page(BOARD)
    renew_board(page, announcement(1, "A001", ["hao"]))
    wait_for_told(page, 1)
    assert files.told == []
    files.is_away = False
    wait_until_server_told(page, files, ("on", "1"))


def test_a_screen_that_once_spoke_by_itself_asks_for_no_touch_after_a_reload_without_sound(open_page):
    page = open_page(BOARD, scripts=(GONE,))
    wait_for(page, "localStorage.length > 0")
    page.add_init_script("lose()")
    page.reload()
    renew_board(page, announcement(2, "A002", ["hao"]))
    wait_for(page, LOST_SHOWN)
    assert look(page, NOTICE_SHOWN) is False


# The audio clock runs on without a device, as Chromium's does after a while.
UNPLUGGED = """
let outputs = [{ kind: "audiooutput" }];
navigator.mediaDevices.enumerateDevices = async () => outputs;
window.unplug = () => { outputs = []; }; window.plug = () => { outputs = [{ kind: "audiooutput" }]; };
"""


def test_a_clock_that_runs_without_a_device_is_not_taken_for_sound(open_page):
    page = open_page(BOARD, scripts=(UNPLUGGED,))
    renew_board(page, announcement(1, "A001", ["hao"]))
    wait_for(page, "started.length > 0")
    look(page, "window.before = clock, unplug()")
    wait_for(page, LOST_SHOWN)
    assert look(page, "[told, before.state]") == [[], "closed"]
    look(page, "plug()")
    assert wait_for_told(page, 1) == [["spoken", 1]]


# The age of the sound is looked at fifty times as often.
SOON = (
    "const every = window.setInterval; window.setInterval = (act, ms) => every(act, ms === 5000 ? 100 : ms);"
)


def test_the_sound_is_renewed_between_two_calls_once_a_screen_was_plugged_in(open_page):
    page = open_page(BOARD, scripts=(SOON,))
    renew_board(page, announcement(1, "A001", ["hao"]))
    wait_for(page, "started.length > 0")
    look(page, "window.before = clock, navigator.mediaDevices.dispatchEvent(new Event('devicechange'))")
    page.wait_for_timeout(300)
    assert look(page, "before.state") == "running"  # not in the middle of a call
    assert wait_for_told(page, 1) == [["spoken", 1]]
    wait_for(page, "before.state === 'closed'", seconds=3)
    renew_board(page, announcement(2, "A002", ["hao"]))
    assert wait_for_told(page, 2) == [["spoken", 1], ["spoken", 2]]
    assert look(page, "clock !== before") is True
