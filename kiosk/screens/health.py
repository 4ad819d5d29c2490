"""How the box is, for whoever watches it."""

import shutil
from typing import Any

from flask import Blueprint, Response, jsonify

from kiosk import __version__, spool, tickets
from kiosk.screens._page import box

screen = Blueprint("health", __name__)


@screen.get("/healthz")
def healthz() -> tuple[Response, int]:
    """JSON: status, version, db, printers, disk_free (bytes), last_backup_at, clock. 503: no database."""
    db = _database()
    told: dict[str, Any] = {
        "status": "ok" if db == "ok" else "fault",
        "version": __version__,
        "db": db,
        "printers": _printers() if db == "ok" else {},
        "disk_free": shutil.disk_usage(box().settings.folder).free,
        "last_backup_at": None,
        "clock": box().now().isoformat(timespec="seconds"),
    }
    return jsonify(told), 200 if db == "ok" else 503


def _database() -> str:
    try:
        with box().database.read() as tx:
            tickets.version(tx)
    except Exception as fault:  # whatever it is, the answer must come
        return type(fault).__name__
    return "ok"


def _printers() -> dict[str, Any]:
    """As they were last heard of: nobody waits here for a printer that does not answer."""
    with box().database.read() as tx:
        printer = spool.printer_now(tx, box().settings)
    if printer is None:
        return {}
    since = printer.since and printer.since.isoformat(timespec="seconds")
    kind = printer.setup.url.partition(":")[0]
    return {"hall": {"kind": kind, "state": printer.state, "since": since, "paper_left_mm": printer.left_mm}}
