"""The queue: taking a ticket, calling it, serving it, and what every screen may know of it."""

from kiosk.tickets.actions import (
    call_next,
    call_ticket,
    cancel,
    close_counter,
    counter_version,
    finish,
    mark_no_show,
    missed_rule,
    pause_counter,
    recall,
    start,
)
from kiosk.tickets.aside import hold, rejoin, resume
from kiosk.tickets.board_reads import BoardNow, Called, board_now
from kiosk.tickets.closing import close_day, is_day_closed
from kiosk.tickets.counter_reads import (
    AtHand,
    Waiting,
    WaitingCount,
    at_hand,
    held_today,
    missed_today,
    waiting_counts,
    waiting_for,
    wanting_staff,
)
from kiosk.tickets.estimate import Estimate
from kiosk.tickets.hall_reads import DayFigures, day_figures, served_by_counter
from kiosk.tickets.intake import closed_because, shut_services, why_not
from kiosk.tickets.line import version, versions, versions_lately
from kiosk.tickets.lost import Found, lost_by_phone, lost_by_service, reprint
from kiosk.tickets.moving import By
from kiosk.tickets.onward import continue_visit, transfer
from kiosk.tickets.pace import estimated
from kiosk.tickets.paper import estimate_text, ticket_in, ticket_subject
from kiosk.tickets.reads import (
    Priority,
    TicketView,
    find_ticket,
    priorities,
    ticket_token,
    ticket_view,
    view_by_code,
    wait_now,
)
from kiosk.tickets.refusals import (
    BadTap,
    DayOff,
    DayOver,
    LunchBreak,
    NotOpenYet,
    NumbersUsedUp,
    ServiceClosed,
    StalePage,
    TicketOver,
    TicketRevoked,
    UnknownTicket,
)
from kiosk.tickets.rules import Hold, Place, Status, Taken, Tap, Verb
from kiosk.tickets.taking import take
from kiosk.tickets.undoing import Undoable, undo, undoable
from kiosk.tickets.wishes import Wish, grant_wish

__all__ = [
    "AtHand",
    "BadTap",
    "BoardNow",
    "By",
    "Called",
    "DayFigures",
    "DayOff",
    "DayOver",
    "Estimate",
    "Found",
    "Hold",
    "LunchBreak",
    "NotOpenYet",
    "NumbersUsedUp",
    "Place",
    "Priority",
    "ServiceClosed",
    "StalePage",
    "Status",
    "Taken",
    "Tap",
    "TicketOver",
    "TicketRevoked",
    "TicketView",
    "Undoable",
    "UnknownTicket",
    "Verb",
    "Waiting",
    "WaitingCount",
    "Wish",
    "at_hand",
    "board_now",
    "call_next",
    "call_ticket",
    "cancel",
    "close_counter",
    "close_day",
    "closed_because",
    "continue_visit",
    "counter_version",
    "day_figures",
    "estimate_text",
    "estimated",
    "find_ticket",
    "finish",
    "grant_wish",
    "held_today",
    "hold",
    "is_day_closed",
    "lost_by_phone",
    "lost_by_service",
    "mark_no_show",
    "missed_rule",
    "missed_today",
    "pause_counter",
    "priorities",
    "recall",
    "rejoin",
    "reprint",
    "resume",
    "served_by_counter",
    "shut_services",
    "start",
    "take",
    "ticket_in",
    "ticket_subject",
    "ticket_token",
    "ticket_view",
    "transfer",
    "undo",
    "undoable",
    "version",
    "versions",
    "versions_lately",
    "view_by_code",
    "wait_now",
    "waiting_counts",
    "waiting_for",
    "wanting_staff",
    "why_not",
]
