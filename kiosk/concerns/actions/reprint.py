"""补打: a receipt printed again. The older one opens nothing any more, and says so with when it was."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.clock import bounds
from kiosk.concerns.actions.moving import Hand, Step, move, standing
from kiosk.concerns.refusals import ReprintedOften
from kiosk.concerns.rules import Contact, Due, PartyRole, Verb
from kiosk.concerns.slips import concern_subject, receipt_slip
from kiosk.concerns.tables import concern_change, concern_party
from kiosk.qr_codes import CodeKind
from kiosk.spool import has_printer, print_slip

MOST_A_DAY = 5


def reprint(tx: Connection, centre: Centre, hand: Hand, concern_id: int) -> str:
    """Print the receipt again, marked 补打; its new code. Raises ReprintedOften, UnknownConcern.

    Without a printer nothing changes, and the receipt that is out stays valid: its code is returned.
    """
    at = standing(tx, concern_id)
    centre = centre.as_of(tx)
    if not has_printer(tx, centre.settings):
        return centre.token(CodeKind.CONCERN, at.id, at.revision)
    after, before = bounds(hand.asked.now, timedelta(days=1))
    mine = sa.and_(concern_change.c.concern_id == at.id, concern_change.c.verb == Verb.REPRINT)
    lately = sa.and_(mine, concern_change.c.at > after, concern_change.c.at < before)
    if tx.execute(sa.select(sa.func.count()).where(lately)).scalar_one() >= MOST_A_DAY:
        raise ReprintedOften(number=at.number, most=MOST_A_DAY)
    move(tx, hand.asked, at, Step(Verb.REPRINT, {"revision": at.revision + 1}))
    token = centre.token(CodeKind.CONCERN, at.id, at.revision + 1)
    asked = Asked(at.taken_at, lang=at.lang)
    due = Due(at.due_on, at.due_at, at.is_provisional)
    slip = receipt_slip(centre, asked, (at.number, at.kind, token), due, _asker(tx, at.id), again=True)
    print_slip(tx, slip, concern_subject(at.id), hand.asked.now, centre.settings)
    return token


def _asker(tx: Connection, concern_id: int) -> Contact:
    mine = sa.and_(concern_party.c.concern_id == concern_id, concern_party.c.role == PartyRole.ASKER)
    row = tx.execute(sa.select(concern_party).where(mine).order_by(concern_party.c.id)).first()
    return Contact(row.name, row.phone, row.tail) if row else Contact()
