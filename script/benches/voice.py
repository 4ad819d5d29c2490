"""How well the voice is understood by a recogniser that has never heard it, beside the clips before it.

Needs `script/setup voice listen`. It runs at the lowest priority, on one core, for about an hour; `--rounds`
says how many announcements are listened to instead of 300.
"""

import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from kiosk import synthesis
from kiosk.speech import CHOICES, SENTENCES, call_clips, call_words, catalogue
from kiosk.synthesis.model import RATE, Model
from kiosk.synthesis.sound import as_mp3, finished, loudness_of
from kiosk.synthesis.speaking import called
from script.benches._first_sound import say_first_sound
from script.benches._hall import ROOT, say
from script.benches._listening import HEARS_AT, Listener, Missed, hearings, listening, missed, syllables

AUDIO: Final = ROOT / "static" / "audio"
BEFORE: Final = "d1b7a01"
"""The commit whose clips are the reference: made by espeak-ng, a clip for each sign."""
SEED: Final = 14
GAP_S: Final = 0.02
"""As sound.js has it."""
NOISE_DB: Final = 5.0
"""The voice above the hall's pink noise."""
LOWEST_HZ: Final = 20
"""Of this noise: what is lower no ear hears, and would take 2.6 dB from what is heard."""
SAID_EVERY: Final = 100
"""Announcements after which the figures so far are said: all of them take an hour."""
DIGITS: Final = "零一二三四五六七八九"
FIGURES: Final = f"{DIGITS}幺"
ROOM_S: Final = 0.25
"""Of the room alone before and after what is said: nobody's ear begins with the first sound."""

Sound = Any
"""Floats in −1…1, HEARS_AT a second, in an array of numpy."""


def run(rounds: int = 300, only: str = "") -> None:
    """Print what share of the syllables, and of the digits and counters, is heard wrongly.

    `only` "sentences" or "calls" leaves out the other, "" nothing.
    """
    os.nice(19)
    os.environ["OMP_NUM_THREADS"] = "1"
    if missing := [*synthesis.lacking(""), *(["faster-whisper"] if not _has("faster_whisper") else [])]:
        say("voice", "not measured", None, None, missing=missing, install="script/setup voice listen")
        return
    _say_size_and_loudness()
    with listening() as listener, tempfile.TemporaryDirectory() as scratch:
        before = _clips_before(Path(scratch))
        if only != "calls":
            _say_sentences(listener, before)
        if only != "sentences":
            _say_calls(listener, before, rounds)
    if not only:
        say_first_sound()


def _has(library: str) -> bool:
    try:
        import_module(library)
    except ImportError:
        return False
    return True


def _clips_before(scratch: Path) -> Path | None:
    """The clips of BEFORE, taken out of the history; None where there is none."""
    git, tar = shutil.which("git"), shutil.which("tar")
    if not git or not tar:
        return None
    packed = subprocess.run(
        [git, "archive", BEFORE, "static/audio"], cwd=ROOT, capture_output=True, check=False
    )
    if packed.returncode:
        return None
    subprocess.run([tar, "x", "-C", scratch], input=packed.stdout, check=True)
    return scratch / "static" / "audio"


