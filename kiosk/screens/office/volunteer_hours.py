"""Hours of service: what waits for a coordinator, rows by hand, totals, the record, a certificate."""

from collections import defaultdict
from datetime import date, timedelta

from flask import Response, render_template, request
from msgspec import Struct
from werkzeug.wrappers import Response as AnyResponse

from kiosk import checkin, events, people, staff
from kiosk.screens.office.paging import PAGE, page_of
from kiosk.screens.web.access import asked
from kiosk.screens.web.downloads import XLSX, file, pdf, undrawn
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import (
    Draft,
    Reading,
    choice,
    done,
    page_asked,
    tap,
    text,
    whole,
    whole_or_none,
)
from kiosk.screens.web.page import box, new_tap, say
from kiosk.screens.web.screen import staffed
from kiosk.words import Malformed, Refusal, mark
from printing.papers import HoursCertificate, Served
from printing.subprocess_task import place

screen = staffed(
    __name__,
    staff.Role.DESK,
    staff.Role.MANAGER,
    menu=None,
    under="office.events",
    url_prefix="/admin/hours",
)

Answer = AnyResponse | tuple[str, int]

WAITING = 20
"""Stays to be confirmed on a page; each has two fields."""

WHYS = {
    checkin.Why.CLOCK: mark("机器时间不准"),
    checkin.Why.FORGOTTEN: mark("忘了签退"),
    checkin.Why.LATE: mark("结束以后才签退"),
    checkin.Why.MOVED_ON: mark("没签退就去了另一个班"),
    checkin.Why.TOLD_LATE: mark("扫码以后很久才记上"),
}
"""What a coordinator reads beside a stay that waits."""

LONGEST_SPAN = timedelta(days=3 * 366)


class BadSpan(Malformed):
    """Dates that are none, the wrong way round, or years apart."""

    sentence = mark("请填开始和结束日期，最长三年。")


class NotANumber(Malformed):
    """Minutes that are no whole number."""

    sentence = mark("分钟数没有填对，请填整数。")


class Span(Struct, frozen=True):
    """The dates that a page is about, both included."""

    first: date
    last: date


@screen.get("")
def hours() -> str:
    """What waits to be confirmed, and the totals of a span: this month unless asked."""
    return _page(_span())


@screen.post("/<int:stay_id>/confirm")
def confirm(stay_id: int) -> Answer:
    """Decide how many minutes of a 待核 stay count."""
    try:
        minutes = _minutes()
        with box().database.write() as tx:
            checkin.confirm(tx, asked(), stay_id, minutes, text("reason"))
    except (checkin.AlreadyConfirmed, checkin.BadMinutes, events.ReasonMissing, NotANumber) as refusal:
        return _page(_this_month(), refusal), status_of(refusal)
    return _back(say(mark("核好了。")))


@screen.get("/<int:person_id>")
def person(person_id: int) -> str:
    """One person's rows of a span, a form for rows by hand, the certificate."""
    return _person_page(person_id, _span())


@screen.post("/<int:person_id>/manual")
def add_manual(person_id: int) -> Answer:
    """Hours that no scan has seen, with who says so and why."""
    tapped, team_id = tap(), whole_or_none("team_id")
    reading = Reading({name: text(name) for name in ("on", "minutes", "what", "reason", "team_id")})
    on, minutes = reading.day("on"), reading.whole("minutes", checkin.MOST_MANUAL, 1)
    if minutes is None and "minutes" not in reading.faults:
        reading.need("minutes")
    words = reading.values["what"], reading.values["reason"]
    faults = reading.faults | checkin.manual_faults(*words, on, box().centre.day(box().now()))
    if faults or on is None or minutes is None:
        return _person_page(person_id, _this_month(), draft=Draft(reading.values).judged(faults)), 400
    with box().database.write() as tx:
        checkin.add_manual(
            tx, asked(), checkin.HandWritten(person_id, on, minutes, *words, team_id), tap=tapped
        )
    return _back_to(person_id, say(mark("补记好了。")))


@screen.post("/<int:person_id>/manual/<int:manual_id>/withdraw")
def withdraw(person_id: int, manual_id: int) -> Answer:
    """Take a row by hand back; it stays and counts no more."""
    try:
        with box().database.write() as tx:
            checkin.withdraw_manual(tx, asked(), manual_id, text("reason"))
    except (events.ReasonMissing, checkin.UnknownHours) as refusal:
        return _person_page(person_id, _this_month(), refusal), status_of(refusal)
    return _back_to(person_id, say(mark("这一条不算了。")))


