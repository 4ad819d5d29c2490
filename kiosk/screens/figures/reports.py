"""Reports of months and years: a PDF to file, a workbook with every visit."""

import logging

from flask import Response, render_template
from werkzeug.wrappers import Response as AnyResponse

from kiosk import figures, staff
from kiosk.figures import Period
from kiosk.screens.web.downloads import XLSX, NoTypeface, PaperNotMade, file
from kiosk.screens.web.forms import done
from kiosk.screens.web.page import box, say
from kiosk.screens.web.screen import staffed
from kiosk.words import mark
from printing.drawing.fonts import FontMissing
from printing.papers import PaperFailed

screen = staffed(
    __name__,
    staff.Role.MANAGER,
    staff.Role.VIEWER,
    staff.Role.SECRETARY,
    staff.Role.STREET,
    menu=None,
    under="figures.figures",
)

log = logging.getLogger(__name__)


@screen.get("/figures/reports")
def every() -> str:
    """Every month and year that has figures."""
    with box().database.read() as tx:
        known = figures.periods(tx, box().settings.folder, box().centre.day(box().now()))
    return render_template("figures/reports/every.html", known=known)


@screen.get("/figures/month/<name>.pdf")
def month_paper(name: str) -> Response:
    """The report of a month, 2026-11: the one that is kept, or made now. Raises figures.NoReport."""
    return _paper(_month(name))


@screen.get("/figures/month/<name>.xlsx")
def month_table(name: str) -> Response:
    """The same as a workbook, with every visit."""
    return _table(_month(name))


@screen.get("/figures/year/<name>.pdf")
def year_paper(name: str) -> Response:
    """The report of a year."""
    return _paper(_year(name))


@screen.get("/figures/year/<name>.xlsx")
def year_table(name: str) -> Response:
    """The same as a workbook."""
    return _table(_year(name))


@screen.post("/figures/reports/<name>/make")
def make(name: str) -> AnyResponse:
    """Make a report anew and keep it: hours were confirmed since, say."""
    period = figures.period_of(name, box().centre.day(box().now()))
    try:
        figures.keep_report(box(), period, box().now())
    except FontMissing as fault:
        raise NoTypeface from fault
    except PaperFailed as fault:
        log.error("a report was not made: %s", fault)
        raise PaperNotMade from fault
    return done(say(mark("做好了。")), ".every")


def _month(name: str) -> Period:
    period = figures.period_of(name, box().centre.day(box().now()))
    if not period.month:
        raise figures.NoReport
    return period


def _year(name: str) -> Period:
    period = figures.period_of(name, box().centre.day(box().now()))
    if period.month:
        raise figures.NoReport
    return period


def _kept(period: Period, suffix: str) -> bytes | None:
    path = figures.file_of(box().settings.folder, period, suffix)
    return path.read_bytes() if path.is_file() else None


def _made(period: Period) -> figures.Reported:
    with box().database.read() as tx:
        return figures.report_of(tx, box().centre, period, box().now())


def _paper(period: Period) -> Response:
    content = _kept(period, "pdf")
    if content is None:
        try:
            content = figures.paper_of(box(), _made(period))
        except FontMissing as fault:
            raise NoTypeface from fault
        except PaperFailed as fault:
            log.error("a report was not made: %s", fault)
            raise PaperNotMade from fault
    return file(content, f"{period.title}.pdf", "application/pdf")


def _table(period: Period) -> Response:
    content = _kept(period, "xlsx")
    if content is None:
        content = figures.table_of(box(), _made(period))
    return file(content, f"{period.title}.xlsx", XLSX)
