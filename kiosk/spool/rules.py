"""What becomes of a print job, and what of a printer needs a person."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

RETRY_AFTER = timedelta(seconds=3)
"""A printer that took no byte is asked again after this; until the job expires."""

LATE_AFTER = timedelta(seconds=10)
"""A slip that is still to come after this is missed: the station showed the number after two seconds."""

ALERT_FOR = timedelta(minutes=10)
"""How long staff are told of a slip that did not come out; after that its owner has asked or was called."""

SHORTEST_SLIP_MM = 20
"""No slip with its feed to the blade is shorter, so a roll holds no more slips than its length over this."""


class JobStatus(StrEnum):
    """`sending` is committed before the first byte; after it nothing is ever sent again by itself."""

    QUEUED = "queued"
    SENDING = "sending"
    PRINTED = "printed"
    UNCONFIRMED = "unconfirmed"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class Step(StrEnum):
    """What happens to a job. Cancel, again and tell are acts of a person, all others the worker's."""

    CLAIM = "claim"
    PRINT = "print"
    GIVE_BACK = "give_back"
    DOUBT = "doubt"
    FAIL = "fail"
    EXPIRE = "expire"
    CANCEL = "cancel"
    AGAIN = "again"
    TELL = "tell"


FINAL = frozenset(JobStatus) - {JobStatus.QUEUED, JobStatus.SENDING}
MISSING = frozenset((JobStatus.UNCONFIRMED, JobStatus.FAILED, JobStatus.EXPIRED))
"""Final, and its owner may stand there without a slip."""

MOVES: Mapping[tuple[JobStatus, Step], JobStatus] = {
    (JobStatus.QUEUED, Step.CLAIM): JobStatus.SENDING,
    (JobStatus.QUEUED, Step.EXPIRE): JobStatus.EXPIRED,
    (JobStatus.QUEUED, Step.CANCEL): JobStatus.CANCELLED,
    (JobStatus.SENDING, Step.PRINT): JobStatus.PRINTED,
    (JobStatus.SENDING, Step.GIVE_BACK): JobStatus.QUEUED,
    (JobStatus.SENDING, Step.DOUBT): JobStatus.UNCONFIRMED,
    (JobStatus.SENDING, Step.FAIL): JobStatus.FAILED,
    # the owner was told, or the slip was put on the spool anew as another job: this one stays what it is
    **{(status, Step.TELL): status for status in (JobStatus.QUEUED, *MISSING)},
    **{(status, Step.AGAIN): status for status in FINAL},
}
"""The only ways a job can go. Nothing leads from `sending` back to paper once a byte was taken."""


def step_after(state: str, accepted: int, is_hopeless: bool = False) -> Step:
    """What an attempt means that ended in `state` with `accepted` bytes on the printer's side.

    Only an attempt that reached the printer with nothing is tried again: after the first byte a second
    sending could put one number on two slips. A slip that cannot be drawn is hopeless and stays failed.
    """
    if state != "failed":
        return Step.PRINT if state == "printed" else Step.DOUBT
    if is_hopeless:
        return Step.FAIL
    return Step.GIVE_BACK if accepted == 0 else Step.DOUBT


def needs_person(status: JobStatus, tries: int, created_at: datetime, now: datetime, was_told: bool) -> bool:
    """Whether staff should look after a job's owner: the slip is missing, or it is late."""
    if was_told or now - created_at > ALERT_FOR:
        return False
    if status in MISSING:
        return True
    # the attempt under way has refused nothing yet, those before it have: the alert stays while it lasts
    refused = tries - (status == JobStatus.SENDING)
    return status not in FINAL and (refused > 0 or now - created_at > LATE_AFTER)


class PrinterState(StrEnum):
    """How a printer is, as it says itself (printing.printers.Status). Silence is unknown, never ready."""

    READY = "ready"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    CUTTER_ERROR = "cutter_error"
    ERROR = "error"
    OFFLINE = "offline"
    UNKNOWN = "unknown"


BROKEN = frozenset(PrinterState) - {PrinterState.READY, PrinterState.PAPER_LOW, PrinterState.UNKNOWN}
"""Nothing comes out until a person has been there. Of an unknown printer slips may well come out."""


def most_slips(length_mm: int) -> int:
    """How many slips a roll of this length can hold at most: so many rows must be added up, never more."""
    return max(1, length_mm // SHORTEST_SLIP_MM)


def width_read(mm: int) -> int | None:
    """The dots of a head whose ruler is whole up to the line of `mm`, of eight dots each; None for no head.

    A head that ends a little before its line shows the one before: 56 is 512 dots too, 40 is 384.
    """
    return next((dots for least, dots in ((70, 576), (56, 512), (40, 384)) if least <= mm <= 80), None)
