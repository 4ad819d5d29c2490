"""The printer: looked for at the cable and on the network, measured by a ruler, tried before it is used."""

import os
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from flask import redirect, render_template, request, session, url_for
from msgspec import Struct
from werkzeug.wrappers import Response

from kiosk import setup, spool
from kiosk.database import Tx
from kiosk.screens.setup._steps import go_on, note_done, step_page
from kiosk.screens.web.access import asked
from kiosk.screens.web.forms import Draft, Reading, choice, whole_or_none
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import staffed
from kiosk.settings import machine_names
from kiosk.setup import Step
from kiosk.staff import Role
from kiosk.words import Unknown, mark
from printing import nearby, printers
from printing.printer_process import OFF, Setup

screen = staffed(__name__, Role.ADMIN, menu=None, under="accounts.staff_accounts", url_prefix="/setup")

Answer = Response | str | tuple[str, int]

WIDTHS = {"576": mark("80毫米宽的纸"), "512": mark("80毫米宽的纸，老式机头"), "384": mark("58毫米宽的纸")}
PICTURES = "file:"
"""Slips as pictures in the folder: what a box has before somebody chooses. No paper comes out of it."""

NOTHING = "off:"
"""Chosen: no printer, the number on the screen must do."""

TYPED = "tcp"
FOUND = "printers_found"
"""Where the visit keeps what the last search found."""

MOST_FOUND = 8

_searching = Lock()
"""One search at a time: it opens 32 connections."""


class Offered(Struct, frozen=True):
    """A printer that could be used: its address as a setting, its kind, and whether it may not be written."""

    url: str
    words: str
    is_shut: bool = False


@screen.get("/printer")
def printer() -> str:
    """What was found, and how the last page is doing."""
    return _page(whole_or_none("trial", fields=request.args))


@screen.post("/printer")
def choose() -> Answer:
    """Look for printers, print the ruler, or use one from now on."""
    verb = request.form.get("verb", "")
    if verb == "search":
        return _search()
    url, draft = _chosen_url(), _draft()
    if url == NOTHING:
        return _use(Setup(OFF, int(choice("width_dots", tuple(WIDTHS)))))
    fault, width = _fault_of(url), _width(draft)
    if width is None and not draft.faults:
        draft = draft.with_faults({"read": say(mark("尺子上没有这个数，请再看一看。"))})
    if fault:
        draft = draft.with_faults({"url": fault})
    if width is None or draft.faults:
        return _page(whole_or_none("setup_id"), url, draft), 400
    return _try(Setup(url)) if verb == "try" else _use(Setup(url, width))


@screen.get("/printer/trial/<int:setup_id>")
def trial(setup_id: int) -> str:
    """How the ruler is doing."""
    with box().database.read() as tx:
        state = _trial_state(tx, setup_id)
    if state is None:
        raise Unknown
    return render_template("setup/printer/trial.html", setup_id=setup_id, trial_state=state)


def _search() -> Answer:
    """Ask the box's own network, once somebody has pressed: nobody else is asked, and nothing is sent."""
    if not _searching.acquire(blocking=False):
        return _page(None, "", Draft({}, {"url": say(mark("已经在找了，请等几秒再按。"))})), 409
    try:
        session[FOUND] = found_on_network()[:MOST_FOUND]
    finally:
        _searching.release()
    return redirect(url_for(".printer", searched=1), 303)


def found_on_network() -> Sequence[str]:
    """The addresses beside this box's own where something takes slips."""
    return nearby.listening(nearby.neighbours(machine_names()))


def _use(chosen: Setup) -> Response:
    with box().database.write() as tx:
        spool.choose_printer(tx, asked(), box().settings, chosen)
        note_done(tx, Step.PRINTER)
    session.pop(FOUND, None)
    return go_on(Step.PRINTER)


def _try(chosen: Setup) -> Response:
    """Print the ruler as for the widest paper: what is missing at its right tells how wide this one is."""
    with box().database.write() as tx:
        page = spool.ruler_slip(box().centre, chosen.url, lang(), box().now())
        setup_id = spool.try_printer(tx, asked(), chosen, page, box().settings)
    return redirect(url_for(".printer", trial=setup_id), 303)


def _draft() -> Draft:
    """What was typed about the paper."""
    reading = Reading(request.form)
    reading.whole("read", 200)
    values = {name: request.form.get(name, "")[:100] for name in ("host", "read", "width_dots")}
    return Draft(values).judged(reading.faults)


def _width(draft: Draft) -> int | None:
    """The dots across: by the number that was read off the ruler, else as it was chosen."""
    if draft["read"] and not draft.faults:
        return spool.width_read(int(draft["read"]))
    return int(choice("width_dots", tuple(WIDTHS)))


def _chosen_url() -> str:
    """A printer that was found, or the address on the network that was typed."""
    url = request.form.get("url", "")[:300]
    typed = request.form.get("host", "").strip()[:100]
    return f"tcp://{typed}" if url == TYPED and typed else url


def _fault_of(url: str) -> str:
    """Why this is no printer, empty when it is one that a form may choose."""
    if url == TYPED:
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
    """What can be chosen by a tick: what is plugged in, what a search found, and the one in use."""
    plugged = [f"device:{path}" for path in usb_printers()]
    urls = [*plugged, *(f"tcp://{host}" for host in session.get(FOUND, ()))]
    if not in_use.is_off and in_use.url not in (*urls, PICTURES) and not in_use.url.startswith("tcp:"):
        urls.append(in_use.url)
    return tuple(
        Offered(url, printers.label_of(url.partition(":")[0]), url in plugged and not _may_write(url))
        for url in urls
    )


def usb_printers() -> Sequence[str]:
    """The device files of printers on a USB cable."""
    return sorted(str(path) for path in Path("/dev/usb").glob("lp[0-9]"))


def _may_write(url: str) -> bool:
    return os.access(url.removeprefix("device:"), os.W_OK)


def _page(setup_id: int | None, url: str = "", draft: Draft | None = None) -> str:
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
    host = chosen.removeprefix("tcp://") if chosen.startswith("tcp://") else ""
    return step_page(
        "setup/printer/printer.html",
        Step.PRINTER,
        found=found,
        widths=[(value, say(words)) for value, words in WIDTHS.items()],
        draft=draft or Draft({"host": host, "width_dots": str(in_use.width_dots)}),
        chosen=chosen,
        is_listed=any(one.url == chosen for one in found),
        has_searched="searched" in request.args,
        nothing=NOTHING,
        setup_id=setup_id,
        trial_state=state,
    )


def _trial_state(tx: Tx, setup_id: int | None) -> spool.JobStatus | None:
    found = None if setup_id is None else spool.slip_state(tx, spool.trial_subject(setup_id))
    return None if found is None else found[0]
