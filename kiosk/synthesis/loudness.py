"""How loud a clip is, as EBU R 128 (ITU-R BS.1770-4) counts it. Pure, of one channel, without any library."""

import math
from collections.abc import Iterable, Sequence
from typing import Final

TARGET: Final = -20.0
"""LUFS of every clip."""
BLOCK_S: Final = 0.4
"""A clip that is shorter is one block: a digit takes less."""
STEPS: Final = 4
"""Blocks begin so many times within the length of one."""
SILENT: Final = -70.0
BELOW: Final = 10.0
"""LU under the mean from which a block is a pause and does not count."""

_Biquad = tuple[float, float, float, float, float]


def loudness(samples: Sequence[float], rate: int) -> float:
    """LUFS of what is heard in `samples` (−1…1, `rate` a second); −70 for silence."""
    length = round(BLOCK_S * rate)
    step = length // STEPS
    squares = [0.0]
    for sample in _weighted(samples, rate):
        squares.append(squares[-1] + sample * sample)
    last = len(squares) - 1
    begins = range(0, max(1, last - length + 1), max(1, step))
    powers = [(squares[min(last, at + length)] - squares[at]) / max(1, min(length, last)) for at in begins]
    heard = [power for power in powers if _lufs(power) > SILENT]
    if not heard:
        return SILENT
    gate = _lufs(sum(heard) / len(heard)) - BELOW
    spoken = [power for power in heard if _lufs(power) > gate]
    return _lufs(sum(spoken) / len(spoken))


def _lufs(power: float) -> float:
    return -0.691 + 10 * math.log10(power) if power > 0 else -math.inf


def _weighted(samples: Iterable[float], rate: int) -> Iterable[float]:
    """As the ear weighs them: the head's shelf, then nothing of the lowest."""
    (b0, b1, b2, a1, a2), (c0, c1, c2, d1, d2) = _shelf(rate), _high_pass(rate)
    s1 = s2 = t1 = t2 = 0.0
    for given in samples:
        half = b0 * given + s1
        s1, s2 = b1 * given - a1 * half + s2, b2 * given - a2 * half
        heard = c0 * half + t1
        t1, t2 = c1 * half - d1 * heard + t2, c2 * half - d2 * heard
        yield heard


def _shelf(rate: int) -> _Biquad:
    tangent = math.tan(math.pi * 1681.974450955533 / rate)
    quality, high = 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    bend = high**0.4996667741545416
    whole = 1 + tangent / quality + tangent**2
    return (
        (high + bend * tangent / quality + tangent**2) / whole,
        2 * (tangent**2 - high) / whole,
        (high - bend * tangent / quality + tangent**2) / whole,
        2 * (tangent**2 - 1) / whole,
        (1 - tangent / quality + tangent**2) / whole,
    )


def _high_pass(rate: int) -> _Biquad:
    tangent, quality = math.tan(math.pi * 38.13547087602444 / rate), 0.5003270373238773
    whole = 1 + tangent / quality + tangent**2
    return 1.0, -2.0, 1.0, 2 * (tangent**2 - 1) / whole, (1 - tangent / quality + tangent**2) / whole
