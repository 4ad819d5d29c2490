"""The board on televisions: of other pixels than were set, and with the edges cut off."""

import pytest

from script.benches._hall import Client
from tests.browser.conftest import WIDE, until

FOUR_K = {"width": 3840, "height": 2160}

# Where a thing stands, in shares of the picture: left, top, right, bottom.
PLACE = """(what) => {
  const { left, top, right, bottom } = document.querySelector(what).getBoundingClientRect();
  return [left / innerWidth, top / innerHeight, right / innerWidth, bottom / innerHeight];
}"""


@pytest.fixture
def server(serving, tmp_path):
    with serving(tmp_path / "data", board_overscan="5") as running:
        yield running


@pytest.fixture
def board(browse, clerk, server):
    Client(server).take()
    clerk.post("/counter/1/call-next")
    return browse("/board", viewport=WIDE)


def places(page):
    shown = (".clock", ".head", ".newest", ".call__number", ".call__counter", ".queue", ".updated")
    return {what: page.evaluate(PLACE, what) for what in shown}


def test_a_television_of_four_times_as_many_pixels_shows_the_same_and_no_edge_cuts_it(board):
    usual = places(board)
    for what, (left, top, right, bottom) in usual.items():
        assert min(left, top) >= 0.05, what
        assert max(right, bottom) <= 0.95, what
    left, _, right, _ = usual[".newest"]
    assert (left, right) == pytest.approx((0.05, 0.95), abs=0.04)  # and it fills what is left
    board.set_viewport_size(FOUR_K)
    for what, place in places(board).items():
        assert place == pytest.approx(usual[what], abs=0.002), what
    number = board.evaluate("parseFloat(getComputedStyle(document.querySelector('.call__number')).fontSize)")
    assert number / FOUR_K["height"] > 0.15


def test_the_test_picture_marks_each_percent_and_what_is_set(board, server):
    board.goto(f"{server.origin}/board?test")
    for percent in (0, 3, 10):
        share = percent / 100
        place = board.evaluate(PLACE, f"[data-at='{percent}']")
        assert place == pytest.approx((share, share, 1 - share, 1 - share), abs=0.001)
    assert board.evaluate(PLACE, ".test") == pytest.approx((0.05, 0.05, 0.95, 0.95), abs=0.001)
    assert "现在设的是5" in board.inner_text(".test")


def test_a_new_call_flashes_once_a_second_for_who_cannot_hear_however_often_the_board_renews_itself(
    board, clerk, server
):
    Client(server).take()
    clerk.post("/counter/1/start")
    clerk.post("/counter/1/finish", next="1")
    board.wait_for_selector(".call--newest[data-flashes]")
    flashing = "getComputedStyle(document.querySelector('.call--newest[data-flashes]') ?? document.body)"
    until(board, f"{flashing}.animationDuration === '1s'")  # the board renews itself meanwhile
    board.emulate_media(reduced_motion="reduce")
    until(board, f"{flashing}.animationName === 'none' && {flashing}.outlineStyle === 'solid'")
    # the one that was finished has the column alone, and is not cut
    whole = "c.scrollHeight === c.clientHeight && c.scrollWidth === c.clientWidth"
    large = "c.firstElementChild.offsetHeight / c.clientHeight > 0.33"
    until(board, f"(c => {whole} && {large})(document.querySelector('.recent .call'))")
    Client(server).take()
    board.wait_for_selector(".queue__one")
    waiting = board.evaluate("parseFloat(getComputedStyle(document.querySelector('.queue__name')).fontSize)")
    assert waiting / WIDE["width"] * 1218 >= 43.6 * 0.9, "half a degree at five metres on 55 inches"
