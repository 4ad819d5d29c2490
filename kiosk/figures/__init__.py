"""Figures of the centre: how many came, how long they waited, what became of them; docs/figures.md."""

from kiosk.figures import ledgers, opinions
from kiosk.figures.attendance import Attendance, attendance_of
from kiosk.figures.day.cases import Case
from kiosk.figures.day.reading import cases_of_day
from kiosk.figures.keeping import added_up, days_to_keep, forget_days, has_future_days, keep_day
from kiosk.figures.listing import COUNTED, LINES, Listed, Wanted, listed
from kiosk.figures.names import Names, names_of
from kiosk.figures.refusals import BadSpan, NoReport, SpanTooLong, UnknownFigure
from kiosk.figures.report import words
from kiosk.figures.report.kept import (
    KeptReport,
    file_of,
    keep_report,
    paper_of,
    periods,
    periods_due,
    table_of,
)
from kiosk.figures.report.period import Period, Reported, cases_in, period_of, report_of
from kiosk.figures.report.workbook import MOST_RAW, VISITS, Writing, workbook
from kiosk.figures.rules import (
    FEW,
    By,
    Cell,
    Channel,
    End,
    Span,
    Waits,
    month_before,
    month_of,
    share,
    values,
)
from kiosk.figures.totals import Figures, Row, by_month, check_span, figures_of, row_of

__all__ = [
    "COUNTED",
    "FEW",
    "LINES",
    "MOST_RAW",
    "VISITS",
    "Attendance",
    "BadSpan",
    "By",
    "Case",
    "Cell",
    "Channel",
    "End",
    "Figures",
    "KeptReport",
    "Listed",
    "Names",
    "NoReport",
    "Period",
    "Reported",
    "Row",
    "Span",
    "SpanTooLong",
    "UnknownFigure",
    "Waits",
    "Wanted",
    "Writing",
    "added_up",
    "attendance_of",
    "by_month",
    "cases_in",
    "cases_of_day",
    "check_span",
    "days_to_keep",
    "figures_of",
    "file_of",
    "forget_days",
    "has_future_days",
    "keep_day",
    "keep_report",
    "ledgers",
    "listed",
    "month_before",
    "month_of",
    "names_of",
    "opinions",
    "paper_of",
    "period_of",
    "periods",
    "periods_due",
    "report_of",
    "row_of",
    "share",
    "table_of",
    "values",
    "words",
    "workbook",
]
