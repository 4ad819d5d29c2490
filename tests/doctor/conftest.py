from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk import doctor
from kiosk.box import Box
from tests.conftest import SetClock


@pytest.fixture
def examined(box: Box, clock: SetClock, monkeypatch) -> Callable[..., list[doctor.Finding]]:
    """Lets the doctor look at one thing in the demo centre; settings by name, as in the environment."""
    # this machine's clock is not the centre's
    monkeypatch.setattr("kiosk.doctor.clock._timedatectl", dict)
    monkeypatch.setattr("kiosk.doctor.clock.HARDWARE", Path("/nowhere"))

    def examined(check: str, **settings: str) -> list[doctor.Finding]:
        environ = {f"KIOSK_{name.upper()}": value for name, value in settings.items()}
        patient = doctor.target_in(box.settings.folder, environ, clock)
        return list(doctor.checks()[check].check(patient))

    return examined


@pytest.fixture
def worst(examined) -> Callable[..., tuple[str, str]]:
    """The same: the worst grade, and all that was said as one text."""

    def worst(check: str, **settings: str) -> tuple[str, str]:
        findings = examined(check, **settings)
        return max(f.grade for f in findings).name, "\n".join(" ".join(f.said + f.todo) for f in findings)

    return worst


@pytest.fixture
def engine() -> str:
    """What is tried here lies in a file; PostgreSQL's own tests say so by name."""
    return "sqlite"
