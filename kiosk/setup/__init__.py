"""Setting a centre up: the one-time code, the first administrator, the steps, the starter catalogue."""

from kiosk.setup.actions import answer, make_admin, note_done
from kiosk.setup.answers import Answers, BadAnswers, Person, read_answers
from kiosk.setup.centre import (
    chosen_problems,
    name_faults,
    offer_problems,
    write_first_card,
    write_name,
    write_week,
)
from kiosk.setup.code import Code, code_of
from kiosk.setup.expected import claim_trial, expect_trial, is_trial_expected
from kiosk.setup.furnish import chosen, counter_count, offer, set_counters
from kiosk.setup.reads import done_steps, has_admin, is_begun, is_furnished
from kiosk.setup.refusals import BegunAlready, CodeSpent, NotAtTheBox, WrongCode
from kiosk.setup.rules import CODE_DIGITS, MOST_COUNTERS, Step, after
from kiosk.setup.starter import End, Line, Starter, StarterGroup, starter_ends, starter_groups
from kiosk.setup.week import USUAL, Days, days_of, week_text
from kiosk.setup.week import faults as week_faults

__all__ = [
    "CODE_DIGITS",
    "MOST_COUNTERS",
    "USUAL",
    "Answers",
    "BadAnswers",
    "BegunAlready",
    "Code",
    "CodeSpent",
    "Days",
    "End",
    "Line",
    "NotAtTheBox",
    "Person",
    "Starter",
    "StarterGroup",
    "Step",
    "WrongCode",
    "after",
    "answer",
    "chosen",
    "chosen_problems",
    "claim_trial",
    "code_of",
    "counter_count",
    "days_of",
    "done_steps",
    "expect_trial",
    "has_admin",
    "is_begun",
    "is_furnished",
    "is_trial_expected",
    "make_admin",
    "name_faults",
    "note_done",
    "offer",
    "offer_problems",
    "read_answers",
    "set_counters",
    "starter_ends",
    "starter_groups",
    "week_faults",
    "week_text",
    "write_first_card",
    "write_name",
    "write_week",
]
