"""Work done in a process of its own: what it loads, holds or breaks is gone when it ends."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import NamedTuple

AT_ONCE = 2
"""Tasks at a time: each holds a thread of who asked, and takes what a core has left."""

_ROOM = threading.BoundedSemaphore(AT_ONCE)
_MINE = threading.local()


class TooManyTasks(Exception):
    """As many as there may be at a time are being done: ask again in a moment."""


class TookTooLong(Exception):
    """The process was ended after its time."""


class Done(NamedTuple):
    """How a process ended, and what it said."""

    code: int
    out: bytes
    fault: str


@contextlib.contextmanager
def place() -> Iterator[None]:
    """Have one of the AT_ONCE places; what is run within has it already. Raises TooManyTasks, at once.

    For who has much to do before the process begins: it counts from there.
    """
    if getattr(_MINE, "has_place", False):
        yield
        return
    if not _ROOM.acquire(blocking=False):
        raise TooManyTasks
    _MINE.has_place = True
    try:
        yield
    finally:
        _MINE.has_place = False
        _ROOM.release()


def run_module(module: str, *words: str, given: bytes, longest_s: float) -> Done:
    """Run `python -m module words` with `given` as its input. Raises TooManyTasks at once, TookTooLong."""
    try:
        with place():
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
        os.nice(10)


def limit_memory(most: int) -> None:
    """Called by such a process: it may have `most` bytes, and ends if it wants more."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (most, most))
