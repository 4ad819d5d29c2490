"""Services and counters as the screens show them, in one language.

Statements are built once, with parameters for what changes: building one anew costs ten times running it.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.database import in_lang
from kiosk.database.prepared import Prepared
from kiosk.services.catalogue.plans import ONLY_STAFF, MaterialKind
from kiosk.services.refusals import (
    CounterNotOpen,
    CounterPaused,
    CounterTakenOver,
    UnknownCounter,
    UnknownService,
)
from kiosk.services.rules import Counter, Group, Material, Pause, Service
from kiosk.services.tables import (
    counter,
    counter_service,
    letter_of_numbers,
    material,
    service,
    service_group,
    service_time,
)
from kiosk.words import Lang


@cache
def _services(lang: Lang) -> sa.Select[Any]:
    reason = in_lang(lang, service.c.closed_reason)
    today = sa.case((service.c.closed_on == sa.bindparam("day"), reason), else_="")
    shown = [in_lang(lang, service.c.name), in_lang(lang, service.c.place), today, service.c.daily_cap]
    times = [service.c.is_timed, service_time.c.opens_at, service_time.c.closes_at]
    more = [letter_of_numbers.label("letter"), service.c.initials, service.c.hours, service.c.for_whom]
    is_today = sa.and_(
        service.c.is_timed,
        service_time.c.service_code == service.c.code,
        service_time.c.service_day == sa.bindparam("day"),
    )
    return (
        sa.select(service.c.code, service.c.icon, *shown, *times, *more)
        .join_from(service, service_group)
        .join(service_time, is_today, isouter=True)
        .where(service.c.retired_at.is_(None))
        .order_by(service.c.position)
    )


_IS_OFFERED = sa.or_(~service.c.is_timed, service_time.c.service_day.is_not(None))
"""Whether a service is there at all on :day: a stall is not, on other days than its event's."""


_AT_STATION = service.c.for_whom != ONLY_STAFF


@cache
def _offered(lang: Lang) -> sa.Select[Any]:
    return _services(lang).where(_IS_OFFERED)


@cache
def _all_offered(lang: Lang) -> Prepared:
    return Prepared(_offered(lang))


@cache
def _popular(lang: Lang) -> Prepared:
    return Prepared(_offered(lang).where(service.c.is_popular, _AT_STATION))


@cache
def _of_group(lang: Lang) -> Prepared:
    return Prepared(_offered(lang).where(service.c.group_slug == sa.bindparam("slug"), _AT_STATION))


@cache
def _of_code(lang: Lang) -> Prepared:
    return Prepared(_services(lang).where(service.c.code == sa.bindparam("code")))


@cache
def _groups(lang: Lang) -> Prepared:
    name = in_lang(lang, service_group.c.name)
    return Prepared(
        sa.select(service_group.c.slug, name, service_group.c.icon, sa.func.count().label("services"))
        .join_from(service_group, service)
        # stalls stand with their event
        .where(~service.c.is_timed, service.c.retired_at.is_(None), _AT_STATION)
        .group_by(service_group.c.slug)
        .order_by(service_group.c.position)
    )


@cache
def _group_names(lang: Lang) -> Prepared:
    name = in_lang(lang, service_group.c.name)
    return Prepared(sa.select(service.c.code, name).join_from(service, service_group))


@cache
def _materials(lang: Lang) -> Prepared:
    return Prepared(
        sa.select(
            in_lang(lang, material.c.text),
            in_lang(lang, material.c.note),
            (material.c.kind == MaterialKind.IF_YOU_HAVE).label("is_optional"),
        )
        .where(
            material.c.service_code == sa.bindparam("code"),
            (material.c.kind == MaterialKind.AGENT) == sa.bindparam("agents", type_=sa.Boolean),
        )
        .order_by(material.c.position)
    )


@cache
def _skill_names(lang: Lang) -> Prepared:
    return Prepared(
        sa.select(counter_service.c.counter_number, service.c.code, in_lang(lang, service.c.name))
        .join_from(counter_service, service)
        .where(service.c.retired_at.is_(None))
        .order_by(service.c.position)
    )


_COUNTERS = Prepared(sa.select(counter).where(counter.c.retired_at.is_(None)).order_by(counter.c.number))
_HOLDER = Prepared(
    sa.select(counter.c.opened_by, counter.c.pause).where(counter.c.number == sa.bindparam("number"))
)


def _service(row: Sequence[Any]) -> Service:
    code, icon, name, place, closed_reason, daily_cap, *times = row
    return Service(code, name, place, icon, closed_reason, daily_cap, *times)


