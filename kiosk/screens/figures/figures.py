"""The figures of any days, told apart by whatever somebody asks: as a page, for programs, as a table.

Beside the queue stand the sign-ins of events and volunteers' hours of the same days.
"""

from functools import partial
from typing import Any

from flask import Response, jsonify, render_template

from kiosk import figures, staff
from kiosk.figures import By, Figures, Row, Span, words
from kiosk.screens.figures.asking import address, by_asked, list_address, offered, shortcuts, span_asked
from kiosk.screens.figures.drawn import charts_of
from kiosk.screens.web.downloads import XLSX, file
from kiosk.screens.web.errors import words_of
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import MenuEntry, MenuGroup, staffed
from kiosk.words import Malformed, mark
from printing.subprocess_task import place

screen = staffed(
    __name__,
    staff.Role.MANAGER,
    staff.Role.VIEWER,
    staff.Role.SECRETARY,
    staff.Role.STREET,
    menu=MenuEntry(mark("统计"), mark("回到统计"), "file-text", "page", 5, MenuGroup.MANAGE),
)


@screen.get("/figures")
def page() -> str | tuple[str, int]:
    """The figures, two charts, and the tables that they are drawn from."""
    try:
        span, by = span_asked(), by_asked()
    except Malformed as fault:
        today = box().centre.day(box().now())
        return render_template(
            "figures/figures/page.html",
            problem=words_of(fault),
            span=Span(today, today),
            shortcuts=shortcuts(None, By.SERVICE),
            **_choices(By.SERVICE),
        ), 400
    found, names = _found(span, by)
    promise = box().centre.settings.wait_promise_min
    with box().database.read() as tx:
        attendance = figures.attendance_of(tx, span)
    return render_template(
        "figures/figures/page.html",
        span=span,
        found=found,
        whole=figures.values(found.whole, promise),
        rows=[
            (row.key, words.key_words(by, row.key, names, say), figures.values(row.cell, promise))
            for row in found.rows
        ],
        columns=words.columns_of(by),
        summary=words.COLUMNS,
        charts=charts_of(found, names),
        attendance=attendance,
        promise=promise,
        few=figures.FEW,
        written=partial(words.written, say=say),
        address=address,
        list_address=list_address,
        shortcuts=shortcuts(span, by),
        problem="",
        **_choices(by),
    )


def _choices(by: By) -> dict[str, Any]:
    return {
        "by": by,
        "offered": [(one.value, say(words.BY_WORDS[one])) for one in offered()],
        "head": words.HEADS[by],
    }


@screen.get("/figures.json")
def for_programs() -> Response | tuple[Response, int]:
    """The same for programs: seconds, shares from 0 to 1, null where there are too few to say."""
    try:
        span, by = span_asked(), by_asked()
    except Malformed as fault:
        return jsonify({"error": words_of(fault)}), 400
    found, names = _found(span, by)
    promise = box().centre.settings.wait_promise_min
    with box().database.read() as tx:
        attendance = figures.attendance_of(tx, span)
    return jsonify(
        {
            "from": str(span.first),
            "to": str(span.last),
            "by": by.value,
            "promise_min": promise,
            "few": figures.FEW,
            "is_over": not found.has_today,
            "days_left_out": found.left_out,
            "whole": figures.values(found.whole, promise),
            "rows": [_told(by, row, names, promise) for row in found.rows],
            "days": [{"key": row.key, **figures.values(row.cell, promise)} for row in found.days],
            "attendance": {
                "event_days": attendance.event_days,
                "signed_in": attendance.people,
                "served_times": attendance.served_times,
                "served_minutes": attendance.minutes,
            },
        }
    )


@screen.get("/figures.xlsx")
def as_table() -> Response:
    """The same as a workbook, of a month at most with every visit, without a name."""
    span, by = span_asked(), by_asked()
    with place(), box().database.read() as tx:  # a month of visits takes a second of the server's own time
        found = figures.figures_of(tx, box().centre, span, by, box().now())
        cases = figures.cases_in(tx, box().centre, span) if span.days <= figures.MOST_RAW else None
        writing = figures.Writing(box().centre, figures.names_of(tx, lang()), say)
    with place():
        content = figures.workbook(found, cases, writing)
    return file(content, f"{say(mark('统计'))} {span.first} {span.last}.xlsx", XLSX)


def _found(span: Span, by: By) -> tuple[Figures, dict[str, str]]:
    with box().database.read() as tx:
        found = figures.figures_of(tx, box().centre, span, by, box().now())
        return found, figures.names_of(tx, lang()).of(by)


def _told(by: By, row: Row, names: dict[str, str], promise: int) -> dict[str, Any]:
    return {
        "key": row.key,
        "name": words.key_words(by, row.key, names, say),
        **figures.values(row.cell, promise),
    }
