"""What may be a password."""

from pathlib import Path

import pytest

from kiosk import staff
from kiosk.staff import passwords
from kiosk.strength import is_guessed_early
from printing import subprocess_task

AS_IN_A_CENTRE = passwords.hashed.__defaults__ or ()  # before a test runs: for all of them it is cheap
HOME = Path(__file__).parent.parent.parent
KNOWN = ("chuangkou", "社区党群服务中心", "Community Service Centre")
GOOD = ("three-ducks-on-a-roof", "qingtian xiayu dou lai", "老槐树下三只猫在打盹晒太阳")
COMMON = (
    "password1234",
    "123456789012",
    "qwertyuiop[]",
    "aaaaaaaaaaaa",
    "passwordpassword",
    "iloveyou1234",
    "20262026202620",
)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("elevenchars", staff.PasswordTooShort),
        ("", staff.PasswordTooShort),
        ("x" * 129, staff.PasswordTooLong),
        ("chuangkou2026", staff.PasswordIsAName),
        ("ChuangKou-ChuangKou", staff.PasswordIsAName),
        ("社区党群服务中心12345", staff.PasswordIsAName),
        ("community service centre!", staff.PasswordIsAName),
        ("chuangkou@1abc", staff.PasswordIsAName),
    ],
)
def test_too_short_too_long_and_a_name_are_refused(text, refusal):
    with pytest.raises(refusal):
        staff.check_choice(text, KNOWN)


def test_a_name_within_something_of_its_own_is_no_fault(monkeypatch):
    monkeypatch.setattr(passwords, "_is_common", lambda *_: False)
    staff.check_choice("chuangkou-feeds-ducks", KNOWN)
    staff.check_choice("twelve-chars", ("", "x"))


@pytest.mark.parametrize("text", COMMON)
def test_what_guessers_try_first_is_guessed_early(text):
    assert is_guessed_early(text, [])


@pytest.mark.parametrize("text", [*GOOD, GOOD[0] * 6])
def test_what_nobody_else_would_choose_is_not(text):
    assert not is_guessed_early(text, list(KNOWN))


def test_it_is_kept_at_full_cost_unless_said_otherwise():
    assert AS_IN_A_CENTRE == ("scrypt:16384:8:5",)
    assert passwords.hashed(GOOD[0], *AS_IN_A_CENTRE).hash.startswith("scrypt:16384:8:5$")


def test_it_is_judged_in_a_process_of_its_own():
    with pytest.raises(staff.PasswordCommon):
        staff.check_choice(COMMON[0], KNOWN)


def test_the_lists_are_read_by_that_process_alone():
    said = {path: path.read_text(encoding="utf-8") for path in HOME.glob("kiosk/**/*.py")}
    (where,) = [path for path, text in said.items() if "import zxcvbn" in text]
    assert "\n    from zxcvbn import zxcvbn" in said[where], "not when the module is loaded"
    users = {path.parent.name for path, text in said.items() if "import is_guessed_early" in text}
    assert users == {"strength"}


def test_a_judge_who_breaks_lets_nothing_pass(monkeypatch):
    monkeypatch.setattr(passwords, "run_module", lambda *_, **__: subprocess_task.Done(70, b"", "broken"))
    with pytest.raises(RuntimeError, match="broken"):
        staff.check_choice(GOOD[0], KNOWN)


def test_a_made_password_may_be_chosen_and_is_new_each_time():
    made = {staff.made_password() for _ in range(50)}
    assert len(made) == 50
    for one in made:
        assert len(one) >= 12
        assert not set(one) & set("0o1il")
    assert not is_guessed_early(made.pop(), [])


def test_only_two_hash_or_wait_and_the_next_is_sent_away_at_once():
    with passwords._TURNS._one:  # somebody hashes
        assert passwords._TURNS._free.acquire(blocking=False)
        assert passwords._TURNS._free.acquire(blocking=False)
        with pytest.raises(staff.TooManyAtOnce), staff.turn(is_stranger=False):
            pass
        passwords._TURNS._free.release()
        passwords._TURNS._free.release()
    with staff.turn(is_stranger=True):
        pass


def test_strangers_leave_a_place_to_the_house_however_many_they_are():
    with staff.turn(is_stranger=True):
        for _ in range(3):
            with pytest.raises(staff.TooManyAtOnce), staff.turn(is_stranger=True):
                pass
        assert passwords._TURNS._free.acquire(blocking=False), "the house's own"
        passwords._TURNS._free.release()
    with staff.turn(is_stranger=True):
        pass
