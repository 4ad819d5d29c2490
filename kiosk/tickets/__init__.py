"""The queue: taking a ticket, calling it, serving it, and what every screen may know of it."""

from kiosk.tickets.actions import (
    call_next,
    call_ticket,
    cancel,
    close_counter,
    finish,
    mark_no_show,
    missed_rule,
    recall,
    start,
)
from kiosk.tickets.board_reads import BoardNow, Called, board_now
from kiosk.tickets.counter_reads import (
    AtHand,
    Waiting,
    WaitingCount,
    at_hand,
    missed_today,
    waiting_counts,
    waiting_for,
)
from kiosk.tickets.reads import (
    Priority,
    TicketView,
    find_ticket,
    priorities,
    ticket_view,
    version,
    waiting_count,
)
from kiosk.tickets.refusals import BadTap, TicketOver, TicketRevoked, UnknownTicket
from kiosk.tickets.rules import Status, Taken, Tap, Verb
from kiosk.tickets.taking import take, ticket_subject

__all__ = [
    "AtHand",
    "BadTap",
    "BoardNow",
    "Called",
    "Priority",
    "Status",
    "Taken",
    "Tap",
    "TicketOver",
    "TicketRevoked",
    "TicketView",
    "UnknownTicket",
    "Verb",
    "Waiting",
    "WaitingCount",
    "at_hand",
    "board_now",
    "call_next",
    "call_ticket",
    "cancel",
    "close_counter",
    "find_ticket",
    "finish",
    "mark_no_show",
    "missed_rule",
    "missed_today",
    "priorities",
    "recall",
    "start",
    "take",
    "ticket_subject",
    "ticket_view",
    "version",
    "waiting_count",
    "waiting_counts",
    "waiting_for",
]
