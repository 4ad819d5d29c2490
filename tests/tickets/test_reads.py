import pytest

from kiosk import qr_codes, tickets
from kiosk.asked import Asked
from kiosk.tickets import refusals
from tests.tickets.conftest import CLERK


def find(hall, code):
    return hall.read(tickets.find_ticket, hall.box.centre, code, hall.clock())


def test_a_code_opens_its_ticket_until_the_day_ends(hall, clock):
    ticket_id = hall.take("A")
    code = hall.view(ticket_id).token
    assert find(hall, code) == ticket_id
    clock.forward(hours=15)
    hall.write(tickets.close_day, hall.box.centre, clock())
    with pytest.raises(refusals.TicketOver):
        find(hall, code)


def test_a_code_of_another_box_opens_nothing(hall):
    hall.take("A")
    with pytest.raises(qr_codes.Forged):
        find(hall, qr_codes.issue(qr_codes.CodeKind.TICKET, 1, 0, b"another box"))


def test_a_code_of_ours_without_a_ticket_is_unknown(hall):
    with pytest.raises(refusals.UnknownTicket):
        find(hall, hall.box.centre.token(qr_codes.CodeKind.TICKET, 4711, 0))
    hall.take("A")
    with pytest.raises(refusals.UnknownTicket):
        find(hall, hall.box.centre.token(qr_codes.CodeKind.CONCERN, 1, 0))


def test_a_board_that_was_just_loaded_speaks_nothing_old(hall):
    hall.take("A")
    hall.call_next()
    assert hall.board(None).announcements == ()
    assert [call.number for call in hall.board(None).called] == ["A001"]


def test_every_call_since_the_last_look_is_announced_once_and_in_order(hall):
    seen = hall.board().v
    for counter in (1, 2, 3, 4):
        hall.take("A")
        hall.call_next(counter)
    hall.do(tickets.recall, 2)
    board = hall.board(seen)
    assert [(call.number, call.counter) for call in board.announcements] == [
        ("A001", 1),
        ("A002", 2),
        ("A003", 3),
        ("A004", 4),
        ("A002", 2),
    ]
    assert hall.board(board.v).announcements == ()


def test_who_is_served_at_once_stands_there_and_is_not_called_aloud(hall, clock):
    centre, by = hall.box.centre, lambda: Asked(clock(), CLERK)
    called, stands_there = hall.take("A"), hall.take("A")
    loaded = hall.board().v
    hall.write(tickets.call_ticket, centre, by(), 2, called, "")
    clock.forward(seconds=5)
    hall.write(tickets.serve_now, centre, by(), 1, stands_there, "就在窗口前")
    hall.do(tickets.start, 2)  # called before, begun later: what was to be said is said
    board = hall.board(loaded)
    assert [call.number for call in board.announcements] == ["A001"]
    assert [call.number for call in board.last] == ["A002", "A001"]


def test_a_call_that_nobody_can_still_answer_is_not_announced(hall, clock):
    seen = hall.board().v
    hall.take("A")
    hall.call_next()
    clock.forward(minutes=3)
    assert hall.board(seen).announcements == ()


def test_the_last_calls_stay_on_the_board_when_they_are_served(hall, clock):
    for _ in range(8):
        hall.take("A")
        hall.serve()
        clock.forward(seconds=1)
    board = hall.board()
    assert board.called == ()
    assert [call.number for call in board.last] == ["A008", "A007", "A006", "A005", "A004", "A003"]


def test_a_recall_is_no_second_line_among_the_last_calls(hall):
    hall.take("A")
    hall.call_next()
    hall.do(tickets.recall)
    assert [call.number for call in hall.board().last] == ["A001"]


def test_the_board_counts_who_waits_for_what(hall):
    for code in "AAB":
        hall.take(code)
    assert [(row.code, row.count) for row in hall.board().waiting] == [("A", 2), ("B", 1)]


def test_the_board_starts_empty_the_next_day(hall, clock):
    hall.take("A")
    hall.serve()
    hall.take("A")
    clock.forward(days=1)
    board = hall.board()
    assert (board.called, board.last, board.waiting) == ((), (), ())


def test_the_version_grows_with_every_change(hall):
    before = hall.read(tickets.version)
    hall.take("A")
    assert hall.read(tickets.version) == before + 1
