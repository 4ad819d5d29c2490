"""Pictures from outside: the text of the QR code in one, a photo made small and without what it tells."""

from printing.subprocess_task import TookTooLong, run_module

TOO_MANY_PIXELS = 3
"""The exit code of a process that was given more pixels than it draws."""

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


class TooManyPixels(Exception):
    """A photo of more pixels than one is made small of."""


class NoPhoto(Exception):
    """No JPEG or PNG that can be read."""


def photo_of(picture: bytes) -> bytes:
    """A PNG or JPEG as a JPEG of SIDE pixels at most, upright, without place, time and maker (EXIF).

    In a process of its own too. Raises TooManyPixels, NoPhoto, TooManyTasks.
    """
    try:
        done = run_module("kiosk.pictures", "photo", given=picture, longest_s=LONGEST_S)
    except TookTooLong as fault:
        raise NoPhoto from fault
    if done.code == TOO_MANY_PIXELS:
        raise TooManyPixels
    if done.code or not done.out:
        raise NoPhoto
    return done.out
