"""Notices (通知): a sentence from one moment to another, on station, board, slip and phone page."""

from kiosk.notices.actions import add_notice, edit_notice, end_notice, move_notice, put_back, show_again
from kiosk.notices.reads import (
    cached_standing,
    first_for,
    notice_of,
    notices_over,
    notices_standing,
    on_board,
    shown_at,
)
from kiosk.notices.refusals import NoticeNotStanding, NoticeOver, UnknownNotice
from kiosk.notices.rules import (
    KIND,
    LONGEST_EN,
    LONGEST_ZH,
    SEQUENCE,
    Notice,
    NoticePlan,
    Place,
    Stand,
    plan_faults,
)

__all__ = [
    "KIND",
    "LONGEST_EN",
    "LONGEST_ZH",
    "SEQUENCE",
    "Notice",
    "NoticeNotStanding",
    "NoticeOver",
    "NoticePlan",
    "Place",
    "Stand",
    "UnknownNotice",
    "add_notice",
    "cached_standing",
    "edit_notice",
    "end_notice",
    "first_for",
    "move_notice",
    "notice_of",
    "notices_over",
    "notices_standing",
    "on_board",
    "plan_faults",
    "put_back",
    "show_again",
    "shown_at",
]
