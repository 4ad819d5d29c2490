"""Editing contact cards, and the WeChat code that a picture holds."""

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from kiosk import cards, staff
from kiosk.screens.web.access import asked
from kiosk.screens.web.errors import words_of
from kiosk.screens.web.forms import Draft, done, text
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import MenuEntry, staffed
from kiosk.words import Malformed, mark

screen = staffed(
    __name__,
    staff.Role.MANAGER,
    menu=MenuEntry(mark("联系卡"), mark("回到联系卡"), "id-card", "cards", 10),
    url_prefix="/admin",
)

PICTURE_LIMIT = 2 * 1024 * 1024


@screen.get("/cards", endpoint="cards")
def card_list() -> str:
    """Every card."""
    with box().database.read() as tx:
        return render_template("office/contact_cards/cards.html", cards=cards.cards(tx, lang()))


@screen.get("/cards/<int:card_id>")
def card(card_id: int) -> str:
    """One card's form."""
    with box().database.read() as tx:
        fields = cards.card_fields(tx, card_id)
    return _form(card_id, Draft(fields))


@screen.post("/cards/<int:card_id>")
def edit_card(card_id: int) -> Response | tuple[str, int]:
    """Write the edited card, or show what is wrong with it."""
    fields = {name: text(name) for name in cards.LENGTHS}
    draft = Draft(fields).judged(cards.faults(fields))
    if draft.faults:
        return _form(card_id, draft), 400
    with box().database.write() as tx:
        cards.edit_card(tx, asked(), card_id, fields)
    return _saved(card_id)


@screen.post("/cards/<int:card_id>/wechat")
def card_wechat(card_id: int) -> Response | tuple[str, int]:
    """Read the code out of an uploaded picture; only its text is kept, and drawn afresh."""
    if (request.content_length or 0) > PICTURE_LIMIT:
        abort(413)
    request.max_content_length = PICTURE_LIMIT
    picture = request.files.get("image")
    try:
        code = cards.read_code(picture.read() if picture else b"")
    except Malformed as refusal:
        with box().database.read() as tx:
            fields = cards.card_fields(tx, card_id)
        return _form(card_id, Draft(fields, {"image": words_of(refusal)})), 400
    with box().database.write() as tx:
        cards.set_wechat(tx, asked(), card_id, code)
    return _saved(card_id)


def _saved(card_id: int) -> Response:
    return done(say(mark("保存好了，自助机上已经是新的")), ".card", card_id=card_id)


def _form(card_id: int, draft: Draft) -> str:
    with box().database.read() as tx:
        wechat = cards.card_of(tx, card_id, lang()).wechat
    return render_template("office/contact_cards/card.html", card_id=card_id, wechat_text=wechat, draft=draft)
