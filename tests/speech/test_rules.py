"""How a reading may be typed, and what is wrong with one."""

import pytest

from kiosk.speech.rules import SYLLABLES, ReadingFault, key_of, read_reading, tidied


@pytest.mark.parametrize(
    ("typed", "words", "kept"),
    [
        ("chong2 xin1", "重新", "chong2 xin1"),
        ("chóng xīn", "重新", "chong2 xin1"),
        ("CHONG2,XIN1", "重新。", "chong2 xin1"),
        ("chong2xin1", "重新", "chong2 xin1"),
        ("dong1 xi", "东西", "dong1 xi5"),
        ("ma0", "吗？", "ma5"),
        ("nǚ lv4 jü2 lu:3", "女绿局吕", "nv3 lv4 ju2 lv3"),
        ("re4 xian4", "12345热线", "re4 xian4"),
        ("zher4", "这", None),
        ("  ", "重新", ""),
    ],
)
def test_a_reading_is_kept_as_numbered_pinyin(typed, words, kept):
    reading, fault = read_reading(typed, words)
    assert (reading if fault is None else None) == kept


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("zhongg xin1", ReadingFault("syllable", "zhongg")),
        ("chong2 x1n", ReadingFault("syllable", "x1")),
        ("chong6 xin1", ReadingFault("syllable", "chong6")),
        ("chóng2 xin1", ReadingFault("syllable", "chóng2")),
        ("重新", ReadingFault("syllable", "重新")),
        ("<b>", ReadingFault("syllable", "<b>")),
        ("chong2", ReadingFault("count", "1", "2")),
        ("chong2 xin1 le5", ReadingFault("count", "3", "2")),
    ],
)
def test_what_is_no_reading_is_named(typed, fault):
    assert read_reading(typed, "重新") == ("", fault)


def test_there_are_as_many_syllables_as_the_language_has():
    assert 400 < len(SYLLABLES) < 430
    assert {"zhuang", "lve", "er", "a", "yuan", "weng", "nv"} <= SYLLABLES


def test_words_are_compared_without_the_space_around_them():
    assert tidied("  身份证 \n 原件\t") == "身份证 原件"
    assert key_of("身份证", "zh") != key_of("身份证", "en")
