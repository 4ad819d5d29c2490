"""Taking a ticket: number, first change and print job in one transaction."""

from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.centre import Centre
from kiosk.services import Service, ServiceClosed, materials, service_of
from kiosk.spool import print_slip
from kiosk.tickets.reads import people_ahead, priority_of
from kiosk.tickets.rules import Status, Taken, Tap, number_text, rank_at
from kiosk.tickets.tables import change, last_number, ticket
from kiosk.tokens import Kind
from kiosk.words import Lang
from printing.slips.ticket import TicketSlip


def take(tx: Connection, centre: Centre, tap: Tap, lang: Lang, now: datetime) -> Taken:
    """Give the resident a ticket, or the one that this tap (or the guard time) has given already.

    Raises UnknownService, ServiceClosed, BadTap.
    """
    earlier = _earlier(tx, centre, tap, now)
    if earlier is not None:
        return Taken(earlier.id, centre.token(Kind.TICKET, earlier.id, earlier.revision), already=True)
    service = service_of(tx, tap.service, lang)
    if not service.is_open:
        raise ServiceClosed(reason=service.closed_reason)
    return _issue(tx, centre, tap, service, lang, now)


def _issue(tx: Connection, centre: Centre, tap: Tap, service: Service, lang: Lang, now: datetime) -> Taken:
    number = _next_number(tx, centre, service.code, now)
    reason = priority_of(tx, tap.priority, lang) if tap.priority else None
    rank = rank_at(now, timedelta(minutes=reason.head_start_min if reason else 0))
    ahead = people_ahead(tx, centre.day(now), service.code, rank)
    ticket_id = _write(tx, centre, tap, number, rank, now)
    token = centre.token(Kind.TICKET, ticket_id, 0)
    slip = TicketSlip(
        centre=centre.name(lang),
        number=number,
        service=service.name,
        ahead=ahead,
        where=service.place,
        materials=_to_bring(tx, tap, lang),
        missed=MISSED[lang],
        qr=centre.qr_text(token),
        taken=f"{centre.local(now):%Y-%m-%d %H:%M}",
        priority=reason.name if reason else "",
        for_someone_else=tap.for_someone_else,
        lang=lang,
    )
    if centre.settings.printer != "off:":
        print_slip(tx, slip, ticket_subject(ticket_id), now, centre.settings.slip_expires_s)
    return Taken(ticket_id, token, already=False)


MISSED: dict[Lang, str] = {
    "zh": "没听到叫号也不要紧，拿这张小票到窗口说一声。",
    "en": "Missed your call? Show this slip at any window.",
}
"""What the slip says about a missed turn; never that the number is void."""


def ticket_subject(ticket_id: int) -> str:
    """The name under which the spool keeps this ticket's slips."""
    return f"ticket:{ticket_id}"


_SAME_TAP = sa.select(ticket.c.id, ticket.c.revision).where(ticket.c.tap == sa.bindparam("tap"))
_JUST_TAKEN = (
    sa.select(ticket.c.id, ticket.c.revision)
    .where(
        ticket.c.service_day == sa.bindparam("day"),
        ticket.c.status == Status.WAITING,
        ticket.c.service_code == sa.bindparam("service"),
        ticket.c.station == sa.bindparam("station"),
        ticket.c.taken_at > sa.bindparam("after"),
    )
    .order_by(ticket.c.id.desc())
    .limit(1)
)
_INSERT_TICKET = sa.insert(ticket).returning(ticket.c.id)
_INSERT_CHANGE = sa.insert(change)


@cache
def _raise_number(dialect: str) -> sa.Executable:
    # both dialects spell it alike; only the one in use is loaded (PostgreSQL's takes 3 MB)
    insert = import_module(f"sqlalchemy.dialects.{dialect}").insert
    first = insert(last_number).values(service_day=sa.bindparam("day"), letter=sa.bindparam("of"), last=1)
    raised: sa.Executable = first.on_conflict_do_update(
        index_elements=["service_day", "letter"], set_={"last": last_number.c.last + 1}
    ).returning(last_number.c.last)
    return raised


def _earlier(tx: Connection, centre: Centre, tap: Tap, now: datetime) -> Any:
    same_tap = tx.execute(_SAME_TAP, {"tap": tap.tap}).one_or_none()
    if same_tap is not None or tap.another or not tap.station:
        return same_tap
    guarded = {
        "day": centre.day(now),
        "service": tap.service,
        "station": tap.station,
        "after": now - timedelta(seconds=centre.settings.guard_s),
    }
    return tx.execute(_JUST_TAKEN, guarded).one_or_none()


def _next_number(tx: Connection, centre: Centre, letter: str, now: datetime) -> str:
    gaps = {"day": centre.day(now), "of": letter}
    count: int = tx.execute(_raise_number(tx.dialect.name), gaps).scalar_one()
    return number_text(letter, count)


def _write(tx: Connection, centre: Centre, tap: Tap, number: str, rank: datetime, now: datetime) -> int:
    row = {
        "service_day": centre.day(now),
        "number": number,
        "service_code": tap.service,
        "status": Status.WAITING,
        "taken_at": now,
        "rank_at": rank,
        "tap": tap.tap,
        "station": tap.station,
        "priority_code": tap.priority,
        "phone_tail": tap.phone_tail,
        "for_someone_else": tap.for_someone_else,
    }
    ticket_id: int = tx.execute(_INSERT_TICKET, row).scalar_one()
    tx.execute(
        _INSERT_CHANGE, {"ticket_id": ticket_id, "verb": "take", "to_status": Status.WAITING, "at": now}
    )
    return ticket_id


def _to_bring(tx: Connection, tap: Tap, lang: Lang) -> tuple[str, ...]:
    lines = materials(tx, tap.service, lang, agents=False)
    if tap.for_someone_else:
        lines += materials(tx, tap.service, lang, agents=True)
    return tuple(f"{line.text}（{line.note}）" if line.note and lang == "zh" else line.text for line in lines)
