"""The box's own panels: what starts a browser for the touchscreen and one for the television at each boot."""

from kiosk.outputs.rules import BadOutput, Panel, Plan, Screen, check_apart, check_host, panel_of
from kiosk.outputs.writing import ADDRESSES, COMMANDS, start_of, write

__all__ = [
    "ADDRESSES",
    "COMMANDS",
    "BadOutput",
    "Panel",
    "Plan",
    "Screen",
    "check_apart",
    "check_host",
    "panel_of",
    "start_of",
    "write",
]
