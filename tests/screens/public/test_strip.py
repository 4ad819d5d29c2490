"""The board's strip in a large hall: nothing is cut, nothing pushes the called numbers away."""

from datetime import UTC, datetime, timedelta

from kiosk.screens.public.strip import MOST_PAGES, TURN_S, Beside, Counted, in_runs, shape_of, strip
from tests.large_centre import LONG, furnish_large
from tests.visitor import Visitor

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
TV, OLD_TV, TALL = (1920, 1080), (1024, 768), (1080, 1920)
SHORT, USUAL = "居住证代办", "养老保险资格认证"


def shown(names, pauses=(), at=NOW, notice="", panel=TV, count=1):
    counts = [Counted(name, count) for name in names]
    groups = [Counted("养老和补贴", 99)]
    return strip(counts, lambda: groups, Beside(pauses, notice), at, shape_of(*panel))


def every_page(names, **how):
    first = shown(names, **how)
    turns = (NOW + timedelta(seconds=TURN_S * turn) for turn in range(first.pages))
    return [shown(names, at=at, **how) for at in turns]


def test_nine_short_names_stand_together_or_six_usual_ones_and_more_turn_their_pages():
    assert (shown([SHORT] * 9).pages, shown([SHORT] * 9).columns) == (1, 3)
    assert (shown([USUAL] * 6).pages, shown([USUAL] * 6).columns) == (1, 2)
    names = [f"业务{n}" for n in range(26)]
    assert len(every_page(names)) == 3
    assert {one.name for page in every_page(names) for one in page.waiting} == set(names)


def test_a_squarer_picture_has_room_for_more_and_a_tall_one_lists_them_below_each_other():
    assert shown([USUAL] * 10, panel=OLD_TV).pages == 1
    assert (shown([USUAL] * 8, panel=TALL).pages, shown([USUAL] * 8, panel=TALL).columns) == (1, 1)


def test_a_long_name_goes_over_all_columns_and_only_the_longest_is_set_small():
    long = "代办居住证、老年人优待证和残疾人证"
    (page,) = every_page([USUAL, USUAL, long, USUAL])
    assert [one.is_whole for one in page.waiting] == [False, False, True, False]
    assert not page.waiting[2].is_small
    longest = f"{long}{LONG}"[:64]
    assert shown([longest]).waiting[0].is_small
    assert not shown([longest], panel=TALL).waiting[0].is_small


def test_pauses_a_notice_and_large_counts_take_the_room_of_others():
    assert shown([USUAL] * 6, pauses=["午休 20号窗口"]).pages == 2
    assert shown([USUAL] * 6, notice="养老保险资格认证开始了，请带上身份证").pages > 1
    assert shown([SHORT] * 9, count=100).columns == 2


def test_groups_stand_for_services_that_would_take_too_long_to_turn():
    assert [one.name for one in shown([USUAL] * (6 * MOST_PAGES + 1)).waiting] == ["养老和补贴"]


def test_windows_in_a_row_are_said_as_one():
    assert in_runs([7, 3, 20, 21, 22, 24, 25]) == "3、7、20–22、24、25"


def test_a_board_is_told_when_its_page_turns_and_not_before(app, visitor, clock):
    for code in "ABCDEFG":
        visitor.take(code, tap=code)
    board = Visitor(app)
    poll = (
        board.get("/board").attribute("data-strip-page"),
        board.get("/board").all(".//main")[0].get("hx-get"),
    )
    assert poll[0] in "12"
    board.get(poll[1], status=204)
    clock.forward(seconds=TURN_S)
    turned = board.get(poll[1])
    assert turned.attribute("data-strip-page") != poll[0]


def test_the_windows_that_pause_are_named_together_when_they_are_many(box, app):
    furnish_large(box)
    clerk = Visitor(app)
    clerk.log_in("clerk1", "demo-clerk")
    for number in range(20, 26):
        clerk.post(f"/counter/{number}/pause", {"pause": "lunch"})
    assert "20–25号窗口" in Visitor(app).get("/board").words()
