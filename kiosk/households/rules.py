"""The law of households: how many colours, what each looks like, and for how long one holds."""

from datetime import date, timedelta
from enum import StrEnum


class Swatch(StrEnum):
    """How a colour is drawn; its name stands beside it always."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    CYAN = "cyan"
    BLUE = "blue"
    PURPLE = "purple"


class What(StrEnum):
    """What was done with a household's colour."""

    SET = "set"
    CLEAR = "clear"
    PRINT = "print"


LONGEST_NAME, LONGEST_MEANING, LONGEST_DOOR = 16, 40, 16


KEPT, ASK_BEFORE = timedelta(days=365), timedelta(days=30)
"""How long a colour holds, and how long before its end the household is to be asked again."""


def last_asked_before(today: date) -> date:
    """Whoever was asked on this day or before has to be asked anew: their colour holds no longer."""
    return today - KEPT


def is_to_ask(asked_on: date, today: date) -> bool:
    """Whether the household is to be asked again soon."""
    return asked_on + KEPT - ASK_BEFORE <= today
