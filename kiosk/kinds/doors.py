"""民情日志卡: printed beforehand, filled in at a door, entered by scanning; its stub is the receipt."""

import re
import unicodedata

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk import qr_codes
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.concerns import Source
from kiosk.concerns.tables import concern
from kiosk.kinds.refusals import NotEnteredYet, TooManyCards, UnknownCard
from kiosk.kinds.rules import CARDS_A_SHEET, MOST_SHEETS
from kiosk.kinds.tables import door_card
from kiosk.qr_codes import CodeKind
from printing.papers import DoorCard, DoorCards


def print_door_cards(tx: Connection, centre: Centre, asked: Asked, sheets: int) -> DoorCards:
    """So many A4 pages of new cards, to be drawn outside the transaction. Raises TooManyCards."""
    if not 1 <= sheets <= MOST_SHEETS:
        raise TooManyCards
    row = {"printed_at": asked.now, "printed_by": asked.staff_id}
    new = sa.insert(door_card).values(row).returning(door_card.c.id)
    numbers = [int(tx.execute(new).scalar_one()) for _ in range(sheets * CARDS_A_SHEET)]
    cards = tuple(
        DoorCard(card_number(number), centre.qr_text(centre.token(CodeKind.DOOR_CARD, number, 0)))
        for number in numbers
    )
    return DoorCards(centre.name("zh"), cards, f"{centre.day(asked.now):%Y-%m-%d}")


def card_number(card_id: int) -> str:
    """A card's number as it is printed: K00042."""
    return f"K{card_id:05d}"


def card_source(card_id: int) -> str:
    """The name of what was entered from this card: one concern at most."""
    return f"card:{card_id}"


def card_in(tx: Connection, centre: Centre, code: str) -> int:
    """The card whose code this is. Raises Misread, Forged, UnknownCard."""
    token = qr_codes.parse(code)
    if token.kind != CodeKind.DOOR_CARD:
        raise UnknownCard
    row = tx.execute(sa.select(door_card.c.id).where(door_card.c.id == token.serial)).first()
    qr_codes.verify(token, 0, centre.secret)
    if row is None:
        raise UnknownCard
    return token.serial


def card_meant(tx: Connection, centre: Centre, written: str) -> int:
    """The card whose code staff have scanned, or whose number they typed: K00042.

    Raises Misread, Forged, UnknownCard.
    """
    typed = re.fullmatch(r"[Kk]\s*([0-9]{1,7})", unicodedata.normalize("NFKC", written).strip())
    if not typed:
        return card_in(tx, centre, written)
    card_known(tx, int(typed[1]))
    return int(typed[1])


def card_known(tx: Connection, card_id: int) -> None:
    """Raise UnknownCard for one that was never printed."""
    if tx.execute(sa.select(door_card.c.id).where(door_card.c.id == card_id)).first() is None:
        raise UnknownCard


class Entered(Struct, frozen=True):
    """What was entered from a card: the concern, and the code of its page."""

    concern_id: int
    number: str
    token: str


def entered_from(tx: Connection, centre: Centre, card_id: int) -> Entered | None:
    """What was entered from this card; None while nothing was."""
    mine = sa.and_(concern.c.source == Source.DOOR, concern.c.source_ref == card_source(card_id))
    row = tx.execute(sa.select(concern.c.id, concern.c.number, concern.c.revision).where(mine)).first()
    if row is None:
        return None
    return Entered(row.id, row.number, centre.token(CodeKind.CONCERN, row.id, row.revision))


def entered_by_code(tx: Connection, centre: Centre, code: str) -> Entered:
    """What a stub leads to. Raises what `card_in` raises, and NotEnteredYet."""
    found = entered_from(tx, centre, card_in(tx, centre, code))
    if found is None:
        raise NotEnteredYet
    return found
