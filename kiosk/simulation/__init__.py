"""A day in the hall, played through the real queue in a throw-away folder: how long would people wait?"""

from kiosk.simulation.day import Arrival, synthetic_day
from kiosk.simulation.picture import draw, table
from kiosk.simulation.recorded import NotPlayable
from kiosk.simulation.run import Report, Scenario, replay, simulate
from kiosk.simulation.waits import Hour

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
