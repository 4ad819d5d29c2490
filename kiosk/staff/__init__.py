"""Who works here: log-ins, roles, and locks after too many wrong passwords."""

from kiosk.staff.actions import Attempt, add_staff, begin_attempt, check_password, note_success
from kiosk.staff.reads import Staff, staff_names, staff_of
from kiosk.staff.refusals import NameTaken, NotAllowed, PasswordTooShort, TooManyFailures, WrongPassword
from kiosk.staff.rules import LONGEST, Role
from kiosk.staff.sessions import (
    Ended,
    Session,
    begin_session,
    end_session,
    end_sessions,
    note_use,
    session_of,
)

__all__ = [
    "LONGEST",
    "Attempt",
    "Ended",
    "NameTaken",
    "NotAllowed",
    "PasswordTooShort",
    "Role",
    "Session",
    "Staff",
    "TooManyFailures",
    "WrongPassword",
    "add_staff",
    "begin_attempt",
    "begin_session",
    "check_password",
    "end_session",
    "end_sessions",
    "note_success",
    "note_use",
    "session_of",
    "staff_names",
    "staff_of",
]
