from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk import checkup
from kiosk.box import Box
from tests.conftest import SetClock


@pytest.fixture
def examined(box: Box, clock: SetClock, monkeypatch) -> Callable[..., list[checkup.Finding]]:
    """Lets the doctor look at one thing in the demo centre; settings by name, as in the environment."""
    # this machine's clock is not the centre's
    monkeypatch.setattr("kiosk.checkup.clock._timedatectl", dict)
    monkeypatch.setattr("kiosk.checkup.clock.HARDWARE", Path("/nowhere"))

    def examined(check: str, **settings: str) -> list[checkup.Finding]:
        environ = {f"KIOSK_{name.upper()}": value for name, value in settings.items()}
        patient = checkup.patient_in(box.settings.folder, environ, clock)
        return list(checkup.checks()[check].check(patient))

    return examined


@pytest.fixture
def worst(examined) -> Callable[..., tuple[str, str]]:
    """The same: the worst grade, and all that was said as one text."""

    def worst(check: str, **settings: str) -> tuple[str, str]:
        findings = examined(check, **settings)
        return max(f.grade for f in findings).name, "\n".join(" ".join(f.said + f.todo) for f in findings)

    return worst
