"""Choosing the printer, and trying one before it is chosen."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.settings import Settings
from kiosk.spool.actions import cancel_all, print_slip
from kiosk.spool.tables import printer_setup
from kiosk.words import Lang
from printing.printer_process import Setup
from printing.slips import Slip
from printing.slips.trial import TrialSlip

TRIAL = "trial"
"""What the spool calls a test page."""


def choose_printer(tx: Connection, asked: Asked, settings: Settings, setup: Setup) -> None:
    """From now on this box's slips go to this printer; its process is exchanged at its next look."""
    _write(tx, asked, settings, setup, is_trial=False)
    if setup.is_off:
        cancel_all(tx, asked, settings)


def try_printer(tx: Connection, asked: Asked, setup: Setup, page: Slip, settings: Settings) -> int:
    """Print a test page on a printer that need not be the one in use; returns the setup's id."""
    setup_id = _write(tx, asked, settings, setup, is_trial=True)
    print_slip(tx, page, trial_subject(setup_id), asked.now, settings, setup_id)
    return setup_id


def trial_subject(setup_id: int) -> str:
    """The name under which the spool keeps the test page of a setup."""
    return f"{TRIAL}:{setup_id}"


def _write(tx: Connection, asked: Asked, settings: Settings, setup: Setup, *, is_trial: bool) -> int:
    row: dict[str, Any] = {"url": setup.url, "width_dots": setup.width_dots, "large": setup.large}
    written = sa.insert(printer_setup).values(
        row | {"is_trial": is_trial, "staff_id": asked.staff_id, "at": asked.now, "box": settings.box}
    )
    setup_id: int = tx.execute(written.returning(printer_setup.c.id)).scalar_one()
    return setup_id


def trial_page(centre: Centre, url: str, lang: Lang, at: datetime) -> TrialSlip:
    """The test page for the printer at `url`."""
    return TrialSlip(centre.name(lang), url, f"{centre.local(at):%Y-%m-%d %H:%M}", lang)
