"""Who works here: log-ins, roles, and locks after too many wrong passwords."""

from kiosk.staff.actions import Attempt, add_staff, begin_attempt, check_password, note_success
from kiosk.staff.reads import Staff, staff_names, staff_of
from kiosk.staff.refusals import NameTaken, NotAllowed, PasswordTooShort, TooManyFailures, WrongPassword
from kiosk.staff.rules import Role

__all__ = [
    "Attempt",
    "NameTaken",
    "NotAllowed",
    "PasswordTooShort",
    "Role",
    "Staff",
    "TooManyFailures",
    "WrongPassword",
    "add_staff",
    "begin_attempt",
    "check_password",
    "note_success",
    "staff_names",
    "staff_of",
]
