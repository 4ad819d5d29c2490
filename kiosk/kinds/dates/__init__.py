"""未诉先办: what runs out for somebody, and the visits that begin it anew."""

from kiosk.kinds.dates.due import DueDate, NewDate, add_date, dates, remind, settle_date
from kiosk.kinds.dates.visits import Asks, Certified, certified_visit, note_visit, results, set_result

__all__ = [
    "Asks",
    "Certified",
    "DueDate",
    "NewDate",
    "add_date",
    "certified_visit",
    "dates",
    "note_visit",
    "remind",
    "results",
    "set_result",
    "settle_date",
]
