"""A clip by espeak-ng, where the engine is not installed: it holds the place until the voice says it."""

import subprocess
from pathlib import Path
from typing import Final

from kiosk.speech import Language

MARK: Final = "stopgap"
"""How the line begins that says what such a clip was made from."""
VOICES: Final[dict[Language, tuple[str, ...]]] = {
    "zh": ("-v", "cmn-latn-pinyin+Annie", "-p", "40", "-s", "148", "-a", "60"),
    "en": ("-v", "en-gb+Annie", "-p", "40", "-s", "100", "-a", "60"),
}
TOOLS: Final = ("espeak-ng", "ffmpeg")
_TRIMMED: Final = "silenceremove=start_periods=1:start_threshold=-45dB"
FILTER: Final = f"{_TRIMMED},areverse,{_TRIMMED},areverse,loudnorm=I=-20:TP=-1.5:LRA=11,apad=pad_dur=0.05"


def given_for(words: str, lang: Language) -> str:
    """What such a clip is made from, as one line."""
    return f"{MARK} | {said(words, lang)}"


def said(words: str, lang: Language) -> str:
    """The text for the program: numbered pinyin for Chinese, the words themselves for English."""
    if lang != "zh":
        return words
    from script.voicing.pinyin import spoken_pinyin

    return spoken_pinyin(words)


def make(words: str, lang: Language, target: Path, scratch: Path) -> None:
    """Record the words into `target`; raises CalledProcessError with the tool's own words if one fails."""
    raw = scratch / "raw.wav"
    target.parent.mkdir(parents=True, exist_ok=True)
    _run("espeak-ng", *VOICES[lang], "-w", str(raw), said(words, lang))
    _run("ffmpeg", "-v", "error", "-y", "-i", str(raw), "-af", FILTER, "-ar", "22050", "-ac", "1",
         "-c:a", "libmp3lame", "-b:a", "24k", "-map_metadata", "-1", str(target))  # fmt: skip


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)
