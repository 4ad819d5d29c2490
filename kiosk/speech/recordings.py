"""A recording of staff as it came from the browser, made into a clip in a process of its own."""

from typing import Final

from kiosk.speech.actions import Take
from kiosk.speech.refusals import BadRecording, NotASound, NotWorkedUp, TooLong, TooShort
from printing.subprocess_task import TookTooLong, run_module

LONGEST_S: Final = 30
MOST_BYTES: Final = 3 * 1024 * 1024
"""Of a file: 30 s of 48,000 samples of two bytes."""
TASK_S: Final = 30.0

REFUSALS: Final[dict[int, type[BadRecording]]] = {2: NotASound, 3: TooLong, 4: TooShort}
"""Exit codes of `kiosk.speech.levelling`."""


def worked_up(raw: bytes) -> Take:
    """A WAV file of one channel and 16 bits as a clip: without silence around it, as loud as all others.

    It takes a second: not in a transaction. Raises BadRecording, TooManyTasks.
    """
    if not raw:
        raise BadRecording
    if len(raw) > MOST_BYTES:
        raise TooLong(seconds=LONGEST_S)
    try:
        done = run_module("kiosk.speech.levelling", str(LONGEST_S), given=raw, longest_s=TASK_S)
    except TookTooLong as fault:
        raise NotWorkedUp from fault
    if done.code in REFUSALS:
        raise REFUSALS[done.code](seconds=LONGEST_S)
    length, _, sound = done.out.partition(b"\n")
    if done.code or not length.isdigit() or not sound:
        raise NotWorkedUp
    return Take(sound, int(length))
