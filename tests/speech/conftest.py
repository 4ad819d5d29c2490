"""A maker of clips with an engine that answers at once."""

import json
import sys
from pathlib import Path

import pytest

from kiosk import speech

PROGRAM = Path(__file__).parent / "engine_that_writes.py"


@pytest.fixture(autouse=True)
def shelves(box):
    """The folder of the centre's own clips, as the application opens it."""
    return speech.open_shelves(box.database.engine, box.settings.folder)


@pytest.fixture
def asked_of_it(tmp_path):
    """What the engine was asked so far, line by line."""
    notes = tmp_path / "asked"

    def asked_of_it():
        return [json.loads(line) for line in notes.read_text("utf-8").splitlines()] if notes.exists() else []

    return asked_of_it


@pytest.fixture
def make_maker(box, tmp_path):
    """Makes a maker whose engine speaks with this voice; it is stopped at the end."""
    made = []

    def make_maker(voice="xiaoyi"):
        command = [sys.executable, "-S", str(PROGRAM), str(tmp_path / "asked")]
        made.append(speech.Maker(box, speech.Engine(command, {"zh": voice, "en": "emma"})))
        return made[-1]

    yield make_maker
    for one in made:
        one.stop(5)


@pytest.fixture
def maker(make_maker):
    """One of them."""
    return make_maker()


@pytest.fixture
def said(box):
    """The stems of the clips that say words now."""

    def said(words, lang="zh"):
        with box.database.read() as tx:
            return speech.said(tx, words, lang)

    return said


@pytest.fixture
def sound(box):
    """What is in the one clip of these stems."""

    def sound(stems):
        (stem,) = stems
        with box.database.read() as tx:
            return speech.sound_of(tx, stem.removeprefix("@"))

    return sound
