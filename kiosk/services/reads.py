"""Services and counters as the screens show them, in one language.

Statements are built once, with gaps for what changes: building one anew costs ten times what running it does.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.services.refusals import CounterNotOpen, CounterTakenOver, UnknownCounter, UnknownService
from kiosk.services.rules import Counter, Group, Material, Service
from kiosk.services.tables import counter, counter_service, material, service, service_group
from kiosk.words import Lang


def _in(lang: Lang, column: sa.Column[Any]) -> sa.Column[Any]:
    return column.table.c[f"{column.name}_en"] if lang == "en" else column


@cache
def _services(lang: Lang) -> sa.Select[Any]:
    # a service that was closed in Chinese only is closed in English too
    reason = sa.func.coalesce(sa.func.nullif(_in(lang, service.c.closed_reason), ""), service.c.closed_reason)
    shown = [_in(lang, service.c.name), _in(lang, service.c.place), reason]
    return sa.select(service.c.code, service.c.icon, *shown).order_by(service.c.position)


@cache
def _popular(lang: Lang) -> sa.Select[Any]:
    return _services(lang).where(service.c.is_popular)


@cache
def _of_group(lang: Lang) -> sa.Select[Any]:
    return _services(lang).where(service.c.group_slug == sa.bindparam("slug"))


@cache
def _of_code(lang: Lang) -> sa.Select[Any]:
    return _services(lang).where(service.c.code == sa.bindparam("code"))


@cache
def _groups(lang: Lang) -> sa.Select[Any]:
    name = _in(lang, service_group.c.name)
    return (
        sa.select(service_group.c.slug, name, service_group.c.icon, sa.func.count())
        .join_from(service_group, service)
        .group_by(service_group.c.slug)
        .order_by(service_group.c.position)
    )


@cache
def _materials(lang: Lang) -> sa.Select[Any]:
    return (
        sa.select(_in(lang, material.c.text), _in(lang, material.c.note))
        .where(
            material.c.service_code == sa.bindparam("code"), material.c.is_agents == sa.bindparam("agents")
        )
        .order_by(material.c.position)
    )


@cache
def _skill_names(lang: Lang) -> sa.Select[Any]:
    return (
        sa.select(counter_service.c.counter_number, _in(lang, service.c.name))
        .join_from(counter_service, service)
        .order_by(service.c.position)
    )


_COUNTERS = sa.select(counter.c.number, counter.c.opened_by).order_by(counter.c.number)
_HOLDER = sa.select(counter.c.opened_by).where(counter.c.number == sa.bindparam("number"))


def _service(row: Sequence[Any]) -> Service:
    code, icon, name, place, closed_reason = row
    return Service(code, name, place, icon, closed_reason)


def popular_services(tx: Connection, lang: Lang) -> tuple[Service, ...]:
    """The services that stand on the home screen themselves."""
    return tuple(_service(row) for row in tx.execute(_popular(lang)))


def groups(tx: Connection, lang: Lang) -> tuple[Group, ...]:
    """The home screen's tiles, each with how many services are behind it."""
    return tuple(Group(*row) for row in tx.execute(_groups(lang)))


def group_services(tx: Connection, slug: str, lang: Lang) -> tuple[Group, tuple[Service, ...]]:
    """One group and its services. Raises UnknownService for a slug that is not there."""
    found = next((group for group in groups(tx, lang) if group.slug == slug), None)
    if found is None:
        raise UnknownService
    return found, tuple(_service(row) for row in tx.execute(_of_group(lang), {"slug": slug}))


def service_of(tx: Connection, code: str, lang: Lang = "zh") -> Service:
    """The service with this code. Raises UnknownService."""
    row = tx.execute(_of_code(lang), {"code": code}).one_or_none()
    if row is None:
        raise UnknownService
    return _service(row)


def materials(tx: Connection, code: str, lang: Lang, *, agents: bool) -> tuple[Material, ...]:
    """What to bring for oneself, or (`agents`) what an agent brings besides."""
    return tuple(Material(*row) for row in tx.execute(_materials(lang), {"code": code, "agents": agents}))


def counters(tx: Connection, lang: Lang) -> tuple[Counter, ...]:
    """Every counter with what it serves."""
    names: dict[int, list[str]] = {}
    for number, name in tx.execute(_skill_names(lang)):
        names.setdefault(number, []).append(name)
    return tuple(Counter(n, by, tuple(names.get(n, ()))) for n, by in tx.execute(_COUNTERS))


def check_counter(tx: Connection, number: int, staff_id: int) -> None:
    """Refuse unless this clerk has it open. Raises UnknownCounter, CounterNotOpen, CounterTakenOver."""
    row = tx.execute(_HOLDER, {"number": number}).one_or_none()
    if row is None:
        raise UnknownCounter
    if row.opened_by is None:
        raise CounterNotOpen(counter=number)
    if row.opened_by != staff_id:
        raise CounterTakenOver(counter=number)
