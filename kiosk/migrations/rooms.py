"""Which rooms keep tables: every folder of kiosk/ with a tables.py, found, not listed."""

from importlib import import_module
from pathlib import Path

HOME = Path(__file__).parent.parent


def rooms() -> tuple[str, ...]:
    """The names of the rooms with tables, in alphabetical order."""
    return tuple(sorted(tables.parent.name for tables in HOME.glob("*/tables.py")))


def load_tables() -> None:
    """Import the tables of every room, so that `kiosk.database.metadata` knows all of them."""
    for room in rooms():
        import_module(f"kiosk.{room}.tables")
