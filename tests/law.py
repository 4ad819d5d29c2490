"""What must be true of every log of the queue, whoever wrote it and however it ended."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from kiosk.tickets.rules import AT_HAND, LIVE, MOVES, Status, Verb

STANDS_STILL = ("wish_slow", "wish_staff", "wish_hearing", "wish_phone", "reprint")


def judge_log(changes: Iterable[Any], tickets: Iterable[Any]) -> None:
    """Every ticket's rows make one unbroken way along the law and end where the ticket stands."""
    stands: dict[int, str | None] = {}
    for row in changes:
        assert row.from_status == stands.get(row.ticket_id), f"the way of {row.ticket_id} is broken"
        if row.verb in STANDS_STILL:
            assert row.from_status == row.to_status
        elif row.verb == Verb.REOPEN_DAY:
            assert (row.from_status, row.to_status in LIVE) == (Status.CANCELLED, True)
        elif row.verb not in ("take", Verb.UNDO):
            assert MOVES[Status(row.from_status), Verb(row.verb)] == row.to_status
        stands[row.ticket_id] = row.to_status
    assert stands == {row.id: row.status for row in tickets}


def judge_hall(tickets: Iterable[Any]) -> None:
    """No number twice in a day, no counter with two people."""
    rows = list(tickets)
    numbers = Counter((str(row.service_day), row.number) for row in rows)
    assert [number for number, count in numbers.items() if count > 1] == []
    at_hand = Counter(row.counter_number for row in rows if row.status in AT_HAND)
    assert [counter for counter, count in at_hand.items() if count > 1] == []
