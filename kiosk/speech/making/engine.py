"""The speech engine, spoken to by lines of JSON: a program of its own, which may be missing, slow or break.

What goes in and out is told in `kiosk.synthesis`: `{"ready": true}` comes first, then every
`{"words", "lang", "reading", "voice", "target"}` is answered by `{"made", …}` or `{"refused", "why"}`.
"""

import json
import logging
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from os import SEEK_END
from pathlib import Path
from queue import Empty, Queue
from tempfile import TemporaryFile
from threading import Thread
from typing import IO, Any, Final

from msgspec import Struct

from kiosk.settings import Settings

log = logging.getLogger(__name__)

PROGRAM: Final = "kiosk.synthesis"
BEGIN_S: Final = 120.0
"""Seconds until the model is loaded at most, on a slow disk."""
TAIL: Final = 400
"""Bytes of what it complains of that are read."""
LINE_S: Final = 180.0
"""Seconds for one text at most: four hundred signs on a slow box take half of it."""


class CannotSay(Exception):
    """This text has no clip: the engine cannot read it, or made nothing of it."""


class EngineGone(Exception):
    """The engine has ended, says nothing, or does not begin."""


class Engine(Struct, frozen=True):
    """How to start the engine of this box, and who speaks each language; `lacks`: what is missing for it."""

    command: Sequence[str]
    voices: Mapping[str, str]
    lacks: str = ""


def find_engine(settings: Settings) -> Engine:
    """The engine that is installed here. Loads none of its libraries."""
    model = str(getattr(settings, "voice_model", ""))
    try:
        program = import_module(PROGRAM)
    except ImportError as fault:
        return Engine((), {}, str(fault))
    if lacking := program.lacking(model):
        return Engine((), {}, ", ".join(lacking))
    return Engine(program.command(model), {lang: names[0] for lang, names in program.VOICES.items()})


def spelt(words: str) -> str:
    """Chinese words as the engine spells them out, numbers too: one syllable for each letter of it."""
    try:
        return str(import_module(f"{PROGRAM}.numerals").spell_out(words))
    except ImportError:
        return words


class Talk:
    """One engine that runs, started with the first text. One thread uses it; another may stop it."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = list(command)
        self._process: subprocess.Popen[str] | None = None
        self._answers: Queue[str] = Queue()
        self._complaints: IO[bytes] | None = None

    def say(self, asked: Mapping[str, str], target: Path) -> None:
        """Have the clip of `asked` (words, lang, reading, voice) written to `target`.

        Raises CannotSay, EngineGone.
        """
        process = self._process or self._begin()
        try:
            line = json.dumps({**asked, "target": str(target)}, ensure_ascii=False)
            assert process.stdin is not None  # noqa: S101 - opened with a pipe
            process.stdin.write(line + "\n")
            process.stdin.flush()
        except (OSError, ValueError) as fault:
            self.stop()
            raise EngineGone(str(fault)) from fault
        told = self._told(LINE_S)
        if "made" not in told or not target.is_file():
            raise CannotSay(_why(told))

    def stop(self) -> None:
        """End it, if it runs."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(OSError):
            process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, self._complaints):
            with suppress(OSError, ValueError):
                if pipe is not None:
                    pipe.close()

    def _begin(self) -> "subprocess.Popen[str]":
        self._complaints = TemporaryFile()  # noqa: SIM115 - closed by stop
        try:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._complaints,
                text=True,
                encoding="utf-8",
            )
        except OSError as fault:
            raise EngineGone(str(fault)) from fault
        self._process, self._answers = process, Queue()
        Thread(target=_read, args=(process.stdout, self._answers), name="speech-answers", daemon=True).start()
        told = self._told(BEGIN_S)
        if not told.get("ready"):
            self.stop()
            raise EngineGone(_why(told))
        return process

    def _told(self, within_s: float) -> dict[str, Any]:
        """The next answer; an engine that gives none, or none of ours, is ended. Raises EngineGone."""
        try:
            told = json.loads(self._answers.get(timeout=within_s))
            if isinstance(told, dict):
                return told
            why = "it answers what nobody asked"
        except Empty:
            why = f"no answer within {within_s:g} s"
        except ValueError:
            why = self._last_complaint() or "it has ended"
        self.stop()
        raise EngineGone(why)

    def _last_complaint(self) -> str:
        """The last line that it has said beside its answers: why it ended, mostly."""
        with suppress(OSError, ValueError):
            if self._complaints is not None:
                self._complaints.seek(-min(self._complaints.seek(0, SEEK_END), TAIL), SEEK_END)
                lines = self._complaints.read().decode(errors="replace").strip().splitlines()
                return lines[-1][:TAIL] if lines else ""
        return ""


def _why(told: Mapping[str, Any]) -> str:
    why = told.get("why")
    return " ".join(str(part) for part in why)[:400] if isinstance(why, list) else str(told)[:400]


def _read(out: IO[str] | Any, answers: "Queue[str]") -> None:
    with suppress(OSError, ValueError):
        for line in out:
            answers.put(line)
    answers.put("")  # it has ended: whoever waits need not wait on
