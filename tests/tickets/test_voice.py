"""A call counts towards 过号 when a board has said it aloud, not when it was pressed."""

import pytest
import sqlalchemy as sa

from kiosk import tickets
from kiosk.asked import Asked
from kiosk.tickets import refusals
from kiosk.tickets.tables import change, spoken_call, voice

from .conftest import CLERK


class Board:
    """A board that tells what it said."""

    def __init__(self, hall):
        self.hall = hall

    def tells(self, *spoken, can_speak=True):
        with self.hall.box.database.write() as tx:
            tickets.note_voice(tx, self.hall.clock(), can_speak=can_speak, spoken=spoken)

    def says_all(self):
        known = sa.select(change.c.id).order_by(change.c.id)
        self.tells(*self.hall.read(sa.Connection.scalars, known))

    def spoken(self):
        return list(self.hall.read(sa.Connection.scalars, sa.select(spoken_call.c.change_id)))


@pytest.fixture
def board(hall):
    return Board(hall)


@pytest.fixture
def called(hall):
    """Who is called to counter 1, and called again twice at once."""
    ticket_id = hall.take("A")

    def call():
        hall.call_next()
        hall.do(tickets.recall)
        hall.do(tickets.recall)
        return ticket_id

    return call


@pytest.mark.parametrize(("silent_s", "is_kept"), [(75, True), (76, False)])
def test_a_voice_that_tells_of_itself_in_time_is_the_same_voice(hall, clock, board, silent_s, is_kept):
    board.tells()
    began = clock()
    clock.forward(seconds=silent_s)
    board.tells()
    since = hall.read(sa.Connection.scalar, sa.select(voice.c.since))
    assert since == (began if is_kept else clock())


def test_the_third_call_counts_when_it_was_heard(hall, clock, board, called):
    board.tells()
    called()
    clock.forward(seconds=30)
    board.says_all()
    clock.forward(seconds=59)
    with pytest.raises(refusals.TooEarlyToMiss) as refused:
        hall.no_show()
    assert refused.value.facts == {"calls": 0, "seconds": 1}
    clock.forward(seconds=1)
    hall.no_show()


def test_who_was_not_called_aloud_is_not_missed(hall, clock, board, called):
    board.tells()
    called()
    clock.forward(seconds=59)
    with pytest.raises(refusals.NotHeardYet):
        hall.no_show()


def test_a_board_that_never_says_it_locks_nobody(hall, clock, board, called):
    board.tells()
    called()
    clock.forward(seconds=120)
    hall.no_show()


@pytest.mark.parametrize("silence", ["never there", "lost", "gone"])
def test_without_a_voice_the_press_counts(hall, clock, board, called, silence):
    if silence != "never there":
        board.tells()
    if silence == "lost":
        board.tells(can_speak=False)
    if silence == "gone":
        clock.forward(seconds=76)
    called()
    clock.forward(seconds=60)
    hall.no_show()


def test_a_voice_that_comes_later_takes_no_call_back(hall, clock, board, called):
    called()
    clock.forward(seconds=59)
    board.tells()
    clock.forward(seconds=1)
    hall.no_show()


def test_a_board_that_goes_on_telling_has_had_its_voice_all_along(hall, clock, board, called):
    for _ in range(4):
        board.tells()
        clock.forward(seconds=30)
    called()
    board.tells()
    clock.forward(seconds=59)
    with pytest.raises(refusals.NotHeardYet):
        hall.no_show()


def test_the_calls_of_an_earlier_turn_do_not_count(hall, clock, board, called):
    board.tells()
    ticket_id = called()
    board.says_all()
    clock.forward(seconds=61)
    hall.no_show()
    board.tells()
    hall.write(tickets.call_ticket, hall.box.centre, Asked(clock(), CLERK), 1, ticket_id, "过号后回来")
    hall.do(tickets.recall)
    hall.do(tickets.recall)
    with pytest.raises(refusals.NotHeardYet):
        hall.no_show()


def test_a_call_is_said_once_whichever_board_says_it_and_nothing_else_is_a_call(hall, clock, board, called):
    called()
    calls = [2, 3, 4]
    board.tells(*calls)
    clock.forward(seconds=5)
    board.tells(1, *calls, 99)  # 1 is the taking of the number
    assert board.spoken() == calls
    assert hall.read(sa.Connection.scalar, sa.select(sa.func.count()).select_from(voice)) == 1
