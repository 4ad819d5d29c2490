"""Centres to compare: a small one, a large one, and one that has run for ten years."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil
from pathlib import Path

import sqlalchemy as sa

from kiosk import demo, services, tickets
from kiosk.asked import Asked
from kiosk.box import Box, open_box
from kiosk.checkin.tables import sign_in
from kiosk.clock import Clock
from kiosk.database import Tx
from kiosk.events.tables import event, event_change, event_day, registration
from kiosk.people.tables import membership, person
from kiosk.services.tables import counter, counter_service, service
from kiosk.settings import Settings
from kiosk.tickets.tables import ticket
from script.benches.history import fill
from tests.large_centre import furnish_large

CLERK = 2


@dataclass(frozen=True)
class Size:
    """How much there is of everything; `years` ago the twenty daily events and the `old` tickets began."""

    waiting: int
    counters: int
    volunteers: int
    registrations: int
    old: int
    years: int
    services: int = 13


SMALL = Size(waiting=12, counters=4, volunteers=100, registrations=200, old=500, years=0)
LARGE = Size(waiting=500, counters=40, volunteers=5000, registrations=20_000, old=500, years=0, services=200)
OLD = Size(waiting=12, counters=4, volunteers=100, registrations=200, old=60_000, years=10)

EVENTS, PLACES, MINUTES = 20, 100, 110
A_DAY = 2
"""Events of one day for which people put their names down."""

PENDING = 20
"""One of so many stays waits for a coordinator."""


def furnish(folder: Path, size: Size, clock: Clock) -> Box:
    """A demo centre of this size in `folder`, opened; nothing is printed there."""
    fill(folder, size.old, max(1, size.years * 365))
    box = open_box(Settings(folder=folder, is_demo=True, printer="off:"), clock)
    demo.furnish_events(box)
    if size.services > SMALL.services:
        furnish_large(box, size.services, size.counters)
    with box.database.write() as tx:
        _counters(tx, box, size.counters)
        _volunteers(tx, size.volunteers)
        days = _events(tx, box, size)
        _served(tx, days, size)
    _waiting(box, size)
    return box


def _counters(tx: Tx, box: Box, count: int) -> None:
    codes = tx.execute(sa.select(service.c.code)).scalars().all()
    known = set(tx.execute(sa.select(counter.c.number)).scalars())
    for number in range(1, count + 1):
        if number not in known:
            tx.execute(sa.insert(counter).values(number=number))
            rows = [{"counter_number": number, "service_code": code} for code in codes]
            tx.execute(sa.insert(counter_service), rows)
        services.open_counter(tx, Asked(box.now(), CLERK), number)


def _waiting(box: Box, size: Size) -> None:
    codes = ["A", "B", "F"]
    if size.services > SMALL.services:
        with box.database.read() as tx:
            codes = list(tx.execute(sa.select(service.c.code).where(~service.c.is_timed)).scalars())
    for nth in range(size.waiting):
        with box.database.write() as tx:
            tap = tickets.Tap(codes[nth % len(codes)], f"waiting-{nth}")
            taken = tickets.take(tx, box.centre, tap, "zh", box.now())
            if nth % 50 == 0:
                tickets.grant_assistance(tx, box.centre, taken.ticket_id, "staff", box.now())
    with box.database.write() as tx:  # a tenth is on hold, a tenth has missed the turn
        for status, hold, rest in (("held", "fetch", 3), ("no_show", "", 7)):
            own = (ticket.c.status == "waiting") & (ticket.c.id % 10 == rest)
            aside = sa.update(ticket).where(own)
            tx.execute(aside.values(status=status, hold=hold, counter_number=1, called_at=box.now()))


def _volunteers(tx: Tx, count: int) -> None:
    known = tx.execute(sa.select(sa.func.max(person.c.id))).scalar() or 0
    ids = range(known + 1, known + count + 1)
    names = "王李张刘陈杨黄赵吴周"
    tx.execute(
        sa.insert(person),
        [
            {
                "id": i, "name": f"{names[i % 10]}{chr(0x4E00 + i % 3000)}", "phone": f"139{i:08d}",
                "phone_tail": f"{i % 10_000:04d}",
            }
            for i in ids
        ],
    )  # fmt: skip
    tx.execute(sa.insert(membership), [{"person_id": i, "team_id": i % 3 + 1} for i in ids])


def _events(tx: Tx, box: Box, size: Size) -> list[int]:
    """Twenty daily events; the days on which somebody served, the newest first."""
    today = box.centre.day(box.now())
    first = today - timedelta(days=max(1, size.years * 365))
    known = tx.execute(sa.select(sa.func.max(event.c.id))).scalar() or 0
    tx.execute(
        sa.insert(event),
        [
            {
                "id": known + nth + 1, "kind": "shift", "title": f"每日值班{nth + 1}", "place": "一楼大厅",
                "team_id": nth % 3 + 1, "first_on": first, "starts": time(9), "lasts_min": 120,
                "rule": "FREQ=DAILY", "capacity": PLACES,
            }
            for nth in range(EVENTS)
        ],
    )  # fmt: skip
    changes = [
        {"event_id": known + nth + 1, "verb": "add", "staff_id": CLERK, "at": box.now()}
        for nth in range(EVENTS)
    ]
    tx.execute(sa.insert(event_change), changes)
    held = ceil(size.registrations / PLACES)
    rows = [
        _day(box, known + nth % EVENTS + 1, today - timedelta(days=nth // A_DAY + 1)) for nth in range(held)
    ]
    top = tx.execute(sa.select(sa.func.max(event_day.c.id))).scalar() or 0
    tx.execute(sa.insert(event_day), [row | {"id": top + nth + 1} for nth, row in enumerate(rows)])
    return list(range(top + 1, top + held + 1))


def _day(box: Box, event_id: int, on: date) -> dict[str, object]:
    starts = datetime.combine(on, time(9), box.centre.zone)
    return {
        "event_id": event_id, "held_on": on, "opens_at": starts - timedelta(minutes=30), "starts_at": starts,
        "ends_at": starts + timedelta(hours=2), "grace_min": 30, "points_per_hour": 10, "capacity": PLACES,
    }  # fmt: skip


def _served(tx: Tx, days: list[int], size: Size) -> None:
    known = tx.execute(sa.select(sa.func.min(membership.c.person_id))).scalar() or 1
    starts = {row.id: row.starts_at for row in tx.execute(sa.select(event_day.c.id, event_day.c.starts_at))}
    places = [(nth, days[nth // PLACES], known + nth % size.volunteers) for nth in range(size.registrations)]
    tx.execute(
        sa.insert(registration),
        [
            {
                "event_day_id": day, "number": nth % PLACES + 1, "person_id": who, "tap": f"place-{nth}",
                "created_at": starts[day] - timedelta(days=1),
            }
            for nth, day, who in places
        ],
    )  # fmt: skip
    tx.execute(
        sa.insert(sign_in),
        [
            {
                "event_day_id": day, "person_id": who, "status": "left" if nth % PENDING else "pending",
                "is_first": True, "counts_hours": True, "in_at": starts[day],
                "out_at": starts[day] + timedelta(minutes=MINUTES), "minutes": MINUTES,
            }
            for nth, day, who in places
        ],
    )  # fmt: skip
