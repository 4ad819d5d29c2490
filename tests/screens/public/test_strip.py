"""The board's strip in a large hall: nothing is cut, nothing pushes the called numbers away."""

from datetime import UTC, datetime, timedelta

from kiosk.screens.public.strip import MOST_PAGES, TURN_S, Beside, Counted, in_runs, strip
from tests.large_centre import LONG, furnish_large
from tests.visitor import Visitor

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


def shown(names, pauses=(), at=NOW, notice=""):
    return strip(
        [Counted(name, 1) for name in names], lambda: [Counted("养老和补贴", 99)], Beside(pauses, notice), at
    )


def every_page(names, pauses=()):
    first = shown(names, pauses)
    return [shown(names, pauses, NOW + timedelta(seconds=TURN_S * turn)) for turn in range(first.pages)]


def test_sixteen_short_names_stand_together_and_more_turn_their_pages():
    assert shown(["居住证代办"] * 16).pages == 1
    names = [f"业务{n}" for n in range(40)]
    assert len(every_page(names)) == 3
    assert {one.name for page in every_page(names) for one in page.waiting} == set(names)


def test_long_names_and_pauses_take_the_room_of_others():
    long = [f"{n}{LONG}" for n in range(5)]
    assert all(one.is_long for page in every_page(long) for one in page.waiting)
    assert [len(page.waiting) for page in every_page(long)] in ([3, 2], [2, 3])
    assert len(every_page(["居住证代办"] * 16, ["午休 20号窗口"])) == 2
    assert shown(["居住证代办"] * 16, notice="养老保险资格认证开始了，请带上身份证").pages == 2


def test_groups_stand_for_services_that_would_take_too_long_to_turn():
    assert [one.name for one in shown(["居住证代办"] * 17 * MOST_PAGES).waiting] == ["养老和补贴"]


def test_windows_in_a_row_are_said_as_one():
    assert in_runs([7, 3, 20, 21, 22, 24, 25]) == "3、7、20–22、24、25"


def test_a_board_is_told_when_its_page_turns_and_not_before(box, app, visitor, clock):
    furnish_large(box)
    for code in ("AE", "AN", "AW", "BF", "B", "C", "D"):
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
