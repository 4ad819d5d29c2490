"""EBU R 128: against its own test signal, and what it must not be misled by."""

import math

import pytest

from kiosk.synthesis.loudness import SILENT, loudness


def tone(seconds, level=1.0, rate=48_000, frequency=997):
    return [level * math.sin(2 * math.pi * frequency * i / rate) for i in range(round(seconds * rate))]


@pytest.mark.parametrize("rate", [16_000, 24_000, 48_000])
def test_the_reference_tone_is_as_loud_as_the_standard_says(rate):
    assert loudness(tone(1, rate=rate), rate) == pytest.approx(-3.01, abs=0.1)


def test_ten_decibels_are_ten_units_and_silence_is_none():
    assert loudness(tone(0.6, 0.1), 48_000) == pytest.approx(-23.01, abs=0.1)
    assert loudness([0.0] * 9000, 48_000) == loudness([], 48_000) == SILENT


def test_a_pause_within_does_not_make_it_fainter_and_a_short_clip_is_measured_as_a_whole():
    said = tone(0.8, 0.1)
    assert loudness([*said, *[0.0] * 96_000, *said], 48_000) == pytest.approx(-23.0, abs=1)
    assert loudness(tone(0.2, 0.1), 48_000) == pytest.approx(-23.0, abs=0.2)


def test_low_frequencies_count_less():
    assert loudness(tone(0.5, 1.0, frequency=40), 48_000) < -7
