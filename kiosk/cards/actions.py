"""Editing a contact card, reading its WeChat code from a picture, printing it."""

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk import changes, pictures
from kiosk.asked import Asked
from kiosk.cards.reads import card_of
from kiosk.cards.refusals import CodeTooLong, ForeignCode, NoCodeInImage, PaymentCode, UnknownCard
from kiosk.cards.rules import LENGTHS, is_contact, is_payment, vcard
from kiosk.cards.tables import card_change, card_tap, contact_card
from kiosk.centre import Centre
from kiosk.database.dialects import insert_missing
from kiosk.spool import has_printer, print_slip, was_just_printed
from printing.slips.contact_card import ContactCardSlip

KIND = "card"
"""What the history of changes calls them."""

LONGEST_CODE = 200
"""ASCII: more would press the modules under 6 dots on 58 mm paper (version 9, level L holds 230)."""


def print_card(tx: Connection, centre: Centre, asked: Asked, card_id: int, tap: str) -> bool:
    """Put the card's slip on the spool; False where no printer is. Raises UnknownCard.

    A second tap in the guard time prints one, and one whose answer was lost, sent again an hour later, too.
    """
    card, lang = card_of(tx, card_id, asked.lang), asked.lang
    subject = card_subject(card_id)
    if not has_printer(tx, centre.settings):
        return False
    is_new = insert_missing(tx, card_tap, {"tap": tap, "card_id": card_id, "at": asked.now})
    if not is_new or was_just_printed(tx, subject, asked.now, centre.settings):
        return True
    slip = ContactCardSlip(
        centre=centre.name(lang),
        post=card.post,
        name=card.name,
        phone=card.phone,
        address=card.address,
        hours=card.hours,
        vcard=vcard(card, centre.name(lang)),
        wechat=card.wechat,
        lang=lang,
    )
    print_slip(tx, slip, subject, asked.now, centre.settings)
    return True


def card_subject(card_id: int) -> str:
    """The name under which the spool keeps this card's slips."""
    return f"card:{card_id}"


def add_card(tx: Connection, asked: Asked, fields: dict[str, str]) -> int:
    """One more card, the last; its id. The fields were checked before by `rules.faults`."""
    last = tx.execute(sa.select(sa.func.max(contact_card.c.position))).scalar()
    row = {name: fields[name] for name in LENGTHS} | {"position": 0 if last is None else last + 1}
    card_id: int = tx.execute(sa.insert(contact_card).values(row).returning(contact_card.c.id)).scalar_one()
    tx.execute(
        sa.insert(card_change).values(card_id=card_id, verb="add", staff_id=asked.staff_id, at=asked.now)
    )
    return card_id


def edit_card(tx: Connection, asked: Asked, card_id: int, fields: dict[str, str]) -> None:
    """Write the edited fields, checked before by `rules.faults`. Raises UnknownCard."""
    _write(tx, asked, card_id, {name: fields[name] for name in LENGTHS}, "edit")


def set_wechat(tx: Connection, asked: Asked, card_id: int, code: str) -> None:
    """Write the text of the card's WeChat code. Raises UnknownCard, and what `check_code` does."""
    check_code(code)
    _write(tx, asked, card_id, {"wechat": code}, "wechat")


def read_code(picture: bytes) -> str:
    """The text of the one QR code in a PNG or JPEG, so that it can be drawn afresh, crisp.

    Raises NoCodeInImage, PaymentCode, ForeignCode, CodeTooLong, TooManyTasks. Takes a second: not in a
    transaction.
    """
    text = pictures.code_in(picture)
    if not text or not text.isprintable():
        raise NoCodeInImage
    check_code(text)
    return text


def check_code(text: str) -> None:
    """Refuse what leads to nobody in WeChat. Raises PaymentCode, ForeignCode, CodeTooLong."""
    if is_payment(text):
        raise PaymentCode
    if not is_contact(text):
        raise ForeignCode
    if len(text) > LONGEST_CODE:
        raise CodeTooLong


def _write(tx: Connection, asked: Asked, card_id: int, values: dict[str, str], verb: str) -> None:
    was = _facts(tx, card_id)
    tx.execute(sa.update(contact_card).where(contact_card.c.id == card_id).values(values))
    tx.execute(
        sa.insert(card_change).values(card_id=card_id, verb=verb, staff_id=asked.staff_id, at=asked.now)
    )
    now = _facts(tx, card_id)
    changes.note(tx, asked, changes.Noted(KIND, str(card_id), now["post"], verb, was, now))


def _facts(tx: Connection, card_id: int) -> changes.Facts:
    """A card as the history keeps it."""
    row = tx.execute(sa.select(contact_card).where(contact_card.c.id == card_id)).one_or_none()
    if row is None:
        raise UnknownCard
    return {name: getattr(row, name) for name in (*LENGTHS, "wechat")}
