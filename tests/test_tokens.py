import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import tokens
from kiosk.tokens import Kind
from printing.qr import matrix

SECRET = b"s" * 32
serials = st.integers(0, tokens.SERIALS - 1)
kinds = st.sampled_from(Kind)


@given(kinds, serials, st.integers(0, 5))
def test_a_code_of_ours_is_read_back(kind, serial, revision):
    token = tokens.parse(tokens.issue(kind, serial, revision, SECRET))
    assert (token.kind, token.serial) == (kind, serial)
    assert tokens.is_signed(token, revision, SECRET)


@given(serials, st.integers(0, 23), st.integers(1, 9))
def test_one_wrong_digit_is_misread_and_never_forged(serial, place, off):
    code = tokens.issue(Kind.TICKET, serial, 0, SECRET)
    wrong = code[:place] + str((int(code[place]) + off) % 10) + code[place + 1 :]
    with pytest.raises(tokens.Misread):
        tokens.parse(wrong)


@given(serials, st.integers(0, 22))
def test_two_swapped_digits_are_misread(serial, place):
    code = tokens.issue(Kind.TICKET, serial, 0, SECRET)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped != code:
        with pytest.raises(tokens.Misread):
            tokens.parse(swapped)


@given(serials)
def test_a_code_signed_with_another_secret_is_forged(serial):
    token = tokens.parse(tokens.issue(Kind.TICKET, serial, 0, b"other"))
    with pytest.raises(tokens.Forged):
        tokens.verify(token, 0, SECRET)


def test_an_older_revision_is_ours_but_revoked():
    token = tokens.parse(tokens.issue(Kind.TICKET, 7, 1, SECRET))
    assert tokens.verify(token, 1, SECRET)
    assert not tokens.verify(token, 3, SECRET)
    with pytest.raises(tokens.Forged):
        tokens.verify(token, 0, SECRET)


@pytest.mark.parametrize(
    "around", ["{}", " {}\n", "http://192.168.1.10:8000/t/{}", "https://linli.example/hall/t/{}"]
)
def test_an_address_that_ends_in_the_code_is_read(around):
    assert tokens.parse(around.format(tokens.issue(Kind.TICKET, 42, 0, SECRET))).serial == 42


@pytest.mark.parametrize(
    "text", ["", "1" * 23, "1" * 25, "110101199003074518", "wxp://f2f0abc", "１" * 24, "A" * 24]
)
def test_what_is_not_ours_is_misread(text):
    with pytest.raises(tokens.Misread):
        tokens.parse(text)


def test_two_codes_glued_together_are_misread():
    code = tokens.issue(Kind.TICKET, 1, 0, SECRET)
    with pytest.raises(tokens.Misread):
        tokens.parse(code + code)


def test_the_code_fits_the_smallest_qr_code_at_level_q():
    assert len(matrix(tokens.issue(Kind.TICKET, 9_999_999, 0, SECRET), "Q")) == 21


@pytest.mark.parametrize("serial", [-1, tokens.SERIALS])
def test_a_serial_that_does_not_fit_is_refused(serial):
    with pytest.raises(ValueError, match="seven digits"):
        tokens.issue(Kind.TICKET, serial, 0, SECRET)
