"""One clip from its words to its file, and the record of what every committed clip was made from."""

import hashlib
import json
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from kiosk.speech import LANGUAGES, Language, catalogue
from script.voicing import sound

# A woman's pitch with wide intonation: the plain voice moves its four tones within 81–98 Hz, this one within
# 120–210 Hz, and that is what keeps 号 hào from 好 hǎo. The speeds give 3.4 syllables a second and 135
# English words a minute between pauses, about a third slower than the news.
VOICES: Final[dict[Language, tuple[str, ...]]] = {
    "zh": ("-v", "cmn-latn-pinyin+Annie", "-p", "40", "-s", "148", "-a", "60"),
    "en": ("-v", "en-gb+Annie", "-p", "40", "-s", "100", "-a", "60"),
}
BIT_RATE: Final = "24k"
ENCODING: Final = ("-ac", "1", "-c:a", "libmp3lame", "-b:a", BIT_RATE, "-map_metadata", "-1")
RECORD: Final = "clips.json"


@dataclass(frozen=True)
class Clip:
    """`path` under static/audio without its suffix; `words` as a person reads them."""

    path: str
    words: str
    lang: Language | None

    @property
    def file(self) -> str:
        return f"{self.path}.mp3"


@dataclass(frozen=True)
class Made:
    """What a committed file was made from: the words, what the engine was given, and the file's own hash."""

    words: str
    given: str
    sha256: str


def wanted_clips() -> list[Clip]:
    """Every clip that should exist: all spoken texts, then the signals."""
    texts = ((lang, stem, words) for lang in LANGUAGES for stem, words in catalogue(lang).items())
    spoken = [Clip(f"{lang}/{stem}", words, lang) for lang, stem, words in texts]
    return spoken + [Clip(name, "", None) for name in sound.SIGNALS]


def given_for(clip: Clip) -> str:
    """Everything that decides how the clip sounds, as one line; a change of it means a new recording."""
    finish = f"{sound.SPEECH_DBFS:g} dB {sound.LEAD_S:g}+{sound.TAIL_S:g} s {BIT_RATE}"
    if clip.lang is None:
        return f"{sound.SIGNALS[clip.path]} | {finish}"
    return f"{said(clip)} | {' '.join(VOICES[clip.lang])} | {finish}"


def said(clip: Clip) -> str:
    """The text for the engine: numbered pinyin for Chinese, the words themselves for English."""
    if clip.lang != "zh":
        return clip.words
    from script.voicing.pinyin import spoken_pinyin  # checking what is committed must work without pypinyin

    return spoken_pinyin(clip.words)


def make(clip: Clip, folder: Path, scratch: Path) -> Made:
    """Record one clip into `folder`; raises CalledProcessError with the tool's own words if a tool fails."""
    raw, finished, target = scratch / "raw.wav", scratch / "finished.wav", folder / clip.file
    if clip.lang is None:
        samples = sound.signal(clip.path)
    else:
        _run("espeak-ng", *VOICES[clip.lang], "-w", str(raw), said(clip))
        samples = sound.finish_speech(sound.read_wave(raw))
    sound.write_wave(finished, samples)
    target.parent.mkdir(parents=True, exist_ok=True)
    _run("ffmpeg", "-v", "error", "-y", "-i", str(finished), *ENCODING, str(target))
    return Made(clip.words, given_for(clip), digest(target))


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_record(folder: Path) -> dict[str, Made]:
    """Clip file → what it was made from; empty when nothing was ever made."""
    path = folder / RECORD
    rows = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return {file: Made(**row) for file, row in rows.items()}


def write_record(folder: Path, record: dict[str, Made]) -> None:
    """Write the record, one clip a line, sorted, so that a change reads well in a diff."""
    rows = [f'"{file}": {json.dumps(asdict(record[file]), ensure_ascii=False)}' for file in sorted(record)]
    (folder / RECORD).write_text("{\n" + ",\n".join(rows) + "\n}\n", "utf-8")


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)
