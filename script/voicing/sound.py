"""Samples: trimming, levelling and the few synthesised signals. Mono, floats in −1…1, `RATE` a second."""

import math
import sys
import wave
from array import array
from pathlib import Path
from typing import Final

RATE: Final = 22_050
FRAME: Final = RATE // 100

# A clip carries its own breath: silence before and after, in seconds, so that clips can follow each other.
LEAD_S: Final = 0.02
TAIL_S: Final = 0.05
SILENCE_DB: Final = -42.0
SPEECH_DBFS: Final = -20.0
PEAK_DBFS: Final = -1.5

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


def read_wave(path: Path) -> list[float]:
    """The samples of a mono 16-bit WAV at `RATE`; raises ValueError for any other kind."""
    with wave.open(str(path), "rb") as recording:
        if (recording.getnchannels(), recording.getsampwidth(), recording.getframerate()) != (1, 2, RATE):
            raise ValueError(f"{path} is not mono 16-bit at {RATE} Hz")
        samples = array("h", recording.readframes(recording.getnframes()))
    if sys.byteorder == "big":
        samples.byteswap()
    return [sample / 32768 for sample in samples]


def write_wave(path: Path, samples: list[float]) -> None:
    """Write mono 16-bit at `RATE`; the samples must lie in −1…1."""
    packed = array("h", (round(sample * 32767) for sample in samples))
    if sys.byteorder == "big":
        packed.byteswap()
    with wave.open(str(path), "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(2)
        recording.setframerate(RATE)
        recording.writeframes(packed.tobytes())


def finish_speech(samples: list[float]) -> list[float]:
    """Trim silence, level the speech itself (not its pauses), and add the lead and the tail."""
    voiced = _trim(samples)
    gain = min(_amplitude(SPEECH_DBFS) / _speech_level(voiced), _amplitude(PEAK_DBFS) / _peak(voiced))
    return _silence(LEAD_S) + _fade([sample * gain for sample in voiced]) + _silence(TAIL_S)


def signal(name: str) -> list[float]:
    """One of `SIGNALS`, synthesised, at the loudness of speech."""
    notes = SIGNALS[name]
    length = max(start + duration for start, _, duration, _ in notes)
    samples = _silence(length)
    for start, frequency, duration, timbre in notes:
        first = round(start * RATE)
        for i, sample in enumerate(_tone(frequency, duration, timbre)):
            if first + i < len(samples):
                samples[first + i] += sample
    return finish_speech(samples)


def _tone(frequency: float, duration: float, timbre: str) -> list[float]:
    decay = 4.5 if timbre == "bell" else 0.0
    samples = []
    for i in range(round(duration * RATE)):
        at = i / RATE
        swell = min(1.0, at / 0.012, (duration - at) / 0.03) * math.exp(-decay * at / duration)
        phase = 2 * math.pi * frequency * at
        samples.append(swell * sum(p * math.sin(n * phase) for n, p in enumerate(_OVERTONES[timbre], 1)))
    return samples


def _trim(samples: list[float]) -> list[float]:
    floor = _peak(samples) * _amplitude(SILENCE_DB)
    loud = [i for i, sample in enumerate(samples) if abs(sample) > floor]
    return samples[loud[0] : loud[-1] + 1]


def _speech_level(samples: list[float]) -> float:
    frames = [samples[i : i + FRAME] for i in range(0, len(samples), FRAME)]
    powers = [sum(sample * sample for sample in frame) / len(frame) for frame in frames]
    spoken = [power for power in powers if power > max(powers) * _amplitude(-20.0) ** 2]
    return math.sqrt(sum(spoken) / len(spoken))


def _fade(samples: list[float]) -> list[float]:
    edge = min(round(0.003 * RATE), len(samples) // 2)
    for i in range(edge):
        samples[i] *= i / edge
        samples[-1 - i] *= i / edge
    return samples


def _peak(samples: list[float]) -> float:
    return max(abs(sample) for sample in samples)


def _amplitude(decibels: float) -> float:
    return float(10 ** (decibels / 20))


def _silence(seconds: float) -> list[float]:
    return [0.0] * round(seconds * RATE)
