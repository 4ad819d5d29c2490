"""Which printer is in use: the one chosen last in the back office, else the one of the settings file."""

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.database.prepared import Prepared
from kiosk.settings import Settings
from kiosk.spool.secret import leaves_none_behind
from kiosk.spool.tables import printer_setup
from printing.printer_process import Setup

_SETUP = sa.select(printer_setup.c.url, printer_setup.c.width_dots, printer_setup.c.large)
_IN_USE = Prepared(
    _SETUP.where(printer_setup.c.is_trial.is_(False), printer_setup.c.box == sa.bindparam("box"))
    .order_by(printer_setup.c.id.desc())
    .limit(1)
)
_BY_ID = _SETUP.where(printer_setup.c.id == sa.bindparam("setup_id"))


def setup_in_use(tx: Connection, settings: Settings) -> Setup:
    """The printer that slips of this box go to now."""
    row = _IN_USE.first(tx, {"box": settings.box})
    if row is None:
        return Setup(settings.printer, settings.paper_width_dots, settings.large_print)
    return Setup(*row)


def setup_of(tx: Connection, setup_id: int) -> Setup | None:
    """One that was chosen or tried; None when there is none of this id."""
    row = tx.execute(_BY_ID, {"setup_id": setup_id}).one_or_none()
    return None if row is None else Setup(*row)


def has_printer(tx: Connection, settings: Settings) -> bool:
    """Whether slips are printed at all."""
    return not setup_in_use(tx, settings).is_off


def prints_passwords(tx: Connection, settings: Settings) -> bool:
    """Whether a password's slip may be printed: on paper, with no picture of it left behind."""
    return leaves_none_behind(setup_in_use(tx, settings))
