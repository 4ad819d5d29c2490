"""What making the application leaves until somebody asks."""

import subprocess
import sys

LOADED = """
import sys
from kiosk.screens import blueprints
assert len(list(blueprints())) > 10
print(*{"icalendar", "openpyxl", "fpdf", "alembic", "zxcvbn", "zxingcpp", "PIL"} & set(sys.modules))"""


def test_what_no_page_of_the_station_needs_is_not_loaded_with_the_screens():
    found = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
