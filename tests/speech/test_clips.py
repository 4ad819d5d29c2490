"""What is spoken, how a call is put together, and that a clip stands behind every word of it."""

import json
import re
from datetime import date, time
from pathlib import Path

import pytest

from kiosk.speech import (
    CHOICES,
    LANGUAGES,
    SENTENCES,
    ahead_clips,
    call_clips,
    call_words,
    catalogue,
    clip_of,
    clips,
    comes_clips,
    composed_of,
    counter_clips,
    due_clips,
    earlier_clips,
    free_stem,
    language_of,
    number_clips,
    screen_clips,
    sentence,
    served_clips,
    short_call_clips,
    spelt_clips,
    ticket_clips,
    time_clips,
    wait_clips,
)
from kiosk.speech.numbers import joined_clips
from kiosk.speech.sentences import _PARTS as PARTS

ROOT = Path(__file__).parent.parent.parent
AUDIO = ROOT / "static" / "audio"


def words(stems, lang):
    return [catalogue(lang)[stem] for stem in stems]


def test_a_call_in_chinese_says_number_then_window():
    assert call_clips("A001", 1) == ("qing", "group-a", "row-001", "counter-1")
    assert "".join(words(call_clips("A001", 1), "zh")) == "请A组第零零幺号到一号窗口办理"
    assert call_words("A023", 3) == "请，A组，第零二三号，到三号窗口办理。"
    assert call_words("023", 3) == "请，第零二三号，到三号窗口办理。"


@pytest.mark.parametrize("number", ["A023", "BN021", "A345", "7", "Z1024"])
def test_a_call_made_as_one_and_one_joined_say_the_same_words(number):
    joined = "".join(words(call_clips(number, 21), "zh"))
    assert call_words(number, 21).replace("，", "").rstrip("。") == joined
    assert "".join(words(spelt_clips(call_clips(number, 21)), "zh")) == joined
    assert f"请{''.join(words(short_call_clips(number, 21), 'zh'))}" == joined


def test_a_call_in_english_says_number_then_window():
    assert words(call_clips("B207", 3, "en"), "en") == [
        *("Number", "B", "two", "zero", "seven"),
        "please go to window 3",
    ]


def test_two_letters_are_said_one_after_the_other():
    assert words(number_clips("BN021"), "zh") == ["B", "N", "第零二幺号"]
    assert words(ticket_clips("BN021"), "zh") == ["B", "N组", "第零二幺号"]
    assert words(ticket_clips("BN021", "en"), "en") == ["Number", "B", "N", "zero", "two", "one"]
    assert call_words("BN021", 3) == "请，B，N组，第零二幺号，到三号窗口办理。"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("A1", ["A", "第", "幺号"]),
        ("A12", ["A", "第", "幺", "二号"]),
        ("012", ["第零幺二号"]),
        ("A199", ["A", "第幺九九号"]),
        ("A200", ["A", "第", "二", "零", "零号"]),
        ("7", ["第", "七号"]),
        ("A345", ["A", "第", "三", "四", "五号"]),
        ("A1024", ["A", "第", "幺", "零", "二", "四号"]),
        ("AB1", ["A", "B", "第", "幺号"]),
        ("A01234", ["A", "第", "零", "幺", "二", "三", "四号"]),
    ],
)
def test_three_digits_are_said_in_one_breath_and_others_one_by_one_the_last_with_hao(number, said):
    assert words(number_clips(number), "zh") == said


def test_one_is_yao_in_a_number_and_yi_in_a_counter():
    assert words(number_clips("A111"), "zh") == ["A", "第幺幺幺号"]
    assert words(counter_clips(11), "zh") == ["到十一号窗口办理"]


