"""A call in the evening, on the secretary's own phone: who, a picture, and one of three buttons."""

from flask import render_template

from kiosk.screens.web.page import say
from kiosk.screens.web.screen import staffed
from kiosk.staff import Role
from kiosk.words import mark

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

TITLES = (mark("大爷"), mark("大妈"), mark("先生"), mark("女士"))
"""What a caller is called when no name is typed."""

URGENT = (("110", mark("报警")), ("119", mark("火警")), ("120", mark("急救")))
"""What cannot wait is never typed in: the numbers stand first."""


@screen.get("/s")
def call() -> str:
    """The form; it is sent to where all that staff take in goes."""
    titles = [say(words) for words in TITLES]
    return render_template("intake/calls/call.html", titles=titles, urgent=URGENT)
