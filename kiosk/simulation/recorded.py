"""A day that a centre had: its arrivals and how long each was at the counters, read from a copy."""

import secrets
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import Any

import sqlalchemy as sa

from kiosk.box import Box
from kiosk.database import FILE as DATABASE
from kiosk.database import UnusableDatabase, is_up_to_date, postgresql
from kiosk.database.joining import SECRET_BYTES, SECRET_FILE, written_once
from kiosk.settings import FILE as SETTINGS
from kiosk.simulation.day import Arrival
from kiosk.tickets import Status, Verb
from kiosk.tickets.tables import change, ticket

WALK_S, USUAL_S = 15.0, 300.0
"""A record tells neither the walk nor how long those not served would have taken."""

AT_HAND = (Status.CALLED, Status.SERVING)
SERVED_AWAY = (Verb.FINISH, Verb.HOLD, Verb.TRANSFER)


class NotPlayable(Exception):
    """The recorded day cannot be played; the message is a sentence in both languages."""


def copy_of(recorded: Path, folder: Path, url: str = "") -> None:
    """Copy database and settings of `recorded` into `folder`, also while its centre runs.

    Of a PostgreSQL at `url` the rows of one moment become a file.
    SQLite's own backup gives one moment of the file; nothing is written to the original. Raises NotPlayable.
    """
    if not url and not (recorded / DATABASE).is_file():
        raise NotPlayable(f"{recorded} 里没有数据库。There is no {DATABASE} in {recorded}.")
    if (recorded / SETTINGS).is_file():
        shutil.copyfile(recorded / SETTINGS, folder / SETTINGS)
    if url:
        _copy_rows(url, folder)
    else:
        _copy_file(recorded, folder)
    written_once(
        folder / SECRET_FILE, lambda: secrets.token_bytes(SECRET_BYTES)
    )  # no slip of a game is scanned


def _copy_rows(url: str, folder: Path) -> None:
    try:
        is_up_to_date(folder, url)  # one of a newer version is told as such
        postgresql.copy_rows(url, folder)
    except UnusableDatabase as fault:
        raise NotPlayable(str(fault)) from fault
    except ValueError as fault:
        raise NotPlayable(
            f"数据库是另一个版本的，先启动一次再试。Start its station once, then try again: {fault}."
        ) from fault


def _copy_file(recorded: Path, folder: Path) -> None:
    # with no log beside it the file is at rest; opening it as such leaves no new file there
    at_rest = "" if (recorded / f"{DATABASE}-wal").exists() else "&immutable=1"
    address = f"{(recorded / DATABASE).absolute().as_uri()}?mode=ro{at_rest}"
    try:
        with (
            closing(sqlite3.connect(address, uri=True)) as original,
            closing(sqlite3.connect(folder / DATABASE)) as copied,
        ):
            original.backup(copied)
            whole = copied.execute("PRAGMA quick_check").fetchone() == ("ok",)
    except sqlite3.DatabaseError:
        whole = False
    if not whole:
        raise NotPlayable(f"{recorded} 的数据库读不出来。The database in {recorded} cannot be read.")


def recorded_days(box: Box, day: date, number: int) -> list[tuple[Arrival, ...]]:
    """The arrivals of `day` and of the recorded days before it, `number` in all. Raises NotPlayable."""
    known = sa.select(ticket.c.service_day).distinct().where(ticket.c.service_day <= day)
    with box.database.read() as tx:
        days = sorted(tx.execute(known).scalars())
        if day not in days:
            raise NotPlayable(f"{day} 没有取号记录。No ticket was taken on {day}.")
        return [_recorded(tx, box, one) for one in days[-number:]]


def _recorded(tx: sa.Connection, box: Box, day: date) -> tuple[Arrival, ...]:
    query = (
        sa.select(ticket, change.c.verb, change.c.from_status, change.c.to_status, change.c.at)
        .join_from(ticket, change)
        .where(ticket.c.service_day == day, ~ticket.c.is_trial)
        .order_by(ticket.c.taken_at, ticket.c.id, change.c.id)
    )
    stories = [list(rows) for _, rows in groupby(tx.execute(query), key=lambda row: row.id)]
    steps = [_without_undone(rows) for rows in stories]
    seconds = [_seconds_at_counters(story) for story in steps]
    usual = median([s for s in seconds if s] or [USUAL_S])
    return tuple(
        _arrival(box, rows[0], story, own or usual)
        for rows, story, own in zip(stories, steps, seconds, strict=True)
    )


def _without_undone(rows: Sequence[Any]) -> list[Any]:
    kept: list[Any] = []
    for row in rows:
        if row.verb in (Verb.UNDO, Verb.REOPEN_DAY):
            kept.pop()
        else:
            kept.append(row)
    return kept


def _seconds_at_counters(story: Sequence[Any]) -> float:
    whole, called_at = 0.0, None
    for row in story:
        if row.to_status in AT_HAND and row.from_status not in AT_HAND:
            called_at = row.at
        elif row.verb in SERVED_AWAY and called_at is not None:
            whole += (row.at - called_at).total_seconds()
    return whole


def _arrival(box: Box, row: Any, story: Sequence[Any], seconds: float) -> Arrival:
    at_s = (row.taken_at - box.centre.day_start(row.taken_at)).total_seconds()
    missed = [place for place, step in enumerate(story) if step.verb == Verb.NO_SHOW]
    back = story[missed[0] + 1 : missed[0] + 2] if missed else []
    back_s = (back[0].at - story[missed[0]].at).total_seconds() if back else None
    walk_s = min(WALK_S, seconds / 2)
    return Arrival(
        at_s, row.service_code, row.priority_code, walk_s, seconds - walk_s, not missed, back_s, by_staff=True
    )
