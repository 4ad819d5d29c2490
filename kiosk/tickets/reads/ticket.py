"""One ticket as its owner sees it, and what every screen asks first: is anything new?

Statements are built once, with parameters for what changes: building one anew costs ten times running it.
"""

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk import qr_codes
from kiosk.centre import Centre
from kiosk.database import in_lang
from kiosk.database.prepared import Prepared
from kiosk.services.tables import counter_service, service
from kiosk.tickets.refusals import BadTap, TicketOver, TicketRevoked, UnknownTicket
from kiosk.tickets.rules import AT_HAND, Status
from kiosk.tickets.tables import closed_day, priority, ticket
from kiosk.tickets.wait.estimate import LONGEST_LINE, Estimate, Place
from kiosk.tickets.wait.queue_cache import ahead_of, cached_estimate, row_of
from kiosk.tickets.wait.service_time import VISITS, estimated
from kiosk.words import Lang


class Priority(Struct, frozen=True):
    """A reason for a head start, in one language."""

    code: str
    name: str
    head_start_min: int


class TicketView(Struct, frozen=True):
    """One ticket as its owner sees it.

    `counter` while it is called or served, `ahead` and `estimate` while it waits; on hold its kind `hold`,
    the counter `held_at` and what the resident `lacks`.
    """

    id: int
    token: str
    number: str
    code: str
    service: str
    where: str
    status: Status
    ahead: int
    estimate: Estimate | None
    taken_at: datetime
    for_someone_else: bool
    priority: str
    has_phone: bool
    counter: int | None = None
    hold: str = ""
    held_at: int | None = None
    lacks: tuple[str, ...] = ()
    is_slow: bool = False
    wants_staff: bool = False
    cannot_hear: bool = False


@cache
def _priorities(lang: Lang) -> Prepared:
    name = in_lang(lang, priority.c.name)
    offered = sa.select(priority.c.code, name, priority.c.head_start_min).where(
        priority.c.retired_at.is_(None)
    )
    return Prepared(offered.order_by(priority.c.position))


def priorities(tx: Connection, lang: Lang) -> tuple[Priority, ...]:
    """The reasons that the centre accepts."""
    return tuple(Priority(*row) for row in _priorities(lang).all(tx, {}))


def priority_of(tx: Connection, code: str, lang: Lang) -> Priority:
    """The reason with this code. Raises BadTap."""
    found = next((reason for reason in priorities(tx, lang) if reason.code == code), None)
    if found is None:
        raise BadTap
    return found


def _pool() -> sa.Select[Any]:
    """The counters that may call a ticket of :service_code, kept for :only_counter if that is not null."""
    wanted = sa.bindparam("only_counter", type_=sa.Integer)
    return sa.select(counter_service.c.counter_number).where(
        sa.or_(
            counter_service.c.counter_number == wanted,
            sa.and_(wanted.is_(None), counter_service.c.service_code == sa.bindparam("service_code")),
        )
    )


def _rivals() -> sa.ColumnElement[bool]:
    served = sa.select(counter_service.c.service_code).where(counter_service.c.counter_number.in_(_pool()))
    own = ticket.c.service_code == sa.bindparam("service_code")
    # what is true of most comes first: with 500 before a ticket they are counted in 47 µs instead of 74
    return sa.or_(
        sa.and_(ticket.c.only_counter.is_(None), sa.or_(own, ticket.c.service_code.in_(served))),
        ticket.c.only_counter.in_(_pool()),
    )


_NOT_AFTER = sa.and_(
    ticket.c.service_day == sa.bindparam("day"),
    ticket.c.status == Status.WAITING,
    ticket.c.rank_at <= sa.bindparam("rank"),  # one range of the index; an OR alone made it two and a union
    _rivals(),
)
_LINE = Prepared(
    sa.select(ticket.c.service_code, ticket.c.only_counter)
    .where(
        _NOT_AFTER, sa.or_(ticket.c.rank_at < sa.bindparam("rank"), ticket.c.id < sa.bindparam("before_id"))
    )
    .order_by(ticket.c.rank_at, ticket.c.id)
)
_COUNT = Prepared(sa.select(sa.func.count(), VISITS.scalar_subquery()).where(_NOT_AFTER))
NOT_WRITTEN = qr_codes.SERIALS
"""The id of a ticket that is still to come: after all others of its rank."""


