"""`python -m kiosk.migrations FOLDER`: bring the tables of a centre up to date, and be gone.

Ends with UNUSABLE, and why in words, when the database cannot be used.
The database's address comes as input: a password among the words would stand in the list of processes.
"""

import sys
from pathlib import Path

from kiosk.database import UnusableDatabase, open_database
from kiosk.database.faults import UNUSABLE

try:
    open_database(Path(sys.argv[1]), sys.stdin.read()).close()
except UnusableDatabase as fault:
    sys.stderr.write(str(fault))
    sys.exit(UNUSABLE)