def all_services(tx: Connection, lang: Lang, day: date) -> tuple[Service, ...]:
    """Every service that is offered on `day`, in the centre's order."""
    return tuple(_service(row) for row in _all_offered(lang).all(tx, {"day": day}))


def popular_services(tx: Connection, lang: Lang, day: date) -> tuple[Service, ...]:
    """The services that stand on the home screen themselves."""
    return tuple(_service(row) for row in _popular(lang).all(tx, {"day": day}))


def groups(tx: Connection, lang: Lang) -> tuple[Group, ...]:
    """The home screen's tiles, each with how many services are behind it."""
    return tuple(Group(*row) for row in _groups(lang).all(tx, {}))


def group_services(tx: Connection, slug: str, lang: Lang, day: date) -> tuple[Group, tuple[Service, ...]]:
    """One group and its services. Raises UnknownService for a slug that is not there."""
    found = next((group for group in groups(tx, lang) if group.slug == slug), None)
    if found is None:
        raise UnknownService
    rows = _of_group(lang).all(tx, {"slug": slug, "day": day})
    return found, tuple(_service(row) for row in rows)


def group_names(tx: Connection, lang: Lang) -> dict[str, str]:
    """What the group of each service is called, by the service's code."""
    return dict(_group_names(lang).all(tx, {}))


def service_of(tx: Connection, code: str, lang: Lang, day: date) -> Service:
    """The service with this code, as it is on `day`; a retired one is none. Raises UnknownService."""
    row = _of_code(lang).first(tx, {"code": code, "day": day})
    if row is None:
        raise UnknownService
    return _service(row)


def advice(tx: Connection, code: str, lang: Lang, day: date) -> Service | None:
    """The service for whoever does not know which; None where the centre has named none, or it is gone."""
    row = _of_code(lang).first(tx, {"code": code, "day": day}) if code else None
    found = None if row is None else _service(row)
    return None if found is None or found.for_whom == ONLY_STAFF or found.is_timed else found


def materials(tx: Connection, code: str, lang: Lang, *, agents: bool) -> tuple[Material, ...]:
    """What to bring for oneself, if one has it or in any case, or (`agents`) what an agent brings besides."""
    return tuple(Material(*row) for row in _materials(lang).all(tx, {"code": code, "agents": agents}))


def counters(tx: Connection, lang: Lang) -> tuple[Counter, ...]:
    """Every counter with what it serves."""
    skills: dict[int, list[tuple[str, str]]] = {}
    for number, code, name in _skill_names(lang).all(tx, {}):
        skills.setdefault(number, []).append((code, name))
    return tuple(_counter(row, skills.get(row.number, [])) for row in _COUNTERS.all(tx, {}))


def seats(tx: Connection) -> tuple[Counter, ...]:
    """Every counter with who has it open and its pause, without what it serves."""
    return tuple(_counter(row, []) for row in _COUNTERS.all(tx, {}))


def _counter(row: Any, skills: list[tuple[str, str]]) -> Counter:
    return Counter(
        number=row.number,
        opened_by=row.opened_by,
        opened_at=row.opened_at,
        pause=Pause(row.pause) if row.pause else None,
        codes=tuple(code for code, _ in skills),
        services=tuple(name for _, name in skills),
        paused_at=row.paused_at,
    )


def check_counter(tx: Connection, number: int, staff_id: int | None) -> None:
    """Refuse unless this clerk has it open. Raises UnknownCounter, CounterNotOpen, CounterTakenOver."""
    _held_by(tx, number, staff_id)


def check_calling(tx: Connection, number: int, staff_id: int | None) -> None:
    """The same, and refuse a counter that pauses: CounterPaused."""
    if _held_by(tx, number, staff_id).pause:
        raise CounterPaused(counter=number)


def check_open(tx: Connection, number: int) -> None:
    """Refuse a counter where nobody sits. Raises UnknownCounter, CounterNotOpen."""
    _holder(tx, number)


def is_open(tx: Connection, number: int) -> bool:
    """Whether a clerk sits at this counter."""
    row = _HOLDER.first(tx, {"number": number})
    return row is not None and row.opened_by is not None


def _held_by(tx: Connection, number: int, staff_id: int | None) -> Any:
    row = _holder(tx, number)
    if row.opened_by != staff_id:
        raise CounterTakenOver(counter=number)
    return row


def _holder(tx: Connection, number: int) -> Any:
    row = _HOLDER.first(tx, {"number": number})
    if row is None:
        raise UnknownCounter
    if row.opened_by is None:
        raise CounterNotOpen(counter=number)
    return row
