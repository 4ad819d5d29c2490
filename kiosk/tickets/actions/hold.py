"""Out of the line and back into it: three kinds of hold, and who missed the turn."""

from msgspec import Struct
from sqlalchemy import Connection

from kiosk import services
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.spool import has_printer, print_slip
from kiosk.tickets.actions.call import check_papers
from kiosk.tickets.reads.ticket import rival_ranks
from kiosk.tickets.refusals import BadHold
from kiosk.tickets.rules import Hold, Status, Verb, rank_after, rank_at_front
from kiosk.tickets.slips import come_back_slip, ticket_subject
from kiosk.tickets.transition import By, Standing, at_hand_of, check_free, find_of_today, move
from kiosk.tickets.wait.service_time import note_pace


class Aside(Struct, frozen=True):
    """Why somebody is put aside, and which papers she lacks, a line each."""

    kind: str
    lacks: tuple[str, ...] = ()


def hold(
    tx: Connection,
    centre: Centre,
    asked: Asked,
    counter: int,
    aside: Aside,
    ticket_id: int | None = None,
) -> None:
    """Put the person at hand aside; the counter is free for others and the clerk's clock stops.

    Its `kind` is a Hold: who fetches papers (不持件) gets the slip 回来继续办 with what she `lacks`; kept
    papers (持件) bring her back to this counter; wait (等待) is a seal or a photocopy. Raises BadHold.
    """
    kind = aside.kind
    if kind not in tuple(Hold):
        raise BadHold
    at = at_hand_of(tx, counter, asked.staff_id, ticket_id)
    missing = "\n".join(line.strip()[:64] for line in aside.lacks if line.strip())[:512]
    move(tx, at, Verb.HOLD, By.of(asked, counter), kind, hold=kind, lacks=missing)
    note_pace(tx, at, asked.now)
    if kind == Hold.FETCH and has_printer(tx, centre.settings):
        slip = come_back_slip(tx, centre, asked, at, missing)
        print_slip(tx, slip, ticket_subject(at.id), asked.now, centre.settings)


def resume(tx: Connection, centre: Centre, asked: Asked, counter: int, ticket_id: int) -> None:
    """Somebody on hold stands at this free counter again: serving goes on.

    Raises CounterBusy, PapersElsewhere, WrongStatus, TicketOver, services.CounterPaused.
    """
    services.check_calling(tx, counter, asked.staff_id)
    check_free(tx, counter)
    at = find_of_today(tx, centre, ticket_id, asked.now)
    check_papers(tx, at, counter)
    by = By.of(asked, counter)
    move(tx, at, Verb.RESUME, by, counter_number=counter, called_at=asked.now, hold="", lacks="")


def rejoin(tx: Connection, centre: Centre, ticket_id: int, by: By) -> None:
    """Back into the line without a new number: after a hold as the next, after a missed turn after k people.

    Raises WrongStatus, CalledElsewhere, TicketOver.
    """
    at = find_of_today(tx, centre, ticket_id, by.now)
    only = _kept_for(tx, at)
    ranks = rival_ranks(tx, at.service_day, at.service_code, only)
    if at.status == Status.HELD:
        rank = rank_at_front(at.rank_at, ranks)
    else:
        rank = rank_after(centre.settings.rejoin_after, at.rank_at, ranks)
    move(
        tx, at, Verb.REJOIN, by, rank_at=rank, only_counter=only,
        counter_number=None, called_at=None, calls=0,
    )  # fmt: skip


def _kept_for(tx: Connection, at: Standing) -> int | None:
    """The counter that alone may call who comes back from a hold; none when nobody sits there any more."""
    if at.status != Status.HELD or at.hold == Hold.FETCH or at.counter_number is None:
        return None
    return at.counter_number if services.is_open(tx, at.counter_number) else None
