"""How the clips are made: hanzi to sound, the shape of every clip, and the check of what is committed."""

import math
import os
import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.speech import LANGUAGES, SENTENCES, catalogue
from script.voicing import clips, sound
from script.voicing.pinyin import LETTERS, spoken_pinyin, syllables

ROOT = Path(__file__).parent.parent.parent
AUDIO = ROOT / "static" / "audio"
# How espeak-ng writes the five tones of a syllable spoken alone.
CONTOURS = {"1": "55", "2": "35", "3": "214", "4": "51", "5": "11"}

needs_espeak = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("请", "qing3"),
        ("号", "hao4"),
        ("零", "ling2"),
        ("幺", "yao1"),
        ("办理", "ban4li3"),
        ("到十一号窗口", "dao4 shi2 yi1 hao4 chuang1kou3"),
        ("您还在吗？", "nin2 hai2zai4 ma5?"),
        ("点一下，等一次。", "dian3 yi2xia4, deng3 yi2ci4."),
        ("慢一点", "man4 yi4dian3"),
        ("不能，不要紧", "bu4neng2, bu2 yao4jin3"),
        ("重新取号", "chong2xin1 qu3hao4"),
        ("大按钮", "da4 an4niu3"),
        ("取过号了", "qu3guo4hao4 le5"),
        ("东西带齐了吗？", "dong1xi5 dai4qi2 le5 ma5?"),
        ("打出来", "da3chu5lai5"),
        ("A", "ei1"),
        ("W", "da2bu5liu5"),
    ],
)
def test_words_are_read_as_people_say_them(words, said):
    assert spoken_pinyin(words) == said


@pytest.mark.parametrize("words", ["取2号", "号①", "请é"])
def test_a_sign_without_a_reading_is_refused_rather_than_left_out(words):
    with pytest.raises(ValueError, match="no reading"):
        spoken_pinyin(words)


def test_every_character_of_the_catalogue_has_one_syllable():
    letters = dict(zip("abcdefghijklmnopqrstuvwxyz", LETTERS, strict=True))
    for stem, words in catalogue("zh").items():
        if stem not in letters:
            assert len(syllables(spoken_pinyin(words))) == len(re.sub(r"[，。？]", "", words)), words


def test_no_two_letters_and_no_two_digits_sound_the_same():
    said = [spoken_pinyin(words) for stem, words in catalogue("zh").items() if len(stem) == 1]
    assert len(said) == len(set(said)) == 36


@needs_espeak
def test_the_engine_speaks_every_syllable_with_its_tone():
    sounds = sorted({one for words in catalogue("zh").values() for one in syllables(spoken_pinyin(words))})
    command = ["espeak-ng", "-v", "cmn-latn-pinyin", "-q", "-x"]
    heard = subprocess.run(command, input="\n".join(sounds), capture_output=True, text=True, check=True)
    lines = [line.strip() for line in heard.stdout.splitlines() if line.strip()]
    assert len(lines) == len(sounds) > 100
    spoken = {one: re.findall(r"\d\d+", line) for one, line in zip(sounds, lines, strict=True)}
    assert {one: tones for one, tones in spoken.items() if tones != [CONTOURS[one[-1]]]} == {}


def tone(level, seconds, silence_s=0.3):
    wave = [level * math.sin(2 * math.pi * 200 * i / sound.RATE) for i in range(round(seconds * sound.RATE))]
    silence = [0.0] * round(silence_s * sound.RATE)
    return silence + wave + silence


@pytest.mark.parametrize("level", [0.003, 0.1, 0.99])
def test_a_recording_becomes_as_loud_as_every_other_and_starts_at_once(level):
    finished = sound.finish_speech(tone(level, 0.5))
    assert len(finished) / sound.RATE == pytest.approx(0.5 + sound.LEAD_S + sound.TAIL_S, abs=0.005)
    loud = [sample for sample in finished if sample]
    power = math.sqrt(sum(sample * sample for sample in loud) / len(loud))
    assert 20 * math.log10(power) == pytest.approx(sound.SPEECH_DBFS, abs=0.3)


