"""The steps of setting a centre up, and how the one-time code is written."""

from enum import StrEnum

CODE_DIGITS = 6
MOST_WRONG = 5
"""Wrong codes, from wherever; then it is dead, and only somebody at the box gets a new one: who guesses hits
once in 200,000 times, and asks somebody to walk to the box before each.
"""

MOST_COUNTERS = 30


class Step(StrEnum):
    """A step, in the order in which they are best done. Each can be gone back to.

    The printer comes before the staff, whose first passwords it prints.
    """

    CENTRE = "centre"
    HOURS = "hours"
    COUNTERS = "counters"
    SERVICES = "services"
    CARD = "card"
    PRINTER = "printer"
    STAFF = "staff"
    DEVICES = "devices"
    TRIAL = "trial"


def after(step: Step) -> Step | None:
    """The step that follows; None after the last."""
    steps = tuple(Step)
    return next(iter(steps[steps.index(step) + 1 :]), None)


def written(code: str) -> str:
    """A code as people read it: "123 456"."""
    return f"{code[:3]} {code[3:]}"
