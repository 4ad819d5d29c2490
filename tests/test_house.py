"""The rules of the house, by syntax tree. Who may import whom: screens → rooms → ground floor; and how the
house stays easy to find one's way in: parameters, shelves, names, what belongs to one database alone.
"""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kiosk.migrations.rooms import rooms

HOME = Path(__file__).parent.parent
ROOMS = rooms()
"""A room is a folder with tables: found, so that a new one is held to the rules from its first day."""
GROUND_FLOOR = (
    "asked", "opening_hours", "database", "settings", "clock", "qr_codes", "words", "centre", "box",
    "spreadsheets", "pictures", "sharing", "strength", "synthesis",
    "spreadsheets", "pictures", "sharing", "signs", "strength",
)  # fmt: skip
ROUND_THEM = ("backup", "doctor", "exchange", "outputs", "server", "simulation")
"""Not a trade of the centre: what keeps it safe, looks whether all is well, serves it, tries it out."""

DOWN = {
    "changes": (),
    "services": ("changes",),
    "notices": ("changes", "services"),
    "opening": ("changes", "services", "tickets"),
    "staff": ("changes",),
    "devices": ("changes",),
    "spool": ("changes",),
    "tickets": ("changes", "notices", "services", "spool"),
    "pleas": ("tickets",),
    "concerns": ("changes", "opening", "spool", "staff"),
    "households": ("changes", "concerns", "staff"),
    "openness": ("concerns",),
    "ratings": ("concerns", "services", "staff", "tickets"),
    "surveys": ("changes", "concerns", "ratings"),
    "cards": ("changes", "services", "spool"),
    "people": ("changes", "spool"),
    "events": ("changes", "people", "services"),
    "kinds": ("changes", "checkin", "concerns", "events", "people", "services", "spool", "tickets"),
    "setup": ("cards", "opening", "services", "staff"),
    "speech": ("cards", "changes", "concerns", "events", "notices", "people", "services", "tickets"),
    "checkin": ("changes", "events", "people", "tickets", "services", "spool"),
    "figures": (
        "checkin",
        "concerns",
        "events",
        "kinds",
        "opening",
        "openness",
        "people",
        "ratings",
        "services",
        "staff",
        "surveys",
        "tickets",
    ),
}
"""Which rooms a room may use. Only through the door, and its tables for a join. A room that is not listed
fails: whoever adds one decides where it stands.
"""
WINGS = (
    "station", "public", "hall", "desk", "office", "accounts", "centre", "catalogue", "setup", "voice",
    "concerns", "design", "figures", "households", "intake", "kinds", "ratings", "surveys",
)  # fmt: skip


@cache
def parsed(path: Path) -> ast.Module:
    """The tree of a file, read once: 120 tests look at 200 files."""
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module", autouse=True)
def forgotten() -> Iterator[None]:
    """A million nodes, which everybody after who looks for garbage would look through."""
    yield
    parsed.cache_clear()


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
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
def test_rules_use_the_standard_library_and_the_rules_about_clocks_and_signs_alone(rules):
    used = [name for name in imports(rules) if not name.startswith(SHARED_RULES) and name != "kiosk"]
    assert {name.split(".")[0] for name in used} - sys.stdlib_module_names <= {"msgspec"}  # records


SHARED_RULES = ("kiosk.clock", "kiosk.signs")


@pytest.mark.parametrize("rule", SHARED_RULES)
def test_the_rules_about_clocks_and_signs_use_the_standard_library_alone(rule):
    used = {name.split(".")[0] for name in imports(HOME / f"{rule.replace('.', '/')}.py")}
    assert used <= sys.stdlib_module_names


@pytest.mark.parametrize("name", GROUND_FLOOR)
def test_the_ground_floor_looks_at_nothing_above_it(name):
    above = {f"kiosk.{room}" for room in (*ROOMS, *ROUND_THEM, "screens", "app", "cli", "demo")}
    place = HOME / "kiosk" / name
    inside = files(f"kiosk/{name}") if place.is_dir() else [place.with_suffix(".py")]
    found = [used for path in inside for used in imports(path)]
    assert [
        used for used in found if used.startswith("flask") or ".".join(used.split(".")[:2]) in above
    ] == []