def _say_size_and_loudness() -> None:
    paths = sorted(AUDIO.rglob("*.mp3"))
    levels = {path.relative_to(AUDIO).as_posix(): loudness_of(path) for path in paths}
    middle = sorted(levels.values())[len(levels) // 2]
    off = {name: round(one - middle, 1) for name, one in levels.items() if abs(one - middle) > 1}
    size = round(sum(path.stat().st_size for path in paths) / 1e6, 2)
    spread = round(max(levels.values()) - min(levels.values()), 2)
    say("voice", "clips, MB", size, {"at most": 8}, clips=len(paths))
    say("voice", "loudness from the faintest clip to the loudest, LU", spread, {"at most": 2},
        middle_lufs=round(middle, 2), more_than_1_from_it=off)  # fmt: skip


def _say_sentences(listener: Listener, before: Path | None) -> None:
    """Every sentence and every choice of the station, in Chinese."""
    spoken = list(catalogue("zh").items())[: len(SENTENCES) + len(CHOICES)]
    clips = [(words, AUDIO / "zh" / f"{stem}.mp3") for stem, words in spoken]
    now = [_listened(listener, words, _in_quiet(_read(path))) for words, path in clips]
    known = [(words, before / "zh" / f"{stem}.mp3") for stem, words in spoken] if before else []
    old = [_listened(listener, words, _in_quiet(_read(path))) for words, path in known if path.exists()]
    for name, with_tones in (("syllables", False), ("syllables with their tones", True)):
        reference = {BEFORE: _share(old, with_tones), "at most": 8}
        say("voice", f"sentences: {name} wrong, %", _share(now, with_tones), reference, sentences=len(now))


@dataclass
class _Heard:
    """What was said, what was understood."""

    words: str
    text: str

    def missed(self, *, with_tones: bool = False) -> Missed:
        """How it differs, as it was written down by who heard most of it."""
        said = syllables(self.words, with_tones=with_tones)
        every = [missed(said, heard) for heard in hearings(self.text, with_tones=with_tones)]
        return min(every, key=lambda one: one.share)


def _listened(listener: Listener, words: str, sound: Sound) -> _Heard:
    return _Heard(words, listener.hears(sound))


def _in_quiet(sound: Sound) -> Sound:
    numpy = import_module("numpy")
    room = numpy.zeros(round(ROOM_S * HEARS_AT), numpy.float32)
    return numpy.concatenate((room, sound, room))


def _share(heard: Sequence[_Heard], with_tones: bool = False) -> float | None:
    parts = [one.missed(with_tones=with_tones) for one in heard]
    said = sum(len(one.said) for one in parts)
    return round(100 * sum(len(one.wrong) + one.added for one in parts) / said, 1) if said else None


def _share_beside_letters(heard: Sequence[_Heard]) -> float | None:
    """The same of announcements without their letter, the second sign; what was added for it stays."""
    parts = [one.missed() for one in heard]
    said = sum(len(one.said) - 1 for one in parts)
    return round(100 * sum(len(one.wrong - {1}) + one.added for one in parts) / said, 1) if said else None


@dataclass
class _Tally:
    """Of one way to say the announcements: what was heard."""

    say: Callable[[str, int], Sound | None]
    words: Callable[[str, int], str] = call_words
    heard: dict[str, list[_Heard]] = field(default_factory=lambda: {"quiet": [], "noise": []})


def _say_calls(listener: Listener, before: Path | None, rounds: int) -> None:
    model = Model()
    tallies = {
        "whole": _Tally(lambda number, counter: _whole(model, number, counter)),
        "joined": _Tally(lambda number, counter: _joined(AUDIO, call_clips(number, counter))),
        BEFORE: _Tally(
            lambda number, counter: _joined(before, _clips_then(number, counter)) if before else None,
            lambda number, counter: call_words(number, counter).replace("组", "").replace("第", ""),
        ),
    }
    chance = random.Random(SEED)  # noqa: S311 - the same announcements every time
    for nth in range(rounds):
        number = f"{chance.choice('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}{chance.randint(1, 199):03}"
        counter = chance.randint(1, 20)
        for tally in tallies.values():
            sound, words = tally.say(number, counter), tally.words(number, counter)
            if sound is not None:
                tally.heard["quiet"].append(_listened(listener, words, _in_quiet(sound)))
                tally.heard["noise"].append(_listened(listener, words, _in_noise(sound, nth)))
        if (nth + 1) % SAID_EVERY == 0 or nth + 1 == rounds:
            _say_tallies(tallies)


def _say_tallies(tallies: Mapping[str, _Tally]) -> None:
    """What was heard so far, of the calls of today beside those of BEFORE."""
    for name in (name for name in tallies if name != BEFORE):
        for place, most in (("quiet", 3), ("noise", 8)):
            heard, was = tallies[name].heard[place], tallies[BEFORE].heard[place]
            say("voice", f"{name} announcements in {place}: syllables wrong, %", _share(heard),
                {BEFORE: _share(was), "at most": 10}, announcements=len(heard),
                letters_apart=_share_beside_letters(heard))  # fmt: skip
            say("voice", f"{name} announcements in {place}: digits and counter wrong, %", _figures(heard),
                {BEFORE: _figures(was), "at most": most},
                announcements_with_one=_with_a_wrong_one(heard), letters=_letters(heard),
                numbers_not_as_said=_other_numbers(heard))  # fmt: skip


def _whole(model: Model, number: str, counter: int) -> Sound:
    voice = synthesis.CALLERS["zh"]
    samples = finished(called(model, call_words(number, counter), voice, "zh"), RATE)
    return _decoded(BytesIO(as_mp3(samples, RATE)))


def _clips_then(number: str, counter: int) -> Sequence[str]:
    """The clips that BEFORE put a call together from, for the counters that it had a clip of."""
    return ("qing", *number.lower(), "hao", f"counter-{counter}", "banli")


def _joined(folder: Path, stems: Sequence[str]) -> Sound:
    numpy = import_module("numpy")
    gap = numpy.zeros(round(GAP_S * HEARS_AT), numpy.float32)
    clips = (_read(folder / "zh" / f"{stem}.mp3") for stem in stems)
    return numpy.concatenate([part for clip in clips for part in (clip, gap)])


def _figure_places(words: str) -> Iterator[int]:
    """Where among the syllables of an announcement the digits and the counter stand."""
    _, *number, rest = words.split("，")
    signs = "".join(number)
    first = 1 + next(place for place, sign in enumerate(signs) if sign in FIGURES)
    last = len(signs)
    yield from range(first, last)
    counter = rest.removeprefix("到").split("号")[0]
    yield from range(last + 2, last + 2 + len(counter))


def _figures(heard: Sequence[_Heard]) -> float | None:
    """Wrong digits and counters, of all."""
    places = [(one, tuple(_figure_places(one.words))) for one in heard]
    wrong = sum(place in one.missed().wrong for one, those in places for place in those)
    every = sum(len(those) for _, those in places)
    return round(100 * wrong / every, 1) if every else None


def _with_a_wrong_one(heard: Sequence[_Heard]) -> float | None:
    """Announcements with a digit or a counter that was heard wrongly, of all."""
    if not heard:
        return None
    wrong = sum(any(place in one.missed().wrong for place in _figure_places(one.words)) for one in heard)
    return round(100 * wrong / len(heard), 1)


def _other_numbers(heard: Sequence[_Heard]) -> float | None:
    """Announcements of whose number a digit was heard wrongly or one too many, of all."""
    return round(100 * sum(map(_is_another_number, heard)) / len(heard), 1) if heard else None


def _is_another_number(one: _Heard) -> bool:
    """Whether the digits were not heard as they were said.

    Who hears 已由四二 for 幺四二 has every digit right, and another number. What stands where the letter was
    is the letter's.
    """
    heard, first = one.missed(), next(_figure_places(one.words))
    last = heard.said.index("hao")
    is_within = any(first < at < last for at, _ in heard.extra)
    is_beside = any(at in (first, last) and sound in set(syllables(DIGITS)) for at, sound in heard.extra)
    return is_within or is_beside or not heard.wrong.isdisjoint(range(first, last))


def _letters(heard: Sequence[_Heard]) -> float | None:
    """Letters that were heard wrongly, of all."""
    return round(100 * sum(1 in one.missed().wrong for one in heard) / len(heard), 1) if heard else None


def _in_noise(sound: Sound, seed: int) -> Sound:
    """With pink noise, NOISE_DB fainter than what is spoken."""
    numpy = import_module("numpy")
    chance = numpy.random.default_rng(seed)
    padded = _in_quiet(sound)
    spectrum = numpy.fft.rfft(chance.standard_normal(len(padded)))
    hertz = numpy.fft.rfftfreq(len(padded), 1 / HEARS_AT)
    share = numpy.where(hertz < LOWEST_HZ, 0, 1 / numpy.sqrt(numpy.maximum(hertz, 1)))
    noise = numpy.fft.irfft(spectrum * share, len(padded))
    spoken = sound[numpy.abs(sound) > 0.01]
    wanted = numpy.sqrt((spoken**2).mean()) * 10 ** (-NOISE_DB / 20)
    return (padded + noise * wanted / numpy.sqrt((noise**2).mean())).astype(numpy.float32)


def _read(path: Path) -> Sound:
    return _decoded(str(path))


def _decoded(file: Any) -> Sound:
    return import_module("faster_whisper").decode_audio(file, sampling_rate=HEARS_AT)
