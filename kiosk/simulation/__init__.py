"""A day in the hall, played through the real queue in a throw-away folder: how long would people wait?"""

from kiosk.simulation.day import Arrival, Hour, synthetic_day
from kiosk.simulation.picture import draw, table
from kiosk.simulation.recorded import NotPlayable
from kiosk.simulation.run import Report, Scenario, replay, simulate

__all__ = [
    "Arrival",
    "Hour",
    "NotPlayable",
    "Report",
    "Scenario",
    "draw",
    "replay",
    "simulate",
    "synthetic_day",
    "table",
]
