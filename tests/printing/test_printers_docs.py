"""docs/printers.md tells of every kind, every setting with its default, every mode of the fake."""

import re
from pathlib import Path

import pytest

from printing.printers import form_of, kinds, open_printer
from printing.printers._form import lines
from printing.printers.windows import WindowsSettings
from tests.printing.fake_mechanism import MODES

PAGE = (Path(__file__).parents[2] / "docs" / "printers.md").read_text(encoding="utf-8")
ROWS = {row[1]: row[0] for row in re.finditer(r"(?m)^\| `(\w+)` \|.*$", PAGE)}


@pytest.mark.parametrize("kind", [*kinds(), "windows"])
def test_a_kind_stands_there_with_all_its_settings_and_their_defaults(kind):
    assert f"`{kind}:" in PAGE
    for line in lines(WindowsSettings) if kind == "windows" else form_of(kind):
        row = ROWS[line.name]
        assert kind in row
        default = line.default if isinstance(line.default, str | None) else f"{line.default:g}"
        assert (default or "") in row
        assert all(choice.value in row for choice in line.choices) or line.name == "confirm"


def test_every_setting_there_exists():
    known = {line.name for kind in kinds() for line in form_of(kind)}
    confirms = {"auto", "process_id", "gs_r", "none"}
    assert set(ROWS) - confirms == known


def test_every_address_there_opens(tmp_path):
    addresses = re.findall(r"`((?:tcp|device|serial|cups|file|memory):[^`]*)`", PAGE)
    assert len(addresses) >= 7
    for address in addresses:
        open_printer(address, tmp_path)


def test_every_mode_of_the_fake_printer_stands_there():
    assert all(f"`{mode}`" in PAGE for mode in MODES)
