"""Slips on their way to paper, each a row that is written with what it prints; and the printer itself."""

from kiosk.spool.actions import (
    cancel_job,
    forget_slips,
    note_again,
    note_told,
    print_again,
    print_password,
    print_slip,
    take_back_slip,
)
from kiosk.spool.choosing import choose_printer, put_back, ruler_slip, trial_page, trial_subject, try_printer
from kiosk.spool.feed import Feed
from kiosk.spool.printer import PrinterNow, gives_no_numbers, paper_left_mm, printer_now, put_in_roll
from kiosk.spool.reads import Job, job_of, missed_jobs, recent_jobs, slip_state, was_just_printed
from kiosk.spool.refusals import (
    JobMoved,
    JobNotWaiting,
    PasswordGone,
    PasswordPrinted,
    PasswordsNotPrinted,
    PrintedOften,
    PrinterNotReady,
    UnknownJob,
)
from kiosk.spool.rules import BROKEN, FINAL, MISSING, JobStatus, PrinterState, width_read
from kiosk.spool.secret import keep_password, kept_password
from kiosk.spool.setups import has_printer, prints_passwords, setup_in_use, setup_of

__all__ = [
    "BROKEN",
    "FINAL",
    "MISSING",
    "Feed",
    "Job",
    "JobMoved",
    "JobNotWaiting",
    "JobStatus",
    "PasswordGone",
    "PasswordPrinted",
    "PasswordsNotPrinted",
    "PrintedOften",
    "PrinterNotReady",
    "PrinterNow",
    "PrinterState",
    "UnknownJob",
    "cancel_job",
    "choose_printer",
    "forget_slips",
    "gives_no_numbers",
    "has_printer",
    "job_of",
    "keep_password",
    "kept_password",
    "missed_jobs",
    "note_again",
    "note_told",
    "paper_left_mm",
    "print_again",
    "print_password",
    "print_slip",
    "printer_now",
    "prints_passwords",
    "put_back",
    "put_in_roll",
    "recent_jobs",
    "ruler_slip",
    "setup_in_use",
    "setup_of",
    "slip_state",
    "take_back_slip",
    "trial_page",
    "trial_subject",
    "try_printer",
    "was_just_printed",
    "width_read",
]
