"""Who may import whom, by syntax tree: screens → rooms → ground floor; printing knows nothing of kiosk."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent
ROOMS = ("services", "tickets", "cards", "people", "events", "checkin", "staff", "spool")
GROUND_FLOOR = (
    "asked", "opening_hours", "database", "settings", "clock", "qr_codes", "words", "centre", "speech", "box",
    "spreadsheets",
)  # fmt: skip
ROUND_THEM = ("backup", "doctor", "server", "simulation")
"""Not a trade of the centre: what keeps it safe, looks whether all is well, serves it, tries it out."""

DOWN = {
    "services": (),
    "staff": (),
    "spool": (),
    "tickets": ("services", "spool"),
    "cards": ("services", "spool"),
    "people": ("spool",),
    "events": ("people", "services"),
    "checkin": ("events", "people", "tickets", "services", "spool"),
}
"""Which rooms a room may use. Only through the door, and its tables for a join."""
WINGS = ("station", "public", "hall", "desk", "office")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            yield module
            yield from (f"{module}.{name.name}" for name in node.names if module in ("kiosk", "printing"))


def files(folder: str) -> list[Path]:
    found = sorted((HOME / folder).rglob("*.py"))
    assert found, folder
    return found


def offenders(folder: str, *forbidden: str) -> list[str]:
    return [
        f"{path.relative_to(HOME)}: {name}"
        for path in files(folder)
        for name in imports(path)
        if name.startswith(forbidden)
    ]


def test_printing_knows_nothing_of_kiosk():
    assert offenders("printing", "kiosk", "flask", "sqlalchemy") == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_knows_no_flask_and_no_screen(room):
    assert offenders(f"kiosk/{room}", "flask", "kiosk.screens", "kiosk.app", "kiosk.cli", "waitress") == []


def test_screens_know_no_database_library():
    assert offenders("kiosk/screens", "sqlalchemy", "alembic", "kiosk.app", "kiosk.cli", "kiosk.server") == []


@pytest.mark.parametrize("wing", WINGS)
def test_a_wing_of_screens_uses_no_other_wing(wing):
    others = [f"kiosk.screens.{other}" for other in WINGS if other != wing]
    assert offenders(f"kiosk/screens/{wing}", *others) == []


def test_what_all_wings_share_uses_none_of_them():
    assert offenders("kiosk/screens/web", *(f"kiosk.screens.{wing}" for wing in WINGS)) == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_uses_only_rooms_below_it_and_only_through_their_door(room):
    wrong = []
    for path in files(f"kiosk/{room}"):
        for name in imports(path):
            other = name.removeprefix("kiosk.").split(".")
            if not name.startswith("kiosk.") or other[0] not in ROOMS or other[0] == room:
                continue
            if other[0] not in DOWN[room] or (len(other) > 1 and other[1] != "tables"):
                wrong.append(f"{path.name}: {name}")
    assert wrong == []


def test_backup_needs_the_ground_floor_alone():
    """A backup must be possible whatever has become of the rooms."""
    known = {"kiosk", *(f"kiosk.{name}" for name in (*GROUND_FLOOR, "backup", "__version__"))}
    wrong = [
        f"{path.name}: {name}"
        for path in files("kiosk/backup")
        for name in imports(path)
        if name.split(".")[0] == "kiosk" and ".".join(name.split(".")[:2]) not in known
    ]
    assert wrong == []
    assert offenders("kiosk/backup", "sqlalchemy", "flask", "printing") == []


def test_the_doctor_knows_no_flask_and_asks_the_database_in_one_place():
    assert offenders("kiosk/doctor", "flask", "kiosk.screens", "kiosk.app", "kiosk.server", "sqlite3") == []
    asking = {line.split(":")[0] for line in offenders("kiosk/doctor", "sqlalchemy")}
    assert asking == {"kiosk/doctor/_target.py"}


@pytest.mark.parametrize(
    "screen",
    [*files("kiosk/screens"), *files("kiosk/doctor")],
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_a_screen_and_the_doctor_enter_a_room_by_its_door(screen):
    wrong = [
        name for name in imports(screen) if name.split(".")[0] == "kiosk" and name.split(".")[1:2] and
        name.split(".")[1] in (*ROOMS, "backup") and len(name.split(".")) > 2
    ]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize(
    "rules",
    [
        *(HOME / "kiosk" / room / "rules.py" for room in ROOMS if room != "events"),
        HOME / "kiosk/events/kinds.py",
        HOME / "kiosk/spreadsheets/rules.py",
        HOME / "kiosk/tickets/wait/estimate.py",
        HOME / "kiosk/simulation/day.py",
    ],
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_rules_use_the_standard_library_alone(rules):
    assert [name for name in imports(rules) if name.split(".")[0] not in sys.stdlib_module_names] == []


@pytest.mark.parametrize("name", GROUND_FLOOR)
def test_the_ground_floor_looks_at_nothing_above_it(name):
    above = tuple(f"kiosk.{room}" for room in (*ROOMS, *ROUND_THEM, "screens", "app", "cli", "demo"))
    place = HOME / "kiosk" / name
    inside = files(f"kiosk/{name}") if place.is_dir() else [place.with_suffix(".py")]
    assert [used for path in inside for used in imports(path) if used.startswith((*above, "flask"))] == []


def test_nothing_but_the_command_sees_everything():
    allowed = {"kiosk/cli.py", "kiosk/server/running.py"}
    wrong = [
        line
        for line in offenders("kiosk", "kiosk.app", "kiosk.cli", "kiosk.demo")
        if line.split(":")[0] not in allowed
    ]
    assert wrong == []
