"""A day in the hall, played through the real queue in a throw-away folder: how long would people wait?"""

from kiosk.rehearsal.day import Arrival, Hour, synthetic_day
from kiosk.rehearsal.picture import draw, table
from kiosk.rehearsal.recorded import NotPlayable
from kiosk.rehearsal.run import Plan, Report, rehearse, replay

__all__ = [
    "Arrival",
    "Hour",
    "NotPlayable",
    "Plan",
    "Report",
    "draw",
    "rehearse",
    "replay",
    "synthetic_day",
    "table",
]
