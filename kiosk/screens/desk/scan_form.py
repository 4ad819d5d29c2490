"""What the forms of signing in ask for: which event, which way, and by what name a repeated scan is known."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from flask import request

from kiosk.checkin import Direction
from kiosk.screens.web.page import new_tap
from kiosk.words import Malformed, Refusal, mark

LONGEST_NONCE = 64
LATE = timedelta(seconds=2)
"""A scan that reached the server later than this says when it happened; sooner is the way over the wire."""


class EventNotChosen(Refusal):
    """What is done by hand is done for one event; only a code can say by itself which it is for."""

    sentence = mark("请先在上面选好活动，再办这一步。")


def nonce() -> str:
    """One name for one scan, however often it is sent; a scan without a name is answered once."""
    given = request.form.get("nonce", "") or new_tap()
    return given if len(given) <= LONGEST_NONCE else sha256(given.encode()).hexdigest()


def happened_at(at: datetime) -> datetime | None:
    """When it was scanned, if the page could not reach the server for a while: by its age, not its clock."""
    age = request.form.get("age_ms", "")
    if not is_whole(age):
        return None
    waited = timedelta(milliseconds=int(age))
    return at - waited if waited > LATE else None


def direction() -> Direction:
    """In, out, or whichever it is time for."""
    asked = request.form.get("direction", "")
    return Direction(asked) if asked in list(Direction) else Direction.EITHER


def chosen_day(fields: Any) -> int | None:
    """The day of an event that the page is set to, None for whatever a code is for. Raises Malformed."""
    text = fields.get("event", "")
    if text and not is_whole(text):
        raise Malformed
    return int(text) if text else None


def wanted_day() -> int | None:
    """The same for a scan, which is answered whatever it says: what is no number is no event of ours."""
    text = request.form.get("event", "")
    return int(text) if is_whole(text) else (0 if text else None)


def needed_day() -> int:
    """The event that something is done for by hand. Raises EventNotChosen, Malformed."""
    chosen = chosen_day(request.form)
    if chosen is None:
        raise EventNotChosen
    return chosen


def whole(name: str) -> int:
    """A whole number of the form. Raises Malformed."""
    text = request.form.get(name, "")
    if not is_whole(text):
        raise Malformed
    return int(text)


def is_whole(text: str) -> bool:
    """Whether this is a number that the database can hold."""
    return text.isascii() and text.isdigit() and len(text) < 10
