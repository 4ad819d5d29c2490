"""The committed clips: complete, made from what is spoken now, equally loud; and how they are made."""

import os
import re
import shutil
import subprocess
import sys
from array import array
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk import synthesis
from kiosk.speech import CHOICES, LANGUAGES, SENTENCES, call_clips, catalogue, clip_of, free_stem
from kiosk.synthesis.loudness import TARGET, loudness
from kiosk.synthesis.model import RATE
from script.benches._listening import HEARS_AT, hearings, missed, syllables
from script.benches.voice import LOWEST_HZ, ROOM_S, _figures, _Heard, _in_noise, _other_numbers
from script.voicing import clips, sound
from script.voicing.carriers import take_of

ROOT = Path(__file__).parent.parent.parent
AUDIO = ROOT / "static" / "audio"
MOST_BYTES = 8_000_000
BY_THE_VOICE = " LUFS "
"""In what a clip was made from; espeak-ng has made the others, until `script/voice` runs with the engine."""

needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
needs_engine = pytest.mark.skipif(bool(synthesis.lacking("")), reason="linli[voice] is not installed")


@pytest.mark.parametrize("name", sound.SIGNALS)
def test_a_signal_begins_and_ends_without_a_click(name):
    samples = sound.signal(name)
    assert max(abs(one - other) for one, other in pairwise(samples)) < 0.2
    assert 0.1 < max(samples) < 0.9


@pytest.mark.long
def test_the_signals_of_a_scan_differ_in_their_rhythm():
    def beats(name):
        samples = sound.signal(name)
        frames = [samples[i : i + 480] for i in range(0, len(samples), 480)]
        loud = [max(map(abs, frame)) > 0.05 for frame in frames]
        lengths = [len(run) for run in re.findall("x+", "".join("x" if one else "-" for one in loud))]
        return len(lengths), max(lengths)

    assert beats("warn")[0] == 3
    assert beats("ok")[0] == beats("refused")[0] == 1
    assert beats("refused")[1] > 1.3 * beats("ok")[1]


def test_a_part_of_a_call_is_cut_out_of_a_sentence_and_a_sentence_is_said_as_it_is():
    for library in ("misaki", "pypinyin", "rjieba"):
        pytest.importorskip(library)
    digit, whole = take_of("8", "八", "zh"), take_of("welcome", "欢迎您", "zh")
    assert (digit.signs, bool(digit.after)) == ("pa→", True)
    assert (whole.before, whole.after) == ("", "")
    breath = take_of("row-023", "第零二三号", "zh")
    assert (breath.before, breath.after) == ("", ",")
    for lang in LANGUAGES:
        parts = {stem: take_of(stem, words, lang) for stem, words in catalogue(lang).items()}
        cut = {stem for stem, take in parts.items() if take.before or take.after}
        whole_ones = {*SENTENCES, *CHOICES, "ahead-none", "ahead-many"}
        assert cut == {stem for stem in parts if stem not in whole_ones}


def test_what_is_committed_was_made_from_what_is_spoken_now():
    for library in ("misaki", "pypinyin", "rjieba"):
        pytest.importorskip(library)
    made = clips.read_record(AUDIO)
    assert {clip.file for clip in clips.wanted_clips()} == set(made)
    by_the_voice = [one for one in clips.wanted_clips() if BY_THE_VOICE in made[one.file].given]
    assert [one.file for one in by_the_voice if made[one.file].given != clips.given_for(one)] == []
    assert sum(one.lang == "zh" for one in by_the_voice) > 150


def test_who_calls_says_every_number_and_no_sentence():
    for library in ("misaki", "pypinyin", "rjieba"):
        pytest.importorskip(library)
    caller, teller = synthesis.CALLERS["zh"], synthesis.VOICES["zh"][0]
    assert caller != teller
    by = {clip.path: clips.given_for(clip) for clip in clips.wanted_clips() if clip.lang == "zh"}
    number = [stem for call in ("A023", "B207") for stem in call_clips(call, 3)]
    assert [stem for stem in number if f" {caller} " not in by[f"zh/{stem}"]] == []
    in_sentences = ["2", "ahead", "people", "taken", "dao", "ten"]
    assert [stem for stem in in_sentences if f" {teller} " not in by[f"zh/{stem}"]] == []


