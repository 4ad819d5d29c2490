"""The one-time code of a new centre."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from kiosk.setup import CodeSpent, WrongCode
from kiosk.setup.code import Code


def wrong(code: Code) -> str:
    return "000000" if code.shown != "000 000" else "111111"


def test_the_code_is_taken_with_and_without_its_gap():
    code = Code()
    assert code.check(code.shown) == code.check(code.shown.replace(" ", "")) == code.key


def test_of_a_hundred_guesses_at_once_five_are_looked_at_and_then_the_right_one_opens_nothing():
    code = Code()

    def guess(_: int) -> type[Exception]:
        try:
            code.check(wrong(code))
        except (WrongCode, CodeSpent) as refusal:
            return type(refusal)
        raise AssertionError

    with ThreadPoolExecutor(8) as guessers:
        told = list(guessers.map(guess, range(100)))
    assert told.count(WrongCode) == 4
    with pytest.raises(CodeSpent):
        code.check(code.shown)


def test_a_new_code_at_the_box_opens_again_and_who_has_given_the_old_one_goes_on():
    code = Code()
    key, first = code.check(code.shown), code.shown
    for _ in range(5):
        with pytest.raises((WrongCode, CodeSpent)):
            code.check(wrong(code))
    code.renew()
    assert code.check(code.shown) == key
    assert not code.is_spent
    assert code.shown != first or first  # one in a million is the same


@pytest.mark.parametrize("typed", ["", "12345", "１２３４５６", "12345\x00", "x" * 20, "\ud800"])
def test_what_is_no_code_is_a_wrong_one(typed):
    with pytest.raises(WrongCode):
        Code().check(typed)
