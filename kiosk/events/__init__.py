"""Events: the calendar, its days and stalls, what was raised at meetings."""

from kiosk.events.calendar import (
    EventPlan,
    NewStall,
    add_event,
    add_stall,
    cancel_day,
    edit_event,
    end_event,
    hold_day,
    plan_faults,
    plan_of,
    set_capacity,
)
from kiosk.events.kinds import EventKind
from kiosk.events.meeting_points import MeetingPoint, meeting_points, raise_meeting_point
from kiosk.events.reads import Edited, Listed, all_events, edits, event_of, next_dates
from kiosk.events.refusals import BadEvent, BadRule, EmptyMeetingPoint, ReasonMissing, UnknownEvent
from kiosk.events.schedule import (
    WEEKDAYS,
    EventDay,
    Stall,
    day_of,
    days_between,
    make_days,
    need_day,
    today,
    when_text,
)

__all__ = [
    "WEEKDAYS",
    "BadEvent",
    "BadRule",
    "Edited",
    "EmptyMeetingPoint",
    "EventDay",
    "EventKind",
    "EventPlan",
    "Listed",
    "MeetingPoint",
    "NewStall",
    "ReasonMissing",
    "Stall",
    "UnknownEvent",
    "add_event",
    "add_stall",
    "all_events",
    "cancel_day",
    "day_of",
    "days_between",
    "edit_event",
    "edits",
    "end_event",
    "event_of",
    "hold_day",
    "make_days",
    "meeting_points",
    "need_day",
    "next_dates",
    "plan_faults",
    "plan_of",
    "raise_meeting_point",
    "set_capacity",
    "today",
    "when_text",
]
