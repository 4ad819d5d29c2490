"""A centre with a fixed clock, and a client that judges every page it gets."""

import gc
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from msgspec import structs
from sqlalchemy import Dialect, Engine, event

from kiosk import demo
from kiosk.app import create_app
from kiosk.box import Box, box_on, open_box
from kiosk.changes.tables import office_change
from kiosk.database import FILE, Database
from kiosk.people import LookUps
from kiosk.settings import Settings
from kiosk.setup.reads import begun as begun_engines
from kiosk.setup.reads import furnished as furnished_engines
from kiosk.speech import open_shelves
from tests.apart import drawn_in_few_letters, papers_are_set_in_few_letters, tasks_are_begun_warm
from tests.disks import IN_MEMORY, has_room_in_memory, small_disk
from tests.engines import Furnished, cluster, furnishings, migrated_once, one_at_a_time
from tests.markup import MADE_RIGHT, SHAPES
from tests.nest import Nest
from tests.visitor import Visitor

__all__ = [
    "cluster",
    "drawn_in_few_letters",
    "furnishings",
    "migrated_once",
    "papers_are_set_in_few_letters",
    "small_disk",
    "tasks_are_begun_warm",
]

# where no bytecode is kept each process compiles the tests anew (7 s) and each server the program (0.7 s)
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

if has_room_in_memory():
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))

gc.disable()  # until all is collected: to look through what stays took a fifth of collecting

Database.sees_blind_reads = True  # else a handler that shares a commit is wrong only when the hall is full

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""A Monday, 09:00 in Shanghai."""


PROCESSES, QUICK = 4, 3
"""For all tests, and for the quick ones, which wait for nothing."""


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Give all tests four processes on two cores: browsers and printers wait half of their time.

    Those that somebody names run in this one, where a debugger is.
    """
    is_all = config.args_source is config.ArgsSource.TESTPATHS
    if is_all and config.option.numprocesses is None and not hasattr(config, "workerinput"):
        is_quick = "not browser" in config.option.markexpr
        config.option.numprocesses, config.option.dist = QUICK if is_quick else PROCESSES, "worksteal"
    if config.option.numprocesses:
        gc.enable()  # this process collects nothing


