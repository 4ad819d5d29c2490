"""After a bad face, where one stands: no number, the last four digits, or all of it, to be called back."""

from flask import request, session

from kiosk import concerns
from kiosk.concerns import Contact
from kiosk.screens.web.forms import text, whole_or_none

TYPED = "typed"
"""The cookie's name of the digits that were pressed, and the address's of how many they are."""

LENGTHS = {"tail": 4, "phone": 11}
"""What can be left, by its name in the address: so many digits its pad takes."""


def step_asked() -> str:
    """Which of LENGTHS is being pressed; nothing where it is still to be chosen."""
    step = request.args.get("step", "")
    return step if step in LENGTHS else ""


def digits_so_far(step: str) -> str:
    """The digits so far on the pad of this page, as `station.lost_slip.keep_digits` keeps them."""
    most = LENGTHS.get(step, 0)
    count = whole_or_none(TYPED, most, fields=request.args) or 0
    return str(session.get(TYPED, ""))[:count]


def contact_left() -> Contact:
    """What the form leaves; the digits are forgotten. Raises BadContact."""
    contact = concerns.contact_of(text("phone"))
    session.pop(TYPED, None)
    if contact is None:
        raise concerns.BadContact
    return contact
