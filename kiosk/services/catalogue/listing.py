"""The whole catalogue as staff see it: everything that is there, retired things too, as plans."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk.services.catalogue.plans import (
    GroupPlan,
    MaterialKind,
    MaterialPlan,
    OutcomeKind,
    OutcomePlan,
    ServicePlan,
)
from kiosk.services.refusals import UnknownCounter, UnknownGroup, UnknownService
from kiosk.services.tables import (
    counter,
    counter_service,
    letter_of_numbers,
    material,
    outcome,
    service,
    service_group,
)


class ListedService(Struct, frozen=True):
    """A service with its `letter_shown`, its own or its group's; `closed_on` while it is closed early."""

    code: str
    plan: ServicePlan
    letter_shown: str
    closed_on: date | None
    closed_reason: str
    retired_at: datetime | None


class ListedGroup(Struct, frozen=True):
    """A group in the order of the home screen."""

    slug: str
    plan: GroupPlan
    retired_at: datetime | None


class ListedCounter(Struct, frozen=True):
    """A counter with the codes of what it serves, retired services among them."""

    number: int
    codes: tuple[str, ...]
    is_open: bool
    retired_at: datetime | None


PLAN_FIELDS = (
    "name", "name_en", "letter", "icon", "place", "place_en", "initials", "duration_min", "hours",
    "for_whom", "daily_cap", "is_popular",
)  # fmt: skip
"""Columns of a service, the first of each row: two hundred are read at once."""

_ASIDE = ("code", "group_slug", "closed_on", "closed_reason", "retired_at")
GROUP_FIELDS = ("name", "name_en", "icon", "letter")
_LINE = ("text", "text_en", "note", "note_en")

_SERVICES = (
    sa.select(*(service.c[name] for name in (*PLAN_FIELDS, *_ASIDE)), letter_of_numbers.label("letter_shown"))
    .join_from(service, service_group)
    .where(~service.c.is_timed)
    .order_by(service_group.c.position, service.c.position, service.c.code)
)
_MATERIALS = sa.select(material).order_by(
    material.c.service_code, material.c.kind == MaterialKind.AGENT, material.c.position, material.c.id
)
_OUTCOMES = sa.select(outcome).order_by(outcome.c.service_code, outcome.c.position, outcome.c.id)
_END = ("text", "text_en", "reasons", "reasons_en")
_GROUPS = (
    # stalls stand with their event: their group has a place behind all others and no page
    sa.select(service_group)
    .where(service_group.c.slug != "stalls")
    .order_by(service_group.c.position, service_group.c.slug)
)


_SKILLS = (
    sa.select(counter_service.c.counter_number, counter_service.c.service_code)
    .join_from(counter_service, service)
    .where(~service.c.is_timed)
    .order_by(service.c.position, service.c.code)
)


def every_service(tx: Connection, *, is_brief: bool = False) -> tuple[ListedService, ...]:
    """All services but stalls, by group and in their order; `is_brief` without what to bring and what is
    asked at the end."""
    lines: dict[str, list[MaterialPlan]] = {}
    for row in () if is_brief else tx.execute(_MATERIALS):
        lines.setdefault(row.service_code, []).append(_line(row))
    ends: dict[str, list[OutcomePlan]] = {}
    for row in () if is_brief else tx.execute(_OUTCOMES):
        ends.setdefault(row.service_code, []).append(_end(row))
    return tuple(
        _listed(row, lines.get(row.code, ()), ends.get(row.code, ())) for row in tx.execute(_SERVICES)
    )


def listed_service(tx: Connection, code: str) -> ListedService:
    """One of them. Raises UnknownService."""
    row = tx.execute(_SERVICES.where(service.c.code == code)).first()
    if row is None:
        raise UnknownService
    lines = tx.execute(_MATERIALS.where(material.c.service_code == code))
    ends = tx.execute(_OUTCOMES.where(outcome.c.service_code == code))
    return _listed(row, [_line(one) for one in lines], [_end(one) for one in ends])


def letters_in_use(tx: Connection) -> frozenset[str]:
    """The letters that numbers of any service begin with, retired ones too."""
    shown = (
        sa.select(letter_of_numbers).join_from(service, service_group).where(~service.c.is_timed).distinct()
    )
    return frozenset(tx.execute(shown).scalars())


def every_group(tx: Connection) -> tuple[ListedGroup, ...]:
    """All groups in their order."""
    return tuple(_group(row) for row in tx.execute(_GROUPS))


def listed_group(tx: Connection, slug: str) -> ListedGroup:
    """One of them. Raises UnknownGroup."""
    row = tx.execute(_GROUPS.where(service_group.c.slug == slug)).first()
    if row is None:
        raise UnknownGroup
    return _group(row)


def every_counter(tx: Connection, of: Collection[str] | None = None) -> tuple[ListedCounter, ...]:
    """All counters by number, with all that they serve or, of that, the codes in `of` alone."""
    codes: dict[int, list[str]] = {}
    skills = _SKILLS if of is None else _SKILLS.where(service.c.code.in_(of))
    for number, code in tx.execute(skills) if of is None or of else ():
        codes.setdefault(number, []).append(code)
    rows = tx.execute(sa.select(counter).order_by(counter.c.number))
    return tuple(
        ListedCounter(row.number, tuple(codes.get(row.number, ())), row.opened_by is not None, row.retired_at)
        for row in rows
    )


def serving_counters(tx: Connection) -> tuple[int, ...]:
    """The numbers of the counters that serve anything but stalls."""
    # looked up for each: to join them took 20 ms where forty counters serve two hundred services
    own = sa.and_(counter_service.c.counter_number == counter.c.number, ~service.c.is_timed)
    skilled = sa.exists(sa.select(1).select_from(sa.join(counter_service, service)).where(own))
    numbers = sa.select(counter.c.number).where(counter.c.retired_at.is_(None), skilled)
    return tuple(tx.execute(numbers.order_by(counter.c.number)).scalars())


def listed_counter(tx: Connection, number: int) -> ListedCounter:
    """One of them. Raises UnknownCounter."""
    found = next((one for one in every_counter(tx) if one.number == number), None)
    if found is None:
        raise UnknownCounter
    return found


def _listed(row: Any, lines: Iterable[MaterialPlan], ends: Iterable[OutcomePlan]) -> ListedService:
    said: dict[str, Any] = dict(zip(PLAN_FIELDS, row, strict=False))
    plan = ServicePlan(group=row.group_slug, materials=tuple(lines), outcomes=tuple(ends), **said)
    return ListedService(row.code, plan, row.letter_shown, row.closed_on, row.closed_reason, row.retired_at)


def _line(row: Any) -> MaterialPlan:
    return MaterialPlan(**{name: getattr(row, name) for name in _LINE}, kind=MaterialKind(row.kind))


def _end(row: Any) -> OutcomePlan:
    return OutcomePlan(**{name: getattr(row, name) for name in _END}, kind=OutcomeKind(row.kind))


def _group(row: Any) -> ListedGroup:
    return ListedGroup(
        row.slug, GroupPlan(**{name: getattr(row, name) for name in GROUP_FIELDS}), row.retired_at
    )
