"""The English catalogue is complete, and every refusal has a sentence that was marked for it."""

import importlib
import subprocess
import sys
from pathlib import Path

from kiosk.words import Refusal

HOME = Path(__file__).parent.parent


def every_refusal(kind=Refusal):
    for below in kind.__subclasses__():
        yield below
        yield from every_refusal(below)


def test_every_sentence_has_its_english():
    check = subprocess.run(
        [sys.executable, HOME / "script" / "translations", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert check.returncode == 0, check.stdout


def test_every_refusal_tells_the_person_what_to_do():
    for refusing in (HOME / "kiosk").glob("*/refusals.py"):
        importlib.import_module(f"kiosk.{refusing.parent.name}.refusals")
    refusals = set(every_refusal())
    assert len(refusals) > 15
    for refusal in refusals:
        assert len(refusal.sentence) > 5
        assert refusal.sentence[-1] in "。？！", refusal
