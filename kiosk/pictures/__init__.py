"""Pictures that come from outside: the text of the QR code in one."""

from printing.subprocess_task import TookTooLong, run_module

LONGEST_S = 8
"""Seconds that a picture may take; a photo of 20 million pixels takes one on a slow box."""


def code_in(picture: bytes) -> str:
    """The text of the one QR code in a PNG or JPEG; "" where there is none, or no picture that one can read.

    Read in a process of its own, which may use so much time and memory and no more: not in a transaction.
    Raises TooManyTasks.
    """
    try:
        done = run_module("kiosk.pictures", given=picture, longest_s=LONGEST_S)
    except TookTooLong:
        return ""
    return "" if done.code else done.out.decode()
