"""What making the application leaves until somebody asks."""

import subprocess
import sys

from werkzeug.routing import Rule

from kiosk.app import create_app
from tests.engines import on_a_file

LOADED = """
import sys
from kiosk.screens import blueprints
assert len(list(blueprints())) > 10
print(*{"icalendar", "openpyxl", "fpdf", "alembic", "zxcvbn", "zxingcpp"} & set(sys.modules))"""


@on_a_file
def test_no_address_is_compiled_before_somebody_asks_for_it(box, monkeypatch):
    compiled = []
    compile_it = Rule._compile_builder

    def noted(rule, *how):
        compiled.append(rule.endpoint)
        return compile_it(rule, *how)

    monkeypatch.setattr(Rule, "_compile_builder", noted)
    app = create_app(box)
    assert compiled == []
    with app.test_request_context():
        assert app.url_for("office.people.register", page=2) == app.url_for("office.people.register", page=2)
    assert compiled == ["office.people.register"]


def test_what_no_page_of_the_station_needs_is_not_loaded_with_the_screens():
    found = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