@pytest.mark.parametrize(
    ("counter", "said"),
    [
        (2, "到二号窗口办理"),
        (10, "到十号窗口办理"),
        (20, "到二十号窗口办理"),
        (21, "到二十一号窗口办理"),
        (30, "到三十号窗口办理"),
        (99, "到九十九号窗口办理"),
    ],
)
def test_a_counter_is_counted_as_people_count(counter, said):
    assert "".join(words(counter_clips(counter), "zh")) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "前面没有人，马上就轮到您。"),
        (1, "前面有一个人"),
        (2, "前面有两个人"),
        (10, "前面有十个人"),
        (12, "前面有十二个人"),
        (20, "前面有二十个人"),
        (91, "前面有九十一个人"),
        (100, "前面有一百多人，请耐心等一等。"),
    ],
)
def test_who_is_ahead_is_counted_as_people_count(count, said):
    assert "".join(words(ahead_clips(count), "zh")) == said
    assert ahead_clips(12, "en") == ("ahead", "12")
    assert ahead_clips(75, "en") == ("ahead", "7", "5")


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (time(8, 30), "八点半"),
        (time(14), "十四点"),
        (time(2, 5), "两点零五分"),
        (time(12, 1), "十二点零一分"),
        (time(17, 45), "十七点四十五分"),
        (time(0, 20), "零点二十分"),
    ],
)
def test_a_time_is_said_as_people_say_it(at, said):
    assert "".join(words(time_clips(at), "zh")) == said


def test_a_time_is_said_with_its_weekday_and_in_english_with_its_half_of_the_day():
    assert "".join(words(time_clips(time(8, 30), 0), "zh")) == "周一八点半"
    assert (
        " ".join(words(time_clips(time(13, 45), 6, "en"), "en")) == "Sunday one forty five in the afternoon"
    )
    said = ((time(23, 59), "eleven fifty nine in the evening"), (time(8, 5), "eight o five in the morning"))
    for at, words_of in said:
        assert " ".join(words(time_clips(at, None, "en"), "en")).lower() == words_of


def test_minutes_are_said_as_a_span_and_none_is_not_said():
    assert "".join(words(wait_clips(5, 10), "zh")) == "大约要等五到十分钟"
    assert "".join(words(earlier_clips(20), "zh")) == "相当于早到二十分钟"
    assert " ".join(words(wait_clips(2, 12, "en"), "en")) == "You wait about two to twelve minutes"
    assert (wait_clips(0, 0), earlier_clips(100)) == ((), ())


def test_a_high_counter_in_english_is_put_together():
    assert words(counter_clips(47, "en"), "en") == ["please go to window", "forty", "seven"]


def test_a_day_for_an_answer_and_hours_that_were_served_are_said_as_people_say_them():
    assert "".join(words(due_clips(date(2026, 12, 2)), "zh")) == "最晚答复十二月二号"
    hour = due_clips(date(2027, 2, 21), "zh", time(8, 30))
    assert "".join(words(hour, "zh")) == "最晚答复二月二十一号八点半"
    english = words(due_clips(date(2026, 12, 23), "en"), "en")
    assert english == ["You get an answer by", "December", "twenty", "three"]
    assert "".join(words(served_clips(135), "zh")) == "这次服务两小时十五分钟"
    assert "".join(words(served_clips(120), "zh")) == "这次服务两小时"
    assert " ".join(words(served_clips(45, "en"), "en")) == "You served forty five minutes"
    assert (served_clips(0), served_clips(100 * 60)) == ((), ())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("一号院5号楼", "一号院五号楼"),
        ("十二号院 2号楼", "十二号院二号楼"),
        ("周一至周日 8:30–17:30；电话24小时开机", "周一到周日八点半到十七点半电话二十四小时开机"),
        ("每天 9:00–21:05", "每天九点到二十一点零五分"),
        ("24小时", "二十四小时"),
        ("5号楼旁边", ""),
        ("0号楼", ""),
        ("99:99", ""),
    ],
)
def test_a_building_and_hours_are_put_together_from_clips_or_not_said_at_all(typed, said):
    known = {"电话24小时开机": "电话二十四小时开机"}
    spoken = catalogue("zh") | {"phone": known["电话24小时开机"]}
    stems = joined_clips(typed, "zh", lambda part: "phone" if part in known else "")
    assert "".join(spoken[stem] for stem in stems) == said
    english = joined_clips("Monday to Friday 8:30–17:30", "en", lambda _: "")
    hours = "eight thirty in the morning to five thirty in the afternoon"
    assert " ".join(words(english, "en")) == f"Monday to Friday {hours}"


