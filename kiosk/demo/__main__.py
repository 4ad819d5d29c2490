"""`python -m kiosk.demo FOLDER`: make the demo centre there, its tables too, and be gone.

Ends with UNUSABLE, and why in words, when the database cannot be used.
"""

import os
import sys
from pathlib import Path

from kiosk.box import open_box
from kiosk.database import UnusableDatabase
from kiosk.database.faults import UNUSABLE
from kiosk.demo import furnish
from kiosk.settings import load

try:
    box = open_box(load(Path(sys.argv[1]), os.environ, is_demo=True))
    furnish(box)
    box.database.close()
except UnusableDatabase as fault:
    sys.stderr.write(str(fault))
    sys.exit(UNUSABLE)
