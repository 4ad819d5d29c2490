"""Words to sounds: Chinese, letters, English, what staff have written; and what cannot be read."""

import re

import pytest

from kiosk.speech import LANGUAGES, catalogue
from kiosk.speech.rules import SYLLABLES
from kiosk.synthesis import english, readings
from kiosk.synthesis.mandarin import phonemes_of
from kiosk.synthesis.model import SIGNS
from kiosk.synthesis.speaking import pieces_of, signs_of
from kiosk.synthesis.unreadable import Unreadable

for library in ("misaki", "pypinyin", "rjieba"):
    pytest.importorskip(library)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("办理", "ban4 li3"),
        ("到11号窗口", "dao4 shi2 yi1 hao4 chuang1 kou3"),
        ("您还在吗？", "nin2 hai2 zai4 ma5"),
        ("点一下，等一次。", "dian3 yi2 xia4 deng3 yi2 ci4"),
        ("慢一点，看一看", "man4 yi4 dian3 kan4 yi5 kan4"),
        ("第一个，星期一", "di4 yi1 ge4 xing1 qi1 yi1"),
        ("不能，不要紧", "bu4 neng2 bu2 yao4 jin3"),
        ("重新取号", "chong2 xin1 qu3 hao4"),
        ("取过号了", "qu3 guo4 hao4 le5"),
        ("东西带齐了吗？", "dong1 xi5 dai4 qi2 le5 ma5"),
        ("没有打出来", "mei2 you3 da3 chu1 lai5"),
        ("长者食堂，社区党群服务中心", "zhang3 zhe3 shi2 tang2 she4 qu1 dang3 qun2 fu2 wu4 zhong1 xin1"),
        ("重庆银行行长", "chong2 qing4 yin2 hang2 hang2 zhang3"),
        ("A023号", "A ling2 er4 san1 hao4"),
        ("QR码", "Q R ma3"),
    ],
)
def test_words_are_read_as_people_say_them(words, said):
    assert " ".join(readings.syllables(words)) == said


@pytest.mark.parametrize("words", ["取Ж号", "𰻞𰻞面馆", "", "，。", "★"])
def test_what_has_no_sound_is_refused_rather_than_left_out(words):
    with pytest.raises(Unreadable):
        readings.phonemes(words)


def test_a_reading_that_staff_have_written_is_what_is_said():
    assert readings.syllables("重庆2路", "zhong4 qing4 er4 lu4") == ["zhong4", "qing4", "er4", "lu4"]
    for short in ("chong2", "chong2 qing4 liang3 xx5"):
        with pytest.raises(Unreadable):
            readings.syllables("重庆2路", short)


def test_every_character_that_we_say_has_one_syllable():
    letters = set("abcdefghijklmnopqrstuvwxyz")
    for stem, words in catalogue("zh").items():
        if stem not in letters:
            assert len(readings.syllables(words)) == len(re.sub(r"[，。？：]", "", words)), words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_letters_and_no_two_digits_sound_the_same_and_the_model_knows_every_sign(lang):
    said = {stem: signs_of(words, lang) for stem, words in catalogue(lang).items()}
    single = [signs for stem, signs in said.items() if len(stem) == 1]
    assert len(single) == len(set(single)) == 36
    assert set("".join(said.values())) <= SIGNS.keys()


def test_every_syllable_that_staff_may_write_is_known_to_the_model():
    signs = {phonemes_of(f"{one}{tone}") for one in SYLLABLES for tone in "12345"}
    assert set("".join(signs)) <= SIGNS.keys()
    assert phonemes_of("zhong4") == "ꭧʊ↘ŋ"
    assert phonemes_of("lv5") == "ly"
    assert phonemes_of("yuan2") == "ɥɛ↗n"
    assert phonemes_of("ju1") == phonemes_of("jv1") == "ʨy→"
    for strange in ("xx1", "zhong", "zhong6", "4"):
        with pytest.raises(ValueError, match=strange.rstrip("1")):
            phonemes_of(strange)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("your ID card", "jʊɹ ˈIdˈi kˈɑɹd"),
        ("the office, the slip", "ði ˈɔfəs, ðə slˈɪp"),
        ("Mon 9:00", "mˈʌndˌA nˈIn əklˈɑk"),
        ("window 23", "wˈɪndO twˈɛnti θɹˈi"),
        ("Guangming", "kwa→ŋmi→ŋ"),
        ("WeChat", "wiʧˈæt"),
        ("childcare", "ʧˈIldkˌɛɹ"),
        ("reprinted", "ɹipɹˈɪntᵻd"),
    ],
)
def test_english_is_looked_up_and_bent_by_its_endings(words, said):
    assert english.phonemes(words) == said


@pytest.mark.parametrize("words", ["xqzt", "请", "...", ""])
def test_english_that_has_no_sound_is_refused(words):
    with pytest.raises(Unreadable):
        english.phonemes(words)


def test_numbers_in_english_are_counted_when_short_and_read_out_when_long():
    assert english.number_words("105") == ["one", "hundred", "and", "five"]
    assert english.number_words("2026") == ["twenty", "twenty", "six"]
    assert english.number_words("0123") == ["zero", "one", "two", "three"]
    assert english.number_words("13800") == ["one", "three", "eight", "zero", "zero"]


def test_a_long_text_is_said_piece_by_piece_and_nothing_is_lost():
    signs = "ab, cd. " * 60 + "e" * 90
    pieces = pieces_of(signs, 40)
    assert max(map(len, pieces)) <= 40
    assert re.sub(r"\s", "", "".join(pieces)) == re.sub(r"\s", "", signs)
    assert pieces[0].endswith(".")
