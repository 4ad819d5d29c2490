"""What printers send back is told apart, however it is mixed and cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.answers import split, status_of_automatic, status_of_states


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ((0x16, 0x12, 0x12, 0x12), "ready"),
        ((0x16, 0x12, 0x12, 0x1E), "paper_low"),
        ((0x1E, 0x32, 0x12, 0x7E), "paper_out"),
        ((0x16, 0x12, 0x12, 0x72), "paper_out"),
        ((0x1E, 0x16, 0x12, 0x12), "cover_open"),
        ((0x1E, 0x36, 0x12, 0x7E), "cover_open"),
        ((0x1E, 0x52, 0x1A, 0x12), "cutter_error"),
        ((0x1E, 0x52, 0x32, 0x12), "error"),
        ((0x1E, 0x52, 0x12, 0x12), "error"),
        ((0x1E, 0x12, 0x12, 0x12), "offline"),
    ],
)
def test_the_four_states_say_together_how_the_printer_is(told, status):
    assert status_of_states(dict(zip((1, 2, 3, 4), told, strict=True))) == status


def test_a_printer_that_knows_only_some_of_the_questions_is_understood_too():
    assert status_of_states({1: 0x16, 4: 0x1E}) == "paper_low"
    assert status_of_states({4: 0x7E}) == "paper_out"
    assert status_of_states({}) == "unknown"


@pytest.mark.parametrize(
    ("packet", "status"),
    [
        (b"\x14\x00\x00\x0f", "ready"),
        (b"\x14\x00\x03\x0f", "paper_low"),
        (b"\x1c\x00\x0f\x0f", "paper_out"),
        (b"\x3c\x00\x00\x0f", "cover_open"),
        (b"\x1c\x08\x00\x0f", "cutter_error"),
        (b"\x1c\x20\x00\x0f", "error"),
        (b"\x1c\x00\x00\x0f", "offline"),
        (b"", "unknown"),
        (b"\x14\x00", "unknown"),
    ],
)
def test_automatic_status_says_how_the_printer_is(packet, status):
    assert status_of_automatic(packet) == status


@pytest.mark.parametrize(
    ("heard", "papers"),
    [
        (b"\x00", b"\x00"),
        (b"\x0c", b"\x0c"),
        (b"", b""),
        (b"\x14\x00\x00\x0f", b""),
        (b"\x14\x00", b""),
        (b"\x14\x00\x00\x0f\x00", b"\x00"),
        (b"\x16\x12\x12", b""),
        (b"\x16\x00", b"\x00"),
        (b"\x11\x00\x13", b"\x00"),
        (b"\x37\x2200", b""),
        (b"\x37\x220042", b""),
        (b"\x37\x220042\x00", b""),
        (b"\x5fTM-T", b""),
        (b"\x5fTM-T20\x00\x03", b"\x03"),
    ],
)
def test_the_answer_to_gs_r_is_never_mistaken(heard, papers):
    assert split(heard).papers == papers


def test_every_kind_is_found_in_one_stream():
    told = split(b"\x14\x00\x00\x0f\x16\x5fEPSON\x00\x12\x37\x220042\x00\x1c\x00\x0f\x0f\x00\x5fTM-T88V\x00")
    assert told.states == b"\x16\x12"
    assert told.automatic == b"\x1c\x00\x0f\x0f"
    assert told.tags == (b"0042",)
    assert told.texts == ("EPSON", "TM-T88V")
    assert told.papers == b"\x00"


@given(
    st.lists(st.sampled_from([b"\x16", b"\x14\x00\x03\x0f", b"\x37\x220042\x00", b"\x5fXP-80\x00"])),
    st.data(),
)
def test_an_answer_that_has_come_in_part_is_no_other_answer(answers, data):
    stream = b"".join(answers)
    begun = split(stream[: data.draw(st.integers(0, len(stream)))])
    whole = split(stream)
    assert begun.papers == b""
    assert whole.tags[: len(begun.tags)] == begun.tags
    assert whole.texts[: len(begun.texts)] == begun.texts
    assert len(begun.states) <= len(whole.states) == answers.count(b"\x16")
