"""Contact cards (社区书记联系卡): whom residents can turn to, on the screen and on paper."""

from kiosk.cards.actions import add_card, card_subject, edit_card, print_card, read_code, set_wechat
from kiosk.cards.reads import card_fields, card_of, cards, edited_at
from kiosk.cards.rules import LENGTHS, ContactCard, Edition, faults, vcard

__all__ = [
    "LENGTHS",
    "ContactCard",
    "Edition",
    "add_card",
    "card_fields",
    "card_of",
    "card_subject",
    "cards",
    "edit_card",
    "edited_at",
    "faults",
    "print_card",
    "read_code",
    "set_wechat",
    "vcard",
]