def test_who_comes_from_a_window_is_said_with_its_number():
    assert "".join(words(comes_clips(12), "zh")) == "十二号窗口的人来了，请稍等"
    assert " ".join(words(comes_clips(47, "en"), "en")) == "Somebody is coming from window forty seven"


def test_no_two_parts_of_the_station_give_their_words_the_same_name():
    """One would be lost: so 联系书记 was silent, which 书记 had the name of."""
    every = [stem for part in PARTS for stem in (*part.SENTENCES, *part.CHOICES)]
    assert len(every) == len(set(every)) == len(SENTENCES) + len(CHOICES)


def test_no_clip_is_kept_of_a_sentence_or_a_choice_that_nothing_names():
    files = [path for part, kind in (("kiosk", "py"), ("templates", "html"), ("static/js", "js"))
             for path in (ROOT / part).rglob(f"*.{kind}") if path.parent.name != "sentences"]  # fmt: skip
    source = "\n".join(path.read_text("utf-8") for path in [*files, ROOT / "kiosk/setup/starter.toml"])
    names = set(re.findall(r"[\w-]+", source))
    composed = ("plea_help", "plea_comes_", "choice-people-")
    unnamed = [stem for stem in (*SENTENCES, *CHOICES) if stem not in names and not stem.startswith(composed)]
    assert [stem for stem in unnamed if stem in SENTENCES or CHOICES[stem][0] not in source] == []


@pytest.mark.parametrize("number", ["", "a001", "ABC12", "A", "A000000", "号1", "A-1"])
def test_a_number_that_cannot_be_spoken_is_refused(number):
    with pytest.raises(ValueError, match="not a ticket number"):
        number_clips(number)


@pytest.mark.parametrize("counter", [0, -1, 100])
def test_a_counter_that_cannot_be_spoken_is_refused(counter):
    with pytest.raises(ValueError, match="from 1 to 99"):
        counter_clips(counter)


def test_a_screen_says_its_sentence_and_then_the_number():
    assert screen_clips("taken", "A012") == ("taken", "group-a", "row-012")
    assert screen_clips("home", lang="en") == ("home",)


def test_an_unknown_screen_has_nothing_to_say():
    with pytest.raises(KeyError):
        screen_clips("no-such-screen")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_clip_of_every_call_is_committed(lang):
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    numbers = [f"{letter}{n}" for letter in letters for n in ("1", *(f"{digit}00" for digit in range(10)))]
    numbers += [f"A{n:03}" for n in range(1000)] + ["56789", "01234", "7"]
    stems = {stem for number in numbers for stem in number_clips(number, lang)}
    stems |= {stem for letter in letters for stem in ticket_clips(f"{letter}001", lang)}
    stems |= {stem for counter in range(1, 100) for stem in call_clips("A001", counter, lang)}
    stems |= {stem for count in range(101) for stem in ahead_clips(count, lang)}
    stems |= {stem for sentence_id in SENTENCES for stem in screen_clips(sentence_id, "A001", lang)}
    times = [time_clips(time(hour, minute), hour % 7, lang) for hour in range(24) for minute in range(60)]
    stems |= {stem for said in times for stem in said} | set(CHOICES)
    stems |= {*earlier_clips(15, lang), *wait_clips(5, 10, lang), *served_clips(75, lang)}
    stems |= {stem for month in range(1, 13) for stem in due_clips(date(2026, month, 2), lang)}
    stems |= {part for stem in stems for part in composed_of(stem)} | set("0123456789")  # a pad's keys
    stems |= {stem for counter in range(1, 100) for stem in comes_clips(counter, lang)}
    typed = "一号院 5号楼 3单元，每天 工作日" if lang == "zh" else "Court 1, Building 5, Daily Weekdays"
    stems |= set(joined_clips(typed, lang, lambda _: ""))
    assert stems | {"begins"} == set(catalogue(lang))
    assert {stem for stem in stems if not (AUDIO / lang / f"{stem}.mp3").is_file()} == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_part_of_a_call_takes_the_name_of_a_sentence(lang):
    assert [stem for stem in SENTENCES if catalogue(lang)[stem] != sentence(stem, lang)] == []


