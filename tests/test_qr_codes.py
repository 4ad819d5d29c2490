import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import qr_codes
from kiosk.qr_codes import CodeKind
from printing.drawing.qr import matrix

SECRET = b"s" * 32
serials = st.integers(0, qr_codes.SERIALS - 1)
kinds = st.sampled_from(CodeKind)


@given(kinds, serials, st.integers(0, 5))
def test_a_code_of_ours_is_read_back(kind, serial, revision):
    token = qr_codes.parse(qr_codes.issue(kind, serial, revision, SECRET))
    assert (token.kind, token.serial) == (kind, serial)
    assert qr_codes.is_signed(token, revision, SECRET)


@given(serials, st.integers(0, 23), st.integers(1, 9))
def test_one_wrong_digit_is_misread_and_never_forged(serial, place, off):
    code = qr_codes.issue(CodeKind.TICKET, serial, 0, SECRET)
    wrong = code[:place] + str((int(code[place]) + off) % 10) + code[place + 1 :]
    with pytest.raises(qr_codes.Misread):
        qr_codes.parse(wrong)


@given(serials, st.integers(0, 22))
def test_two_swapped_digits_are_misread(serial, place):
    code = qr_codes.issue(CodeKind.TICKET, serial, 0, SECRET)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped != code:
        with pytest.raises(qr_codes.Misread):
            qr_codes.parse(swapped)


@given(serials)
def test_a_code_signed_with_another_secret_is_forged(serial):
    token = qr_codes.parse(qr_codes.issue(CodeKind.TICKET, serial, 0, b"other"))
    with pytest.raises(qr_codes.Forged):
        qr_codes.verify(token, 0, SECRET)


def test_an_older_revision_is_ours_but_revoked():
    token = qr_codes.parse(qr_codes.issue(CodeKind.TICKET, 7, 1, SECRET))
    assert qr_codes.verify(token, 1, SECRET)
    assert not qr_codes.verify(token, 3, SECRET)
    with pytest.raises(qr_codes.Forged):
        qr_codes.verify(token, 0, SECRET)


@pytest.mark.parametrize(
    "around", ["{}", " {}\n", "http://192.168.1.10:8000/t/{}", "https://linli.example/hall/t/{}"]
)
def test_an_address_that_ends_in_the_code_is_read(around):
    assert qr_codes.parse(around.format(qr_codes.issue(CodeKind.TICKET, 42, 0, SECRET))).serial == 42


@pytest.mark.parametrize(
    "text", ["", "1" * 23, "1" * 25, "110101199003074518", "wxp://f2f0abc", "１" * 24, "A" * 24]
)
def test_what_is_not_ours_is_misread(text):
    with pytest.raises(qr_codes.Misread):
        qr_codes.parse(text)


def test_two_codes_glued_together_are_misread():
    code = qr_codes.issue(CodeKind.TICKET, 1, 0, SECRET)
    with pytest.raises(qr_codes.Misread):
        qr_codes.parse(code + code)


def test_the_code_fits_the_smallest_qr_code_at_level_q():
    assert len(matrix(qr_codes.issue(CodeKind.TICKET, 9_999_999, 0, SECRET), "Q")) == 21


@pytest.mark.parametrize("serial", [-1, qr_codes.SERIALS])
def test_a_serial_that_does_not_fit_is_refused(serial):
    with pytest.raises(ValueError, match="seven digits"):
        qr_codes.issue(CodeKind.TICKET, serial, 0, SECRET)


CODE = qr_codes.issue(CodeKind.TICKET, 7, 0, SECRET)


@pytest.mark.parametrize(
    "written",
    [
        f"]Q1{CODE}",  # a scanner that says which kind of code it has read
        f"]q3http://192.168.1.9:8000/t/{CODE}",
        f"HTTP://192.168.1.9:8000/T/{CODE}",
        f"http://linli-box.local:8000/t/{CODE}/",
        "-".join(CODE[at : at + 4] for at in range(0, 24, 4)),
        " ".join(CODE[at : at + 4] for at in range(0, 24, 4)),
        "".join(chr(ord(digit) + 0xFEE0) for digit in CODE),  # full width, as an input method types
        f"\ufeff{CODE}\u200b\r\n",
    ],
)
def test_a_code_is_ours_however_a_scanner_or_a_hand_spells_it(written):
    assert qr_codes.parse(written).serial == 7


@pytest.mark.parametrize(
    "written", [f"]Q1{CODE[1:]}", f"{CODE}{CODE}", f"https://pay.example/{CODE}", f"x{CODE}"]
)
def test_what_only_contains_such_digits_is_none_of_ours(written):
    with pytest.raises(qr_codes.Misread):
        qr_codes.parse(written)


def test_a_server_that_shows_codes_has_no_library_of_pictures_in_its_memory():
    shows = "import sys; from printing.drawing.qr import matrix; matrix('1'); print('PIL' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", shows], capture_output=True, text=True, check=True)
    assert shown.stdout == "False\n"