def test_nothing_but_the_command_sees_everything():
    allowed = {"kiosk/__main__.py", "kiosk/cli.py", "kiosk/server/running.py"}
    wrong = [
        line
        for line in offenders("kiosk", "kiosk.app", "kiosk.cli", "kiosk.demo")
        if line.split(":")[0] not in allowed and not line.startswith("kiosk/demo/")
    ]
    assert wrong == []


def test_every_room_says_which_rooms_it_may_use_and_no_circle_comes_of_it():
    assert set(DOWN) == set(ROOMS)
    standing: set[str] = set()
    while below := {room for room in DOWN if room not in standing and set(DOWN[room]) <= standing}:
        standing |= below
    assert standing == set(ROOMS)


def test_every_folder_of_kiosk_has_its_place():
    """Whoever adds a folder says what it is; screens, commands, the demo and migrations are no rooms."""
    known = {*ROOMS, *GROUND_FLOOR, *ROUND_THEM, "screens", "commands", "demo", "migrations"}
    folders = {path.parent.name for path in (HOME / "kiosk").glob("*/*.py")}
    assert folders - known == set()


def test_each_migration_follows_the_one_of_the_number_before():
    """The newest is known by its number: with one under a lower number every start would migrate."""
    named = sorted((HOME / "kiosk/migrations/versions").glob("[0-9]*_*.py"))
    told = [re.findall(r'^(?:down_)?revision = (?:"(\w+)"|None)', one.read_text(), re.M) for one in named]
    assert [revision for revision, _ in told] == [one.stem.split("_")[0] for one in named]
    assert [before for _, before in told] == ["", *(revision for revision, _ in told[:-1])]


def test_the_migrations_find_the_tables_of_every_room():
    """Listed by hand, a forgotten room would have its tables dropped by the next autogenerated migration."""
    found = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=HOME, capture_output=True, text=True, check=True
    )
    declared = {
        node.args[0].value
        for room in ROOMS
        for node in ast.walk(parsed(HOME / "kiosk" / room / "tables.py"))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "sa.Table"
        and isinstance(node.args[0], ast.Constant)
    }  # fmt: skip
    assert len(declared) > 20
    assert declared <= set(found.stdout.split())
    assert "load_tables()" in (HOME / "kiosk/migrations/env.py").read_text(encoding="utf-8")


LOADED = """
from kiosk.database import metadata
from kiosk.migrations.rooms import load_tables

load_tables()
print(*metadata.tables)
"""

MOST_PARAMETERS = 6


