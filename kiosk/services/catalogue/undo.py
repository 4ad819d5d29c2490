"""Taking back one change of a service, a group, a counter or an order."""

from typing import Any

from sqlalchemy import Connection

from kiosk import changes
from kiosk.asked import Asked
from kiosk.services.catalogue import counters, groups, services
from kiosk.services.catalogue.listing import (
    every_group,
    every_service,
    listed_counter,
    listed_group,
    listed_service,
)
from kiosk.services.catalogue.plans import (
    GroupPlan,
    MaterialKind,
    MaterialPlan,
    OutcomeKind,
    OutcomePlan,
    ServicePlan,
)
from kiosk.services.refusals import CounterInUse


def put_back(tx: Connection, asked: Asked, change: changes.Change) -> None:
    """Make a service, group, counter or order as it was before `change`; what was added is retired.

    Raises changes.UndoneAlready, changes.ChangedSince, and what saving it so would raise.
    """
    changes.check_undoable(tx, change)
    noted = change.noted
    if noted.key.endswith(":places"):
        _arrange(tx, asked, change)
    elif noted.kind == services.KIND:
        _service(tx, asked, change)
    elif noted.kind == groups.KIND:
        _group(tx, asked, change)
    elif noted.kind == counters.KIND:
        _counter(tx, asked, change)
    else:
        raise changes.NotToBeUndone


def service_plan_of(facts: changes.Facts) -> ServicePlan:
    """The plan in what the history keeps of a service."""
    said = {name: facts[name] for name in ServicePlan.__struct_fields__ if name in facts}
    lines = [MaterialPlan(**line | {"kind": MaterialKind(line["kind"])}) for line in facts["materials"]]
    asked: Any = facts.get("outcomes", [])
    ends = [OutcomePlan(**line | {"kind": OutcomeKind(line["kind"])}) for line in asked]
    return ServicePlan(**said | {"materials": tuple(lines), "outcomes": tuple(ends)})


def _service(tx: Connection, asked: Asked, change: changes.Change) -> None:
    code, was = change.noted.key, change.noted.before
    now = listed_service(tx, code)
    _check_as_left(services.facts_of(now), change)
    if was is None or was["retired"]:
        services.set_retired(tx, code, now.retired_at or asked.now)
    else:
        services.restore(tx, code, service_plan_of(was))
        services.set_retired(tx, code, None)
    services.note(tx, asked, code, "undo", now, change.id)


def _group(tx: Connection, asked: Asked, change: changes.Change) -> None:
    slug, was = change.noted.key, change.noted.before
    now = listed_group(tx, slug)
    _check_as_left(groups.facts_of(now), change)
    if was is None or was["retired"]:
        groups.check_empty(tx, now)
        groups.set_retired(tx, slug, now.retired_at or asked.now)
    else:
        groups.restore(tx, slug, GroupPlan(**{name: was[name] for name in GroupPlan.__struct_fields__}))
        groups.set_retired(tx, slug, None)
    groups.note(tx, asked, slug, "undo", now, change.id)


def _counter(tx: Connection, asked: Asked, change: changes.Change) -> None:
    number, was = int(change.noted.key), change.noted.before
    now = listed_counter(tx, number)
    _check_as_left(counters.facts_of(now), change)
    is_gone = was is None or was["retired"]
    if is_gone and now.is_open:
        raise CounterInUse(counter=number)
    if was is None or is_gone:
        counters.take_away(tx, number, now.retired_at or asked.now)
    else:
        counters.give_back(tx, number, was["services"])
    counters.note(tx, asked, number, "undo", now, change.id)


def _arrange(tx: Connection, asked: Asked, change: changes.Change) -> None:
    group, before = change.noted.key.removesuffix(":places"), _places_of(change.noted.before)
    if not group:
        groups.arrange_groups(tx, asked, _still(before, [one.slug for one in every_group(tx)]), change.id)
        return
    there = [one.code for one in every_service(tx) if one.plan.group == group]
    services.arrange_services(tx, asked, group, _still(before, there), change.id)


def _check_as_left(now: changes.Facts, change: changes.Change) -> None:
    # what an event's stall or a command has written has no row of its own
    if now != change.noted.after:
        raise changes.ChangedSince


def _places_of(facts: changes.Facts | None) -> list[str]:
    found: Any = (facts or {}).get("places", [])
    return list(found)


def _still(places: list[str], there: list[str]) -> list[str]:
    """The order of those that are there, what has come since at its end."""
    kept = [one for one in places if one in there]
    return kept + [one for one in there if one not in kept]
