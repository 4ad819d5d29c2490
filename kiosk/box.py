"""One box: what every screen and every command works with."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kiosk.centre import Centre, open_centre
from kiosk.clock import Clock, system_clock
from kiosk.database import Database, check_writable, folder_lock, open_database
from kiosk.database.joining import join, refuse_another
from kiosk.settings import Settings
from kiosk.sharing import Favoured

BESIDE = Path(__file__).parent


@dataclass(frozen=True)
class Box:
    """A centre, its database and its clock."""

    centre: Centre
    database: Database
    clock: Clock
    favoured: Favoured = field(default_factory=Favoured, compare=False)
    """Whom the web server serves first; the screens tell it."""

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
        box = Box(open_centre(join(database, settings)), database, clock)
        check_writable(database)
        folder_lock.keep_others_out(settings.folder)
        return box
    except BaseException:
        database.close()
        raise


def folder_beside(name: str) -> Path:
    """`templates` or `static`: inside the package when installed, next to it in a checkout."""
    inside = BESIDE / name
    return inside if inside.is_dir() else BESIDE.parent / name
