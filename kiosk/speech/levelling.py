"""Works a recording up: `python -m kiosk.speech.levelling 30` with a WAV as its input.

Out comes its length in milliseconds, a line feed, and the clip: MP3 where this machine can write one, or WAV.
Exit codes: 2 no WAV of one channel and 16 bits, 3 too long, 4 nothing to hear. In a process of its own, since
it computes for a second and reads what anybody may have sent.
"""

import math
import sys
import wave
from array import array
from contextlib import suppress
from importlib import import_module
from io import BytesIO
from typing import Final

from kiosk.synthesis.loudness import TARGET, loudness
from printing.subprocess_task import limit_memory, lower_priority

MEMORY: Final = 768 * 1024 * 1024
NOT_A_SOUND, TOO_LONG, TOO_SHORT = 2, 3, 4
RATES: Final = range(8000, 48_001)
SHORTEST_S: Final = 0.15
LEAD_S, TAIL_S, FADE_S = 0.02, 0.08, 0.005
SILENCE: Final = 0.02
"""Of the loudest 10 ms: what is fainter before the first and after the last sound is cut away. −34 dB: a
microphone in a hall hears the hall."""
FAINTEST: Final = 0.003
"""Of full scale: a recording that is nowhere louder holds no voice."""
PEAK: Final = 0.89
"""−1 dBFS; what would be louder is bent towards it, from KNEE on, instead of being cut off."""
KNEE: Final = 0.62


class Unusable(Exception):
    """`args[0]` is the exit code."""


def main(longest_s: float) -> int:
    """Read the recording in the input, write the clip to the output; the exit code."""
    lower_priority()
    limit_memory(MEMORY)
    try:
        rate, samples = read_wave(sys.stdin.buffer.read(), longest_s)
        finished = level(trim(samples, rate), rate)
    except Unusable as fault:
        return int(fault.args[0])
    sys.stdout.buffer.write(f"{len(finished) * 1000 // rate}\n".encode())
    sys.stdout.buffer.write(written(finished, rate))
    return 0


def read_wave(raw: bytes, longest_s: float) -> tuple[int, "array[int]"]:
    """Samples a second, and the samples. Raises Unusable."""
    try:
        with wave.open(BytesIO(raw), "rb") as file:
            rate, count = file.getframerate(), file.getnframes()
            if (file.getnchannels(), file.getsampwidth()) != (1, 2) or rate not in RATES:
                raise Unusable(NOT_A_SOUND)
            if count > longest_s * rate:
                raise Unusable(TOO_LONG)
            read = file.readframes(count)
    except (wave.Error, EOFError, OSError, ValueError, RuntimeError) as fault:
        raise Unusable(NOT_A_SOUND) from fault
    samples = array("h", read[: len(read) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    return rate, samples


def trim(samples: "array[int]", rate: int) -> "array[int]":
    """What is spoken, with a breath before and after it. Raises Unusable for a recording of nothing."""
    frame = rate // 100
    powers = [_power(samples[i : i + frame]) for i in range(0, len(samples) - frame, frame)]
    loudest = max(powers, default=0.0)
    loud = [i for i, power in enumerate(powers) if power > loudest * SILENCE]
    if loudest < FAINTEST * 32768 or (loud[-1] - loud[0] + 1) * frame < SHORTEST_S * rate:
        raise Unusable(TOO_SHORT)
    first = max(0, loud[0] * frame - round(LEAD_S * rate))
    return samples[first : (loud[-1] + 1) * frame + round(TAIL_S * rate)]


def level(samples: "array[int]", rate: int) -> "array[int]":
    """The same as loud as all other clips (EBU R 128), beginning and ending softly."""
    gain = 10 ** ((TARGET - loudness([sample / 32768 for sample in samples], rate)) / 20)
    louder = array("h", (round(32768 * _bent(sample * gain / 32768)) for sample in samples))
    edge = min(round(FADE_S * rate), len(louder) // 2)
    for i in range(edge):
        louder[i] = louder[i] * i // edge
        louder[-1 - i] = louder[-1 - i] * i // edge
    return louder


def _bent(sample: float) -> float:
    size = abs(sample)
    if size <= KNEE:
        return sample
    return math.copysign(KNEE + (PEAK - KNEE) * math.tanh((size - KNEE) / (PEAK - KNEE)), sample)


def written(samples: "array[int]", rate: int) -> bytes:
    """The clip as a file."""
    with suppress(ImportError, OSError, RuntimeError, ValueError, TypeError):
        return _as_mp3(samples, rate)
    return _as_wave(samples, rate)


def _as_mp3(samples: "array[int]", rate: int) -> bytes:
    numpy, soundfile = import_module("numpy"), import_module("soundfile")  # of linli[voice]
    out = BytesIO()
    soundfile.write(out, numpy.asarray(samples, dtype=numpy.int16), rate, format="MP3")
    return out.getvalue()


def _as_wave(samples: "array[int]", rate: int) -> bytes:
    out = BytesIO()
    if sys.byteorder == "big":
        samples.byteswap()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return out.getvalue()


def _power(samples: "array[int]") -> float:
    """Root mean square, 0 to 32768."""
    return math.sqrt(sum(sample * sample for sample in samples) / max(1, len(samples)))


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
