"""Adding, changing, retiring and ordering services; each change is one row of the history."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from msgspec import to_builtins
from msgspec.structs import asdict, replace
from sqlalchemy import Connection

from kiosk import changes
from kiosk.asked import Asked
from kiosk.services.catalogue.initials import initials_of
from kiosk.services.catalogue.letters import free_code, letter_refused
from kiosk.services.catalogue.listing import PLAN_FIELDS, ListedService, listed_group, listed_service
from kiosk.services.catalogue.plans import CODE, ServicePlan, service_faults, tidied_service
from kiosk.services.refusals import BadPlan, CodeTaken, GroupRetired, NotThere, UnknownGroup
from kiosk.services.tables import material, outcome, service
from kiosk.words import Refusal

KIND = "service"


def add_service(tx: Connection, asked: Asked, plan: ServicePlan, code: str = "") -> str:
    """Offer one more service, the last of its group; its code, which is made when none is given.

    Raises BadPlan, UnknownGroup, GroupRetired, LetterTaken, LetterMissing, CodeTaken.
    """
    plan = _checked(tx, plan, code)
    code = code or free_code(tx, plan.letter or listed_group(tx, plan.group).plan.letter)
    if not CODE.fullmatch(code) or _is_there(tx, code):
        raise CodeTaken(code=code)
    position = tx.execute(sa.select(sa.func.max(service.c.position)).where(~service.c.is_timed)).scalar()
    tx.execute(sa.insert(service).values(code=code, position=(position or 0) + 1, **_columns(plan)))
    _write_lines(tx, code, plan)
    note(tx, asked, code, "add", None)
    return code


def edit_service(tx: Connection, asked: Asked, code: str, plan: ServicePlan) -> bool:
    """Change a service and its materials; whether anything is other than it was.

    Raises UnknownService and what `add_service` raises.
    """
    before = listed_service(tx, code)
    plan = _checked(tx, plan, code)
    if plan == before.plan:
        return False
    _overwrite(tx, code, plan)
    note(tx, asked, code, "edit", before)
    return True


def retire_service(tx: Connection, asked: Asked, code: str) -> None:
    """Offer it no more; who has a number keeps it and is served. Raises UnknownService."""
    before = listed_service(tx, code)
    if before.retired_at is None:
        set_retired(tx, code, asked.now)
        note(tx, asked, code, "retire", before)


def bring_back_service(tx: Connection, asked: Asked, code: str) -> None:
    """Offer it again. Raises UnknownService, GroupRetired, LetterTaken, LetterMissing."""
    before = listed_service(tx, code)
    if before.retired_at is not None:
        _checked(tx, before.plan, code)
        set_retired(tx, code, None)
        note(tx, asked, code, "bring_back", before)


def set_popular(tx: Connection, asked: Asked, code: str, *, is_popular: bool) -> None:
    """Let it stand on the home screen itself, or not. Raises UnknownService."""
    edit_service(tx, asked, code, replace(listed_service(tx, code).plan, is_popular=is_popular))


def arrange_services(
    tx: Connection, asked: Asked, group: str, codes: Sequence[str], undoes: int | None = None
) -> None:
    """Put a group's services in this order: all of them, retired ones too. Raises UnknownGroup, NotThere."""
    listed_group(tx, group)
    of_group = sa.select(service.c.code, service.c.position).where(
        service.c.group_slug == group, ~service.c.is_timed
    )
    rows = tx.execute(of_group.order_by(service.c.position, service.c.code)).all()
    before = [row.code for row in rows]
    if sorted(before) != sorted(codes):
        raise NotThere
    if before == list(codes):
        return
    first = min(row.position for row in rows)
    places = _places([row.position for row in rows], first)
    for code, place in zip(codes, places, strict=True):
        tx.execute(sa.update(service).where(service.c.code == code).values(position=place))
    note_places(tx, asked, group, before, list(codes), undoes)


