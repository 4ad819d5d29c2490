"""What kinds keep besides is forgotten with the words of their concern."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.concerns import State
from kiosk.concerns.tables import concern
from kiosk.kinds.rules import KEEP_DAYS
from kiosk.kinds.tables import case_paper, hope, product

_OVER = (State.DONE, State.DECLINED, State.MERGED)


def forget(tx: Connection, asked: Asked) -> None:
    """Empty sentences, names of papers and surnames: of what was taken back, and two years after the end."""
    ended = sa.func.coalesce(concern.c.answered_at, concern.c.taken_at)
    old = sa.and_(concern.c.state.in_(_OVER), ended < asked.now - timedelta(days=KEEP_DAYS))
    gone = sa.select(concern.c.id).where(sa.or_(concern.c.state == State.WITHDRAWN, old))
    for table, name in ((hope, "sentence"), (case_paper, "what"), (product, "name")):
        mine = sa.and_(table.c.concern_id.in_(gone), table.c[name] != "")
        tx.execute(sa.update(table).where(mine).values({name: ""}))
