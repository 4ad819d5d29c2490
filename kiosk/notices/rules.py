"""What a notice is, when it stands, and what is wrong with one."""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from kiosk.signs import text_faults

KIND = "notice"
SEQUENCE = "sequence"
"""The key under which the history keeps in which sequence the notices stand: of no single one of them."""

LONGEST_ZH, LONGEST_EN = 40, 100
"""Two lines at the station and three on a slip of 80 mm: what is longer is read by nobody who passes."""

FURTHEST_BACK, FURTHEST_ON = timedelta(days=366), timedelta(days=3653)


class Place(StrEnum):
    """Where a notice can stand."""

    STATION = "station"
    BOARD = "board"
    SLIP = "slip"
    PHONE = "phone"


class Stand(StrEnum):
    """How a notice stands at a moment."""

    COMING = "coming"
    NOW = "now"
    ENDED = "ended"
    OVER = "over"


class NoticePlan(Struct, frozen=True):
    """What staff decide of a notice. Moments are aware; `service` is a code, None for everybody."""

    zh: str
    en: str
    from_at: datetime
    until_at: datetime
    places: frozenset[Place]
    is_spoken: bool = False
    service: str | None = None


class Notice(Struct, frozen=True):
    """A notice as it is kept; `ended_at` when it was taken down before its time."""

    id: int
    plan: NoticePlan
    ended_at: datetime | None = None

    def words(self, lang: str) -> str:
        """What it says; in Chinese where there is no English."""
        return self.plan.en if lang == "en" and self.plan.en else self.plan.zh

    def stand(self, now: datetime) -> Stand:
        """Whether it stands, is to come or is past."""
        if self.ended_at is not None:
            return Stand.ENDED
        if self.plan.until_at <= now:
            return Stand.OVER
        return Stand.NOW if self.plan.from_at <= now else Stand.COMING

    def is_at(self, place: Place, now: datetime) -> bool:
        """Whether it stands there now."""
        return place in self.plan.places and self.stand(now) == Stand.NOW


def plan_faults(plan: NoticePlan, now: datetime) -> dict[str, str]:
    """What is wrong with a notice that is to be shown: field → code of what is wrong with it."""
    faults = text_faults({"zh": plan.zh, "en": plan.en}, {"zh": LONGEST_ZH, "en": LONGEST_EN})
    if not plan.zh:
        faults["zh"] = "empty"
    if not plan.places:
        faults["places"] = "choice"
    faults |= _faults_of_time(plan, now)
    return faults


def _faults_of_time(plan: NoticePlan, now: datetime) -> dict[str, str]:
    faults = {}
    for field, moment in (("from_on", plan.from_at), ("until_on", plan.until_at)):
        if not now - FURTHEST_BACK <= moment <= now + FURTHEST_ON:
            faults[field] = "years"
    if plan.until_at <= plan.from_at:
        faults.setdefault("until_on", "order")
    elif plan.until_at <= now:
        faults.setdefault("until_on", "over")
    return faults
