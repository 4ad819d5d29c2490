"""How often one terminal may look people up by four digits: often enough for a line, too seldom to browse."""

from collections import defaultdict, deque
from datetime import datetime, timedelta

from kiosk.clock import is_within
from kiosk.words import Refusal, mark

LIMITS = ((timedelta(minutes=1), 20), (timedelta(hours=1), 300))
"""Span and look-ups in it. Signing in takes two, the list and the choice: ten people a minute, 150 an hour.
All ten thousand endings would take somebody a day and a half without a pause."""


class TooManyLookUps(Refusal):
    """This terminal has asked for too many endings of telephone numbers."""

    sentence = mark("查得太快了，请等一分钟再按，也可以扫卡，或请工作人员帮您。")


class LookUps:
    """The moments of the last look-ups of each terminal; a restart forgets them."""

    def __init__(self) -> None:
        self._moments: defaultdict[str, deque[datetime]] = defaultdict(deque)

    def note(self, terminal: str, now: datetime) -> None:
        """Count one look-up. Raises TooManyLookUps, and counts nothing, when there were too many."""
        moments = self._moments[terminal]
        while moments and not is_within(moments[0], now, LIMITS[-1][0]):
            moments.popleft()
        for span, most in LIMITS:
            if sum(is_within(at, now, span) for at in moments) >= most:
                raise TooManyLookUps
        moments.append(now)
