"""Whether a ticket may be taken now: hours, the break, a printer that prints, early close, the day's cap."""

from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk import services
from kiosk.centre import Centre
from kiosk.opening_hours import Hours, OpeningMoment, Phase, parse_hours
from kiosk.services import Service
from kiosk.services.tables import service as service_table
from kiosk.spool import PrinterNotReady, gives_no_numbers
from kiosk.tickets.refusals import (
    CentreClosed,
    ClosedEarly,
    DayOff,
    DayOver,
    GivenByStaff,
    LunchBreak,
    NotOpenYet,
    NumbersUsedUp,
    ServiceClosed,
)
from kiosk.tickets.tables import change, ticket
from kiosk.words import Refusal

_GIVEN = (
    # what a number was taken for: a transfer gives nobody's number back
    sa.select(change.c.service_code, sa.func.count())
    .join_from(ticket, change)
    .where(
        ticket.c.service_day == sa.bindparam("day"),
        ~ticket.c.is_trial,
        change.c.verb == "take",
        change.c.service_code.in_(sa.bindparam("codes", expanding=True)),
    )
    .group_by(change.c.service_code)
)

_GROUPS = sa.select(service_table.c.code, service_table.c.group_slug)
ALL = ""
"""The group of a closing that is of all groups."""

CLOSED: dict[Phase, type[Refusal]] = {
    Phase.BEFORE: NotOpenYet,
    Phase.BREAK: LunchBreak,
    Phase.OVER: DayOver,
    Phase.DAY_OFF: DayOff,
}


def closed_because(centre: Centre, now: datetime) -> Refusal | None:
    """Why the whole centre gives no numbers at `now`; None while it does."""
    return _refusal_of(centre.opening(now))


def _refusal_of(moment: OpeningMoment) -> Refusal | None:
    kind = CLOSED.get(moment.phase)
    if kind is DayOver and moment.reason:
        kind = ClosedEarly
    return None if kind is None else kind(opens=moment.opens, reason=moment.reason)


def why_not(tx: Connection, centre: Centre, service: Service, now: datetime) -> Refusal | None:
    """Why no ticket of `service` can be taken at the station now; None when it can."""
    return shut_services(tx, centre, (service,), now).get(service.code)


def shut_services(
    tx: Connection, centre: Centre, listed: tuple[Service, ...], now: datetime
) -> dict[str, Refusal]:
    """The same for many: the services among `listed` that take nobody, each with why."""
    shut = _outside_hours(centre, listed, now)
    if gives_no_numbers(tx, centre.settings):
        return {service.code: PrinterNotReady() for service in listed} | shut
    shut = _closed_by_staff(tx, centre, listed, now) | shut
    for service in listed:
        if service.closed_reason:
            shut.setdefault(service.code, ServiceClosed(reason=service.closed_reason))
    return _used_up(tx, centre, listed, now) | shut


def _used_up(
    tx: Connection, centre: Centre, listed: tuple[Service, ...], now: datetime
) -> dict[str, Refusal]:
    caps = {service.code: service.daily_cap for service in listed if service.daily_cap is not None}
    if not caps:
        return {}
    given: dict[str, int] = dict(tx.execute(_GIVEN, {"day": centre.day(now), "codes": list(caps)}).all())
    return {code: NumbersUsedUp() for code, cap in caps.items() if given.get(code, 0) >= cap}


def _closed_by_staff(
    tx: Connection, centre: Centre, listed: tuple[Service, ...], now: datetime
) -> dict[str, Refusal]:
    """Those of a group that was closed for today, or all; the stalls of an event have hours of their own."""
    today = {closing.group: closing for closing in centre.closings if closing.on == centre.day(now)}
    if not today:
        return {}
    group_of = dict(tx.execute(_GROUPS).all()) if set(today) != {ALL} else {}
    why = {
        service.code: today.get(ALL) or today.get(group_of.get(service.code, ALL))
        for service in listed
        if not service.is_timed
    }
    return {code: CentreClosed(reason=closing.words) for code, closing in why.items() if closing is not None}


def _outside_hours(centre: Centre, listed: tuple[Service, ...], now: datetime) -> dict[str, Refusal]:
    # an event on Saturday evening has its stalls though the centre is closed
    closed = closed_because(centre, now)
    why = {service.code: _shut_by_hours(centre, service, now, closed) for service in listed}
    return {code: refusal for code, refusal in why.items() if refusal is not None}


def _shut_by_hours(centre: Centre, service: Service, now: datetime, closed: Refusal | None) -> Refusal | None:
    if service.for_whom == services.ONLY_STAFF:
        return GivenByStaff()
    if service.is_timed:
        return _stall_shut(centre, service, now)
    return _outside_own(centre, service, now) if service.hours else closed


def _outside_own(centre: Centre, service: Service, now: datetime) -> Refusal | None:
    # its own week, but a day off of the centre is one for it too, on a short day both end together, and a
    # Saturday that is worked as a Friday is a Friday for it
    hours = _week(service.hours).within(centre.hours, centre.day(now))
    return _refusal_of(centre.opening_by(hours, now))


@lru_cache(maxsize=256)
def _week(hours: str) -> Hours:
    return parse_hours(hours)


def _stall_shut(centre: Centre, stall: Service, now: datetime) -> Refusal | None:
    if stall.opens_at is None or stall.closes_at is None or now >= stall.closes_at:
        return DayOver(opens=None)
    return NotOpenYet(opens=centre.local(stall.opens_at)) if now < stall.opens_at else None
