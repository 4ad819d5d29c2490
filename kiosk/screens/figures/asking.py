"""Which days and what for somebody asks, out of the address."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from flask import g, request, url_for

from kiosk import figures, staff
from kiosk.figures import By, Span
from kiosk.screens.web.forms import Reading
from kiosk.screens.web.page import box, say
from kiosk.words import mark


def may_see_clerks() -> bool:
    """Whether the centre tells clerks apart, and whoever asks looks after them."""
    role = g.staff.role
    return box().centre.settings.figures_by_clerk and role in (staff.Role.ADMIN, staff.Role.MANAGER)


def by_asked() -> By:
    """By what figures are told apart; by service unless asked. Raises figures.BadSpan, staff.NotAllowed."""
    written = request.args.get("by", "") or By.SERVICE
    if written not in tuple(By):
        raise figures.BadSpan
    by = By(written)
    if by == By.CLERK and not may_see_clerks():
        raise staff.NotAllowed
    return by


def offered() -> tuple[By, ...]:
    """What whoever asks may tell figures apart by."""
    return tuple(by for by in By if by != By.CLERK or may_see_clerks())


def span_asked() -> Span:
    """The days that are asked for; this month where none are. Raises figures.BadSpan, SpanTooLong."""
    if "from" not in request.args and "to" not in request.args:
        today = box().centre.day(box().now())
        return Span(today.replace(day=1), today)
    reading = Reading(request.args)
    first, last = reading.day("from"), reading.day("to")
    if first is None or last is None:
        raise figures.BadSpan
    span = Span(first, last)
    figures.check_span(span)
    return span


class Shortcut(NamedTuple):
    """A span that is often asked for."""

    words: str
    address: str
    is_here: bool


def shortcuts(span: Span | None, by: By) -> tuple[Shortcut, ...]:
    """Links to the days that people ask for most."""
    today = box().centre.day(box().now())
    monday = today - timedelta(days=today.weekday())
    known = (
        (mark("今天"), Span(today, today)),
        (mark("昨天"), Span(today - timedelta(days=1), today - timedelta(days=1))),
        (mark("本周"), Span(monday, today)),
        (mark("上周"), Span(monday - timedelta(days=7), monday - timedelta(days=1))),
        (mark("本月"), Span(today.replace(day=1), today)),
        (mark("上月"), figures.month_before(today)),
        (mark("今年"), Span(date(today.year, 1, 1), today)),
    )
    return tuple(Shortcut(say(words), address(one, by), one == span) for words, one in known)


def address(span: Span, by: By, view: str = ".page", **more: Any) -> str:
    """Where these figures are."""
    asked: dict[str, Any] = {"from": span.first, "to": span.last, "by": by.value}
    return url_for(view, **asked, **more)


def list_address(span: Span, by: By, figure: str, key: str | None = None, number: int = 0) -> str:
    """Where the list of a figure is: of all its cases, or of those of one key; page `number` of it."""
    more = (
        {"figure": figure} | ({} if key is None else {"key": key}) | ({"page": str(number)} if number else {})
    )
    return address(span, by, "figures.lists.cases", **more)
