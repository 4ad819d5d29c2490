"""What whoever asks may see of one concern, and with which hand they act on it."""

from flask import g

from kiosk import concerns
from kiosk.concerns import Concern, Hand, Sight
from kiosk.database import Tx
from kiosk.screens.web.access import asked
from kiosk.screens.web.forms import text
from kiosk.screens.web.page import box, lang
from kiosk.staff import Role


def sight_of(concern: Concern, *, has_reason: bool = False) -> Sight:
    """What the law of who sees what says of it for whoever asks."""
    if "concerns_since" not in g:  # once a page: its list asks of two hundred
        g.concerns_since = box().centre.day_start(box().now())
    return concern.sight(str(g.staff.role), g.staff.id, g.concerns_since, has_reason=has_reason)


def is_lead(concern: Concern) -> bool:
    """Whose word decides: a lead's, and about the secretary the street's."""
    if concern.is_for_street:
        return bool(g.staff.role == Role.STREET)
    return str(g.staff.role) in concerns.LEADS


def hand_of(concern: Concern) -> Hand:
    """The hand of whoever asks."""
    return Hand(asked(), is_lead=is_lead(concern))


def note_reason(tx: Tx, concern_id: int) -> None:
    """Write down why somebody looks who sees no words without a reason. Raises UnknownConcern, MustSay."""
    concern = concerns.concern_of(tx, box().centre, concern_id, lang())
    if not sight_of(concern).is_there:
        raise concerns.UnknownConcern
    if not text("line"):
        raise concerns.MustSay
    concerns.note_look(tx, hand_of(concern), concern_id, text("line"))
