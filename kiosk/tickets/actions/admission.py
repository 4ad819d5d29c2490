"""Whether a ticket may be taken now: hours, the break, a printer that prints, early close, the day's cap."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.centre import Centre
from kiosk.opening_hours import Phase
from kiosk.services import Service
from kiosk.spool import PrinterNotReady, gives_no_numbers
from kiosk.tickets.refusals import DayOff, DayOver, LunchBreak, NotOpenYet, NumbersUsedUp, ServiceClosed
from kiosk.tickets.tables import last_number
from kiosk.words import Refusal

_LAST = sa.select(last_number.c.letter, last_number.c.last).where(
    last_number.c.service_day == sa.bindparam("day")
)


CLOSED: dict[Phase, type[Refusal]] = {
    Phase.BEFORE: NotOpenYet,
    Phase.BREAK: LunchBreak,
    Phase.OVER: DayOver,
    Phase.DAY_OFF: DayOff,
}


def closed_because(centre: Centre, now: datetime) -> Refusal | None:
    """Why the whole centre gives no numbers at `now`; None while it does."""
    moment = centre.opening(now)
    kind = CLOSED.get(moment.phase)
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
    for service in listed:
        if service.closed_reason:
            shut.setdefault(service.code, ServiceClosed(reason=service.closed_reason))
    if any(service.daily_cap is not None for service in listed):
        given = dict(tx.execute(_LAST, {"day": centre.day(now)}).all())
        for service in listed:
            if service.daily_cap is not None and given.get(service.code, 0) >= service.daily_cap:
                shut.setdefault(service.code, NumbersUsedUp())
    return shut


def _outside_hours(centre: Centre, listed: tuple[Service, ...], now: datetime) -> dict[str, Refusal]:
    # an event on Saturday evening has its stalls though the centre is closed
    closed = closed_because(centre, now)
    why = {
        service.code: _stall_shut(centre, service, now) if service.is_timed else closed for service in listed
    }
    return {code: refusal for code, refusal in why.items() if refusal is not None}


def _stall_shut(centre: Centre, stall: Service, now: datetime) -> Refusal | None:
    if stall.opens_at is None or stall.closes_at is None or now >= stall.closes_at:
        return DayOver(opens=None)
    return NotOpenYet(opens=centre.local(stall.opens_at)) if now < stall.opens_at else None
