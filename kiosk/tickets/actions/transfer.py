"""The same ticket goes on elsewhere: to another service or counter, or to the next thing of one visit."""

from typing import Any

from msgspec import Struct
from sqlalchemy import Connection

from kiosk import services
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.tickets.reads.ticket import rival_ranks
from kiosk.tickets.refusals import AlreadyHere, BadPlace, CounterBusy, NobodyAtHand, NotAtHand
from kiosk.tickets.rules import Place, Status, Verb, rank_at_front
from kiosk.tickets.saying import LONGEST_REASON, write_detail
from kiosk.tickets.transition import By, Standing, at_hand_of, before, find_of_today, move
from kiosk.tickets.visit import Detail
from kiosk.tickets.wait.service_time import note_pace


class Destination(Struct, frozen=True):
    """Another service, one open counter, or both; `reason` is for who serves there ("" for none)."""

    service: str = ""
    counter: int | None = None
    reason: str = ""


class NextThing(Struct, frozen=True):
    """What the person came for besides, and where it is done: a Place."""

    service: str
    place: str = Place.FRONT


def transfer(
    tx: Connection,
    centre: Centre,
    asked: Asked,
    counter: int,
    to: Destination,
    ticket_id: int | None = None,
) -> None:
    """Send the person at hand to another service or to one open counter; the arrival time is kept.

    Raises AlreadyHere, services.UnknownService, services.UnknownCounter, services.CounterNotOpen.
    """
    at = at_hand_of(tx, counter, asked.staff_id, ticket_id)
    code, to_counter = to.service or at.service_code, to.counter
    services.service_of(tx, code, "zh", centre.day(asked.now))
    if to_counter is not None:
        services.check_open(tx, to_counter)
    if to_counter == counter or (to_counter is None and code == at.service_code):
        raise AlreadyHere(number=at.number)
    note = f"{code} {to_counter or ''}".strip()
    moved = move(tx, at, Verb.TRANSFER, By.of(asked, counter), note, **_back_in_line(code, to_counter))
    write_detail(tx, moved, Detail(reason=to.reason.strip()[:LONGEST_REASON]))
    note_pace(tx, at, asked.now)


def continue_visit(
    tx: Connection,
    centre: Centre,
    asked: Asked,
    counter: int,
    next_thing: NextThing,
    ticket_id: int | None = None,
) -> None:
    """ "还要办…": finish what is at hand, and go on with `next_thing` under the same number.

    Its `place` is a Place: at this counter at once, at the front of the next service, or by arrival. After
    the finish it works too, for a free counter and a ticket served today. The same service again is another
    visit: of two who came with one number, the second.
    An undo takes the finish back with it. Raises BadPlace, CounterBusy, WrongStatus, services.UnknownService,
    services.CounterPaused.
    """
    service, place = next_thing.service, next_thing.place
    if place not in tuple(Place):
        raise BadPlace
    services.service_of(tx, service, "zh", centre.day(asked.now))
    by = By.of(asked, counter)
    check = services.check_calling if place == Place.HERE else services.check_counter
    check(tx, counter, asked.staff_id)
    shown = before(tx, counter)
    at = _finished(tx, centre, by, shown, ticket_id)
    if place == Place.HERE:
        move(
            tx, at, Verb.CONTINUE_HERE, by, service, shown,
            service_code=service, counter_number=counter, called_at=asked.now,
        )  # fmt: skip
        return
    values = _back_in_line(service, None)
    if place == Place.FRONT:
        values["rank_at"] = rank_at_front(at.rank_at, rival_ranks(tx, at.service_day, service))
    move(tx, at, Verb.CONTINUE, by, service, shown, **values)


def _finished(
    tx: Connection, centre: Centre, by: By, held: Standing | None, ticket_id: int | None
) -> Standing:
    """Where the visit that goes on stands: finished now, or before when nobody is `held` any more."""
    if held is None:
        if ticket_id is None:
            raise NobodyAtHand
        return find_of_today(tx, centre, ticket_id, by.now)
    if ticket_id is not None and held.id != ticket_id:
        raise NotAtHand(number=held.number)
    if held.status != Status.SERVING:
        raise CounterBusy(number=held.number)
    move(tx, held, Verb.FINISH, by)
    note_pace(tx, held, by.now)
    return find_of_today(tx, centre, held.id, by.now)


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
