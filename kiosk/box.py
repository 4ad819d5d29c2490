"""One box: what every screen and every command works with."""

import threading
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError

from kiosk.centre import Centre, open_centre
from kiosk.clock import Clock, system_clock
from kiosk.database import Database, check_writable, folder_lock, open_database
from kiosk.database.joining import are_older, join, refuse_another
from kiosk.settings import Settings
from kiosk.sharing import Favoured

BESIDE = Path(__file__).parent


ASKED_EVERY_S = 0.25
"""Another process may change the rules too: a command, a second box on one PostgreSQL."""


class _Present:
    """The centre by the rules that were read last."""

    def __init__(self) -> None:
        self.centre: Centre | None = None
        self.after, self.at = -1, 0.0
        self.reading = threading.Lock()


@dataclass(frozen=True)
class Box:
    """A centre, its database and its clock."""

    begun: Centre
    """The centre as the box found it at its start."""
    database: Database
    clock: Clock
    favoured: Favoured = field(default_factory=Favoured, compare=False)
    """Whom the web server serves first; the screens tell it."""
    _present: _Present = field(default_factory=_Present, init=False, compare=False, repr=False)

    @property
    def centre(self) -> Centre:
        """The centre by its rules as this process wrote them, or as another did a quarter of a second ago.

        Enough to show; what gives a number asks `Centre.as_of` its own transaction.
        """
        known, committed, at = self._present, self.database.committed, monotonic()
        is_changed = committed != known.after and are_older(self.database.engine, known.after)
        is_old = known.centre is None or is_changed or at - known.at > ASKED_EVERY_S
        # one thread at a time: no other waits for it, and none takes a connection that others need
        if is_old and known.reading.acquire(blocking=False):
            try:
                known.after, known.at = committed, at
                known.centre = self._read(known.centre or self.begun)
            finally:
                known.reading.release()
        return known.centre or self.begun

    def _read(self, known: Centre) -> Centre:
        if self.database.is_closed:
            return known
        try:
            with self.database.read(is_blind=True) as tx:
                return known.as_of(tx)
        except SQLAlchemyError:
            return known  # a page of trouble has the centre's name all the same

    @property
    def settings(self) -> Settings:
        """The centre's settings."""
        return self.centre.settings

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        return self.clock()


def open_box(settings: Settings, clock: Clock = system_clock) -> Box:
    """Open `settings.folder`, making it and what is missing in it: folder, secret, database, tables.

    Raises UnusableDatabase, also for a database of another centre: then nothing was written; and for one that
    keeps nothing, as a real write tells.
    """
    refuse_another(settings)
    settings.folder.mkdir(mode=folder_lock.PRIVATE_FOLDER, parents=True, exist_ok=True)
    database = open_database(settings.folder, settings.database_url)
    try:
        box = box_on(database, settings, clock)
        check_writable(database)
        folder_lock.keep_others_out(settings.folder)
        return box
    except BaseException:
        database.close()
        raise


def box_on(database: Database, settings: Settings, clock: Clock = system_clock) -> Box:
    """The box of a centre whose database is open already and known to be sound: `open_box` asks first."""
    return Box(open_centre(join(database, settings)), database, clock)


def folder_beside(name: str) -> Path:
    """`templates` or `static`: inside the package when installed, next to it in a checkout."""
    inside = BESIDE / name
    return inside if inside.is_dir() else BESIDE.parent / name
