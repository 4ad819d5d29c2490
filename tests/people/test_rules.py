"""What a name and a telephone number may look like."""

import pytest

from kiosk.people.rules import is_id_number, masked, person_faults, phone_digits, team_faults, tidy


@pytest.mark.parametrize(
    ("name", "shown"), [("王小明", "王*"), ("欧阳震华", "欧*"), ("𠮷田", "𠮷*"), ("Anna Li", "A*"), ("", "*")]
)
def test_a_masked_name_is_its_first_character_whatever_the_rest(name, shown):
    assert masked(name) == shown


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("13800001234", "13800001234"),
        ("+86 138 0000 1234", "13800001234"),
        ("008613800001234", "13800001234"),
        ("１３８０００01234", "13800001234"),
        ("0318-2251001", "03182251001"),
        ("(010) 62251001", "01062251001"),
        ("2251001", "2251001"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_phone_is_kept_as_digits_however_it_was_written(written, kept):
    assert phone_digits(written) == kept


@pytest.mark.parametrize(
    "written",
    ["1380000123", "138000012345", "12345678901", "1.38E+10", "无", "110", "13800001234/13900001234"],
)
def test_what_is_no_phone_is_not_taken_for_one(written):
    assert phone_digits(written) is None
    assert person_faults("王小明", written) == {"phone": "phone"}


def test_the_number_of_an_identity_card_is_known_wherever_it_was_typed():
    for number in ("110101199003070038", "11010119900307003X", "1101 0119 9003 0700 3x"):
        assert is_id_number(number)
        assert person_faults(f"王 {number}", number) == {"name": "id_number", "phone": "id_number"}
    assert not is_id_number("13800001234")
    assert team_faults("理发队", "110101199003070038") == {"contact": "id_number"}


def test_a_name_is_kept_without_what_a_keyboard_adds():
    assert tidy("  王　小 明\n") == "王小明"
    assert tidy("Ａnna   Li") == "Anna Li"
    assert tidy("a\x00b") == "a b"
