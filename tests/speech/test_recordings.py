"""Recordings of staff: checked, trimmed, levelled, before every other clip; taken back, brought back."""

import io
import math
import wave
from array import array

import pytest

from kiosk import changes, speech
from kiosk.asked import Asked
from kiosk.speech import levelling
from kiosk.synthesis.loudness import TARGET, loudness

WORDS = "欢迎来到我们社区"
RATE = 24_000


def tone(seconds=0.5, silence=0.3, loudness=0.05, rate=RATE):
    """A WAV with `silence` before and after a tone."""
    quiet = [0] * round(silence * rate)
    sound = [round(32767 * loudness * math.sin(i * 0.05)) for i in range(round(seconds * rate))]
    return wav(array("h", [*quiet, *sound, *quiet]), rate)


def wav(samples, rate=RATE, channels=1):
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return out.getvalue()


@pytest.fixture
def record(box, clock):
    """Has words said by a recording that is worked up already."""

    def record(sound=b"RIFF1", words=WORDS, lang="zh"):
        with box.database.write() as tx:
            speech.set_recording(tx, Asked(clock(), 1), words, lang, speech.Take(sound, 900))

    return record


def newest(box):
    with box.database.read() as tx:
        return changes.changes(tx, changes.Wanted(speech.KIND), of=1)[0]


def undo(box, clock):
    with box.database.write() as tx:
        speech.put_back(tx, Asked(clock(), 1), changes.changes(tx, changes.Wanted(speech.KIND), of=1)[0])


def test_a_recording_goes_before_every_other_clip_and_is_taken_back(maker, box, clock, record, said, sound):
    welcome = speech.sentence("welcome")
    record(words=welcome)
    assert sound(said(welcome)) == b"RIFF1"
    record(b"RIFF2", welcome)
    assert sound(said(welcome)) == b"RIFF2"
    undo(box, clock)
    assert sound(said(welcome)) == b"RIFF1"
    with box.database.write() as tx:
        assert speech.drop_recording(tx, Asked(clock(), 1), welcome, "zh")
    assert said(welcome) == ("welcome",)
    assert newest(box).noted.before["words"] == welcome


def test_a_recorded_part_of_a_call_is_heard_in_the_call(box, record):
    record(words="请")
    with box.database.read() as tx:
        first, *rest = speech.in_own_voice(tx, speech.call_clips("A001", 1))
    assert first.startswith("@")
    assert rest == ["group-a", "row-001", "counter-1"]


def test_where_staff_have_recorded_a_digit_numbers_are_said_digit_by_digit(box, record):
    record(words="零")
    with box.database.read() as tx:
        *before, first, one, end, counter = speech.in_own_voice(tx, speech.call_clips("A012", 1))
    assert (before, one, end, counter) == (["qing", "group-a", "di"], "sign-1", "end-2", "counter-1")
    assert first.startswith("@")


def test_a_file_that_is_gone_or_damaged_is_written_out_again(shelves, record, said, sound):
    record()
    stems = said(WORDS)
    assert sound(stems) == b"RIFF1"
    file = shelves.own.path_of(stems[0].removeprefix("@"))
    file.write_bytes(b"RIFF?")
    assert sound(stems) == b"RIFF1"
    file.unlink()
    assert sound(stems) == b"RIFF1"
    assert file.read_bytes() == b"RIFF1"


def test_chinese_words_on_an_english_page_are_said_in_chinese_by_the_centres_own_clip(record, said):
    record()
    assert said(WORDS, "en") == said(WORDS)
    assert said(speech.sentence("home"), "en") == ()


def test_what_was_long_out_of_use_is_forgotten_and_then_cannot_come_back(box, clock, record):
    record(b"RIFF1")
    record(b"RIFF2")
    clock.forward(days=401)
    with box.database.write() as tx:
        assert speech.forget_recordings(tx, clock()) == 1
    with pytest.raises(speech.RecordingGone):
        undo(box, clock)


def test_what_nothing_uses_makes_room_for_more_and_what_is_used_is_never_thrown_away(box, clock, said, sound):
    hour = 3_600_000

    def keep(words, sound, length_ms):
        with box.database.write() as tx:
            speech.set_recording(tx, Asked(clock(), 1), words, "zh", speech.Take(sound, length_ms))

    keep("一段", b"RIFF1", hour)
    keep("一段", b"RIFF2", hour - 1)
    keep("两段", b"RIFF3", hour - 1)
    assert sound(said("一段")) == b"RIFF2"
    with pytest.raises(speech.TooMany):
        keep("三段", b"RIFF4", 9)
    assert (sound(said("两段")), said("三段")) == (b"RIFF3", ())


def test_silence_is_cut_away_and_every_recording_is_as_loud_as_the_others():
    rate, samples = levelling.read_wave(tone(), 30)
    finished = levelling.level(levelling.trim(samples, rate), rate)
    assert 0.5 <= len(finished) / RATE <= 0.65
    assert loudness([sample / 32768 for sample in finished], RATE) == pytest.approx(TARGET, abs=0.5)
    assert abs(finished[0]) < 50


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", levelling.NOT_A_SOUND),
        (b"RIFF" + b"\0" * 100, levelling.NOT_A_SOUND),
        (tone()[:30], levelling.NOT_A_SOUND),
        (wav(array("h", [0] * 2000), channels=2), levelling.NOT_A_SOUND),
        (tone(rate=96_000), levelling.NOT_A_SOUND),
        (tone(seconds=3), levelling.TOO_LONG),
        (tone(loudness=0), levelling.TOO_SHORT),
        (tone(seconds=0.05), levelling.TOO_SHORT),
        (wav(array("h")), levelling.TOO_SHORT),
    ],
    ids=[
        "empty",
        "no wav",
        "cut off",
        "two channels",
        "too fine",
        "too long",
        "silent",
        "a click",
        "nothing",
    ],
)
def test_what_cannot_be_used_is_told_by_its_code(raw, code):
    def worked_up():
        rate, samples = levelling.read_wave(raw, 2.0)
        return levelling.trim(samples, rate)

    with pytest.raises(levelling.Unusable) as fault:
        worked_up()
    assert fault.value.args == (code,)


def test_a_recording_is_worked_up_in_a_process_of_its_own():
    take = speech.worked_up(tone(seconds=0.4))
    assert 400 <= take.length_ms <= 550
    assert take.sound[:4] == b"RIFF" or take.sound[:3] == b"ID3" or take.sound[0] == 0xFF
    with pytest.raises(speech.TooLong):
        speech.worked_up(b"x" * (speech.MOST_BYTES + 1))
