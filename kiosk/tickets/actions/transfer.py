"""The same ticket goes on elsewhere: to another service or counter, or to the next thing of one visit."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from kiosk import services
from kiosk.centre import Centre
from kiosk.tickets.reads.ticket import rival_ranks
from kiosk.tickets.refusals import AlreadyHere, BadPlace, CounterBusy
from kiosk.tickets.rules import Place, Status, Verb, rank_at_front
from kiosk.tickets.transition import By, Standing, at_hand_of, before, check_free, find_of_today, move
from kiosk.tickets.wait.service_time import note_pace


def transfer(
    tx: Connection,
    centre: Centre,
    counter: int,
    staff_id: int,
    now: datetime,
    *,
    service: str = "",
    to_counter: int | None = None,
    ticket_id: int | None = None,
) -> None:
    """Send the person at hand to another service or to one open counter; the arrival time is kept.

    Raises AlreadyHere, services.UnknownService, services.UnknownCounter, services.CounterNotOpen.
    """
    at = at_hand_of(tx, counter, staff_id, ticket_id)
    code = service or at.service_code
    services.service_of(tx, code, "zh", centre.day(now))
    if to_counter is not None:
        services.check_open(tx, to_counter)
    if to_counter == counter or (to_counter is None and code == at.service_code):
        raise AlreadyHere(number=at.number)
    note = f"{code} {to_counter or ''}".strip()
    move(tx, at, Verb.TRANSFER, By(now, counter, staff_id), note, **_back_in_line(code, to_counter))
    note_pace(tx, at, now)


def continue_visit(
    tx: Connection,
    centre: Centre,
    counter: int,
    staff_id: int,
    now: datetime,
    *,
    service: str,
    place: str,
    ticket_id: int | None = None,
) -> None:
    """ "还要办…": finish what is at hand, and go on with `service` under the same number.

    `place` is a Place: at this counter at once, at the front of the next service, or by arrival. After the
    finish it works too, for a free counter and a ticket served today.
    An undo takes the finish back with it. Raises BadPlace, AlreadyHere, CounterBusy, WrongStatus,
    services.UnknownService, services.CounterPaused.
    """
    if place not in tuple(Place):
        raise BadPlace
    services.service_of(tx, service, "zh", centre.day(now))
    by = By(now, counter, staff_id)
    shown = before(tx, counter)
    if place == Place.HERE and shown is not None and shown.service_code == service:
        raise AlreadyHere(number=shown.number)
    at = _finished(tx, centre, by, counter, staff_id, ticket_id)
    if place == Place.HERE:
        services.check_calling(tx, counter, staff_id)
        check_free(tx, counter, staff_id)
        move(
            tx, at, Verb.CONTINUE_HERE, by, service, shown,
            service_code=service, counter_number=counter, called_at=now,
        )  # fmt: skip
        return
    values = _back_in_line(service, None)
    if place == Place.FRONT:
        values["rank_at"] = rank_at_front(at.rank_at, rival_ranks(tx, at.service_day, service))
    move(tx, at, Verb.CONTINUE, by, service, shown, **values)


def _finished(
    tx: Connection, centre: Centre, by: By, counter: int, staff_id: int, ticket_id: int | None
) -> Standing:
    held = before(tx, counter)
    if held is None and ticket_id is not None:
        services.check_counter(tx, counter, staff_id)
        return find_of_today(tx, centre, ticket_id, by.now)
    at = at_hand_of(tx, counter, staff_id, ticket_id)
    if at.status != Status.SERVING:
        raise CounterBusy(number=at.number)
    move(tx, at, Verb.FINISH, by)
    note_pace(tx, at, by.now)
    return find_of_today(tx, centre, at.id, by.now)


def _back_in_line(code: str, only_counter: int | None) -> dict[str, Any]:
    return {
        "service_code": code,
        "only_counter": only_counter,
        "counter_number": None,
        "called_at": None,
        "calls": 0,
        "hold": "",
        "lacks": "",
    }
