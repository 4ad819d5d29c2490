"""Putting notices up, changing them, taking them down: each change with its row in the history."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk import changes
from kiosk.asked import Asked
from kiosk.notices.reads import notice_of, notices_standing
from kiosk.notices.refusals import NoticeNotStanding, NoticeOver
from kiosk.notices.rules import KIND, SEQUENCE, Notice, NoticePlan, Place, Stand
from kiosk.notices.tables import notice


def add_notice(tx: Connection, asked: Asked, plan: NoticePlan) -> int:
    """Put a notice up, after those that stand; its id. The plan was judged by `plan_faults` before."""
    last: int = tx.execute(sa.select(sa.func.coalesce(sa.func.max(notice.c.position), 0))).scalar_one()
    values = {**_columns(plan), "position": last + 1}
    made = int(tx.execute(sa.insert(notice).values(values).returning(notice.c.id)).scalar_one())
    _note(tx, asked, None, notice_of(tx, made), "add")
    return made


def edit_notice(tx: Connection, asked: Asked, notice_id: int, plan: NoticePlan, seen: int) -> None:
    """Write an edited notice; one that was taken down stands again, for its new time.

    `seen` is the newest change that the form has known. Raises UnknownNotice, ChangedMeanwhile.
    """
    before = notice_of(tx, notice_id)
    changes.check_seen(tx, KIND, str(notice_id), seen)
    _write(tx, asked, before, {**_columns(plan), "ended_at": None}, "edit")


def end_notice(tx: Connection, asked: Asked, notice_id: int) -> None:
    """Take a notice down now. Raises UnknownNotice, NoticeNotStanding."""
    before = notice_of(tx, notice_id)
    if before.stand(asked.now) in (Stand.ENDED, Stand.OVER):
        raise NoticeNotStanding
    _write(tx, asked, before, {"ended_at": asked.now}, "end")


def show_again(tx: Connection, asked: Asked, notice_id: int) -> None:
    """Show one again that was taken down before its time. Raises UnknownNotice, NoticeOver."""
    before = notice_of(tx, notice_id)
    if before.plan.until_at <= asked.now:
        raise NoticeOver
    if before.ended_at is not None:
        _write(tx, asked, before, {"ended_at": None}, "show")


def move_notice(tx: Connection, asked: Asked, notice_id: int, by: int) -> None:
    """Let a notice change places with the one before it (`by` -1) or after it (1), where there is one.

    Raises UnknownNotice, NoticeNotStanding.
    """
    was = [one.id for one in notices_standing(tx, asked.now)]
    if notice_id not in was:
        notice_of(tx, notice_id)
        raise NoticeNotStanding
    at = was.index(notice_id)
    to = at + by
    if not 0 <= to < len(was):
        return
    now = list(was)
    now[at], now[to] = now[to], now[at]
    _arrange(tx, asked, was, now)


def put_back(tx: Connection, asked: Asked, change: changes.Change) -> None:
    """Undo a change of the notices: one that was added is taken down.

    Raises UnknownNotice, ChangedSince, UndoneAlready.
    """
    changes.check_undoable(tx, change)
    noted = change.noted
    if noted.key == SEQUENCE:
        _arrange(tx, asked, (noted.after or {})["ids"], (noted.before or {})["ids"], change.id)
        return
    before = notice_of(tx, int(noted.key))
    values = {"ended_at": asked.now} if noted.before is None else _columns_of_facts(noted.before)
    _write(tx, asked, before, values, "undo", change.id)


def _arrange(
    tx: Connection, asked: Asked, was: Sequence[int], now: Sequence[int], undoes: int | None = None
) -> None:
    for position, one in enumerate(now, start=1):
        tx.execute(sa.update(notice).where(notice.c.id == one).values(position=position))
    verb = "move" if undoes is None else "undo"
    before, after = {"ids": list(was)}, {"ids": list(now)}
    changes.note(tx, asked, changes.Noted(KIND, SEQUENCE, "", verb, before, after, undoes))


def _write(
    tx: Connection,
    asked: Asked,
    before: Notice,
    values: dict[str, Any],
    verb: str,
    undoes: int | None = None,
) -> None:
    as_it_is = {**_columns(before.plan), "ended_at": before.ended_at}
    if undoes is None and as_it_is == {**as_it_is, **values}:
        return
    tx.execute(sa.update(notice).where(notice.c.id == before.id).values(values))
    _note(tx, asked, before, notice_of(tx, before.id), verb, undoes)


def _note(
    tx: Connection, asked: Asked, before: Notice | None, after: Notice, verb: str, undoes: int | None = None
) -> None:
    was = None if before is None else _facts(before)
    changes.note(
        tx, asked, changes.Noted(KIND, str(after.id), after.plan.zh, verb, was, _facts(after), undoes)
    )


def _columns(plan: NoticePlan) -> dict[str, Any]:
    return {
        "zh": plan.zh,
        "en": plan.en,
        "from_at": plan.from_at,
        "until_at": plan.until_at,
        "is_spoken": plan.is_spoken,
        "service_code": plan.service,
        **{f"on_{place}": place in plan.places for place in Place},
    }


def _facts(one: Notice) -> dict[str, Any]:
    facts = {**_columns(one.plan), "ended_at": one.ended_at}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in facts.items()
    }


def _columns_of_facts(facts: changes.Facts) -> dict[str, Any]:
    return {
        name: datetime.fromisoformat(value) if name.endswith("_at") and value else value
        for name, value in facts.items()
    }
