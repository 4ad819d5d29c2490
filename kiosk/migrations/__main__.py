"""`python -m kiosk.migrations FOLDER`: bring the tables of a data folder up to date, and be gone."""

import sys
from pathlib import Path

from kiosk.database import open_database

open_database(Path(sys.argv[1])).close()
