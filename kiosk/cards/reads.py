"""Contact cards for the screens."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from kiosk.cards.refusals import UnknownCard
from kiosk.cards.rules import LENGTHS, ContactCard, Kept, is_contact
from kiosk.cards.tables import card_change, contact_card
from kiosk.database import in_lang
from kiosk.words import Lang

EDITED = (*LENGTHS, "wechat", "week")
"""Every field of a card that staff can change."""


def select_cards(lang: Lang) -> sa.Select[Any]:
    """The columns of a ContactCard of those that are shown, in their sequence."""
    card = contact_card.c
    post, address, hours = (in_lang(lang, column) for column in (card.post, card.address, card.hours))
    shown = (card.id, post, card.name, card.phone, address, hours, card.wechat, card.week)
    return sa.select(*shown).where(card.retired_at.is_(None)).order_by(card.position, card.id)


def cards(tx: Connection, lang: Lang) -> tuple[ContactCard, ...]:
    """Every card that is shown, the secretary's first."""
    return tuple(card_from(row) for row in tx.execute(select_cards(lang)))


def card_of(tx: Connection, card_id: int, lang: Lang) -> ContactCard:
    """One card that is shown. Raises UnknownCard."""
    row = tx.execute(select_cards(lang).where(contact_card.c.id == card_id)).one_or_none()
    if row is None:
        raise UnknownCard
    return card_from(row)


def card_from(row: Any) -> ContactCard:
    """Without a code that was taken on before codes were looked at, and leads elsewhere."""
    card = ContactCard(*row)
    return card if is_contact(card.wechat) else replace(card, wechat="")


def edited_at(tx: Connection, card_id: int) -> datetime | None:
    """When the card was last edited; None when it never was."""
    newest = sa.select(sa.func.max(card_change.c.at)).where(card_change.c.card_id == card_id)
    at: datetime | None = tx.execute(newest).scalar()
    return at


def card_kept(tx: Connection, card_id: int) -> Kept:
    """What the back office edits, in both languages. Raises UnknownCard."""
    row = tx.execute(_KEPT.where(contact_card.c.id == card_id)).one_or_none()
    if row is None:
        raise UnknownCard
    return _kept(row)


def card_fields(tx: Connection, card_id: int) -> dict[str, str]:
    """What a form of a card shows, in both languages. Raises UnknownCard."""
    kept = card_kept(tx, card_id)
    return {name: kept.fields[name] for name in LENGTHS}


def cards_kept(tx: Connection) -> tuple[Kept, ...]:
    """Every card, the retired ones too, in their sequence."""
    ordered = _KEPT.order_by(contact_card.c.position, contact_card.c.id)
    return tuple(_kept(row) for row in tx.execute(ordered))


_KEPT = sa.select(contact_card.c.id, contact_card.c.retired_at, *(contact_card.c[name] for name in EDITED))


def _kept(row: Any) -> Kept:
    return Kept(row.id, {name: getattr(row, name) for name in EDITED}, row.retired_at is not None)