def too_many_parameters() -> dict[str, int]:
    found = {}
    for path in (*files("kiosk"), *files("printing")):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                names = [one.arg for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
                count = len(names) - (names[:1] in (["self"], ["cls"]))
                if count > MOST_PARAMETERS:
                    found[f"{path.relative_to(HOME)}: {node.name}"] = count
    return found


def test_no_function_takes_more_than_six_parameters():
    """Self is none."""
    assert too_many_parameters() == {}


MOST_FILES = 12
FULL_FOLDERS: dict[str, int] = {}
"""Folders with more, and how many. Only ever shortened."""


def test_a_folder_with_more_than_twelve_files_gets_shelves():
    """Its door (`__init__`) and `__main__` are no files to choose from."""
    folders = {path.parent for path in (*files("kiosk"), *files("printing"))}
    full = {}
    for folder in folders - {HOME / "kiosk/migrations/versions"}:
        count = len([path for path in folder.glob("*.py") if not path.stem.startswith("__")])
        if count > MOST_FILES:
            full[str(folder.relative_to(HOME))] = count
    assert full == FULL_FOLDERS


OF_ONE_DATABASE = ("sqlite3", "psycopg", "sqlalchemy.dialects", "kiosk.database.sqlite_file")
SPEAKS_ONE_DATABASE = {"kiosk/backup", "kiosk/doctor", "kiosk/simulation"}
"""They work on the file itself, or ask a server's own tools: who else does must say so here."""


def test_only_the_database_knows_which_database_it_is():
    wrong = {
        line.split(":")[0]
        for folder in ("kiosk", "printing")
        for line in offenders(folder, *OF_ONE_DATABASE)
        if not line.startswith("kiosk/database/")
    }
    assert {str(Path(path).parent) for path in wrong} <= SPEAKS_ONE_DATABASE
    named = [
        f"{path.relative_to(HOME)}:{node.lineno}"
        for path in files("kiosk")
        if "kiosk/database/" not in path.as_posix()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        and re.search(r"sqlalchemy\.dialects|^(sqlite|postgresql)$|\bPRAGMA\b", node.value)
    ]  # fmt: skip
    assert sorted({line.split(":")[0] for line in named} - NAMES_ONE_DATABASE) == []


NAMES_ONE_DATABASE = {"kiosk/simulation/recorded.py", "kiosk/settings/mistakes.py"}
"""A copy of the file is checked before it is played; the setting's name is checked before it is used."""

PRIVATE = {
    "waitress": re.compile(r"waitress\.(?!server$|server\.create_server$)"),
    "SQLAlchemy": re.compile(r"sqlalchemy\.(?:engine|sql|pool|orm|util|event)\b"),
}
"""What is no part of what a library promises to keep."""
PRIVATE_NAMES = {
    "insert_prefetch", "update_prefetch", "post_compile_params", "bind_names", "dialect_impl",
    "loaded_dbapi", "positiontup",
}  # fmt: skip


def test_the_inner_parts_of_libraries_are_used_in_one_place_each():
    inside = {"waitress": "kiosk/server/", "SQLAlchemy": "kiosk/database/"}
    for library, inner in PRIVATE.items():
        wrong = [
            f"{path.relative_to(HOME)}: {name}"
            for path in files("kiosk")
            for name in imports(path)
            if inner.match(name) and inside[library] not in path.as_posix()
        ]
        assert wrong == []
    touched = {
        str(path.relative_to(HOME))
        for path in files("kiosk")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr in PRIVATE_NAMES
    }
    assert touched == {f"kiosk/database/{name}.py" for name in ("engine", "faults", "prepared")}
    builders = {path.name for path in files("kiosk") if "_compile_builder" in path.read_text("utf-8")}
    assert builders == {"screen.py"}


@pytest.mark.parametrize("script", sorted((HOME / "static" / "js").glob("*.js")), ids=lambda path: path.name)
def test_no_script_measures_time_by_a_clock_that_somebody_sets(script):
    """By `Date.now` a visitor's number went after 1.5 s when the clock was set on by an hour."""
    assert re.findall(r"Date\.now|new Date\b|getTime\(", script.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("library", ["SQLAlchemy", "waitress", "Werkzeug"])
def test_a_library_whose_inner_parts_are_used_has_a_version_ceiling(library):
    said = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    (wanted,) = [line for line in said if line.startswith(library)]
    assert re.search(r",<\d", wanted), wanted


BANNED = {
    "user", "window", "windows", "order", "helper", "util", "utils", "handle",
    # what things here were called once: WORDS.md says what they are called now
    "safekeeping", "rehearse", "rehearsal", "checkup", "patient", "leap", "wish", "wishes", "matter",
    "matters", "press", "pressed", "night", "rubbish",
}  # fmt: skip
NOT_OURS = {
    "printing/printers/windows.py": {"windows", "handle"},  # the system of that name, and its library's words
}


def defined(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.attr
        elif isinstance(node, ast.alias) and node.asname:
            yield node.lineno, node.asname


def words_of(name: str) -> set[str]:
    return {part.lower() for part in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)}


def test_no_name_uses_a_word_that_means_something_else_here():
    wrong = []
    for path in (*files("kiosk"), *files("printing")):
        place = str(path.relative_to(HOME))
        banned = BANNED - NOT_OURS.get(place, set())
        tree = parsed(path)
        wrong += [f"{place}:{line}: {name}" for line, name in defined(tree) if words_of(name) & banned]
        wrong += [place for part in path.relative_to(HOME).with_suffix("").parts if words_of(part) & banned]
    assert wrong == []
