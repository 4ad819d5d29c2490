"""A deadline for calls of the system that have none of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def within(seconds: float, act: Callable[[], Result]) -> Result:
    """What `act` returns or raises; TimeoutError when it takes longer.

    It goes on in a thread that nobody waits for: the system's look-up of a name takes 30 s and more when the
    name server is dead, and a print spooler answers when it likes.
    """
    results: list[Result] = []
    faults: list[Exception] = []

    def run() -> None:
        try:
            results.append(act())
        except Exception as fault:  # raised where it was waited for
            faults.append(fault)

    thread = threading.Thread(target=run, name="deadline", daemon=True)
    thread.start()
    thread.join(max(0.0, seconds))
    if faults:
        raise faults[0]
    if not results:
        raise TimeoutError(f"no answer within {seconds:g} s")
    return results[0]
