"""kill -9 while concerns are taken in: what was acknowledged is there, each with its receipt's job."""

import os
import re
import signal
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

import pytest

from script.benches._hall import Client

pytestmark = [pytest.mark.load, pytest.mark.long]

TIMES = {"sqlite": 20, "postgresql": 4}
CLERKS, AT = 3, 5
"""Who takes in at once, and after how many the server is killed."""


def test_no_acknowledged_concern_is_without_the_job_of_its_receipt(place, engine):
    acknowledged: list[str] = []
    for turn in range(TIMES[engine]):
        end = len(acknowledged) + AT + turn % 4

        def take_in(clerk: Client, who: int, turn: int = turn, end: int = end) -> None:
            for count in range(60):
                tap = f"killed-{turn}-{who}-{count}"
                try:
                    _, location, _ = clerk.post("/concerns/add", pick="2", source="desk", tap=tap, back="/s")
                    acknowledged.append(re.findall(r"taken=(S[0-9]+)", location)[0])
                    if len(acknowledged) >= end:
                        os.kill(victim.process.pid, signal.SIGKILL)
                except (OSError, HTTPException, IndexError):
                    return  # the connection broke with its server

        with (
            place.serving(printer="file:") as victim,
            ThreadPoolExecutor(CLERKS) as pool,
        ):
            clerks = [Client(victim) for _ in range(CLERKS)]
            for number, clerk in enumerate(clerks, 1):
                clerk.post("/log-in", name=f"clerk{number}", password="demo-clerk")
            list(pool.map(take_in, clerks, range(CLERKS)))
    kept = {row.number: row.id for row in place.rows("concern") if row.tap.startswith("killed-")}
    printed = {row.subject for row in place.rows("print_job") if row.kind == "receipt"}
    assert len(acknowledged) >= TIMES[engine] * AT
    assert len(set(acknowledged)) == len(acknowledged)
    assert [number for number in acknowledged if f"concern:{kept.get(number)}" not in printed] == []
    told = {row.concern_id for row in place.rows("concern_change") if row.verb == "take_in"}
    assert set(kept.values()) <= told