def note_places(
    tx: Connection, asked: Asked, group: str, before: list[str], after: list[str], undoes: int | None = None
) -> None:
    """Write down a new order of a group's services; of the groups themselves when `group` is empty."""
    name = listed_group(tx, group).plan.name if group else ""
    verb = "arrange" if undoes is None else "undo"
    noted = changes.Noted(
        "group", f"{group}:places", name, verb, {"places": before}, {"places": after}, undoes
    )
    changes.note(tx, asked, noted)


def _places(taken: list[int], first: int) -> list[int]:
    # of rows of other origin two may share a place: then these services get places of their own
    return taken if len(set(taken)) == len(taken) else [first + step for step in range(len(taken))]


def facts_of(listed: ListedService) -> changes.Facts:
    """A service as the history keeps it."""
    said = to_builtins(listed.plan)
    ends = list(said.pop("outcomes"))
    facts: dict[str, Any] = said | {
        "code": listed.code,
        "materials": list(said["materials"]),  # as they come back out of JSON
        "retired": listed.retired_at is not None,
    }
    # a service that asks nothing is told as it was before services could ask
    return facts | ({"outcomes": ends} if ends else {})


def note(
    tx: Connection,
    asked: Asked,
    code: str,
    verb: str,
    before: ListedService | None,
    undoes: int | None = None,
) -> None:
    """Write down how a service is now, and how it was."""
    now = listed_service(tx, code)
    was = None if before is None else facts_of(before)
    changes.note(tx, asked, changes.Noted(KIND, code, now.plan.name, verb, was, facts_of(now), undoes))


def restore(tx: Connection, code: str, plan: ServicePlan) -> None:
    """Write a plan over a service, nothing noted. Raises what `edit_service` raises."""
    _overwrite(tx, code, _checked(tx, plan, code))


def set_retired(tx: Connection, code: str, at: datetime | None) -> None:
    """Retire a service at this moment, or never."""
    tx.execute(sa.update(service).where(service.c.code == code).values(retired_at=at))


def _checked(tx: Connection, plan: ServicePlan, code: str) -> ServicePlan:
    plan = tidied_service(plan)
    if not plan.initials:
        plan = replace(plan, initials=initials_of(plan.name))
    faults = service_faults(plan)
    try:
        group = listed_group(tx, plan.group)
    except UnknownGroup:
        raise BadPlan(faults | {"group": "choice"}) from None
    wrong = service_letter_refused(tx, plan, code)
    if faults:
        raise BadPlan(faults, wrong)
    if group.retired_at is not None:
        raise GroupRetired(name=group.plan.name)
    if wrong:
        raise wrong
    return replace(plan, letter="") if plan.letter == group.plan.letter else plan


def service_letter_refused(tx: Connection, plan: ServicePlan, code: str = "") -> Refusal | None:
    """What is wrong with the letter of a plan, also of one with other faults: LetterTaken, LetterMissing."""
    return letter_refused(tx, plan.group, plan.letter, code or "-", plan.name)


def _overwrite(tx: Connection, code: str, plan: ServicePlan) -> None:
    tx.execute(sa.update(service).where(service.c.code == code).values(_columns(plan)))
    tx.execute(sa.delete(material).where(material.c.service_code == code))
    tx.execute(sa.delete(outcome).where(outcome.c.service_code == code))
    _write_lines(tx, code, plan)


def _columns(plan: ServicePlan) -> dict[str, Any]:
    return {"group_slug": plan.group} | {name: getattr(plan, name) for name in PLAN_FIELDS}


def _write_lines(tx: Connection, code: str, plan: ServicePlan) -> None:
    for position, line in enumerate(plan.materials):
        tx.execute(sa.insert(material).values(service_code=code, position=position, **asdict(line)))
    for position, end in enumerate(plan.outcomes):
        tx.execute(sa.insert(outcome).values(service_code=code, position=position, **asdict(end)))


def _is_there(tx: Connection, code: str) -> bool:
    return tx.execute(sa.select(service.c.code).where(service.c.code == code)).first() is not None
