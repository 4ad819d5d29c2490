"""The centre's own machines: touchscreens, boards and counters that staff have let in, and nobody else's."""

from kiosk.devices.actions import (
    Enrolled,
    add_with_start,
    enrol,
    enrol_first,
    make_code,
    note_seen,
    rename,
    revoke,
)
from kiosk.devices.known import (
    Known,
    box_itself,
    device_with,
    had_station,
    known_addresses,
    meet,
    phone_taps_of,
    station_count,
    waits_of,
)
from kiosk.devices.reads import Device, OpenCode, devices, open_codes
from kiosk.devices.refusals import (
    NotEnrolled,
    TooManyByPhone,
    TooManyCodes,
    TooSoon,
    UnknownDevice,
    WrongCode,
)
from kiosk.devices.rules import CODE_DIGITS, LONGEST_NAME, VALID_FOR, Kind, Way, start_token
from kiosk.devices.waits import PhoneTaps, Waits

__all__ = [
    "CODE_DIGITS",
    "LONGEST_NAME",
    "VALID_FOR",
    "Device",
    "Enrolled",
    "Kind",
    "Known",
    "NotEnrolled",
    "OpenCode",
    "PhoneTaps",
    "TooManyByPhone",
    "TooManyCodes",
    "TooSoon",
    "UnknownDevice",
    "Waits",
    "Way",
    "WrongCode",
    "add_with_start",
    "box_itself",
    "device_with",
    "devices",
    "enrol",
    "enrol_first",
    "had_station",
    "known_addresses",
    "make_code",
    "meet",
    "note_seen",
    "open_codes",
    "phone_taps_of",
    "rename",
    "revoke",
    "start_token",
    "station_count",
    "waits_of",
]
