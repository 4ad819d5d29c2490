"""Adding, editing and retiring contact cards, reading a WeChat code from a picture, printing one."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk import changes, pictures
from kiosk.asked import Asked
from kiosk.cards.problems import arrange, moved, put_back_problem
from kiosk.cards.reads import EDITED, card_kept, card_of, cards_kept
from kiosk.cards.refusals import CodeTooLong, ForeignCode, LastWay, NoCodeInImage, PaymentCode, UnknownCard
from kiosk.cards.rules import KIND, LENGTHS, PROBLEM, PROBLEMS, SEQUENCE, Kept, is_contact, is_payment, vcard
from kiosk.cards.tables import card_change, card_problem, card_tap, contact_card
from kiosk.centre import Centre
from kiosk.database.dialects import insert_missing
from kiosk.spool import has_printer, print_slip, was_just_printed
from printing.slips.contact_card import ContactCardSlip

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


def add_card(tx: Connection, asked: Asked, fields: Mapping[str, str]) -> int:
    """Add a card after the others, its fields checked before by `rules.faults`; its id."""
    last: int = tx.execute(sa.select(sa.func.coalesce(sa.func.max(contact_card.c.position), 0))).scalar_one()
    values = {**_columns(fields), "wechat": "", "position": last + 1}
    made = int(tx.execute(sa.insert(contact_card).values(values).returning(contact_card.c.id)).scalar_one())
    _note(tx, asked, None, card_kept(tx, made), "add")
    return made


def edit_card(
    tx: Connection, asked: Asked, card_id: int, fields: Mapping[str, str], seen: int | None = None
) -> None:
    """Write the edited fields, checked before by `rules.faults`.

    `seen` is the newest change that the form has known; None where nobody else can be at work yet. Raises
    UnknownCard, ChangedMeanwhile.
    """
    before = card_kept(tx, card_id)
    if seen is not None:
        changes.check_seen(tx, KIND, before.key, seen)
    _write(tx, asked, before, _columns(fields), "edit")


def set_wechat(tx: Connection, asked: Asked, card_id: int, code: str) -> None:
    """Write the text of the card's WeChat code, or take it off (empty).

    Raises UnknownCard, LastWay, and what `check_code` does.
    """
    before = card_kept(tx, card_id)
    if code:
        check_code(code)
    elif not (before.fields["phone"] or before.fields["address"]):
        raise LastWay
    _write(tx, asked, before, {"wechat": code}, "wechat")


def retire_card(tx: Connection, asked: Asked, card_id: int, *, is_retired: bool) -> None:
    """Show a card no longer, or again. Raises UnknownCard."""
    values = {"retired_at": asked.now if is_retired else None}
    _write(tx, asked, card_kept(tx, card_id), values, "retire" if is_retired else "bring_back")


def move_card(tx: Connection, asked: Asked, card_id: int, by: int) -> None:
    """Let a card change places with the one before (-1) or after it (1). Raises UnknownCard."""
    standing = [one.id for one in cards_kept(tx) if not one.is_retired]
    if card_id not in standing:
        raise UnknownCard
    now = moved(standing, card_id, by)
    if now != standing:
        arrange(tx, asked, contact_card, SEQUENCE, (standing, now))


def put_back(tx: Connection, asked: Asked, change: changes.Change) -> None:
    """Undo a change of a card, of a problem, or of their sequence: what was added is retired.

    Raises UnknownCard, UnknownProblem, ChangedSince, UndoneAlready.
    """
    changes.check_undoable(tx, change)
    noted = change.noted
    if noted.key in (SEQUENCE, PROBLEMS):
        table = contact_card if noted.key == SEQUENCE else card_problem
        ids = ((noted.after or {})["ids"], (noted.before or {})["ids"])
        arrange(tx, asked, table, noted.key, ids, change.id)
    elif noted.key.startswith(PROBLEM):
        put_back_problem(tx, asked, change)
    else:
        before = card_kept(tx, int(noted.key))
        _write(tx, asked, before, _columns_of_facts(noted.before, asked, before), "undo", change.id)


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


def _write(
    tx: Connection,
    asked: Asked,
    before: Kept,
    values: Mapping[str, Any],
    verb: str,
    undoes: int | None = None,
) -> None:
    if undoes is None and _is_so(before, values):
        return
    tx.execute(sa.update(contact_card).where(contact_card.c.id == before.id).values(**values))
    _note(tx, asked, before, card_kept(tx, before.id), verb, undoes)


def _is_so(kept: Kept, values: Mapping[str, Any]) -> bool:
    """Whether writing these values would change nothing."""
    as_it_is = {**kept.fields, "retired_at": kept.is_retired}
    return all(
        as_it_is[name] == (value is not None if name == "retired_at" else value)
        for name, value in values.items()
    )


def _note(
    tx: Connection, asked: Asked, before: Kept | None, after: Kept, verb: str, undoes: int | None = None
) -> None:
    # the room's own list stays beside the history: a phone knows a card again by when it was edited
    row = {"card_id": after.id, "verb": verb, "staff_id": asked.staff_id, "at": asked.now}
    if asked.staff_id is not None:
        tx.execute(sa.insert(card_change).values(row))
    was = None if before is None else _facts(before)
    noted = changes.Noted(KIND, after.key, after.fields["post"], verb, was, _facts(after), undoes)
    changes.note(tx, asked, noted)


def _columns(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: fields[name] for name in (*LENGTHS, "week") if name in fields}


def _facts(kept: Kept) -> dict[str, Any]:
    return {**kept.fields, "retired": kept.is_retired}


def _columns_of_facts(facts: changes.Facts | None, asked: Asked, now: Kept) -> dict[str, Any]:
    """What is written to have a card as these facts say; one that was not there is retired."""
    if facts is None:
        return {"retired_at": asked.now}
    values: dict[str, Any] = {name: facts[name] for name in EDITED if name in facts}
    is_retired = facts.get("retired", now.is_retired)
    if is_retired != now.is_retired:
        values["retired_at"] = asked.now if is_retired else None
    return values
