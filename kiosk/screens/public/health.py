"""How the box is, for whoever watches it."""

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Response, g, jsonify

from kiosk import __version__, backup, spool, tickets
from kiosk.screens.web.access import is_the_box
from kiosk.screens.web.page import box
from kiosk.screens.web.screen import public

screen = public(__name__)

LITTLE = 500 * 1000 * 1000
"""Bytes free below which somebody should look."""
FRESH_S = 5.0
"""Seconds for which it is believed that the database can be read and written; then both are tried."""
WAIT_S = 1.0
"""Seconds that a trial is waited for; a disk that needs longer is told at the next question."""
UNREADABLE, UNWRITABLE = "unreadable", "unwritable"


@screen.get("/healthz")
def healthz() -> tuple[Response, int]:
    """JSON: status, version, db, printers, disk_free (bytes), last_backup_at, clock; to strangers status.

    `status` is ok, attention (a printer that cannot print, little room, a daily backup that failed or
    holds far less than before: see `kiosk doctor`) or fault, answered with 503: no database, one that cannot
    be read ("unreadable"), or one that keeps nothing ("unwritable"). Strangers, neither on the box nor
    staff, are told attention for a fault too. Nothing waits for a printer or reads a large file.
    """
    told = _told()
    code = 200 if told["db"] == "ok" else 503
    if not is_the_box() and g.staff is None:
        told = {"status": "ok" if told["status"] == "ok" else "attention"}
    return jsonify(told), code


def _told() -> dict[str, Any]:
    db, disk_free = _database(), _disk_free()
    try:
        printers = _printers() if db in ("ok", UNWRITABLE) else {}
    except Exception as fault:  # whatever it is, the answer must come
        db, printers = type(fault).__name__, {}
    return {
        "status": _status(db, disk_free, printers),
        "version": __version__,
        "db": db,
        "printers": printers,
        "disk_free": disk_free,
        "last_backup_at": _iso(_last_backup_at()),
        "clock": _iso(box().now()),
    }


def _status(db: str, disk_free: int, printers: dict[str, Any]) -> str:
    if db != "ok":
        return "fault"
    is_stuck = any(printer["state"] in spool.BROKEN for printer in printers.values())
    is_unkept = backup.last_fault(_backups()) or backup.is_shrunk(_backups())
    return "attention" if is_stuck or disk_free < LITTLE or is_unkept else "ok"


def _database() -> str:
    try:
        with box().database.read() as tx:
            tickets.version(tx)
        if box().database.unread(FRESH_S):
            return UNREADABLE
    except Exception as fault:  # whatever it is, the answer must come
        return type(fault).__name__
    return UNWRITABLE if box().database.trials.look(FRESH_S, WAIT_S) else "ok"


def _disk_free() -> int:
    try:
        return shutil.disk_usage(box().settings.folder).free
    except OSError:  # the disk is gone
        return 0


def _printers() -> dict[str, Any]:
    """As they were last heard of: nobody waits here for a printer that does not answer."""
    with box().database.read() as tx:
        printer = spool.printer_now(tx, box().settings)
    if printer is None:
        return {}
    kind = printer.setup.url.partition(":")[0]
    since, left = _iso(printer.since), printer.left_mm
    return {"hall": {"kind": kind, "state": printer.state, "since": since, "paper_left_mm": left}}


def _backups() -> Path:
    return box().settings.folder / backup.FOLDER


def _last_backup_at() -> datetime | None:
    newest = backup.newest_backup(_backups())
    return newest[1].made_at if newest else None


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
