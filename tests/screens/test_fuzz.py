"""A little of `script/bench fuzz`: what nobody's browser sends, to every view, as every role."""

import pytest

from kiosk import staff
from script.benches._fuzzing import NOBODY, Fuzzer, log_in_as

REQUESTS = 70


@pytest.mark.parametrize("role", [NOBODY, *staff.Role])
def test_whatever_is_sent_gets_an_answer_in_time(happenings, app, box, clock, role):
    fuzzer = Fuzzer(
        app, 12, log_in_as(box, role), lambda seconds: clock.forward(seconds=seconds), has_papers=False
    )
    found = fuzzer.run(REQUESTS)
    assert found.faults == []
    assert found.requests == REQUESTS
    log_in_as(box, staff.Role.DESK)  # and no transaction was left open


def test_a_fault_is_found_and_told_with_its_request(app, monkeypatch):
    """Else the test above could not fail."""

    def broken(**parts: str) -> str:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(app, "view_functions", dict.fromkeys(app.view_functions, broken))
    found = Fuzzer(app, 12, None, has_papers=False).run(60)
    assert {fault.what for fault in found.faults} == {"500"}
    assert "ZeroDivisionError: on purpose" in found.faults[0].where
