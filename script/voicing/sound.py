"""The few signals that are no speech. Mono, floats in −1…1, `RATE` a second."""

import math
from typing import Final

from kiosk.synthesis.model import RATE

# (start s, frequency Hz, length s, timbre): each signal has its own rhythm, so it is told apart by ears that
# no longer hear pitch well, and stays under 1 kHz, where old ears are best.
Note = tuple[float, float, float, str]
SIGNALS: Final[dict[str, tuple[Note, ...]]] = {
    "chime": ((0.0, 659.26, 0.7, "bell"), (0.42, 523.25, 0.9, "bell")),
    "ok": ((0.0, 587.33, 0.3, "bell"), (0.1, 880.0, 0.4, "bell")),
    "warn": ((0.0, 523.25, 0.11, "flute"), (0.22, 523.25, 0.11, "flute"), (0.44, 523.25, 0.11, "flute")),
    "ring": tuple((at, 783.99, 0.6, "bell") for at in (0.0, 0.3, 0.9, 1.2)),
    "alarm": tuple((0.18 * n, (880.0, 698.46)[n % 2], 0.16, "flute") for n in range(8)),
    "refused": ((0.0, 196.0, 0.75, "horn"),),
}
_OVERTONES: Final[dict[str, tuple[float, ...]]] = {
    "bell": (1.0, 0.35, 0.12),
    "flute": (1.0, 0.25),
    "horn": (0.6, 0.5, 0.6, 0.3, 0.4, 0.2),
}


def signal(name: str) -> list[float]:
    """One of `SIGNALS`, synthesised; its loudness is set when it is finished."""
    notes = SIGNALS[name]
    length = max(start + duration for start, _, duration, _ in notes)
    samples = [0.0] * round(length * RATE)
    for start, frequency, duration, timbre in notes:
        first = round(start * RATE)
        for i, sample in enumerate(_tone(frequency, duration, timbre)):
            if first + i < len(samples):
                samples[first + i] += sample / 4
    return samples


def _tone(frequency: float, duration: float, timbre: str) -> list[float]:
    decay = 4.5 if timbre == "bell" else 0.0
    samples = []
    for i in range(round(duration * RATE)):
        at = i / RATE
        swell = min(1.0, at / 0.012, (duration - at) / 0.03) * math.exp(-decay * at / duration)
        phase = 2 * math.pi * frequency * at
        samples.append(swell * sum(p * math.sin(n * phase) for n, p in enumerate(_OVERTONES[timbre], 1)))
    return samples