def test_the_ear_of_the_bench_is_neither_kinder_nor_harsher_than_an_ear():
    numpy = pytest.importorskip("numpy")
    pytest.importorskip("pypinyin")
    pytest.importorskip("rjieba")
    heard = ["zuo", "zhe", "deng", "ling", "yi", "er", "hao"]
    assert syllables("坐著等，〇幺二號") == syllables("坐着等，零幺二号") == heard
    said = syllables("零二三号，到十二号窗口")
    assert min(missed(said, heard).share for heard in hearings("023號到12號窗口")) == 0
    assert min(len(missed(said, heard).wrong) for heard in hearings("0号23号到12号窗口")) == 0
    assert missed(said, syllables("零二七号，到十二号窗口")).wrong == {2}
    said = syllables("请，D组，第幺五八号")
    for text, wrong in (("請D組D158號", 0), ("請D祖D一五八號", 0), ("請D組158號", 1), ("請D158號", 2)):
        assert min(len(missed(said, heard).wrong) for heard in hearings(text)) == wrong
    assert min(missed(said, heard).share for heard in hearings("請D組，D號158")) > 0
    toned = syllables("第幺五八号", with_tones=True)
    assert min(missed(toned, heard).share for heard in hearings("D158號", with_tones=True)) > 0
    voice = numpy.sin(numpy.arange(HEARS_AT) * 0.4).astype(numpy.float32) / 10
    noise = _in_noise(voice, 1)
    noise[int(ROOM_S * HEARS_AT) :][:HEARS_AT] -= voice
    hertz = numpy.fft.rfftfreq(len(noise), 1 / HEARS_AT)
    share = numpy.abs(numpy.fft.rfft(noise)) ** 2
    assert share[hertz < LOWEST_HZ - 1].sum() < 1e-6 * share.sum()
    assert 10 * numpy.log10((voice**2).mean() / (noise**2).mean()) == pytest.approx(5, abs=0.3)


@pytest.mark.parametrize(
    ("words", "text", "wrong_digits", "other_numbers"),
    [
        ("请，K，零八三号，到四号窗口办理。", "請來零八三號到四號窗口辦理", 0, 0),
        ("请，K，零八三号，到四号窗口办理。", "請K一零八三號到四號窗口辦理", 0, 100),
        ("请，K，零八三号，到四号窗口办理。", "請看零八三號到十四號窗口辦理", 0, 0),
        ("请，C，幺四二号，到九号窗口办理。", "請 三 已由四二號到九號窗口辦理", 0, 100),
        ("请，C，幺四二号，到九号窗口办理。", "請 三 由四二號到九號窗口辦理", 25, 100),
        ("请，K组，第零八三号，到四号窗口办理。", "請K組第083號到4號窗口辦理", 0, 0),
        ("请，K组，第零八三号，到四号窗口办理。", "請開組D083號到4號窗口辦理", 0, 0),
        ("请，K组，第零八三号，到四号窗口办理。", "請K組第八三號到4號窗口辦理", 25, 100),
    ],
)
def test_a_number_with_a_digit_too_many_is_another_number(words, text, wrong_digits, other_numbers):
    pytest.importorskip("pypinyin")
    pytest.importorskip("rjieba")
    heard = [_Heard(words, text)]
    assert (_figures(heard), _other_numbers(heard)) == (wrong_digits, other_numbers)


def test_the_clips_are_small_enough_to_be_committed():
    assert sum(path.stat().st_size for path in AUDIO.rglob("*.mp3")) < MOST_BYTES


def test_whose_voice_it_is_stands_beside_the_clips_and_the_voices():
    for folder in (AUDIO, synthesis.model.VOICES):
        assert "Apache License 2.0" in (folder / "NOTICE").read_text("utf-8").replace("\n", " ")
    assert "Version 2.0, January 2004" in (synthesis.model.VOICES / "LICENSE").read_text("utf-8")
    assert {path.stem for path in synthesis.model.VOICES.glob("*.npy")} == {
        name for names in synthesis.VOICES.values() for name in names
    }


