"""Starting a box: a printer that cannot be used, and what the web server itself must leave alone."""

import gc
import json
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from types import SimpleNamespace
from urllib.request import Request, urlopen

import pytest
from msgspec import structs

from kiosk import services, spool, staff
from kiosk.asked import Asked
from kiosk.database import is_up_to_date
from kiosk.database.opening import open_to_read
from kiosk.server.running import YEARS, address_of, prepare
from kiosk.server.thread_pool import ThreadPool
from printing.printer_process import Setup
from printing.printers import BadPrinter


def started(box):
    running = prepare(box, "127.0.0.1", 0)
    running.stop()
    return running


def test_a_settings_file_that_names_no_printer_is_refused_at_the_start(box):
    settings = replace(box.settings, printer="pigeon://coop")
    with pytest.raises(BadPrinter):
        started(replace(box, begun=structs.replace(box.centre, settings=settings)))


def test_a_printer_chosen_on_the_screen_that_cannot_be_used_keeps_no_station_from_starting(
    box, clock, caplog
):
    with box.database.write() as tx:
        spool.choose_printer(tx, Asked(clock(), 1), box.settings, Setup("pigeon://coop"))
    assert not started(box).worker.is_alive()
    assert "cannot be used" in caplog.text


def test_a_printer_chosen_on_the_screen_makes_up_for_a_bad_one_in_the_file(box, clock):
    with box.database.write() as tx:
        spool.choose_printer(tx, Asked(clock(), 1), box.settings, Setup("memory:"))
    settings = replace(box.settings, printer="pigeon://coop")
    assert not started(replace(box, begun=structs.replace(box.centre, settings=settings))).worker.is_alive()


MAKE = """
import sys, threading, kiosk.cli
from pathlib import Path
settings = kiosk.cli.settings_of(Path(sys.argv[1]), is_demo=sys.argv[2] == "demo")
kiosk.cli.make_tables_first(settings)
print(*{"alembic", "chinese_calendar"} & set(sys.modules), threading.active_count(), len(sys.modules))
kiosk.cli.make_tables_first(settings)
import kiosk.server.running
print(len(sys.modules))
"""
"""Makes tables as `kiosk serve` does, and says what of it is left in the process that serves."""


@pytest.mark.parametrize("kind", ["centre", "demo"])
def test_tables_are_made_and_a_demo_is_furnished_by_a_copy_while_what_serves_is_loaded(tmp_path, kind):
    assert not is_up_to_date(tmp_path)
    command = [sys.executable, "-c", MAKE, str(tmp_path), kind]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert (told[0], told[1]) == ("1", told[2]), "no thread, no Alembic, and nothing left to load"
    assert is_up_to_date(tmp_path)
    with closing(open_to_read(tmp_path)) as database, database.read() as tx:
        assert [one.number for one in services.counters(tx, "zh")][:4] == [1, 2, 3, 4][: 4 * (kind == "demo")]


FAIL = """
import sys, logging, kiosk.cli
from pathlib import Path
from kiosk.database import UnusableDatabase

def fail(*where):
    raise {"full": UnusableDatabase("盘满了。"), "odd": OSError("odd")}[sys.argv[2]]

logging.basicConfig(format="%(message)s")
kiosk.cli.open_database = fail
kiosk.cli.make_tables_first(kiosk.cli.settings_of(Path(sys.argv[1])))
"""


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [("full", 1, "盘满了。\n"), ("odd", 0, "the tables were not brought up to date apart: odd\n")],
)
def test_where_the_copy_makes_no_tables_the_start_says_why_or_goes_on_alone(tmp_path, fault, code, said):
    command = [sys.executable, "-c", FAIL, str(tmp_path), fault]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (code, said)


def test_a_server_does_not_load_what_makes_tables_nor_what_runs_coroutines():
    code = "import sys, kiosk.__main__, kiosk.app, kiosk.server.running; "
    code += "print(*{'alembic', 'openpyxl', 'fpdf', 'PIL', 'asyncio', 'chinese_calendar'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.strip() == ""


def test_nobody_looks_for_garbage_while_the_program_loads():
    code = "import gc, kiosk.__main__; older = sum(one['collections'] for one in gc.get_stats()[1:]); "
    code += "print(gc.isenabled(), gc.get_freeze_count() > 50_000, older)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "True True 0"


def test_a_request_that_came_through_a_proxy_is_known_for_one_by_the_real_server(box):
    """waitress takes forwarding headers away by itself, before anybody has seen them."""
    running = prepare(box, "127.0.0.1", 0)
    thread = threading.Thread(target=running.server.run)
    thread.start()

    def health(**headers):
        address = f"http://127.0.0.1:{running.server.effective_port}/healthz"
        with urlopen(Request(address, headers=headers), timeout=5) as answer:
            return json.load(answer)

    try:
        assert "db" in health()
        for sign in ("X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "Via", "X-Real-IP"):
            assert list(health(**{sign: "10.0.0.7"})) == ["status"], sign
    finally:
        running.stop()
        thread.join(5)


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("0.0.0.0", "127.0.0.1"),  # noqa: S104 - only shown
        ("", "127.0.0.1"),
        ("::", "[::1]"),
        ("fd00::7", "[fd00::7]"),
        ("192.168.1.10", "192.168.1.10"),
    ],
)
def test_the_greeting_names_an_address_that_a_browser_can_open(host, shown):
    assert address_of(SimpleNamespace(effective_port=8000), host) == f"http://{shown}:8000"


def test_from_the_start_on_staff_are_favoured_where_they_were_lately(box, clock):
    with box.database.write() as tx:
        staff.begin_session(tx, 2, "10.9.0.1", clock())
        clock.forward(days=3, hours=23)
        staff.begin_session(tx, 2, "10.9.0.2", clock())
    clock.forward(hours=2)
    started(box)
    assert "10.9.0.2" in box.favoured
    assert "10.9.0.1" not in box.favoured


def test_the_hall_is_served_by_the_pool_and_old_garbage_left_for_the_night(box):
    before = gc.get_threshold()
    try:
        running = started(box)
        assert isinstance(running.server.task_dispatcher, ThreadPool)
        assert gc.get_threshold()[2] == YEARS
    finally:
        gc.set_threshold(*before)