def line_before(
    tx: Connection,
    day: date,
    service_code: str,
    rank: datetime,
    before_id: int = NOT_WRITTEN,
    only_counter: int | None = None,
) -> tuple[Place, ...]:
    """Who will be called before a ticket of this service and rank; `before_id` breaks a tie of ranks.

    Counted over every service that shares a counter with this one, for it is the counter that calls.
    """
    parameters = {
        "day": day,
        "service_code": service_code,
        "rank": rank,
        "before_id": before_id,
        "only_counter": only_counter,
    }
    return tuple((code, only) for code, only in _LINE.all(tx, parameters))


_RANKS = Prepared(
    sa.select(ticket.c.rank_at)
    .where(ticket.c.service_day == sa.bindparam("day"), ticket.c.status == Status.WAITING, _rivals())
    .order_by(ticket.c.rank_at)
)


def rival_ranks(
    tx: Connection, day: date, service_code: str, only_counter: int | None = None
) -> list[datetime]:
    """The ranks of all who wait for what could call such a ticket, the next first."""
    parameters = {"day": day, "service_code": service_code, "only_counter": only_counter}
    return [row.rank_at for row in _RANKS.all(tx, parameters)]


class Wait(Struct, frozen=True):
    """What somebody who takes a ticket is told: how many are ahead, and a range when there is one."""

    ahead: int
    estimate: Estimate | None


def ahead_now(tx: Connection, centre: Centre, service_code: str, now: datetime) -> int:
    """How many are before someone who takes a ticket for this service now."""
    parameters = {"day": centre.day(now), "service_code": service_code, "rank": now, "only_counter": None}
    return int(_COUNT.first(tx, parameters)[0])


def wait_now(tx: Connection, centre: Centre, service_code: str, rank: datetime, now: datetime) -> Wait:
    """What to tell someone who takes a ticket for this service now, with this rank."""
    parameters = {"day": centre.day(now), "service_code": service_code, "rank": rank, "only_counter": None}
    ahead, visits = _COUNT.first(tx, parameters)
    if (visits or 0) < centre.settings.estimate_after or ahead > LONGEST_LINE:
        return Wait(ahead, None)
    line = line_before(tx, centre.day(now), service_code, rank)
    return Wait(ahead, estimated(tx, centre, line, (service_code, None), now, max(now - rank, timedelta())))


_BY_SERIAL = Prepared(
    sa.select(ticket.c.id, ticket.c.revision, ticket.c.service_day, ticket.c.status).where(
        ticket.c.id == sa.bindparam("serial")
    )
)


def find_ticket(tx: Connection, centre: Centre, code: str, now: datetime) -> int:
    """The id of today's ticket behind a scanned or typed code.

    Raises tokens.Misread, tokens.Forged, UnknownTicket, TicketRevoked, TicketOver.
    """
    token = qr_codes.parse(code)
    row = _BY_SERIAL.first(tx, {"serial": token.serial})
    _check(tx, centre, token, row, now)
    return token.serial


def ticket_behind(tx: Connection, centre: Centre, code: str) -> int:
    """The id of the ticket behind a code, of whatever day: its end is asked after days later.

    Raises tokens.Misread, tokens.Forged, UnknownTicket, TicketRevoked.
    """
    token = qr_codes.parse(code)
    _check_code(centre, token, _BY_SERIAL.first(tx, {"serial": token.serial}))
    return token.serial


_CLOSED_SINCE = sa.select(closed_day.c.service_day).where(closed_day.c.service_day > sa.bindparam("day"))


def _is_over(tx: Connection, centre: Centre, row: Any, now: datetime) -> bool:
    """A day is over when it was closed: a wrong date that passes takes nobody's number."""
    if row.service_day == centre.day(now) or row.status in AT_HAND:
        return False
    return tx.execute(_CLOSED_SINCE.limit(1), {"day": row.service_day}).first() is not None


def _check(tx: Connection, centre: Centre, token: qr_codes.Token, row: Any, now: datetime) -> None:
    _check_code(centre, token, row)
    if _is_over(tx, centre, row, now):
        raise TicketOver


def _check_code(centre: Centre, token: qr_codes.Token, row: Any) -> None:
    current = qr_codes.verify(token, row.revision if row else 0, centre.secret)
    if row is None or token.kind != qr_codes.CodeKind.TICKET:
        raise UnknownTicket
    if not current:
        raise TicketRevoked


