"""The card that residents ask for most."""

from collections.abc import Mapping

from sqlalchemy import Connection

from kiosk import cards
from kiosk.asked import Asked


def write_first_card(tx: Connection, asked: Asked, fields: Mapping[str, str]) -> None:
    """Change the first card, or make it where there is none; its fields were checked."""
    first = next(iter(cards.cards(tx, "zh")), None)
    if first is None:
        cards.add_card(tx, asked, dict(fields))
    else:
        cards.edit_card(tx, asked, first.id, dict(fields))
