"""What becomes of a print job."""

from datetime import timedelta
from enum import StrEnum

RETRY_AFTER = timedelta(seconds=3)
"""A printer that took no byte is asked again after this; until the job expires."""


class JobStatus(StrEnum):
    """`sending` is committed before the first byte; after it nothing is ever sent again by itself."""

    QUEUED = "queued"
    SENDING = "sending"
    PRINTED = "printed"
    UNCONFIRMED = "unconfirmed"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


FINAL = frozenset(JobStatus) - {JobStatus.QUEUED, JobStatus.SENDING}


def after_attempt(state: str, accepted: int, is_hopeless: bool = False) -> JobStatus:
    """Where an attempt leads that ended in `state` with `accepted` bytes on the printer's side.

    Only an attempt that reached the printer with nothing is tried again: after the first byte a second
    sending could put one number on two slips. A slip that cannot be drawn is hopeless and stays failed.
    """
    if state != JobStatus.FAILED or is_hopeless:
        return JobStatus(state)
    return JobStatus.QUEUED if accepted == 0 else JobStatus.UNCONFIRMED
