"""Whose page it is: an address that shows a number belongs to the visit that came by it, and so do the digits
that were pressed, which stand in no address.

So "back", a swipe or an address in the history shows the next visitor nothing of the one before.
"""

import secrets
from typing import Any

from flask import request, session

from kiosk.words import Refusal, mark

KEPT = "visit"
"""The cookie's name of the visit, and the address's; the first one after a browser was set up has none."""

TYPED = "typed"
"""The cookie's name of the digits that were pressed, and the address's of how many they are."""


ASSISTING, ASSIST_DIGITS = "assisting", "assist_digits"
"""The cookie's names of the day for which a volunteer was let in, and of the digits pressed so far."""


class VisitOver(Refusal):
    """The visit that this page belongs to has ended."""

    title = mark("上一位的已经办完了")
    sentence = mark("要看自己的号，请扫一下小票，或者回首页点“小票丢了”。")


def with_visit(endpoint: str, values: dict[str, Any]) -> None:
    """For Flask's `url_defaults`: name the visit in an address of the station that shows something of it."""
    if endpoint.startswith("station.") and values.get("token") and session.get(KEPT):
        values.setdefault(KEPT, session[KEPT])


def check_visit() -> None:
    """Raise VisitOver when the address that is asked belongs to another visit."""
    if request.args.get(KEPT, "") != session.get(KEPT, ""):
        raise VisitOver


def end_visit() -> None:
    """From now on the addresses of this visit are over, and its digits forgotten."""
    for name in (TYPED, ASSISTING, ASSIST_DIGITS, "assisted", "assist_wrong"):
        session.pop(name, None)
    session[KEPT] = secrets.token_hex(4)
