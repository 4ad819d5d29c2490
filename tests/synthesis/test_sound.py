"""What is made of samples before they are a clip: for a hall, more of the high and of the faint sounds."""

import pytest

from kiosk.synthesis import sound, speaking
from kiosk.synthesis.loudness import TARGET
from kiosk.synthesis.model import Model
from kiosk.synthesis.unreadable import Unreadable

numpy = pytest.importorskip("numpy")
RATE = 24_000


def tone(frequency, level=0.3, seconds=0.4):
    at = numpy.arange(round(seconds * RATE)) / RATE
    return (level * numpy.sin(2 * numpy.pi * frequency * at)).astype(numpy.float32)


def strength(samples):
    return float(numpy.sqrt((samples**2).mean()))


def test_a_call_has_more_of_the_high_sounds_of_speech_and_less_of_the_low_ones():
    low, high = (strength(sound.cleared(tone(frequency), RATE)) for frequency in (120, 3000))
    assert high > 1.8 * strength(tone(3000))
    assert low < 0.6 * strength(tone(120))


def test_the_faint_sounds_of_a_call_come_nearer_to_the_loud_ones_and_nothing_becomes_longer():
    said = numpy.concatenate((tone(1000, 0.4), tone(1000, 0.1)))
    cleared = sound.cleared(said, RATE)
    half = len(said) // 2
    assert len(cleared) == len(said)
    assert strength(cleared[half:]) / strength(cleared[:half]) > 1.5 * 0.1 / 0.4


def test_silence_stays_silent_in_a_call():
    said = numpy.concatenate((tone(1000), numpy.zeros(RATE // 2, numpy.float32), tone(1000)))
    middle = sound.cleared(said, RATE)[len(tone(1000)) + RATE // 8 : -len(tone(1000)) - RATE // 8]
    assert strength(middle) < 0.001


class Hummer(Model):
    """Hums for each breath that it is given, and notes it."""

    def __init__(self):
        self.given = []

    def speak(self, signs, voice, speed=1.0):
        self.given.append(signs)
        return tone(500, seconds=0.3), []


def test_a_call_is_said_breath_by_breath_with_silence_between():
    for library in ("misaki", "pypinyin", "rjieba"):
        pytest.importorskip(library)
    model = Hummer()
    samples = speaking.called(model, "请，A组，第零二三号，到三号窗口办理。", "zf_xiaoyi", "zh")
    assert [signs[-1] for signs in model.given] == [",", ",", ",", "."]
    assert model.given[1] == "ei→ ʦu↓,"
    assert len(samples) / RATE == pytest.approx(4 * 0.3 + 3 * speaking.BETWEEN_S, abs=0.01)
    assert strength(samples[round(0.31 * RATE) : round(0.49 * RATE)]) == 0


def test_a_call_without_words_cannot_be_said():
    pytest.importorskip("rjieba")
    with pytest.raises(Unreadable):
        speaking.called(Hummer(), "", "zf_xiaoyi", "zh")


def test_a_clip_is_as_loud_as_every_other_after_the_encoder_has_taken_its_hiss():
    pytest.importorskip("soundfile")
    hiss = tone(600, 0.1, 0.1)
    hissing = numpy.concatenate((tone(10_000, 0.3, 0.25), hiss))
    clip = sound.finished(hissing, RATE)
    assert sound.loudness_of(sound._encoded(clip, RATE)) < TARGET - 1
    assert sound.loudness_of(sound.as_mp3(clip, RATE)) == pytest.approx(TARGET, abs=sound.NEAR)
