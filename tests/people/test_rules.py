"""What a name and a telephone number may look like."""

import pytest

from kiosk.people.rules import (
    is_id_number,
    is_written,
    masked,
    person_faults,
    phone_digits,
    phone_tail,
    team_faults,
    tidy,
)


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
        ("6234567.0", "6234567"),
        ("13800001111.0", "13800001111"),
        ("1.3800001111E10", "13800001111"),
        ("1.3800001111E+10", "13800001111"),
        ("013800001111", "13800001111"),
        ("8613800001111", "13800001111"),
        ("86-138-0000-1111", "13800001111"),
        ("+86 013800001111", "13800001111"),
        ("+86 21 6234 5678", "02162345678"),
        ("0086-21-62345678", "02162345678"),
        ("+86 318 2251001", "03182251001"),
        ("021-62345678-8", "02162345678-8"),
        ("021 62345678 转 808", "02162345678-808"),
        ("(0318)2251001分机12", "03182251001-12"),
        ("62251001-8", "62251001-8"),
        ("0755-2345-6789", "075523456789"),
        ("400-800-1234", "4008001234"),
        ("\u202a13800001111\u202c", "13800001111"),
        ("\u200e138\u200b00001111\ufeff", "13800001111"),
        ("+852 9123 4567", "+85291234567"),
        ("00852-91234567", "+85291234567"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_phone_is_kept_as_digits_however_it_was_written(written, kept):
    assert phone_digits(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "1380000123",
        "138000012345",
        "12345678901",
        "1.38E+10",
        "1.38000011119E10",
        "无",
        "110",
        "13800001234/13900001234",
        "021623456788",
        "86123",
        "+",
        "+86",
        "+1",
        "-8",
        "13800001234-123456",
        "#N/A",
        "TRUE",
        "2026-11-28",
    ],
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


def test_a_number_is_found_by_its_own_last_digits_not_its_extensions():
    assert [phone_tail(one) for one in ("02162345678-8", "13800001234", "")] == ["5678", "1234", ""]


@pytest.mark.parametrize("letter", ["\U0002ebf0", "\U00031350", "\ue000", "𠮷"])
def test_no_letter_of_a_name_vanishes_whatever_unicode_this_python_knows(letter):
    assert tidy(f"王{letter}") == f"王{letter}"
    assert is_written(letter)


@pytest.mark.parametrize(
    ("gbk", "letter"),
    [("FE59", "龴"), ("FEA0", "\u9fbb"), ("A8BC", "\u1e3f"), ("FE51", "\U00020087"), ("A6D9", ",")],
)
def test_a_letter_that_a_chinese_windows_keeps_in_private_use_is_the_one_it_is(gbk, letter):
    assert tidy(f"王{bytes.fromhex(gbk).decode('gb18030')}") == f"王{letter}"


@pytest.mark.parametrize(
    "sign", ["\x00", "\x01", "\u200b", "\u202e", "\ufeff", "\ud800", "\uffff", "\ufdd0", "\u2028"]
)
def test_what_steers_a_machine_is_no_letter(sign):
    assert not is_written(sign)
    assert tidy(f"王{sign}五") == "王五"


@pytest.mark.parametrize("dot", "·•‧∙・．･.")
def test_the_dot_of_a_minoritys_name_is_one_however_it_was_typed(dot):
    assert tidy(f"买买提{dot}吐尔逊") == tidy(f"买买提 {dot} 吐尔逊") == "买买提·吐尔逊"
    assert tidy(f"\U00020087 \u9fb4{dot}\U000200cc") == "\U00020087\u9fb4·\U000200cc", "beyond U+FFFF too"
    assert tidy("J. Li") == "J. Li"


@pytest.mark.parametrize(
    "written", ["#N/A", "#REF!", "TRUE", "false", "2026-11-28", "2026年11月28日", "45987", "#ＮＡＭＥ?"]
)
def test_what_a_spreadsheet_writes_in_a_names_place_is_no_name(written):
    assert person_faults(written, "") == {"name": "no_name"}


@pytest.mark.parametrize("name", ["王3", "李四2", "True Li", "A#1"])
def test_a_name_may_have_a_digit_in_it(name):
    assert person_faults(name, "") == {}


def test_a_picture_is_in_no_name_of_a_person_or_a_team():
    assert person_faults("王小明😀", "") == {"name": "pictures"}
    assert team_faults("理发队✂️", "") == {"name": "pictures"}
    assert person_faults("𰻝𰻝", "") == team_faults("䶮队", "") == {}
