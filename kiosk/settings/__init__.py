"""What a centre can set: `kiosk.toml` in its data folder, each name also as `KIOSK_<NAME>`."""

from kiosk.settings.known import BOX_FILE, FILE, OF_THE_CENTRE, Settings, machine_names, names, template
from kiosk.settings.mistakes import BadSettings, Mistake
from kiosk.settings.reading import about_database, examine, load

__all__ = [
    "BOX_FILE",
    "FILE",
    "OF_THE_CENTRE",
    "BadSettings",
    "Mistake",
    "Settings",
    "about_database",
    "examine",
    "load",
    "machine_names",
    "names",
    "template",
]