@pytest.mark.parametrize("sentence_id", SENTENCES)
def test_a_sentence_is_short_enough_to_listen_to(sentence_id):
    chinese, english = SENTENCES[sentence_id]
    assert len(re.sub(r"[，。？]", "", chinese)) <= 32
    assert len(english.split()) <= 22
    assert re.fullmatch(r"[\u4e00-\u9fff，。？]+[。？]", chinese)
    assert re.fullmatch(r"[A-Z][A-Za-z ,.?]+[.?]", english)


def test_the_sentence_shown_is_the_one_spoken():
    assert sentence("still_here") == "您还在吗？请按继续。"
    assert sentence("still_here", "en") == catalogue("en")["still_here"]


@pytest.mark.parametrize(
    ("locale", "lang"), [("zh", "zh"), ("zh_CN", "zh"), ("zh-CN", "zh"), ("en_GB", "en"), ("EN", "en")]
)
def test_the_language_follows_the_locale(locale, lang):
    assert language_of(locale) == lang


@pytest.mark.parametrize(
    ("number", "counter", "words"),
    [
        ("A023", 3, "A组第零二三号到三号窗口办理"),
        ("B1", 1, "B组第幺号到一号窗口办理"),
        ("A002", 10, "A组第零零二号到十号窗口办理"),
        ("A002", 11, "A组第零零二号到十一号窗口办理"),
        ("A002", 20, "A组第零零二号到二十号窗口办理"),
        ("A002", 99, "A组第零零二号到九十九号窗口办理"),
        ("SQ002", 3, "SQ组第零零二号到三号窗口办理"),
    ],
)
def test_a_call_in_short_says_number_and_counter_alone(number, counter, words):
    spoken = catalogue("zh")
    assert "".join(spoken[stem] for stem in short_call_clips(number, counter)) == words


@pytest.mark.parametrize(("number", "counter"), [("ABC1", 1), ("A001", 0), ("A001", 100)])
def test_what_cannot_be_called_cannot_be_called_in_short(number, counter):
    with pytest.raises(ValueError, match="spoken"):
        short_call_clips(number, counter)


def test_words_find_the_clip_that_says_exactly_them():
    assert clip_of(sentence("home")) == "home"
    assert clip_of(sentence("home", "en"), "en") == "home"
    assert clip_of("一") == "one"
    assert clip_of(f" {sentence('home')}\n") == "home"
    assert (clip_of("没有人录过这一句"), clip_of("")) == ("", "")


NOT_A_LINE_EACH = '{"zh/home.mp3": {"words": "您好"}}'


@pytest.mark.parametrize("listed", [None, "", NOT_A_LINE_EACH, '"zh/home.mp3": {"words"'])
def test_a_list_of_clips_that_cannot_be_read_is_told_and_nothing_is_said(
    monkeypatch, tmp_path, caplog, listed
):
    (tmp_path / "audio").mkdir()
    if listed is not None:
        (tmp_path / "audio" / clips.RECORD).write_text(listed, "utf-8")
    monkeypatch.setattr(clips, "folder_beside", lambda _: tmp_path)
    clips._committed.cache_clear()
    try:
        assert clip_of(sentence("home")) == ""
        assert "the list of clips cannot be read" in caplog.text
    finally:
        clips._committed.cache_clear()


def test_every_stem_of_free_words_is_the_hash_of_its_words():
    assert re.fullmatch("w-[0-9a-f]{12}", free_stem("身份证"))
    assert free_stem("身份证") != free_stem("身份证。")
    named = {
        (lang, stem): row["words"]
        for file, row in json.loads((AUDIO / "clips.json").read_text("utf-8")).items()
        for lang, _, stem in [file.removesuffix(".mp3").rpartition("/")]
        if stem.startswith("w-")
    }
    assert [words for (_, stem), words in named.items() if free_stem(words) != stem] == []
