"""Furnishing the hall: how many counters, and which services of the starter catalogue are offered."""

from collections.abc import Set

from msgspec.structs import asdict
from sqlalchemy import Connection

from kiosk import services
from kiosk.asked import Asked
from kiosk.setup.starter import Starter, StarterGroup, starter_groups


def counter_count(tx: Connection) -> int:
    """How many counters there are."""
    return sum(one.retired_at is None for one in services.every_counter(tx))


def set_counters(tx: Connection, asked: Asked, count: int) -> None:
    """Have the counters 1 to `count` and no others; a new one serves everything.

    Raises services.CounterInUse for one where somebody sits.
    """
    there = {one.number: one for one in services.every_counter(tx)}
    offered = _offered(tx)
    for number in range(1, count + 1):
        if number not in there:
            services.add_counter(tx, asked, number, offered)
        else:
            services.bring_back_counter(tx, asked, number)
    for number in sorted(there):
        if number > count:
            services.retire_counter(tx, asked, number)


def chosen(tx: Connection) -> frozenset[str]:
    """The codes of the starter catalogue that are offered."""
    known = {one.code for group in starter_groups() for one in group.services}
    return frozenset(known & _offered(tx))


def offer(tx: Connection, asked: Asked, codes: Set[str]) -> None:
    """Offer these services of the starter catalogue and none of its others; every counter serves a new one.

    What the centre has made of its own stays as it is. Raises services.UnknownService for a code that the
    catalogue has not, services.LetterTaken where a group's letter is somebody else's.
    """
    groups = starter_groups()
    if not codes <= {one.code for group in groups for one in group.services}:
        raise services.UnknownService
    there = {one.code: one.retired_at is None for one in services.every_service(tx)}
    added = [code for group in groups for code in _offer_group(tx, asked, group, codes, there)]
    if added:
        skills = {one.number: {*one.codes, *added} for one in services.every_counter(tx)}
        services.set_skills(tx, asked, skills)


def _offer_group(
    tx: Connection, asked: Asked, group: StarterGroup, codes: Set[str], there: dict[str, bool]
) -> list[str]:
    """The codes of services that were not there before."""
    wanted = [one for one in group.services if one.code in codes]
    if wanted:
        _have_group(tx, asked, group)
    added = [one for one in wanted if one.code not in there]
    for one in added:
        services.add_service(tx, asked, plan_of(group, one), one.code)
    for one in group.services:
        if one.code in there and there[one.code] != (one.code in codes):
            change = services.bring_back_service if one.code in codes else services.retire_service
            change(tx, asked, one.code)
    return [one.code for one in added]


def _have_group(tx: Connection, asked: Asked, group: StarterGroup) -> None:
    if group.slug in {one.slug for one in services.every_group(tx)}:
        services.bring_back_group(tx, asked, group.slug)
        return
    plan = services.GroupPlan(group.name, group.name_en, group.icon, group.letter)
    services.add_group(tx, asked, plan, group.slug)


def plan_of(group: StarterGroup, one: Starter) -> services.ServicePlan:
    """A service of the file as staff would write it."""
    return services.ServicePlan(
        group=group.slug,
        name=one.name,
        name_en=one.name_en,
        icon=one.icon,
        place=one.place,
        place_en=one.place_en,
        initials=one.initials,
        duration_min=one.duration_min,
        is_popular=one.is_popular,
        materials=tuple(
            services.MaterialPlan(**asdict(line) | {"kind": services.MaterialKind(line.kind)})
            for line in one.lines
        ),
        outcomes=tuple(
            services.OutcomePlan(**asdict(line) | {"kind": services.OutcomeKind(line.kind)})
            for line in one.ends
        ),
    )


def _offered(tx: Connection) -> frozenset[str]:
    return frozenset(one.code for one in services.every_service(tx) if one.retired_at is None)