def pytest_configure(config: pytest.Config) -> None:
    """Remember which shapes of pages were right, in this run and in those after."""
    if hasattr(config, "cache"):
        for shapes in (SHAPES, MADE_RIGHT):
            shapes.keep_in(config.cache.mkdir("shapes"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Each process begins with its share of what takes long and ends with what is quick: none works on alone.

    Half of them begin with what mostly waits, for printers, disks and servers; half with what walks over
    pages, mostly in a browser, and keeps the cores busy meanwhile. They are given equal pieces of the list,
    one after the other, and steal from each other later. What goes by languages stays together: a page that
    is right in one is known in the other.
    """
    count = getattr(config, "workerinput", {}).get("workercount", 1)
    begins: list[list[pytest.Item]] = [[] for _ in range(count)]
    half = max(1, count // 2)
    waits = [item for item in items if has_mark(item, "long", "load")]
    for turn, item in enumerate(waits):
        begins[turn % half].append(item)
    taken = set(waits)
    walks = [item for item in items if item not in taken and (has_mark(item, "browser") or is_crawl(item))]
    for turn, (_, alike) in enumerate(groupby(walks, key=attrgetter("path", "originalname"))):
        begins[-1 - turn % half].extend(alike)
    taken.update(walks)
    quick = iter([item for item in items if item not in taken])
    left, items[:] = len(items), []
    for turn, first in enumerate(begins):
        size = max(len(first), left // (count - turn))  # as xdist shares them out
        items += [*first, *islice(quick, size - len(first))]
        left -= size


def has_mark(item: pytest.Item, *names: str) -> bool:
    """Whether a test has one of these marks."""
    return any(item.get_closest_marker(name) for name in names)


def is_crawl(item: pytest.Item) -> bool:
    """Whether it asks every screen there is."""
    return item.path.parent.name == "screens"


def pytest_collection_finish() -> None:
    """Look for garbage more seldom, and never among seven thousand tests: a twelfth of the time of each."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def nobody_looks_for_garbage_at_midnight() -> Iterator[None]:
    """Among all that tests load a look takes a second or two: every test that closes a day had one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kiosk.server.nightly.gc", SimpleNamespace(collect=int))
        yield


@pytest.fixture(scope="session", autouse=True)
def passwords_are_hashed_cheaply() -> Iterator[None]:
    """At full cost a hash takes 0.2 s; tests/staff/test_passwords.py holds that cost."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kiosk.staff.passwords.hashed.__defaults__", (demo.CHEAP,))
        yield


class SetClock:
    """A clock that stands until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> datetime:
        self.at += timedelta(**by)
        return self.at


@pytest.fixture
def clock() -> SetClock:
    return SetClock(MORNING)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def engine(request: pytest.FixtureRequest) -> str:
    """The database that this test runs on; rooms and screens must not know which."""
    return str(request.param)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(folder=tmp_path / "data", is_demo=True)


def furnished_by(furnish: Callable[[Box], None], folder: Path, url: str = "") -> Path:
    """`folder` (and the database at `url`), made and filled by `furnish` at nine in the morning."""
    box = open_box(Settings(folder=folder, is_demo=True, database_url=url), SetClock(MORNING))
    furnish(box)
    with box.database.write() as tx:
        tx.execute(sa.delete(office_change))  # a test's own changes are the first ones
    box.database.close()
    return folder


@pytest.fixture(scope="session")
def of_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the processes of this run share."""
    mine = tmp_path_factory.getbasetemp()
    return mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine


@pytest.fixture(scope="session")
def made_once(of_all: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """This process's own copy of a folder that the first of them makes: made_once(name, make)."""

    def made_once(name: str, make: Callable[[Path], object]) -> Path:
        first = of_all / f"first-{name}"
        with one_at_a_time(of_all, name) as is_made:
            if not is_made.exists():
                shutil.rmtree(first, ignore_errors=True)
                make(first)
                is_made.touch()
        return Path(shutil.copytree(first, tmp_path_factory.mktemp(name) / "data"))

    return made_once


@pytest.fixture(scope="session")
def furnished(made_once: Callable[..., Path]) -> Path:
    """A demo centre's folder, without events, made once: migrating and hashing six passwords takes 1.5 s."""
    return made_once("furnished", partial(furnished_by, demo.furnish_hall))


@pytest.fixture(scope="session")
def furnished_with_events(furnished: Path, made_once: Callable[..., Path]) -> Path:
    """The same with the demo's events, whose days take a second to count."""

    def make(folder: Path) -> None:
        # without the name that the first has on a server: there this one is begun anew
        shutil.copytree(furnished, folder, ignore=shutil.ignore_patterns("box"))
        furnished_by(demo.furnish_events, folder)

    return made_once("furnished-with-events", make)


@pytest.fixture(scope="session")
def furnish_today() -> Callable[[Path, str], Path]:
    """Makes a demo centre by the machine's clock, as a real server sees it: furnish_today(folder, url)."""

    def furnish_today(folder: Path, url: str = "") -> Path:
        box = open_box(Settings(folder=folder, is_demo=True, database_url=url))
        demo.furnish(box)
        box.database.close()
        return folder

    return furnish_today


@pytest.fixture(scope="session")
def furnished_today(furnish_today: Callable[[Path], Path], made_once: Callable[..., Path]) -> Path:
    """A demo centre of today's folder, made once, for servers of a test's own to be copied from."""
    return made_once("today", furnish_today)


@pytest.fixture(scope="session")
def nest(compiled: FileSystemBytecodeCache) -> Iterator[Nest]:
    """Where servers come from in 0.3 s."""
    nest = Nest(Path(compiled.directory))
    yield nest
    nest.close()


@pytest.fixture
def box(request: pytest.FixtureRequest, engine: str, settings: Settings, clock: SetClock) -> Iterator[Box]:
    """This test's own copy of a furnished centre; with the demo's events when it asks for `happenings`."""
    has_events = "happenings" in request.fixturenames
    folder = request.getfixturevalue("furnished_with_events" if has_events else "furnished")
    if engine == "sqlite":
        shutil.copytree(folder, settings.folder)
        opened = box_on_copy(settings, clock)
        yield opened
        opened.database.close()
        return
    shutil.copytree(folder, settings.folder, ignore=shutil.ignore_patterns("kiosk.db*"))
    furnish = demo.furnish if has_events else demo.furnish_hall
    fill = partial(furnished_by, furnish, folder)
    server: Furnished = request.getfixturevalue("furnishings")(furnish.__name__, fill)
    server.put_back()
    opened = server.box(replace(settings, database_url=server.url), clock)
    make_hasty(opened.database.engine)
    yield opened
    server.leave(opened.database)


@pytest.fixture(scope="session")
def begun(made_once: Callable[..., Path]) -> Path:
    """The folder of a real centre that nobody has set up yet, made once."""
    return made_once(
        "begun", lambda folder: open_box(Settings(folder=folder), SetClock(MORNING)).database.close()
    )


@pytest.fixture
def new_box(
    request: pytest.FixtureRequest, engine: str, tmp_path: Path, clock: SetClock, begun: Path
) -> Iterator[Box]:
    """This test's own new centre, real and empty: it has no administrator, no service and no counter."""
    begun_engines.clear()
    furnished_engines.clear()
    settings = Settings(folder=tmp_path / "data")
    if engine == "sqlite":
        shutil.copytree(begun, settings.folder)
        opened = box_on_copy(settings, clock)
    else:
        shutil.copytree(begun, settings.folder, ignore=shutil.ignore_patterns("kiosk.db*"))

        def fill(url: str) -> None:
            open_box(Settings(folder=begun, database_url=url), clock).database.close()

        server: Furnished = request.getfixturevalue("furnishings")("begun", fill)
        server.put_back()
        opened = server.box(replace(settings, database_url=server.url), clock)
        make_hasty(opened.database.engine)
    yield opened
    opened.database.close()


def box_on_copy(settings: Settings, clock: SetClock) -> Box:
    """A box on a copy of a furnished folder. To look first whether all is well took 40 ms of each test."""
    database = Database(f"sqlite:///{settings.folder / FILE}")
    make_hasty(database.engine)
    box = box_on(database, settings, clock)
    with database.trials.watched():
        pass  # it was written a moment ago: nobody needs to try
    return box


DIALECTS: dict[str, Dialect] = {}
STATEMENTS: dict = {}
"""What every engine of the tests shares: a statement is compiled once, not once a test (a seventh of all)."""


def make_hasty(engine: Engine) -> None:
    """Compile no statement twice, and wait for no disk: no test of rooms or screens pulls the plug."""
    engine.dialect = DIALECTS.setdefault(engine.dialect.name, engine.dialect)
    engine.update_execution_options(compiled_cache=STATEMENTS)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
        engine.dispose()  # whoever is connected already would still wait


@pytest.fixture(scope="session")
def compiled(of_all: Path) -> FileSystemBytecodeCache:
    """Templates, compiled once for all tests: a counter's page takes 150 ms to compile and 17 to render."""
    folder = of_all / "compiled"
    folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


@pytest.fixture(scope="session")
def apps() -> dict[Settings, Flask]:
    """The applications made so far, by their settings: making one and reading its catalogue takes 45 ms."""
    return {}


@pytest.fixture
def app_over(apps: dict[Settings, Flask], compiled: FileSystemBytecodeCache) -> Callable[[Box], Flask]:
    """Makes the application over a box, with nobody's look-ups counted yet."""

    def app_over(box: Box) -> Flask:
        alike = replace(box.settings, folder=Path(), database_url="")
        if alike not in apps:
            apps[alike] = create_app(box)
            apps[alike].jinja_env.bytecode_cache = compiled
            apps[alike].testing = False  # a fault shows its page, as it does to a resident
        apps[alike].extensions.update(box=box, look_ups=LookUps())
        open_shelves(box.database.engine, box.settings.folder)
        return apps[alike]

    return app_over


@pytest.fixture
def app(box: Box, app_over: Callable[[Box], Flask]) -> Flask:
    """The application over this test's own box. In the demo every visitor of a test is an enrolled device."""
    return app_over(box)


@pytest.fixture
def real(box: Box) -> Box:
    """The same centre, but none of a demo: nobody is a device whom staff have not let in."""
    settings = replace(box.settings, is_demo=False)
    return Box(structs.replace(box.centre, settings=settings), box.database, box.clock)


@pytest.fixture
def visitor(app) -> Visitor:
    """Somebody at the station."""
    return Visitor(app)


@pytest.fixture
def clerk(app) -> Visitor:
    """Somebody who is logged in and sits at counter 1."""
    clerk = Visitor(app)
    clerk.log_in("clerk1", "demo-clerk")
    clerk.post("/counter/1/open", status=303)
    return clerk


@pytest.fixture
def damage() -> Callable[[Path, str], None]:
    """Turns the first page of a table or an index into noise; nobody may have the file open."""

    def damage(path: Path, name: str) -> None:
        with closing(sqlite3.connect(path)) as db:
            page = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
        with path.open("r+b") as file:
            file.seek(4096 * (page - 1))
            file.write(os.urandom(4096))

    return damage
