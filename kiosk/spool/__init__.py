"""Slips on their way to paper: a job is a row, written together with what it prints."""

from kiosk.spool.actions import print_slip
from kiosk.spool.ends import Ended, last_slips, waiting_slips
from kiosk.spool.feed import Feed
from kiosk.spool.reads import slip_state, was_printed_since
from kiosk.spool.rules import FINAL, JobStatus

__all__ = [
    "FINAL",
    "Ended",
    "Feed",
    "JobStatus",
    "last_slips",
    "print_slip",
    "slip_state",
    "waiting_slips",
    "was_printed_since",
]
