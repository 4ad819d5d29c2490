"""The ten ledgers: choose one and its days, take it as a paper or a workbook; whole numbers with a reason."""

from datetime import date

from flask import Response, g, render_template, request

from kiosk import figures, staff
from kiosk.figures import Span, ledgers
from kiosk.screens.figures.asking import span_asked
from kiosk.screens.web.access import asked
from kiosk.screens.web.downloads import XLSX, file, pdf
from kiosk.screens.web.errors import words_of
from kiosk.screens.web.forms import Reading, choice, text
from kiosk.screens.web.page import box
from kiosk.screens.web.screen import staffed
from kiosk.words import Malformed
from printing.subprocess_task import place

screen = staffed(__name__, staff.Role.MANAGER, staff.Role.SECRETARY, menu=None, under="figures.figures")


AT_ONCE = 20
"""Looks that one transaction notes."""


@screen.get("/figures/ledgers")
def every() -> str | tuple[str, int]:
    """All of them for some days: two links each, and a form for whole numbers."""
    problem = ""
    try:
        span = span_asked()
    except Malformed as fault:
        today = box().centre.day(box().now())
        span, problem = Span(today.replace(day=1), today), words_of(fault)
    page = render_template("figures/ledgers/every.html", span=span, problem=problem, titles=ledgers.TITLES)
    return (page, 400) if problem else page


@screen.get("/figures/ledgers/<ledger>.pdf")
def paper(ledger: str) -> Response:
    """A ledger as a paper, numbers masked. Raises UnknownLedger, BadSpan, LedgerTooLong."""
    return _paper(_wanted(ledger, span_asked()))


@screen.get("/figures/ledgers/<ledger>.xlsx")
def table(ledger: str) -> Response:
    """The same rows as a workbook."""
    return _table(_wanted(ledger, span_asked()))


@screen.post("/figures/ledgers/whole")
def whole() -> Response:
    """With whole numbers, which each concern remembers with the reason. Raises ReasonNeeded, Malformed."""
    reading = Reading(request.form)
    first, last = reading.day("from"), reading.day("to")
    wanted = _wanted(choice("ledger", (ledgers.Ledger.CONCERNS.value,)), _span(first, last), sees_phones=True)
    make = {"pdf": _paper, "xlsx": _table}[choice("kind", ("pdf", "xlsx"))]
    return make(wanted, text("reason"))


def _span(first: date | None, last: date | None) -> Span:
    if first is None or last is None:
        raise figures.BadSpan
    span = Span(first, last)
    figures.check_span(span)
    return span


def _wanted(name: str, span: Span, *, sees_phones: bool = False) -> ledgers.Wanted:
    if name not in tuple(ledgers.Ledger):
        raise ledgers.UnknownLedger
    me = g.staff
    return ledgers.Wanted(
        ledgers.Ledger(name), span, ledgers.Viewer(str(me.role), me.id, me.name, sees_phones)
    )


def _rows(wanted: ledgers.Wanted, reason: str) -> ledgers.Sheet:
    if wanted.viewer.sees_phones:
        ledgers.check_reason(reason)
    with box().database.read() as tx:
        sheet = ledgers.ledger_of(tx, box().centre, wanted, box().now())
    if wanted.viewer.sees_phones:
        _note(wanted, sheet.concerns, reason)
    return sheet


def _note(wanted: ledgers.Wanted, ids: tuple[int, ...], reason: str) -> None:
    """Before anybody has a number, and a few at a time: whoever takes a ticket meanwhile waits for none."""
    for first in range(0, len(ids), AT_ONCE):
        with box().database.write() as tx:
            ledgers.note_looks(tx, asked(), wanted, ids[first : first + AT_ONCE], reason)


def _paper(wanted: ledgers.Wanted, reason: str = "") -> Response:
    with place():  # a month's rows take a second of the server's own time
        sheet = _rows(wanted, reason)
    return pdf(ledgers.paper_of(box().centre, wanted, sheet, box().now()), _name(wanted))


def _table(wanted: ledgers.Wanted, reason: str = "") -> Response:
    with place():
        sheet = _rows(wanted, reason)
    return file(ledgers.table_of(wanted, sheet), f"{_name(wanted)}.xlsx", XLSX)


def _name(wanted: ledgers.Wanted) -> str:
    return f"{ledgers.TITLES[wanted.ledger]} {wanted.span.first} {wanted.span.last}"
