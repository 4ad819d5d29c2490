"""Clips of what staff have saved: made after the commit, made again, thrown away; no engine stops nothing."""

import os
import sys
from datetime import timedelta

import pytest
import sqlalchemy as sa

from kiosk import notices, speech, tickets
from kiosk.asked import Asked
from kiosk.services.tables import service
from kiosk.speech.making import worker
from kiosk.speech.making.labels import labels

NEW = "小区停车位登记"


@pytest.fixture
def rename(box, clock):
    """Has a service of the demo called otherwise, with a row in the history as staff's form writes it."""

    def rename(name, code="A"):
        with box.database.write() as tx:
            tx.execute(sa.update(service).where(service.c.code == code).values(name=name))
            plan = notices.NoticePlan("说", "", clock(), clock() + timedelta(days=1), frozenset())
            notices.add_notice(tx, Asked(clock(), 1), plan)

    return rename


def test_what_staff_save_is_said_as_soon_as_the_engine_has_made_it(maker, rename, said, sound, asked_of_it):
    rename(NEW)
    assert said(NEW) == ()
    assert maker.look() > 0
    assert sound(said(NEW)) == f"ID3{NEW}|zh||xiaoyi".encode()
    made = len(asked_of_it())
    assert (maker.look(), len(asked_of_it())) == (0, made)
    rename("小区停车位")
    maker.look()
    assert [one["words"] for one in asked_of_it()[made:]] == ["小区停车位"]


def test_a_text_that_has_a_committed_clip_is_not_made_again(maker, rename, said, asked_of_it):
    words = speech.sentence("welcome")
    rename(words)
    maker.look()
    assert said(words) == ("welcome",)
    assert words not in [one["words"] for one in asked_of_it()]


def test_a_text_that_the_engine_cannot_say_is_logged_and_holds_nothing_up(maker, rename, said, caplog):
    rename("哑巴")
    rename("断了线", "B")
    rename(NEW, "C")
    maker.look()
    assert (said("哑巴"), said("断了线")) == ((), ())
    assert said(NEW)[0].startswith("@")
    assert "哑巴" in caplog.text
    assert "断了线" in caplog.text


def test_another_reading_and_another_voice_are_other_clips(make_maker, box, clock, rename, said, sound):
    rename(NEW)
    make_maker().look()
    first = said(NEW)
    with box.database.write() as tx:
        assert speech.set_reading(tx, Asked(clock(), 1), NEW, "zh", "xiao3 qu1 ting2 che1 wei4 deng1 ji4")
    assert said(NEW) == ()
    maker = make_maker()
    maker.look()
    assert b"xiao3 qu1" in sound(said(NEW))
    assert said(NEW) != first
    other = make_maker("yunxi")
    before = said(NEW)
    assert other.look() > 0
    assert said(NEW) != before
    assert sound(said(NEW)).endswith(b"|yunxi")


def test_without_an_engine_nothing_is_made_and_everything_else_is_said(box, rename, said, shelves):
    rename(NEW)
    maker = speech.Maker(box, speech.Engine((), {}, "onnxruntime"))
    assert maker.look() == 0
    assert said(NEW) == ()
    assert said(speech.sentence("home")) == ("home",)
    assert shelves.lacks == "onnxruntime"


def test_an_engine_that_does_not_begin_is_left_alone_for_a_while_and_staff_read_why(
    box, rename, caplog, shelves
):
    rename(NEW)
    maker = speech.Maker(box, speech.Engine([sys.executable, "-S", "-c", "1 / 0"], {"zh": "x"}))
    assert maker.look() == 0
    assert len([line for line in caplog.messages if "division by zero" in line]) == worker.GIVES_UP
    assert "division by zero" in shelves.lacks
    maker.stop(1)


def test_a_clip_that_nobody_says_any_more_is_thrown_away_after_some_days(maker, shelves, clock, rename, said):
    rename(NEW)
    maker.look()
    (stem,) = said(NEW)
    file = shelves.own.path_of(stem.removeprefix("@"))
    old = (clock() - worker.UNUSED_FOR - timedelta(hours=1)).timestamp()
    os.utime(file, (old, old))
    clock.forward(days=1)
    maker.look()
    assert file.exists()
    rename("小区停车位")
    clock.forward(days=1)
    maker.look()
    assert (file.exists(), said(NEW)) == (False, ())


