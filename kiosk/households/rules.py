"""The law of households: how many colours, what each looks like, and for how long one holds."""

from datetime import date
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


def lapses_on(asked_on: date) -> date:
    """The day from which a colour holds no longer unless the household was asked again: a year later."""
    year = asked_on.year + 1
    return date(year, 3, 1) if (asked_on.month, asked_on.day) == (2, 29) else asked_on.replace(year=year)
