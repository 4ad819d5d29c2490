"""The English catalogue is complete, and every refusal has a sentence that was marked for it."""

import importlib
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.pofile import read_po

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


def test_no_sentence_has_a_sign_of_percent_that_stands_for_a_fact_by_mistake():
    """A page writes its sentences by `%`: a lone one ended in a fault of the whole page, in one language."""
    text = (HOME / "kiosk/locale/en/LC_MESSAGES/messages.po").read_bytes()
    every = [message for message in read_po(BytesIO(text)) if isinstance(message.id, str)]
    said = [str(one) for message in every for one in (message.id, message.string)]
    assert len(said) > 4000
    assert [one for one in said if re.search("%(?![(%])", one.replace("%%", ""))] == []


def test_every_refusal_tells_the_person_what_to_do():
    for refusing in (HOME / "kiosk").glob("*/refusals.py"):
        importlib.import_module(f"kiosk.{refusing.parent.name}.refusals")
    refusals = set(every_refusal())
    assert len(refusals) > 15
    for refusal in refusals:
        assert len(refusal.sentence) > 5
        assert refusal.sentence[-1] in "。？！", refusal
