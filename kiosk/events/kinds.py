"""What kinds of events there are."""

from enum import StrEnum


class EventKind(StrEnum):
    """What an event is; only a shift counts volunteers' hours."""

    SHIFT = "shift"
    ACTIVITY = "activity"
    MEETING = "meeting"
