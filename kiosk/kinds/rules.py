"""What kinds of concerns need of their own, as rules."""

from datetime import timedelta
from enum import StrEnum

CARDS_A_SHEET, MOST_SHEETS = 8, 25
"""民情日志卡 on an A4 page, and pages at once."""

LONGEST_UNIT, LONGEST_DEMAND = 48, 120
MOST_FIX_DAYS = 365
"""Days that a finding or a task may be given, at most."""

FIX_DAYS = 7
"""What the form of a finding begins with."""

LONGEST_SENTENCE = 120
CLAIM_DAYS = 7
"""So long a hope is a team's; then anybody may claim it again."""

MOST_MINUTES = 720
"""Of one hope fulfilled."""

LONGEST_PAPER, LONGEST_NAME, MOST_PAPERS = 96, 16, 40
TIERS = {60: "9折", 70: "8.5折"}
"""From which age on the canteen asks for how much."""

VALID_DAYS, MOST_VALID_DAYS = 365, 366 * 2

LONGEST_TITLE, MOST_TASKS = 48, 50

BEFORE_DAYS = (60, 30, 7)
"""So many days before something runs out somebody is reminded."""

KEEP_DAYS = 730
"""Days after the end that words are kept, as those of the concern itself."""

MOST_MONTHS = 120

CERTIFIED = "已认证"
"""The result after which a pension runs for twelve months, unless the centre says otherwise."""

ASK_WITHIN = timedelta(minutes=30)
"""How long after the end of a visit it can be noted for whom it was."""


class WhatRunsOut(StrEnum):
    """What runs out for somebody, and how many months it usually lasts."""

    PENSION = "pension"
    CARE = "care"
    PAPER = "paper"

    @property
    def months(self) -> int:
        """As long as it usually lasts; a scheme may say otherwise."""
        return {"pension": 12, "care": 12, "paper": 36}[self]


class Way(StrEnum):
    """How something that ran out was settled."""

    DATA = "data"
    PHONE = "phone"
    HERE = "here"
    HOME = "home"
    MOVED = "moved"
    REFUSED = "refused"

    @property
    def is_done(self) -> bool:
        """Whether it lasts anew from then on."""
        return self not in (Way.MOVED, Way.REFUSED)
