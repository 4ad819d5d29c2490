"""One question to CUPS that its commands do not answer: how did a job end? (IPP, RFC 8010 and 8011)

`lpstat` lists a job that was cancelled or that broke off among the completed ones.
"""

from __future__ import annotations

import os
import socket
from http.client import HTTPConnection, HTTPException
from pathlib import Path

SOCKET = "/run/cups/cups.sock"
CANCELED, ABORTED, COMPLETED = 7, 8, 9
_GET_JOB_ATTRIBUTES = b"\x02\x00\x00\x09\x00\x00\x00\x01"  # version 2.0, operation 9, request 1
_OPERATION, _END, _URI, _KEYWORD, _CHARSET, _LANGUAGE = 0x01, 0x03, 0x45, 0x44, 0x47, 0x48
_STATE = b"\x23\x00\x09job-state\x00\x04"  # an enumeration of four bytes


def job_state(server: str, number: int, within_s: float) -> int:
    """The state of a job: under 7 not ended, or CANCELED, ABORTED, COMPLETED.

    `server` is host[:port] or the path of a socket, empty for this machine's. Raises OSError when CUPS does
    not answer that.
    """
    asked = b"".join(
        (
            _GET_JOB_ATTRIBUTES,
            bytes((_OPERATION,)),
            _attribute(_CHARSET, "attributes-charset", "utf-8"),
            _attribute(_LANGUAGE, "attributes-natural-language", "en"),
            _attribute(_URI, "job-uri", f"ipp://localhost/jobs/{number}"),
            _attribute(_KEYWORD, "requested-attributes", "job-state"),
            bytes((_END,)),
        )
    )
    told = _posted(server or os.environ.get("CUPS_SERVER") or SOCKET, asked, within_s)
    at = told.find(_STATE)
    if at < 0:
        raise OSError(f"CUPS does not know job {number}")
    return int.from_bytes(told[at + len(_STATE) : at + len(_STATE) + 4], "big")


def _attribute(kind: int, name: str, text: str) -> bytes:
    parts = (len(name).to_bytes(2, "big"), name.encode(), len(text).to_bytes(2, "big"), text.encode())
    return bytes((kind,)) + b"".join(parts)


def _posted(server: str, asked: bytes, within_s: float) -> bytes:
    line = _BySocket(server, within_s) if server.startswith("/") else _by_network(server, within_s)
    try:
        line.request("POST", "/jobs/", asked, {"Content-Type": "application/ipp"})
        return line.getresponse().read()
    except HTTPException as fault:
        raise OSError(f"CUPS: {fault!r}") from fault
    finally:
        line.close()


def _by_network(server: str, within_s: float) -> HTTPConnection:
    host, _, port = server.partition(":")
    return HTTPConnection(host, int(port or 631), timeout=within_s)


class _BySocket(HTTPConnection):
    """HTTP on a socket of this machine; without one, on its port 631."""

    def __init__(self, path: str, within_s: float) -> None:
        super().__init__("localhost", 631, timeout=within_s)
        self._path = path

    def connect(self) -> None:
        if not Path(self._path).exists():
            return super().connect()
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)
        return None
