"""Households (户) of a grid by the colours that the centre names: for one grid's worker."""

from kiosk.households.actions import Noted, clear_colour, lapse, note_colour, note_print
from kiosk.households.colours import (
    Colour,
    add_colour,
    colour_faults,
    colours,
    edit_colour,
    retire_colour,
)
from kiosk.households.reads import Household, households_of, places_of
from kiosk.households.refusals import (
    BadDoor,
    NoConsent,
    NotInYourGrid,
    SevenAlready,
    UnknownColour,
    UnknownHousehold,
)
from kiosk.households.rules import LONGEST_DOOR, LONGEST_MEANING, LONGEST_NAME, Swatch

__all__ = [
    "LONGEST_DOOR",
    "LONGEST_MEANING",
    "LONGEST_NAME",
    "BadDoor",
    "Colour",
    "Household",
    "NoConsent",
    "NotInYourGrid",
    "Noted",
    "SevenAlready",
    "Swatch",
    "UnknownColour",
    "UnknownHousehold",
    "add_colour",
    "clear_colour",
    "colour_faults",
    "colours",
    "edit_colour",
    "households_of",
    "lapse",
    "note_colour",
    "note_print",
    "places_of",
    "retire_colour",
]
