"""`python -m kiosk.migrations FOLDER`: bring the tables of a centre up to date, and be gone.

The database's address comes as input: a password among the words would stand in the list of processes.
"""

import sys
from pathlib import Path

from kiosk.database import open_database

open_database(Path(sys.argv[1]), sys.stdin.read()).close()
