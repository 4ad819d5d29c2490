"""The program: answers one line of JSON for each that it reads, and ends with its input."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, Final

from kiosk.synthesis import CALL, CALLERS, lacking
from kiosk.synthesis.model import RATE, BadModel, Model
from kiosk.synthesis.sound import as_mp3, finished
from kiosk.synthesis.speaking import called, is_voice, signs_of, speak
from kiosk.synthesis.unreadable import Unreadable
from printing.subprocess_task import limit_memory, lower_priority

MEMORY: Final = 3 * 1024 * 1024 * 1024
"""Of addresses; 0.6 GB are used."""


def main(path: str) -> int:
    """Serve until the input ends; the exit code: 0 done, 1 there is no model, and the answer says why."""
    lower_priority()
    limit_memory(MEMORY)
    try:
        model = _loaded(path)
    except BadModel as fault:
        _answer({"refused": "model", "why": list(fault.args)})
        return 1
    _answer({"ready": True})
    for line in sys.stdin:
        _answer(answer_to(line, model))
    return 0


def _loaded(path: str) -> Model:
    if missing := lacking(path):
        named = ", ".join(missing)
        raise BadModel(f"没有装：{named}", f"not installed: {named}")
    return Model(path)


def answer_to(line: str, model: Model) -> Mapping[str, Any]:
    """What is answered to one line; the clip is written by then."""
    try:
        asked = json.loads(line)
        words, lang, reading, voice, target = (
            str(asked[name]) for name in ("words", "lang", "reading", "voice", "target")
        )
    except (ValueError, LookupError, TypeError):
        return _refused("line", "这一行看不懂", "this line is not understood")
    if not is_voice(voice, lang):
        return _refused("voice", f"没有这个声音：{voice}", f"there is no such voice: {voice}")
    try:
        if asked.get("manner") == CALL:
            samples = finished(called(model, words, CALLERS[lang], lang), RATE)
        else:
            samples = finished(speak(model, signs_of(words, lang, reading), voice, lang), RATE)
        Path(target).write_bytes(as_mp3(samples, RATE))
    except Unreadable as fault:
        return _refused("unreadable", f"读不出来：{fault.what}", f"it has no sound: {fault.what}")
    except BadModel as fault:
        return _refused("voice", *fault.args)
    except OSError as fault:
        return _refused("file", f"写不进去：{fault}", f"it cannot be written: {fault}")
    return {"made": target, "seconds": round(len(samples) / RATE, 2)}


def _refused(what: str, *why: str) -> Mapping[str, Any]:
    return {"refused": what, "why": list(why)}


def _answer(told: Mapping[str, Any], out: IO[str] | None = None) -> None:
    print(json.dumps(told, ensure_ascii=False), file=out or sys.stdout, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
