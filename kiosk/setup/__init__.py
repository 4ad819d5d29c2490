"""Setting a centre up: the one-time code, the first administrator, the steps, the starter catalogue."""

from kiosk.setup.actions import make_admin, note_done
from kiosk.setup.card import write_first_card
from kiosk.setup.code import Code, code_of
from kiosk.setup.furnish import chosen, counter_count, offer, set_counters
from kiosk.setup.reads import done_steps, has_admin, is_begun, is_furnished
from kiosk.setup.refusals import BegunAlready, CodeSpent, NotAtTheBox, WrongCode
from kiosk.setup.rules import CODE_DIGITS, MOST_COUNTERS, Step, after
from kiosk.setup.starter import Line, Starter, StarterGroup, starter_groups

__all__ = [
    "CODE_DIGITS",
    "MOST_COUNTERS",
    "BegunAlready",
    "Code",
    "CodeSpent",
    "Line",
    "NotAtTheBox",
    "Starter",
    "StarterGroup",
    "Step",
    "WrongCode",
    "after",
    "chosen",
    "code_of",
    "counter_count",
    "done_steps",
    "has_admin",
    "is_begun",
    "is_furnished",
    "make_admin",
    "note_done",
    "offer",
    "set_counters",
    "starter_groups",
    "write_first_card",
]
