"""What concerns of some days add up to: shares with what they were counted from."""

from kiosk.figures.opinions import words
from kiosk.figures.opinions.hall import Month, cached_month, month_told
from kiosk.figures.opinions.reads import Only, Opinions, Told, names_of, oldest_of, opinions_of
from kiosk.figures.opinions.rules import Count, Counted, Group, Name

__all__ = [
    "Count",
    "Counted",
    "Group",
    "Month",
    "Name",
    "Only",
    "Opinions",
    "Told",
    "cached_month",
    "month_told",
    "names_of",
    "oldest_of",
    "opinions_of",
    "words",
]
