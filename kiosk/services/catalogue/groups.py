"""Adding, changing, retiring and ordering groups; each change is one row of the history."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any

import sqlalchemy as sa
from msgspec.structs import asdict
from sqlalchemy import Connection

from kiosk import changes
from kiosk.asked import Asked
from kiosk.services.catalogue.letters import check_without, letter_refused
from kiosk.services.catalogue.listing import ListedGroup, every_group, listed_group
from kiosk.services.catalogue.plans import GroupPlan, group_faults, tidied_group
from kiosk.services.catalogue.services import note_places
from kiosk.services.refusals import BadPlan, GroupInUse, NotThere
from kiosk.services.tables import service, service_group

KIND = "group"


def add_group(tx: Connection, asked: Asked, plan: GroupPlan, slug: str = "") -> str:
    """One more tile of the home screen, the last; its slug, which is made when none is given.

    Raises BadPlan, LetterTaken, and NotThere for a slug that is there.
    """
    plan = _checked(tx, plan, slug)
    taken = set(tx.execute(sa.select(service_group.c.slug)).scalars())
    slug = slug or next(one for one in (f"g{number}" for number in count(1)) if one not in taken)
    if slug in taken:
        raise NotThere
    position = 1 + max((place for place in _positions(tx).values()), default=-1)
    tx.execute(sa.insert(service_group).values(slug=slug, position=position, **asdict(plan)))
    note(tx, asked, slug, "add", None)
    return slug


def edit_group(tx: Connection, asked: Asked, slug: str, plan: GroupPlan) -> bool:
    """Change a group; whether anything is other than it was.

    Raises UnknownGroup, BadPlan, LetterTaken, and LetterMissing when a service would be without.
    """
    before = listed_group(tx, slug)
    plan = _checked(tx, plan, slug)
    if plan == before.plan:
        return False
    restore(tx, slug, plan)
    note(tx, asked, slug, "edit", before)
    return True


def retire_group(tx: Connection, asked: Asked, slug: str) -> None:
    """Take a group without services away. Raises UnknownGroup, GroupInUse."""
    before = listed_group(tx, slug)
    check_empty(tx, before)
    if before.retired_at is None:
        set_retired(tx, slug, asked.now)
        note(tx, asked, slug, "retire", before)


def bring_back_group(tx: Connection, asked: Asked, slug: str) -> None:
    """Have it again. Raises UnknownGroup, LetterTaken."""
    before = listed_group(tx, slug)
    if before.retired_at is not None:
        _checked(tx, before.plan, slug)
        set_retired(tx, slug, None)
        note(tx, asked, slug, "bring_back", before)


def arrange_groups(tx: Connection, asked: Asked, slugs: Sequence[str], undoes: int | None = None) -> None:
    """Put the groups in this order: all of them, retired ones too. Raises NotThere."""
    before = [one.slug for one in every_group(tx)]
    if sorted(before) != sorted(slugs):
        raise NotThere
    if before == list(slugs):
        return
    for place, slug in enumerate(slugs):
        tx.execute(sa.update(service_group).where(service_group.c.slug == slug).values(position=place))
    note_places(tx, asked, "", before, list(slugs), undoes)


def facts_of(listed: ListedGroup) -> changes.Facts:
    """A group as the history keeps it."""
    return asdict(listed.plan) | {"slug": listed.slug, "retired": listed.retired_at is not None}


def note(
    tx: Connection, asked: Asked, slug: str, verb: str, before: ListedGroup | None, undoes: int | None = None
) -> None:
    """Write down how a group is now, and how it was."""
    now = listed_group(tx, slug)
    was = None if before is None else facts_of(before)
    changes.note(tx, asked, changes.Noted(KIND, slug, now.plan.name, verb, was, facts_of(now), undoes))


def set_retired(tx: Connection, slug: str, at: datetime | None) -> None:
    """Retire a group at this moment, or never."""
    _set(tx, slug, {"retired_at": at})


def restore(tx: Connection, slug: str, plan: GroupPlan) -> None:
    """Write a plan over a group, nothing noted. Raises what `edit_group` raises."""
    plan = _checked(tx, plan, slug)
    if not plan.letter:
        check_without(tx, slug)
    _set(tx, slug, asdict(plan))


def check_empty(tx: Connection, group: ListedGroup) -> None:
    """Refuse to retire a group that has services. Raises GroupInUse."""
    offered = sa.select(sa.func.count()).where(
        service.c.group_slug == group.slug, service.c.retired_at.is_(None), ~service.c.is_timed
    )
    number = tx.execute(offered).scalar_one()
    if number:
        raise GroupInUse(name=group.plan.name, count=number)


def _set(tx: Connection, slug: str, values: dict[str, Any]) -> None:
    tx.execute(sa.update(service_group).where(service_group.c.slug == slug).values(values))


def _checked(tx: Connection, plan: GroupPlan, slug: str) -> GroupPlan:
    plan = tidied_group(plan)
    faults, taken = group_faults(plan), letter_refused(tx, slug, plan.letter)
    if faults:
        raise BadPlan(faults, taken)
    if taken:
        raise taken
    return plan


def _positions(tx: Connection) -> dict[str, int]:
    rows = sa.select(service_group.c.slug, service_group.c.position).where(service_group.c.slug != "stalls")
    return dict(tx.execute(rows).all())
