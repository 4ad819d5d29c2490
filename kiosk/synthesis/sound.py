"""Samples as a clip: without silence around them, as loud as every other, written as MP3."""

from collections.abc import Sequence
from importlib import import_module
from io import BytesIO
from typing import Any, Final

from kiosk.synthesis.loudness import TARGET, loudness
from kiosk.synthesis.unreadable import Unreadable

LEAD_S: Final = 0.02
TAIL_S: Final = 0.05
"""A clip carries its own breath, so that clips can follow each other."""
FADE_S: Final = 0.004
SILENCE: Final = 0.006
"""Of the loudest sample, −44 dB: what is fainter before the first and after the last sound is cut away."""
FAINTEST: Final = 0.001
"""Of full scale: what is nowhere louder says nothing."""
PEAK: Final = 0.89
"""−1 dBFS."""
CURVE: Final = ((0, -14), (150, -10), (300, -5), (800, 0), (1800, 9), (5500, 9), (8000, 6), (12_000, 2))
"""Hz, and what is given there, dB."""
RATIO: Final = 2.0
SWELL_S: Final = 0.02
LOUDER: Final = 4.0
FAINT: Final = 0.03
"""Of the usual: what is fainter is the room, not the voice, and stays so."""
CLEAR: Final = f"clear {RATIO:g} {max(gain for _, gain in CURVE):g} dB"
"""Names the above, so that a change of it means new recordings."""
QUALITY: Final = 0.9
"""Of MP3 at a rate that varies, 0 the best and largest, 1 the smallest: this is about 32 kbit/s."""
LIGHT: Final = 0.99
"""Of English sentences, buttons and free words: a fifth smaller, without what is above 6 kHz."""

NEAR: Final = 0.8
"""LU beside the target at which a clip is loud enough: two of them are less than two apart."""
ROUNDS: Final = 3


def finished(samples: Any, rate: int, tail_s: float = TAIL_S) -> Any:
    """The clip of these samples (floats, an array of numpy). Raises Unreadable when nothing is heard."""
    numpy = import_module("numpy")
    spoken = levelled(trimmed(samples), rate)
    edge = min(round(FADE_S * rate), len(spoken) // 2)
    slope = numpy.linspace(0, 1, edge, dtype=numpy.float32)
    spoken[:edge] *= slope
    spoken[len(spoken) - edge :] *= slope[::-1]
    return joined((silence(LEAD_S, rate), spoken, silence(tail_s, rate)))


def cleared(samples: Any, rate: int) -> Any:
    """The same for a noisy hall: more of what tells consonants apart, and its faint sounds louder.

    A hall's noise is mostly low: what is taken there and given between 2 and 6 kHz stands out, no louder.
    """
    numpy = import_module("numpy")
    length = len(samples) + rate // 10
    share = numpy.fft.rfft(samples, length)
    gain = numpy.interp(numpy.fft.rfftfreq(length, 1 / rate), *zip(*CURVE, strict=True))
    tilted = numpy.fft.irfft(share * 10 ** (gain / 20), length)[: len(samples)]
    width = round(SWELL_S * rate)
    heard = numpy.sqrt(numpy.convolve(tilted**2, numpy.ones(width) / width, "same")) + 1e-9
    usual = numpy.sqrt((tilted[numpy.abs(tilted) > 0.01 * numpy.abs(tilted).max()] ** 2).mean())
    louder = numpy.clip((heard / usual) ** (1 / RATIO - 1), 0.3, LOUDER)
    louder = numpy.where(heard < FAINT * usual, numpy.minimum(louder, 1.0), louder)
    return (tilted * numpy.convolve(louder, numpy.ones(width) / width, "same")).astype(numpy.float32)


def trimmed(samples: Any) -> Any:
    """Without what is silent at both ends."""
    numpy = import_module("numpy")
    size = numpy.abs(samples)
    if not len(size) or float(size.max()) < FAINTEST:
        raise Unreadable
    loud = numpy.flatnonzero(size > size.max() * SILENCE)
    return samples[loud[0] : loud[-1] + 1].copy()


def levelled(samples: Any, rate: int) -> Any:
    """As loud as every other. What would be clipped by it is rounded off, which is not heard."""
    numpy = import_module("numpy")
    gain = 10 ** ((TARGET - loudness(samples.tolist(), rate)) / 20)
    return rounded_off(samples * numpy.float32(gain))


def rounded_off(samples: Any) -> Any:
    """What is above three quarters of PEAK bends towards it: softly, and without a click."""
    numpy = import_module("numpy")
    knee = PEAK * 0.7
    size = numpy.abs(samples)
    bent = knee + (PEAK - knee) * numpy.tanh((size - knee) / (PEAK - knee))
    return numpy.where(size > knee, numpy.sign(samples) * bent, samples).astype(numpy.float32)


def as_mp3(samples: Any, rate: int, quality: float = QUALITY) -> bytes:
    """The clip as a file, as loud when it is decoded as every other, give or take NEAR.

    At so few bits the encoder leaves out what is above 8 kHz: x came out 2.8 LU too faint, 四 1.8.
    """
    file = _encoded(samples, rate, quality)
    for _ in range(ROUNDS):
        off = TARGET - loudness_of(file)
        if abs(off) <= NEAR:
            break
        samples = rounded_off(samples * 10 ** (off / 20))
        file = _encoded(samples, rate, quality)
    return file


def loudness_of(file: Any) -> float:
    """LUFS of a clip (its bytes or its path) as it is decoded, without the silence around it."""
    source = BytesIO(file) if isinstance(file, bytes) else file
    samples, rate = import_module("soundfile").read(source, dtype="float32")
    return loudness(trimmed(samples).tolist(), rate)


def _encoded(samples: Any, rate: int, quality: float = QUALITY) -> bytes:
    """At a rate that varies: then alone the silence is told that MP3 puts before it."""
    soundfile = import_module("soundfile")
    out = BytesIO()
    soundfile.write(
        out,
        samples,
        rate,
        format="MP3",
        subtype="MPEG_LAYER_III",
        compression_level=quality,
        bitrate_mode="VARIABLE",
    )
    return out.getvalue()


def joined(parts: Sequence[Any]) -> Any:
    """One after the other."""
    return import_module("numpy").concatenate(parts)


def silence(seconds: float, rate: int) -> Any:
    """Nothing, so long."""
    numpy = import_module("numpy")
    return numpy.zeros(round(seconds * rate), numpy.float32)