def test_a_damaged_clip_is_not_served_and_made_again(maker, box, shelves, clock, rename, said):
    rename(NEW)
    maker.look()
    name = said(NEW)[0].removeprefix("@")
    shelves.own.path_of(name).write_bytes(b"ID3 something else")
    with box.database.read() as tx:
        assert speech.sound_of(tx, name) is None
    clock.forward(days=1)
    assert maker.look() == 1
    with box.database.read() as tx:
        assert speech.sound_of(tx, name) is not None


def test_a_centre_without_clips_does_not_read_the_words_of_its_screens(box):
    without = speech.Maker(box, speech.Engine([], {}, lacks="numpy"))
    labels.cache_clear()
    assert without.look() == 0
    assert labels.cache_info().currsize == 0


def test_only_what_was_saved_becomes_a_text(box, visitor, clock):
    visitor.client.get("/services?group=念这一句")
    visitor.client.get("/lost?typed=12")
    with box.database.read() as tx:
        texts = speech.texts_of(tx, box.centre, clock())
    words = {one.words for one in texts.values()}
    assert "念这一句" not in words
    assert {"养老保险资格认证", "身份证", box.settings.centre_name} <= words
    assert len(texts) <= 4000


def _unsaid(lang):
    """A word of our own screens that no committed clip says."""
    return next(words for its, words in sorted(labels()) if its == lang and not speech.clip_of(words, lang))


def test_a_button_of_ours_is_made_when_it_was_asked_for_and_nothing_that_a_visitor_may_send(
    maker, said, asked_of_it, shelves
):
    button, english = (_unsaid(lang) for lang in ("zh", "en"))
    for words in (button, "念这一句", "前面有7人", "x" * 600):
        assert said(words) == ()
    assert said(english, "en") == ()
    maker.look()
    made = [(one["words"], one["lang"]) for one in asked_of_it()]
    assert {(button, "zh"), (english, "en")} <= set(made)
    assert not {"念这一句", "前面有7人"} & {words for words, _ in made}
    assert said(button)[0].startswith("@")
    for n in range(2000):
        shelves.note(f"{n}", "zh")
    assert len(shelves.take_noted()) == 1000


def test_whoever_comes_next_has_a_whole_announcement_for_each_counter_that_is_open(
    maker, box, visitor, clerk, clock, asked_of_it
):
    for _ in range(5):
        visitor.take("A")
        clock.forward(seconds=30)
    maker.look()
    calls = [one["words"] for one in asked_of_it() if "办理" in one["words"] and "请，" in one["words"]]
    assert "请，A组，第零零幺号，到一号窗口办理。" in calls
    assert not any("A，零零四" in words for words in calls)
    v = visitor.get("/board").attribute("data-v")
    clerk.post("/counter/1/call-next")
    (call,) = visitor.get(f"/board/now?v={v}").with_attribute("data-announcement")
    assert call.get("data-clips", "").startswith("@")
    assert call.get("data-instead") == "qing group-a row-001 counter-1"
    assert call.get("data-short") == "group-a row-001 counter-1"
    visitor.get(f"/voice/{call.get('data-clips', '').removeprefix('@')}")
    maker.look()
    with box.database.read() as tx:
        assert speech.call_clip(tx, "A004", 1)
        assert tickets.version(tx) > 0


def test_announcements_of_another_day_are_thrown_away(maker, box, shelves, clock, visitor, clerk):
    visitor.take("A")
    maker.look()
    shelf = shelves.calls
    with box.database.read() as tx:
        assert speech.call_clip(tx, "A001", 1)
    old = (clock() - timedelta(hours=1)).timestamp()
    for name in shelf.names():
        os.utime(shelf.path_of(name), (old, old))
    clock.forward(days=1)
    maker.look()
    with box.database.read() as tx:
        assert speech.call_clip(tx, "A001", 1) == ""
