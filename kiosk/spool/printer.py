"""How the printer in use is, and how much paper is left on its roll."""

from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.database.prepared import Prepared
from kiosk.settings import Settings
from kiosk.spool.rules import BROKEN, PrinterState, most_slips
from kiosk.spool.setups import setup_in_use
from kiosk.spool.tables import paper_roll, print_change, printer_change
from printing.printer_process import Setup


class PrinterNow(Struct, frozen=True):
    """The printer in use. `since` is None while it has said nothing, `left_mm` where no paper is counted."""

    setup: Setup
    state: PrinterState
    since: datetime | None
    left_mm: int | None
    is_low: bool

    @property
    def needs_person(self) -> bool:
        """Whether somebody must go there: it cannot print, or the paper ends soon."""
        return self.state in BROKEN or self.is_low


_NEWEST = Prepared(
    sa.select(printer_change.c.url, printer_change.c.to_state, printer_change.c.at)
    .where(printer_change.c.box == sa.bindparam("box"))
    .order_by(printer_change.c.id.desc())
    .limit(1)
)
_EVER_LOW = sa.select(printer_change.c.id).where(
    printer_change.c.to_state == PrinterState.PAPER_LOW,
    printer_change.c.url == sa.bindparam("of"),
    printer_change.c.box == sa.bindparam("box"),
)


def printer_now(tx: Connection, settings: Settings) -> PrinterNow | None:
    """The printer in use as it was last heard of; None where nothing is printed."""
    setup = setup_in_use(tx, settings)
    if setup.is_off:
        return None
    state, since = _state_of(tx, setup, settings)
    left = paper_left_mm(tx, settings)
    return PrinterNow(setup, state, since, left, _is_low(tx, setup, state, left, settings))


def printer_state(tx: Connection, settings: Settings) -> PrinterState:
    """Its state alone; unknown for none, and for one that was chosen a moment ago."""
    return _state_of(tx, setup_in_use(tx, settings), settings)[0]


def gives_no_numbers(tx: Connection, settings: Settings) -> bool:
    """Whether the station must give no number: the centre wants none without a slip, and none comes out."""
    return settings.when_not_printing == "stop" and printer_state(tx, settings) in BROKEN


def _state_of(tx: Connection, setup: Setup, settings: Settings) -> tuple[PrinterState, datetime | None]:
    row = _NEWEST.first(tx, {"box": settings.box})
    if row is None or row.url != setup.url:
        return PrinterState.UNKNOWN, None
    return PrinterState(row.to_state), row.at


def _is_low(
    tx: Connection, setup: Setup, state: PrinterState, left_mm: int | None, settings: Settings
) -> bool:
    if state == PrinterState.PAPER_LOW:
        return True
    if left_mm is None or left_mm > settings.roll_low_m * 1000:
        return False
    # a printer that has felt the end of a roll before will feel it again: its own word counts, not the sum
    return tx.execute(_EVER_LOW.limit(1), {"of": setup.url, "box": settings.box}).scalar() is None


def is_news(tx: Connection, settings: Settings, url: str, state: str) -> bool:
    """Whether this box's printer at `url` has not said this last."""
    row = _NEWEST.first(tx, {"box": settings.box})
    return row is None or (row.url, row.to_state) != (url, state)


def note_state(tx: Connection, settings: Settings, url: str, state: str, now: datetime) -> None:
    """Append what this box's printer at `url` says, when it is news."""
    if is_news(tx, settings, url, state):
        row = {"url": url, "to_state": PrinterState(state), "at": now, "box": settings.box}
        tx.execute(sa.insert(printer_change), row)


_ROLL = Prepared(
    sa.select(paper_roll.c.after_change)
    .where(paper_roll.c.box == sa.bindparam("box"))
    .order_by(paper_roll.c.id.desc())
    .limit(1)
)
_USED = (
    sa.select(print_change.c.mm)
    .where(
        print_change.c.id > sa.bindparam("after"),
        sa.text("print_change.mm > 0"),
        print_change.c.box == sa.bindparam("box"),
    )
    .order_by(print_change.c.id.desc())
    .limit(sa.bindparam("most"))
    .subquery()
)
_SUM = Prepared(sa.select(sa.func.coalesce(sa.func.sum(_USED.c.mm), 0).label("mm")))


def paper_left_mm(tx: Connection, settings: Settings) -> int | None:
    """Millimetres left of the roll, counted from the slips since it was put in; None when none are counted.

    Added up from their rows each time: a total that is kept can drift. At most as many rows as a roll can
    hold slips (1,500 for 30 m), so ten years of rows cost what one roll costs.
    """
    length_mm = settings.roll_length_m * 1000
    if not length_mm:
        return None
    of_box = {"box": settings.box}
    roll = _ROLL.first(tx, of_box)
    since = {"after": roll.after_change if roll else 0, "most": most_slips(length_mm)}
    return max(0, length_mm - int(_SUM.first(tx, of_box | since).mm))


def put_in_roll(tx: Connection, asked: Asked, settings: Settings) -> None:
    """Somebody has put a new roll into this box's printer: its paper is counted from here."""
    newest = sa.select(sa.func.coalesce(sa.func.max(print_change.c.id), 0)).scalar_subquery()
    row = {"staff_id": asked.staff_id, "at": asked.now, "box": settings.box}
    tx.execute(sa.insert(paper_roll).values(row | {"after_change": newest}))
