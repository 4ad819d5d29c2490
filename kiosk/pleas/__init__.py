"""Pleas (求助): somebody at a station needs a person, now; staff's pages ring until one goes there."""

from kiosk.pleas.actions import answer, ask, close, forget, give_back, reopen, withdraw
from kiosk.pleas.reads import (
    Step,
    cached_open,
    closed_by,
    open_at,
    open_pleas,
    plea_of,
    pleas_since,
    remembered_open,
    steps_of,
)
from kiosk.pleas.refusals import NobodyGoesYet, PleaOver, RingsAgain, SomebodyGoes, UnknownPlea
from kiosk.pleas.rules import (
    COMING_FOR,
    FALSE_ALARMS,
    FALSE_WITHIN,
    UNDO_FOR,
    Kind,
    Outcome,
    Plea,
    Stand,
    Verb,
)

__all__ = [
    "COMING_FOR",
    "FALSE_ALARMS",
    "FALSE_WITHIN",
    "UNDO_FOR",
    "Kind",
    "NobodyGoesYet",
    "Outcome",
    "Plea",
    "PleaOver",
    "RingsAgain",
    "SomebodyGoes",
    "Stand",
    "Step",
    "UnknownPlea",
    "Verb",
    "answer",
    "ask",
    "cached_open",
    "close",
    "closed_by",
    "forget",
    "give_back",
    "open_at",
    "open_pleas",
    "plea_of",
    "pleas_since",
    "remembered_open",
    "reopen",
    "steps_of",
    "withdraw",
]