@pytest.fixture
def copy(tmp_path):
    """The parts of the project that `script/voice` needs, to be changed at will."""
    for part in ("script", "static/audio", "printing"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(
        ROOT / "kiosk", tmp_path / "kiosk", ignore=shutil.ignore_patterns("screens", "__pycache__")
    )
    return tmp_path


def run_voice(root, *options, **settings):
    command = [sys.executable, str(root / "script" / "voice"), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | settings)


def test_the_committed_voice_is_complete():
    answer = run_voice(ROOT, "--check")
    assert (answer.returncode, answer.stdout) == (0, "the voice is complete\n")


def test_the_check_names_what_is_missing_strange_and_changed(copy):
    audio = copy / "static" / "audio"
    (audio / "zh" / "hao.mp3").unlink()
    (audio / "en" / "stray.mp3").write_bytes(b"")
    (audio / "chime.mp3").write_bytes(b"not a chime")
    catalogue_file = copy / "kiosk" / "speech" / "sentences" / "assistance.py"
    text = catalogue_file.read_text("utf-8").replace("谢谢您，请慢走", "谢谢大家")
    catalogue_file.write_text(text, "utf-8")
    answer = run_voice(copy, "--check")
    assert answer.returncode == 1
    assert answer.stdout.splitlines() == [
        "extra: en/stray.mp3",
        "missing: zh/hao.mp3",
        "not as recorded: chime.mp3",
        "other words: zh/goodbye.mp3",
    ]


def test_a_missing_engine_is_named_with_the_line_that_installs_it(copy):
    answer = run_voice(copy, "--all", KIOSK_VOICE_MODEL=str(copy / "none.onnx"))
    assert answer.returncode == 1
    first, second = answer.stdout.splitlines()
    assert first.startswith("missing: ")
    assert first.endswith("none.onnx")
    assert second == "  script/setup voice"


@needs_engine
def test_only_what_changed_is_recorded_again(copy):
    audio = copy / "static" / "audio"
    (audio / "zh" / "hao.mp3").unlink()
    (audio / "en" / "stray.mp3").write_bytes(b"")
    before = {path: path.stat().st_mtime_ns for path in audio.rglob("*.mp3")}
    answer = run_voice(copy)
    everything = len(clips.wanted_clips())
    assert answer.stdout == f"1 recorded, {everything - 1} unchanged, 1 removed\n"
    assert [path for path in before if path.exists() and path.stat().st_mtime_ns != before[path]] == []
    assert run_voice(copy, "--check").returncode == 0


def test_a_new_centre_without_an_engine_hears_its_services_and_papers():
    for words in ("高龄补贴", "身份证", "原件", "养老高龄", "停电了"):
        stem = clip_of(words)
        assert stem == free_stem(words)
        assert (AUDIO / "zh" / f"{stem}.mp3").is_file()


@needs_ffmpeg
@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_clip_is_even_in_loudness_unclipped_and_starts_at_once(lang, tmp_path):
    chosen = [*list(SENTENCES)[::4], *"0123456789abcdef", "end-2" if lang == "zh" else "number", "counter-1"]
    made = clips.read_record(AUDIO)
    stems = [stem for stem in chosen if BY_THE_VOICE in made[f"{lang}/{stem}.mp3"].given]
    if not stems:
        pytest.skip("made by espeak-ng")
    command = ["ffmpeg", "-v", "error"]  # one for all: to start it takes ten times as long as to read a clip
    for stem in stems:
        command += ["-i", str(AUDIO / lang / f"{stem}.mp3")]
    for n, stem in enumerate(stems):
        command += ["-map", str(n), "-f", "f32le", "-ar", str(RATE), str(tmp_path / stem)]
    subprocess.run(command, check=True)
    for stem in stems:
        samples = array("f", (tmp_path / stem).read_bytes()).tolist()
        peak = max(map(abs, samples))
        loud = [i for i, sample in enumerate(samples) if abs(sample) > 0.01 * peak]
        assert peak < 0.97, stem
        assert loud[0] / RATE < 0.08, stem
        assert (len(samples) - loud[-1]) / RATE < 0.3, stem
        # one syllable is about as long as one block: where it begins counts
        within = 1 if stem in SENTENCES else 1.8
        assert loudness(samples[loud[0] : loud[-1]], RATE) == pytest.approx(TARGET, abs=within), stem