def test_a_recording_with_a_sharp_peak_is_not_clipped():
    samples = tone(0.01, 0.5)
    samples[len(samples) // 2] = 1.0
    finished = sound.finish_speech(samples)
    assert 20 * math.log10(max(finished)) == pytest.approx(sound.PEAK_DBFS, abs=0.01)


@pytest.mark.parametrize("name", sound.SIGNALS)
def test_a_signal_begins_and_ends_without_a_click(name):
    samples = sound.signal(name)
    assert max(abs(one - other) for one, other in pairwise(samples)) < 0.2
    assert 0.1 < max(samples) < 0.9


@pytest.mark.long
def test_the_signals_of_a_scan_differ_in_their_rhythm():
    def beats(name):
        samples = sound.signal(name)
        frames = [samples[i : i + 440] for i in range(0, len(samples), 440)]
        loud = [max(map(abs, frame)) > 0.05 for frame in frames]
        lengths = [len(run) for run in re.findall("x+", "".join("x" if one else "-" for one in loud))]
        return len(lengths), max(lengths)

    assert beats("warn")[0] == 3
    assert beats("ok")[0] == beats("refused")[0] == 1
    assert beats("refused")[1] > 1.3 * beats("ok")[1]


def test_what_is_committed_was_made_from_what_is_spoken_now():
    made = clips.read_record(AUDIO)
    assert {clip.file for clip in clips.wanted_clips()} == set(made)
    assert [
        clip.file for clip in clips.wanted_clips() if made[clip.file].given != clips.given_for(clip)
    ] == []


def test_the_clips_are_small_enough_to_be_committed():
    assert sum(path.stat().st_size for path in AUDIO.rglob("*.*")) < 8_000_000


@pytest.fixture
def copy(tmp_path):
    """The parts of the project that `script/voice` needs, to be changed at will."""
    for part in ("script", "static/audio"):
        shutil.copytree(ROOT / part, tmp_path / part)
    shutil.copytree(
        ROOT / "kiosk", tmp_path / "kiosk", ignore=shutil.ignore_patterns("screens", "__pycache__")
    )
    return tmp_path


def run_voice(root, *options, path=None):
    command = [sys.executable, str(root / "script" / "voice"), *options]
    environment = os.environ | ({"PATH": str(path)} if path else {})
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def test_the_committed_voice_is_complete():
    answer = run_voice(ROOT, "--check")
    assert (answer.returncode, answer.stdout) == (0, "the voice is complete\n")


def test_the_check_names_what_is_missing_strange_and_changed(copy):
    audio = copy / "static" / "audio"
    (audio / "zh" / "hao.mp3").unlink()
    (audio / "en" / "stray.mp3").write_bytes(b"")
    (audio / "chime.mp3").write_bytes(b"not a chime")
    catalogue_file = copy / "kiosk" / "speech" / "sentences.py"
    catalogue_file.write_text(catalogue_file.read_text("utf-8").replace("谢谢您", "谢谢大家"), "utf-8")
    answer = run_voice(copy, "--check")
    assert answer.returncode == 1
    assert answer.stdout.splitlines() == [
        "extra: en/stray.mp3",
        "missing: zh/hao.mp3",
        "not as recorded: chime.mp3",
        "other words: zh/goodbye.mp3",
    ]


def test_a_missing_tool_is_named_with_the_line_that_installs_it(copy, tmp_path):
    answer = run_voice(copy, path=tmp_path)
    assert answer.returncode == 1
    assert answer.stdout.splitlines()[:2] == [
        "missing: espeak-ng, ffmpeg",
        "  apt-get install espeak-ng ffmpeg",
    ]


@needs_espeak
@needs_ffmpeg
def test_only_what_changed_is_recorded_again(copy):
    audio = copy / "static" / "audio"
    (audio / "zh" / "hao.mp3").unlink()
    (audio / "en" / "stray.mp3").write_bytes(b"")
    before = {path: path.stat().st_mtime_ns for path in audio.rglob("*.mp3")}
    answer = run_voice(copy)
    everything = sum(len(catalogue(lang)) for lang in LANGUAGES) + len(sound.SIGNALS)
    assert answer.stdout == f"1 recorded, {everything - 1} unchanged, 1 removed\n"
    assert [path for path in before if path.exists() and path.stat().st_mtime_ns != before[path]] == []
    assert run_voice(copy, "--check").returncode == 0


@needs_ffmpeg
@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_clip_is_even_in_loudness_unclipped_and_starts_at_once(lang, tmp_path):
    stems = [*SENTENCES, *"0123456789", "a", "hao" if lang == "zh" else "number", "counter-1"]
    command = ["ffmpeg", "-v", "error"]  # one for all: to start it takes ten times as long as to read a clip
    for stem in stems:
        command += ["-i", str(AUDIO / lang / f"{stem}.mp3")]
    for n, stem in enumerate(stems):
        command += ["-map", str(n), "-ar", str(sound.RATE), str(tmp_path / f"{stem}.wav")]
    subprocess.run(command, check=True)
    for stem in stems:
        samples = sound.read_wave(tmp_path / f"{stem}.wav")
        peak = max(map(abs, samples))
        loud = [i for i, sample in enumerate(samples) if abs(sample) > 0.01 * peak]
        level = [sum(s * s for s in samples[i : i + 220]) / 220 for i in range(0, len(samples) - 220, 220)]
        active = [power for power in level if power > max(level) * 0.01]
        assert peak < 0.9, stem
        assert 0.01 < loud[0] / sound.RATE < 0.04, stem
        assert 0.02 < (len(samples) - loud[-1]) / sound.RATE < 0.08, stem
        assert 10 * math.log10(sum(active) / len(active)) == pytest.approx(sound.SPEECH_DBFS, abs=1.2), stem
