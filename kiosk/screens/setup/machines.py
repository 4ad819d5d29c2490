"""The machines: the printer, found and tried; the touchscreen and the television, let in by six digits."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from kiosk import devices, setup, spool
from kiosk.database import Tx
from kiosk.devices import Kind
from kiosk.screens.setup._steps import go_on, note_done, step_page
from kiosk.screens.web.access import asked
from kiosk.screens.web.devices import is_box_itself
from kiosk.screens.web.forms import choice, whole_or_none
from kiosk.screens.web.labels import DEVICE_WORDS
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import staffed
from kiosk.settings import machine_names
from kiosk.setup import Step
from kiosk.staff import Role
from kiosk.words import Unknown, mark
from printing import printers
from printing.printer_process import OFF, Setup

screen = staffed(__name__, Role.ADMIN, menu=None, under="accounts.staff_accounts", url_prefix="/setup")

Answer = Response | str | tuple[str, int]
HERE = (Kind.STATION, Kind.BOARD, Kind.COUNTER)
"""What a new hall needs."""

WIDTHS = {"576": mark("80毫米宽的纸"), "384": mark("58毫米宽的纸")}
PICTURES = "file:"
"""Slips as pictures in the folder: what a box has before somebody chooses. No paper comes out of it."""

NOTHING = "off:"
"""Chosen: no printer, the number on the screen must do."""


@dataclass(frozen=True)
class Offered:
    """A printer that could be used: its address as a setting, and what it is called."""

    url: str
    words: str


@screen.get("/printer")
def printer() -> str:
    """What was found, and how the last test page is doing."""
    return _printer(whole_or_none("trial", fields=request.args))


@screen.post("/printer")
def choose() -> Answer:
    """Print a test page, or use it from now on."""
    url, width = _chosen_url(), choice("width_dots", tuple(WIDTHS))
    chosen = Setup(OFF if url == NOTHING else url, int(width), large=False)
    if request.form.get("verb") == "try" and url != NOTHING:
        return _try(chosen)
    fault = "" if url == NOTHING else _fault_of(url)
    if fault:
        return _printer(None, url, fault), 400
    with box().database.write() as tx:
        spool.choose_printer(tx, asked(), box().settings, chosen)
        note_done(tx, Step.PRINTER)
    return go_on(Step.PRINTER)


def _try(chosen: Setup) -> Answer:
    fault = _fault_of(chosen.url)
    if fault:
        return _printer(None, chosen.url, fault), 400
    with box().database.write() as tx:
        page = spool.trial_page(box().centre, chosen.url, lang(), box().now())
        setup_id = spool.try_printer(tx, asked(), chosen, page, box().settings)
    return redirect(url_for(".printer", trial=setup_id), 303)


def _chosen_url() -> str:
    """A printer that was found, or the address on the network that was typed."""
    url = request.form.get("url", "")[:300]
    typed = request.form.get("host", "").strip()[:100]
    return f"tcp://{typed}" if url == "tcp" and typed else url


def _fault_of(url: str) -> str:
    """Why this is no printer, empty when it is one that a form may choose."""
    if url == "tcp":
        return say(mark("请填打印机的网络地址，例如 192.168.1.50。"))
    known = {one.url for one in _found(Setup(box().settings.printer, 576, large=False))}
    try:
        if url not in known and not url.startswith("tcp://"):
            raise Unknown
        printers.open_printer(url, box().settings.folder).close()
    except printers.BadPrinter as wrong:
        return "".join(say(fault.sentence, **fault.facts) for fault in wrong.faults.values())
    except Unknown:
        return say(mark("请选一台打印机。"))
    return ""


def _found(in_use: Setup) -> tuple[Offered, ...]:
    """What can be chosen by a tick: what is plugged in, and the one in use."""
    urls = [f"device:{path}" for path in usb_printers()]
    if not in_use.is_off and in_use.url not in (*urls, PICTURES) and not in_use.url.startswith("tcp:"):
        urls.append(in_use.url)
    return tuple(Offered(url, printers.label_of(url.partition(":")[0])) for url in urls)


def usb_printers() -> Sequence[str]:
    """The device files of printers on a USB cable."""
    return sorted(str(path) for path in Path("/dev/usb").glob("lp[0-9]"))


def _printer(setup_id: int | None, url: str = "", fault: str = "") -> str:
    with box().database.read() as tx:
        in_use = spool.setup_in_use(tx, box().settings)
        tried = None if setup_id is None else spool.setup_of(tx, setup_id)
        state = _trial_state(tx, setup_id)
        done = setup.done_steps(tx)
    shown = tried or in_use
    found = _found(in_use)
    chosen = url or (NOTHING if shown.is_off or shown.url == PICTURES else shown.url)
    if chosen == NOTHING and found and Step.PRINTER not in done:
        chosen = found[0].url
    return step_page(
        "setup/machines/printer.html",
        Step.PRINTER,
        found=found,
        widths=WIDTHS,
        width=str(shown.width_dots),
        chosen=chosen,
        host=chosen.removeprefix("tcp://") if chosen.startswith("tcp://") else "",
        nothing=NOTHING,
        setup_id=setup_id,
        trial_state=state,
        fault=fault,
    )


def _trial_state(tx: Tx, setup_id: int | None) -> spool.JobStatus | None:
    found = None if setup_id is None else spool.slip_state(tx, spool.trial_subject(setup_id))
    return None if found is None else found[0]


@screen.get("/devices", endpoint="devices")
def device_list() -> str:
    """What is let in, and how to let in what is not."""
    return _devices()


@screen.post("/devices")
def let_in() -> Answer:
    """Six digits for a machine, shown once; or go on."""
    kind = choice("kind", (*HERE, "done"))
    if kind == "done":
        with box().database.write() as tx:
            note_done(tx, Step.DEVICES)
        return go_on(Step.DEVICES)
    with box().database.write() as tx:
        code = devices.make_code(tx, box().centre, asked(), Kind(kind), say(DEVICE_WORDS[Kind(kind)]))
    return _devices(code, kind)


def _devices(code: str = "", kind: str = "") -> str:
    with box().database.read() as tx:
        every = [one for one in devices.devices(tx) if one.revoked_at is None]
    return step_page(
        "setup/machines/devices.html",
        Step.DEVICES,
        kinds={one: DEVICE_WORDS[one] for one in HERE},
        places={Kind.STATION: "/", Kind.BOARD: "/board", Kind.COUNTER: "/counter"},
        every=every,
        code=code,
        kind=kind,
        address=f"{_reached_at()}{url_for('station.enrol.enrol')}",
        is_at_box=is_box_itself(),
    )


def _reached_at() -> str:
    """Where another machine reaches this one: by "127.0.0.1" it would reach itself."""
    if not is_box_itself():
        return request.host_url.rstrip("/")
    port = request.host.rpartition(":")[2]
    of_the_network = (name for name in machine_names() if name[0].isdigit() and not name.startswith("127."))
    return f"http://{next(of_the_network, machine_names()[0])}:{port if port.isdigit() else '80'}"
