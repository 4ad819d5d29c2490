"""Contact cards for the screens."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.cards.refusals import UnknownCard
from kiosk.cards.rules import LENGTHS, ContactCard, is_contact
from kiosk.cards.tables import card_change, contact_card
from kiosk.database import in_lang
from kiosk.words import Lang


def _select(lang: Lang) -> sa.Select[Any]:
    card = contact_card.c
    post, address, hours = (in_lang(lang, column) for column in (card.post, card.address, card.hours))
    shown = (card.id, post, card.name, card.phone, address, hours, card.wechat)
    return sa.select(*shown).order_by(card.position)


def cards(tx: Connection, lang: Lang) -> tuple[ContactCard, ...]:
    """Every card, the secretary's first."""
    return tuple(_card(row) for row in tx.execute(_select(lang)))


def card_of(tx: Connection, card_id: int, lang: Lang) -> ContactCard:
    """One card. Raises UnknownCard."""
    row = tx.execute(_select(lang).where(contact_card.c.id == card_id)).one_or_none()
    if row is None:
        raise UnknownCard
    return _card(row)


def _card(row: Any) -> ContactCard:
    """Without a code that was taken on before codes were looked at, and leads elsewhere."""
    card = ContactCard(*row)
    return card if is_contact(card.wechat) else replace(card, wechat="")


def edited_at(tx: Connection, card_id: int) -> datetime | None:
    """When the card was last edited; None when it never was."""
    newest = sa.select(sa.func.max(card_change.c.at)).where(card_change.c.card_id == card_id)
    at: datetime | None = tx.execute(newest).scalar()
    return at


def card_fields(tx: Connection, card_id: int) -> dict[str, str]:
    """What the back office edits, in both languages. Raises UnknownCard."""
    query = sa.select(*(contact_card.c[name] for name in LENGTHS)).where(contact_card.c.id == card_id)
    row = tx.execute(query).one_or_none()
    if row is None:
        raise UnknownCard
    return row._asdict()
