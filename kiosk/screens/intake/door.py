"""Entries at a door or in a stairwell, on a phone: sent at once, or kept in the phone until it is back."""

from flask import render_template

from kiosk.screens.web.screen import staffed
from kiosk.staff import Role

screen = staffed(
    __name__,
    Role.CLERK,
    Role.DESK,
    Role.MANAGER,
    Role.GRID,
    Role.SECRETARY,
    menu=None,
    under="concerns.today",
)


@screen.get("/s/door")
def door() -> str:
    """The form; a script keeps what is entered while the box cannot be reached."""
    return render_template("intake/door/door.html")
