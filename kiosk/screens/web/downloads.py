"""Papers and tables as files to download, and slips as pictures to look at."""

import logging
from collections import OrderedDict
from hashlib import sha256
from threading import Lock
from urllib.parse import quote

from flask import Response, abort

from kiosk import spool
from kiosk.screens.web.page import box
from kiosk.words import Refusal, mark
from printing.drawing.fonts import FontMissing
from printing.drawing.lacking import number, undrawn_apart
from printing.papers import Paper, PaperFailed, drawn_apart
from printing.specimen import NotDrawn, picture_apart

log = logging.getLogger(__name__)

MOST_SLIPS = 32
"""Slips that are kept to be looked at; one is 2 kB."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class NoTypeface(Refusal):
    """No typeface of this machine has Chinese."""

    sentence = mark("这台机器没有中文字体，做不了 PDF。请管理员安装 fonts-noto-cjk 再试。")


class PaperNotMade(Refusal):
    """The process that draws papers broke down."""

    sentence = mark("PDF 没有做出来，请再试一次。还不行，请找管理员。")


def pdf(paper: Paper, name: str) -> Response:
    """`paper` as a file, in about a second: not in a transaction. Raises NoTypeface, PaperNotMade."""
    try:
        content = drawn_apart(paper, box().settings.font)
    except FontMissing as fault:
        raise NoTypeface from fault
    except PaperFailed as fault:
        log.error("a paper was not made: %s", fault)
        raise PaperNotMade from fault
    return file(content, f"{name}.pdf", "application/pdf")


def undrawn(*texts: str) -> dict[str, str]:
    """The letters of `texts` for which this box prints 〓, and their numbers: U+2EBF0.

    Not in a transaction: looking for a rare letter takes half a second, the first time.
    """
    letters = undrawn_apart("".join(texts), box().settings.font)
    return {letter: number(letter) for letter in letters}


class _Slips:
    """The tickets' slips that were looked at last, packed, by key: what is unsaved is nowhere else."""

    def __init__(self) -> None:
        self._lock, self._packed = Lock(), OrderedDict[str, str]()

    def keep(self, packed: str) -> str:
        key = sha256(packed.encode()).hexdigest()[:24]
        with self._lock:
            self._packed[key] = packed
            self._packed.move_to_end(key)
            while len(self._packed) > MOST_SLIPS:
                self._packed.popitem(last=False)
        return key

    def get(self, key: str) -> str | None:
        with self._lock:
            return self._packed.get(key)


_slips = _Slips()


def keep_looked_at(packed: str) -> str:
    """Keep a ticket's slip, packed, until its picture is fetched; the key for `slip_looked_at`."""
    return _slips.keep(packed)


def slip_looked_at(key: str) -> Response:
    """The picture of a slip that was kept; drawn only when it is fetched, in about a second.

    Answers 404 when it is forgotten or cannot be drawn.
    """
    packed = _slips.get(key)
    if packed is None:
        abort(404)
    with box().database.read() as tx:
        setup = spool.setup_in_use(tx, box().settings)
    try:
        drawn = picture_apart("ticket", packed, box().settings.font, setup.width_dots, large=setup.large)
    except NotDrawn:
        abort(404)
    return Response(drawn, mimetype="image/png")


def file(content: bytes, name: str, kind: str) -> Response:
    """A file to download under a name that may be Chinese."""
    answer = Response(content, mimetype=kind)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return answer
