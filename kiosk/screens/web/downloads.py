"""Papers and tables as files to download."""

import logging
from urllib.parse import quote

from flask import Response

from kiosk.screens.web.page import box
from kiosk.words import Refusal, mark
from printing.drawing.fonts import FontMissing
from printing.drawing.lacking import number, undrawn_apart
from printing.papers import Paper, PaperFailed, drawn_apart

log = logging.getLogger(__name__)

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


def file(content: bytes, name: str, kind: str) -> Response:
    """A file to download under a name that may be Chinese."""
    answer = Response(content, mimetype=kind)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return answer
