"""Signing in and out: registrations, the scan and its one answer, volunteers' hours."""

from kiosk.checkin.close_day import close_events, is_steady
from kiosk.checkin.counts import Counts, counts, desk_version, last_scans
from kiosk.checkin.expected import Expected, expected, find_expected
from kiosk.checkin.hours.remark import remark
from kiosk.checkin.hours.totals import Report, Total, TotalBy, hours_report
from kiosk.checkin.hours.volunteer_hours import (
    MOST_MANUAL,
    HandWritten,
    HoursRow,
    Pending,
    Why,
    add_manual,
    confirm,
    hours_rows,
    manual_faults,
    pending,
    pending_count,
    withdraw_manual,
)
from kiosk.checkin.refusals import (
    AlreadyConfirmed,
    AlreadyHere,
    AlreadyRegistered,
    AlreadySignedIn,
    BadHours,
    BadMinutes,
    BadRegistration,
    EventCancelled,
    EventFull,
    EventOver,
    NothingToUndo,
    UnknownHours,
    UnknownRegistration,
)
from kiosk.checkin.registration import (
    Registered,
    Registrant,
    cancel_registration,
    register,
    registration_token,
    renew_registration,
)
from kiosk.checkin.rules import DONE, Direction, Hint, Word
from kiosk.checkin.scanning.scan import scan, sign_in_person, sign_in_registration, sign_in_visitor
from kiosk.checkin.scanning.scan_log import trust_clock
from kiosk.checkin.scanning.undo import undo_scan
from kiosk.checkin.scanning.verdict import ScanForm, Verdict
from kiosk.checkin.slips import print_registration, registration_subject
from kiosk.checkin.walk_in import walk_in

__all__ = [
    "DONE",
    "MOST_MANUAL",
    "AlreadyConfirmed",
    "AlreadyHere",
    "AlreadyRegistered",
    "AlreadySignedIn",
    "BadHours",
    "BadMinutes",
    "BadRegistration",
    "Counts",
    "Direction",
    "EventCancelled",
    "EventFull",
    "EventOver",
    "Expected",
    "HandWritten",
    "Hint",
    "HoursRow",
    "NothingToUndo",
    "Pending",
    "Registered",
    "Registrant",
    "Report",
    "ScanForm",
    "Total",
    "TotalBy",
    "UnknownHours",
    "UnknownRegistration",
    "Verdict",
    "Why",
    "Word",
    "add_manual",
    "cancel_registration",
    "close_events",
    "confirm",
    "counts",
    "desk_version",
    "expected",
    "find_expected",
    "hours_report",
    "hours_rows",
    "is_steady",
    "last_scans",
    "manual_faults",
    "pending",
    "pending_count",
    "print_registration",
    "register",
    "registration_subject",
    "registration_token",
    "remark",
    "renew_registration",
    "scan",
    "sign_in_person",
    "sign_in_registration",
    "sign_in_visitor",
    "trust_clock",
    "undo_scan",
    "walk_in",
    "withdraw_manual",
]
