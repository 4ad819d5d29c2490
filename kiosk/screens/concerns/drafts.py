"""A voice or writing between two pages of one visit: in memory, for some minutes, until it is taken in."""

import secrets
from threading import Lock
from time import monotonic

from flask import session

from kiosk.concerns import Attached
from kiosk.screens.web.devices import VISIT

KEPT_S = 600.0
MOST = 16
"""Drafts at once: 8 MB at most; the oldest goes first."""

NAME = "concern_draft"

KINDS = ("voice", "ink")
"""What can be said beside the picture and the place."""

_drafts: dict[str, tuple[float, tuple[str, str], Attached]] = {}
_lock = Lock()


def keep(one: Attached, about: str) -> None:
    """Keep it for this visit and what it is about, instead of an earlier one of its kind."""
    name = str(session.get(NAME) or secrets.token_hex(16))
    with _lock:
        _drop_old()
        if len(_drafts) >= MOST:
            del _drafts[min(_drafts, key=lambda key: _drafts[key][0])]
        _drafts[f"{name}.{one.kind}"] = monotonic(), (_visit(), about), one
    session[NAME] = name


def kept(kind: str, about: str) -> Attached | None:
    """What this visit has said or written so far about this: a category's code, or a receipt's digits."""
    with _lock:
        _drop_old()
        found = _drafts.get(f"{session.get(NAME, '')}.{kind}")
    return found[2] if found and found[1] == (_visit(), about) else None


def kinds(about: str) -> dict[str, bool]:
    """Of each of KINDS whether this visit has kept one about this."""
    return {kind: kept(kind, about) is not None for kind in KINDS}


def drop(*some: str) -> None:
    """Forget what this visit has said, or only `some` kinds of it: it was taken in, or is not wanted."""
    name = session.get(NAME, "") if some else session.pop(NAME, "")
    with _lock:
        for kind in some or KINDS:
            _drafts.pop(f"{name}.{kind}", None)


def _visit() -> str:
    return str(session.get(VISIT, ""))


def _drop_old() -> None:
    before = monotonic() - KEPT_S
    for key in [key for key, (at, _, _) in _drafts.items() if at < before]:
        del _drafts[key]
