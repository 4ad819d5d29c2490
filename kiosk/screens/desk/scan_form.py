"""What the forms of signing in ask for: which event, which way, and by what name a repeated scan is known."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from flask import request

from kiosk.checkin import Direction
from kiosk.screens.web.forms import LONGEST_TAP, Reading, whole_or_none
from kiosk.screens.web.page import new_tap
from kiosk.words import Refusal, mark

LATE = timedelta(seconds=2)
"""A scan that reached the server later than this says when it happened; sooner is the way over the wire."""


class EventNotChosen(Refusal):
    """What is done by hand is done for one event; only a code can say by itself which it is for."""

    sentence = mark("请先在上面选好活动，再办这一步。")


def nonce() -> str:
    """One name for one scan, however often it is sent; a scan without a name is answered once."""
    given = request.form.get("nonce", "") or new_tap()
    return given if len(given) <= LONGEST_TAP else sha256(given.encode()).hexdigest()


def happened_at(at: datetime) -> datetime | None:
    """When it was scanned, if the page could not reach the server for a while: by its age, not its clock."""
    waited = timedelta(milliseconds=Reading(request.form).whole("age_ms") or 0)
    return at - waited if waited > LATE else None


def direction() -> Direction:
    """In, out, or whichever it is time for."""
    asked = request.form.get("direction", "")
    return Direction(asked) if asked in list(Direction) else Direction.EITHER


def chosen_day(fields: Any) -> int | None:
    """The day of an event that the page is set to, None for whatever a code is for. Raises Malformed."""
    return whole_or_none("event", fields=fields)


def wanted_day() -> int | None:
    """The same for a scan, which is answered whatever it says: what is no number is no event of ours."""
    reading = Reading(request.form)
    number = reading.whole("event")
    return 0 if reading.faults else number


def needed_day() -> int:
    """The event that something is done for by hand. Raises EventNotChosen, Malformed."""
    chosen = chosen_day(request.form)
    if chosen is None:
        raise EventNotChosen
    return chosen
