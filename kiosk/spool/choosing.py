"""Choosing the printer, and trying one before it is chosen."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk import changes
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.settings import Settings
from kiosk.spool.actions import cancel_all, print_slip
from kiosk.spool.setups import setup_in_use
from kiosk.spool.tables import printer_setup
from kiosk.words import Lang
from printing.printer_process import Setup
from printing.slips import Slip
from printing.slips.ruler import RulerSlip
from printing.slips.trial import TrialSlip

TRIAL = "trial"
"""What the spool calls a test page."""


def choose_printer(tx: Connection, asked: Asked, settings: Settings, setup: Setup) -> None:
    """From now on this box's slips go to this printer; its process is exchanged at its next look."""
    was = setup_in_use(tx, settings)
    _write(tx, asked, settings, setup, is_trial=False)
    _note(tx, asked, settings, was, setup)
    if setup.is_off:
        cancel_all(tx, asked, settings)


def try_printer(tx: Connection, asked: Asked, setup: Setup, page: Slip, settings: Settings) -> int:
    """Print a test page on a printer that need not be the one in use; returns the setup's id."""
    setup_id = _write(tx, asked, settings, setup, is_trial=True)
    tried = changes.Noted("printer", f"trial:{setup_id}", _name(setup), "try", None, _facts(setup))
    changes.note(tx, asked, tried)
    print_slip(tx, page, trial_subject(setup_id), asked.now, settings, setup_id)
    return setup_id


def put_back(tx: Connection, settings: Settings, asked: Asked, change: changes.Change) -> None:
    """Use again the printer that was in use before `change`.

    Raises changes.UndoneAlready, changes.ChangedSince, changes.NotToBeUndone for another box's.
    """
    was = change.noted.before
    if was is None or change.noted.key != _key(settings):
        raise changes.NotToBeUndone
    changes.check_undoable(tx, change)
    now, setup = setup_in_use(tx, settings), Setup(was["url"], was["width_dots"], was["large"])
    _write(tx, asked, settings, setup, is_trial=False)
    _note(tx, asked, settings, now, setup, change.id)
    if setup.is_off:
        cancel_all(tx, asked, settings)


def _note(
    tx: Connection, asked: Asked, settings: Settings, was: Setup, now: Setup, undoes: int | None = None
) -> None:
    verb = "choose" if undoes is None else "undo"
    noted = changes.Noted("printer", _key(settings), _name(now), verb, _facts(was), _facts(now), undoes)
    changes.note(tx, asked, noted)


def _key(settings: Settings) -> str:
    return f"box:{settings.box}"


def _name(setup: Setup) -> str:
    return setup.url.partition(":")[0]


def _facts(setup: Setup) -> changes.Facts:
    return {"url": setup.url, "width_dots": setup.width_dots, "large": setup.large}


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


def ruler_slip(centre: Centre, url: str, lang: Lang, at: datetime) -> RulerSlip:
    """The ruler for the printer at `url`."""
    return RulerSlip(url, f"{centre.local(at):%Y-%m-%d %H:%M}", lang)
