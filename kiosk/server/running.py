"""Running a box: the web server and the printing worker, until somebody says stop."""

import ctypes
import gc
import logging
import resource
import signal
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

from msgspec import Struct
from waitress.adjustments import Adjustments

from kiosk import devices, speech, spool, staff
from kiosk.app import create_app
from kiosk.box import Box
from kiosk.server.group_commit import BufferedChannel, grouping
from kiosk.server.nightly import NightlyJobs
from kiosk.server.thread_pool import ThreadPool
from kiosk.server.web_server import WebServer
from kiosk.sharing import KEPT_S, LISTENS_AT
from printing.printer_process import PrinterProcess, Setup
from printing.printers import BadPrinter, open_printer
from printing.subprocess_task import AT_ONCE
from printing.worker import Worker

log = logging.getLogger(__name__)

LARGEST_BODY = 4 * 1024 * 1024
"""Bytes that the web server takes in at all; `forms.BODY_LIMIT` refuses most of them with a page."""

LARGEST_HEADER = 16 * 1024
"""Bytes of a request's first lines; waitress lets each connection hold a quarter of a megabyte of them."""

SLIPS_FOLDER = "slips"
DRAIN_S = 5
LARGEST_HALL = 20_000
TURN_S = 0.0005
"""Seconds a thread may compute while another waits for its turn; Python's own value is 0.005.

Whoever writes a ticket gives its turn away at each statement: with no printer, sixteen stations without a
pause had their tickets in 56 ms (p99), with half a millisecond in 27; on a slower day it made no difference.
"""


M_ARENA_MAX = -8
"""From glibc's malloc.h."""

YEARS = 100_000
"""Times that young garbage is collected before old: the nightly jobs do that.

Looking through all that a process has loaded stopped every station for 18 to 28 ms.
"""


class HallServer(WebServer):
    """The web server of a hall, whose tickets share commits."""

    channel_class = BufferedChannel


class Running(Struct, frozen=True):
    """A box that serves: `run` blocks until `stop` or a signal."""

    box: Box
    server: Any
    worker: Worker
    nightly: NightlyJobs
    maker: speech.Maker

    def run(self) -> None:
        """Serve until SIGTERM or Ctrl-C; then answer what is asked already, print what is printing, close."""
        signal.signal(signal.SIGTERM, _leave)
        try:
            self.server.run()
        except SystemExit:
            log.info("stopping")
        finally:
            self.stop()

    def stop(self) -> None:
        """Stop taking requests, let running ones end, and fold the database's log back in."""
        self.server.task_dispatcher.shutdown(timeout=DRAIN_S)
        for channel in tuple(self.server.active_channels.values()):
            channel.send_rest()
        self.server.close()
        self.worker.stop(DRAIN_S)
        self.nightly.stop(DRAIN_S)
        self.maker.stop(DRAIN_S)
        self.box.database.close()


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def prepare(box: Box, host: str, port: int) -> Running:
    """Bind `host`:`port` and start the worker. Raises OSError for a taken port, BadPrinter, BoxInUse."""
    settings = box.settings
    box.database.listen(settings.box)
    sys.setswitchinterval(TURN_S)
    gc.set_threshold(700, 10, YEARS)
    _share_one_heap()
    worker = _worker(box)
    threads: Any = ThreadPool(settings.threads, together=grouping(box.database), aside=AT_ONCE)
    how = Adjustments(
        host=host,
        port=port,
        connection_limit=min(settings.connection_limit, room_for_connections()),
        max_request_body_size=LARGEST_BODY,
        max_request_header_size=LARGEST_HEADER,
        clear_untrusted_proxy_headers=False,  # KnownClients does: it must see them to know a proxy's request
        ident="",
    )
    app = create_app(box)
    app.extensions[LISTENS_AT] = host
    server = HallServer(app, threads, how, box.favoured, settings.trusted_proxy)
    for address in _addresses_of_the_house(box):
        box.favoured.note(address)  # else they would begin as strangers in the middle of a flood
    worker.start()
    nightly = NightlyJobs(box)
    nightly.start()
    maker = speech.Maker(box)
    maker.start()
    return Running(box, server, worker, nightly, maker)


def _share_one_heap() -> None:
    """Have glibc give all threads memory of one heap, not a heap each: 2.2 MB less, and nothing slower."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)


def room_for_connections() -> int:
    """How many connections the system lets us hold, 100 descriptors kept for everything else.

    The usual soft limit of 1,024 is raised to the hard one first: past it, accepting fails in a busy loop.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return LARGEST_HALL if hard == resource.RLIM_INFINITY else max(100, hard - 100)


def _worker(box: Box) -> Worker:
    settings, out = box.settings, box.settings.folder / SLIPS_FOLDER
    with box.database.read() as tx:
        in_use = spool.setup_in_use(tx, settings)
    _check(in_use, out, is_chosen=in_use.url != settings.printer)

    def open_printer_process(setup: Setup) -> PrinterProcess:
        return PrinterProcess(setup, out, settings.font)

    feed = spool.Feed(box.database, box.clock, settings)
    return Worker(feed, open_printer_process, wake=box.database.written)


def _check(setup: Setup, out: Path, *, is_chosen: bool) -> None:
    """Raise BadPrinter for a settings file that names none; one chosen on the screen stops no station."""
    if setup.is_off:
        return
    try:
        open_printer(setup.url, out).close()
    except BadPrinter:
        if not is_chosen:
            raise
        log.exception("the printer chosen in the back office cannot be used")


def address_of(server: Any, host: str) -> str:
    """The address to print for people: where all of this machine's are served, its own."""
    shown = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - only compared
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{server.effective_port}"


def _addresses_of_the_house(box: Box) -> frozenset[str]:
    with box.database.read() as tx:
        of_staff = staff.known_addresses(tx, box.now(), timedelta(seconds=KEPT_S))
    return of_staff | devices.known_addresses(box.database, box.now())