@screen.get("/record.xlsx")
def record() -> Response:
    """Every confirmed line of the span, in the columns of the national volunteer record."""
    span = _span()
    with place():  # reading twenty thousand lines takes a second of the server's own time
        with box().database.read() as tx:
            names = staff.staff_names(tx)
            rows = checkin.hours_rows(tx, span.first, span.last)
        workbook = people.record_workbook([_record(row, names) for row in rows])
    return file(workbook, f"{say(mark('志愿服务记录'))} {span.first} {span.last}.xlsx", XLSX)


def _record(row: checkin.HoursRow, names: dict[int, str]) -> people.ServiceRecord:
    begins, ends = (box().centre.local(at) if at else None for at in (row.in_at, row.out_at))
    return people.ServiceRecord(
        name=row.name,
        project=row.what,
        on=f"{row.on}",
        begins=f"{begins:%H:%M}" if begins else "",
        ends=f"{ends:%H:%M}" if ends else "",
        minutes=row.minutes,
        content=row.what,
        place=row.place,
        team=row.team,
        recorded_by=names.get(row.staff_id, "") if row.staff_id else "",
        note=checkin.remark(row, box().centre.zone),
    )


@screen.get("/<int:person_id>/certificate.pdf")
def certificate(person_id: int) -> Response:
    """The certificate of hours of the span, to be sealed by the centre."""
    span, now = _span(), box().now()
    with box().database.read() as tx:
        owner = people.person_of(tx, person_id)
        rows = checkin.hours_rows(tx, span.first, span.last, person_id)
    today = box().centre.day(now)
    paper = HoursCertificate(
        centre=box().centre.name("zh"),
        number=f"{today:%Y%m%d}-{person_id:05d}",
        name=owner.name,
        first_on=f"{span.first}",
        last_on=f"{span.last}",
        served=_served(rows),
        issued_on=f"{today}",
    )
    return pdf(paper, f"{say(mark('志愿服务时长证明'))}-{owner.name}")


def _served(rows: tuple[checkin.HoursRow, ...]) -> tuple[Served, ...]:
    """Rows of one event and team become one line of the certificate, in order of their first date."""
    together: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows:
        together[row.what, row.team].append(row.minutes)
    return tuple(Served(what, team, len(minutes), sum(minutes)) for (what, team), minutes in together.items())


def _page(span: Span, refusal: Refusal | None = None) -> str:
    by = choice("by", checkin.TotalBy, request.args) if "by" in request.args else checkin.TotalBy.PERSON
    dates, skipped = (span.first, span.last), page_asked() * PAGE
    with box().database.read() as tx:
        report = checkin.hours_report(tx, dates, by, PAGE, skipped)
        pages = page_of(report.found)
        if pages.skipped != skipped:  # a page that is not there any more
            report = checkin.hours_report(tx, dates, by, PAGE, pages.skipped)
        waiting = page_of(checkin.pending_count(tx), WAITING, "waiting")
        return render_template(
            "office/volunteer_hours/hours.html",
            pending=checkin.pending(tx, WAITING, waiting.skipped),
            waiting=waiting,
            report=report,
            pages=pages,
            whys=WHYS,
            by=by,
            span=span,
            problem=words_of(refusal) if refusal else "",
        )


def _person_page(
    person_id: int, span: Span, refusal: Refusal | None = None, draft: Draft | None = None
) -> str:
    with box().database.read() as tx:
        owner = people.person_of(tx, person_id)
        rows = checkin.hours_rows(tx, span.first, span.last, person_id)
    missing = undrawn(owner.name, *(row.what for row in rows))
    with box().database.read() as tx:
        return render_template(
            "office/volunteer_hours/hours_person.html",
            person=owner,
            undrawn=missing,
            rows=rows,
            minutes=sum(row.minutes for row in rows),
            points=sum(row.points for row in rows),
            teams=[("", "–"), *((team.id, team.name) for team in people.teams(tx))],
            usual_team=owner.team_ids[0] if not request.form and len(owner.team_ids) == 1 else "",
            staff_names=staff.staff_names(tx),
            span=span,
            draft=draft or Draft({}),
            tap=new_tap(),
            problem=words_of(refusal) if refusal else "",
        )


def _span() -> Span:
    """The dates asked for, this month when none are. Raises BadSpan."""
    if "first" not in request.args and "last" not in request.args:
        return _this_month()
    asked_for = Reading(request.args)
    first, last = asked_for.day("first"), asked_for.day("last")
    if first is None or last is None or not timedelta() <= last - first <= LONGEST_SPAN:
        raise BadSpan
    return Span(first, last)


def _this_month() -> Span:
    today = box().centre.day(box().now())
    return Span(today.replace(day=1), today)


def _minutes() -> int:
    try:
        return whole("minutes")
    except Malformed as fault:
        raise NotANumber from fault


def _back(words: str) -> AnyResponse:
    return done(words, ".hours")


def _back_to(person_id: int, words: str) -> AnyResponse:
    return done(words, ".person", person_id=person_id)
