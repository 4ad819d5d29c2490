"""Work done in a process of its own: what it loads, holds or breaks is gone when it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import NamedTuple


class TookTooLong(Exception):
    """The process was ended after its time."""


class Done(NamedTuple):
    """How a process ended, and what it said."""

    code: int
    out: bytes
    fault: str


def run_module(module: str, *words: str, given: bytes, longest_s: float) -> Done:
    """Run `python -m module words` with `given` as its input. Raises TookTooLong."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", module, *words],
            input=given,
            capture_output=True,
            timeout=longest_s,
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise TookTooLong(f"{module} took more than {longest_s} s") from fault
    return Done(done.returncode, done.stdout, done.stderr.decode(errors="replace"))


def lower_priority() -> None:
    """Called by such a process: whoever stands at the station goes before it."""
    if hasattr(os, "nice"):
        os.nice(5)