@cache
def _view(lang: Lang) -> Prepared:
    columns = (service.c.name, service.c.place, priority.c.name)
    name, place, reason = (in_lang(lang, column) for column in columns)
    joined = ticket.join(service, ticket.c.service_code == service.c.code).outerjoin(priority)
    shown = (name.label("service"), place.label("place"), sa.func.coalesce(reason, "").label("priority"))
    return Prepared(
        sa.select(ticket, *shown).select_from(joined).where(ticket.c.id == sa.bindparam("ticket_id"))
    )


def ticket_view(
    tx: Connection,
    centre: Centre,
    ticket_id: int,
    lang: Lang,
    now: datetime,
    wait: Wait | None = None,
) -> TicketView:
    """One ticket for its owner; `wait` when it was counted already. Raises UnknownTicket."""
    row = _view(lang).first(tx, {"ticket_id": ticket_id})
    if row is None:
        raise UnknownTicket
    return _viewed(centre, row, wait or _wait_of(tx, centre, row, now))


def view_by_code(tx: Connection, centre: Centre, code: str, lang: Lang, now: datetime) -> TicketView:
    """The same behind a scanned or typed code: a thousand phones ask two hundred times a second.

    Raises what `find_ticket` raises.
    """
    token = qr_codes.parse(code)

    def fetch() -> Any:
        return _view(lang).first(tx, {"ticket_id": token.serial})

    row = row_of(tx, centre.day(now), token.serial, lang, fetch)
    _check(tx, centre, token, row, now)
    return _viewed(centre, row, _wait_of(tx, centre, row, now))


def _viewed(centre: Centre, row: Any, wait: Wait) -> TicketView:
    return TicketView(
        id=row.id,
        token=centre.token(qr_codes.CodeKind.TICKET, row.id, row.revision),
        number=row.number,
        code=row.service_code,
        service=row.service,
        where=row.place,
        status=Status(row.status),
        ahead=wait.ahead,
        estimate=wait.estimate,
        counter=row.counter_number if row.status in AT_HAND else None,
        taken_at=row.taken_at,
        for_someone_else=row.for_someone_else,
        priority=row.priority,
        hold=row.hold if row.status == Status.HELD else "",
        held_at=row.counter_number if row.status == Status.HELD else None,
        lacks=tuple(row.lacks.splitlines()),
        is_slow=row.is_slow,
        wants_staff=row.wants_staff,
        cannot_hear=row.cannot_hear,
        has_phone=row.phone_tail is not None,
    )


def _wait_of(tx: Connection, centre: Centre, row: Any, now: datetime) -> Wait:
    if row.status != Status.WAITING:
        return Wait(0, None)
    ahead = ahead_of(tx, row.service_day, row.id) or 0
    if ahead > LONGEST_LINE:
        return Wait(ahead, None)
    mine = (row.service_code, row.only_counter)
    head_start = max(row.taken_at - row.rank_at, timedelta())

    def find() -> Estimate | None:
        line = line_before(tx, row.service_day, row.service_code, row.rank_at, row.id, row.only_counter)
        return estimated(tx, centre, line, mine, now, head_start)

    return Wait(ahead, cached_estimate(tx, now, (*mine, head_start, ahead), find))


def ticket_numbered(tx: Connection, day: date, number: str) -> int | None:
    """The id of a day's ticket by what stands on its slip; None where there is none."""
    of_day = sa.select(ticket.c.id).where(ticket.c.service_day == day, ticket.c.number == number)
    found: int | None = tx.execute(of_day).scalar()
    return found


_REVISION = sa.select(ticket.c.revision).where(ticket.c.id == sa.bindparam("ticket_id"))


def ticket_token(tx: Connection, centre: Centre, ticket_id: int) -> str:
    """The 24 digits of a ticket's newest slip. Raises UnknownTicket."""
    revision = tx.execute(_REVISION, {"ticket_id": ticket_id}).scalar()
    if revision is None:
        raise UnknownTicket
    return centre.token(qr_codes.CodeKind.TICKET, ticket_id, revision)


@cache
def _name_of(lang: Lang) -> sa.Select[Any]:
    name = in_lang(lang, service.c.name)
    return sa.select(name).where(service.c.code == sa.bindparam("code"))


def service_name(tx: Connection, code: str, lang: Lang) -> str:
    """What a service is called."""
    return str(tx.execute(_name_of(lang), {"code": code}).scalar_one())
