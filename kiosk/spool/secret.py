"""Slips that are for their owner's eyes: a first password. What they say never reaches the database.

It lies in this process's memory until the printer has it, a quarter of an hour at most; the job's row has the
name alone. So no backup, no copy of the file and no page of print jobs can tell it, and a restart forgets it.
"""

import json
import secrets
from datetime import datetime, timedelta
from threading import Lock
from typing import NamedTuple

from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.clock import is_within
from printing.printer_process import Setup
from printing.printers import BadPrinter, keeps_slips
from printing.slips import Slip, kinds, pack
from printing.slips.first_password import FirstPasswordSlip

KEPT_FOR = timedelta(minutes=15)
"""So long the page that shows a password can still have it printed."""

_SUBJECT = "secret:"


class _Kept(NamedTuple):
    slip: FirstPasswordSlip
    at: datetime


class _Shelf:
    """What this process keeps, each under a key that nobody can guess."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}
        self._lock = Lock()

    def put(self, slip: FirstPasswordSlip, now: datetime) -> str:
        """Keep it; returns its key."""
        key = secrets.token_hex(16)
        with self._lock:
            self._kept[key] = _Kept(slip, now)
        return key

    def get(self, key: str) -> FirstPasswordSlip | None:
        """The slip; None when it is not kept any more."""
        with self._lock:
            kept = self._kept.get(key)
        return None if kept is None else kept.slip

    def forget(self, key: str) -> None:
        """Keep it no longer."""
        with self._lock:
            self._kept.pop(key, None)

    def forget_old(self, now: datetime) -> None:
        """Keep nothing longer than KEPT_FOR."""
        with self._lock:
            old = [key for key, kept in self._kept.items() if not is_within(kept.at, now, KEPT_FOR)]
            for key in old:
                del self._kept[key]


_shelf = _Shelf()


def keep_password(centre: Centre, name: str, password: str, asked: Asked) -> str:
    """Keep a first password's slip so that it can be printed, once; returns the key that a form names."""
    printed = f"{centre.local(asked.now):%Y-%m-%d %H:%M}"
    slip = FirstPasswordSlip(centre.name(asked.lang), name, password, printed, asked.lang)
    return _shelf.put(slip, asked.now)


def kept_password(key: str, now: datetime) -> FirstPasswordSlip | None:
    """What is kept under this key; None when it was printed, or after KEPT_FOR, or after a restart."""
    _shelf.forget_old(now)
    return _shelf.get(key)


def forget_old(now: datetime) -> None:
    """Keep nothing longer than KEPT_FOR: the worker's look for slips calls this."""
    _shelf.forget_old(now)


def subject_of(key: str) -> str:
    """What the spool calls the job of this key."""
    return f"{_SUBJECT}{key}"


def told_of(slip: FirstPasswordSlip) -> str:
    """What of it may lie in the job's row: whose it is."""
    return json.dumps({"name": slip.name, "lang": slip.lang}, ensure_ascii=False, separators=(",", ":"))


def is_secret(kind: str) -> bool:
    """Whether slips of this kind are kept here."""
    made_of: type[Slip] | None = kinds().get(kind)
    return made_of is not None and made_of.is_secret


def slip_of(subject: str) -> str | None:
    """The packed slip of a job with this subject; None when it is not kept any more."""
    kept = _shelf.get(subject.removeprefix(_SUBJECT))
    return None if kept is None else pack(kept)


def is_over(subject: str) -> None:
    """The job has come to its end, however: forget what it said."""
    if subject.startswith(_SUBJECT):
        _shelf.forget(subject.removeprefix(_SUBJECT))


def leaves_none_behind(setup: Setup) -> bool:
    """Whether a slip that this printer printed is on paper alone. Pictures in the folder are readable."""
    try:
        return not setup.is_off and not keeps_slips(setup.url.partition(":")[0].lower())
    except BadPrinter:
        return False
