"""Contact cards: added, edited, put in sequence, retired; and the WeChat code that a picture holds."""

from collections.abc import Mapping

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from kiosk import cards, changes, staff
from kiosk.screens.office.card_hours import read_week, ticked
from kiosk.screens.web.access import asked
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import Draft, choice, done, text, whole_or_none
from kiosk.screens.web.labels import (
    DAY_WORDS,
    Told,
    change_to_undo,
    there_words,
    told_changes,
    undo_id,
)
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import MenuEntry, staffed
from kiosk.words import Malformed, mark

screen = staffed(
    __name__,
    staff.Role.MANAGER,
    menu=MenuEntry(mark("联系卡"), mark("回到联系卡"), "id-card", "cards", 10),
    url_prefix="/admin",
)

Answer = Response | tuple[str, int]
Meanwhile = tuple[str, tuple[changes.Change, ...]]

PICTURE_LIMIT = 2 * 1024 * 1024
STEPS = {"up": -1, "down": 1}
SPANS = ("from", "to", "from_2", "to_2")
LONGEST_LIST = 8
FACT_WORDS = {
    "post": mark("职务"),
    "post_en": mark("职务（英文）"),
    "name": mark("姓名"),
    "phone": mark("电话"),
    "address": mark("地址"),
    "address_en": mark("地址（英文）"),
    "hours": mark("什么时候在"),
    "hours_en": mark("什么时候在（英文）"),
    "week": mark("星期和时间"),
    "wechat": mark("微信码"),
    "retired": mark("停用"),
}


@screen.get("/cards", endpoint="cards")
def card_list() -> str:
    """Every card, those that are retired at the end."""
    with box().database.read() as tx:
        kept = cards.cards_kept(tx)
        shown = cards.cards(tx, lang())
        moves = changes.changes(tx, changes.Wanted(cards.KIND, cards.SEQUENCE), of=1)
    return render_template(
        "office/contact_cards/cards.html",
        cards=shown,
        retired=[one for one in kept if one.is_retired],
        states={one.id: there_words(one.week) for one in shown},
        moved=undo_id(moves),
    )


@screen.get("/cards/new")
def new_card() -> str:
    """The empty form."""
    return _form(None, Draft({}))


@screen.post("/cards/new")
def add_card() -> Answer:
    """Add a card, or show what is wrong."""
    draft, fields = _read(has_wechat=False)
    if draft.faults:
        return _form(None, draft), 400
    with box().database.write() as tx:
        card_id = cards.add_card(tx, asked(), fields)
    return _saved(card_id)


@screen.get("/cards/<int:card_id>")
def card(card_id: int) -> str:
    """One card's form."""
    with box().database.read() as tx:
        kept = cards.card_kept(tx, card_id)
        seen = changes.newest(tx, cards.KIND, kept.key)
    return _form(kept, _draft(kept, seen))


@screen.post("/cards/<int:card_id>")
def edit_card(card_id: int) -> Answer:
    """Write the edited card, or show what is wrong with it, or who was faster."""
    with box().database.read() as tx:
        kept = cards.card_kept(tx, card_id)
    draft, fields = _read(has_wechat=bool(kept.fields["wechat"]))
    if draft.faults:
        return _form(kept, draft), 400
    try:
        with box().database.write() as tx:
            cards.edit_card(tx, asked(), card_id, fields, whole_or_none("seen"))
    except changes.ChangedMeanwhile as refusal:
        fresh = Draft({**draft.values, "seen": str(refusal.changes[-1].id)}, ticked=draft.ticked)
        return _form(kept, fresh, (words_of(refusal), refusal.changes)), status_of(refusal)
    return _saved(card_id)


@screen.post("/cards/<int:card_id>/wechat")
def card_wechat(card_id: int) -> Answer:
    """Read the code out of an uploaded picture; only its text is kept, and drawn afresh. Or take it off."""
    if (request.content_length or 0) > PICTURE_LIMIT:
        abort(413)
    request.max_content_length = PICTURE_LIMIT
    picture = request.files.get("image")
    try:
        code = "" if "off" in request.form else cards.read_code(picture.read() if picture else b"")
        with box().database.write() as tx:
            cards.set_wechat(tx, asked(), card_id, code)
    except Malformed as refusal:
        with box().database.read() as tx:
            kept = cards.card_kept(tx, card_id)
            draft = _draft(kept, changes.newest(tx, cards.KIND, kept.key))
        return _form(kept, draft.with_faults({"image": words_of(refusal)})), 400
    return _saved(card_id)


@screen.post("/cards/<int:card_id>/retire")
def retire_card(card_id: int) -> Response:
    """Show a card no longer; it can be brought back."""
    with box().database.write() as tx:
        cards.retire_card(tx, asked(), card_id, is_retired=True)
    return done(say(mark("停用了，自助机上不再显示。")), ".cards")


@screen.post("/cards/<int:card_id>/bring-back")
def bring_back_card(card_id: int) -> Response:
    """Show a retired card again."""
    with box().database.write() as tx:
        cards.retire_card(tx, asked(), card_id, is_retired=False)
    return done(say(mark("恢复了，自助机上又能看到。")), ".cards")


@screen.post("/cards/<int:card_id>/move")
def move_card(card_id: int) -> Response:
    """One place up or down among those that are shown."""
    with box().database.write() as tx:
        cards.move_card(tx, asked(), card_id, STEPS[choice("way", STEPS)])
    return done(say(mark("换了位置。")), ".cards")


@screen.post("/cards/undo")
def undo() -> Response:
    """Take a change of a card, a problem or their sequence back."""
    with box().database.write() as tx:
        cards.put_back(tx, asked(), change_to_undo(tx, cards.KIND))
    return done(say(mark("撤销了，和以前一样。")), ".cards")


def _draft(kept: cards.Kept, seen: int) -> Draft:
    spans, days = ticked(kept.fields["week"])
    return Draft({**kept.fields, **spans, "seen": str(seen)}, ticked={"day": days})


def _read(*, has_wechat: bool) -> tuple[Draft, Mapping[str, str]]:
    fields = {name: text(name) for name in cards.LENGTHS}
    spans = {name: text(name)[:16] for name in SPANS}
    days = tuple(request.form.getlist("day"))
    week, wrong = read_week(spans, days)
    values = {**fields, **spans, "seen": request.form.get("seen", "")}
    draft = Draft(values, ticked={"day": days}).judged(cards.faults(fields, has_wechat=has_wechat) | wrong)
    return draft, {**fields, "week": week}


def _saved(card_id: int) -> Response:
    return done(say(mark("保存好了，自助机上已经是新的")), ".card", card_id=card_id)


def _form(kept: cards.Kept | None, draft: Draft, meanwhile: Meanwhile | None = None) -> str:
    told: tuple[Told, ...] = ()
    undoable = 0
    with box().database.read() as tx:
        people = staff.staff_names(tx)
        if kept is not None:
            past = changes.changes(tx, changes.Wanted(cards.KIND, kept.key), of=LONGEST_LIST)
            told, undoable = told_changes(past, FACT_WORDS, people), undo_id(past)
    return render_template(
        "office/contact_cards/card.html",
        kept=kept,
        draft=draft,
        day_words=DAY_WORDS,
        told=told,
        undo=undoable,
        meanwhile=(meanwhile[0], told_changes(meanwhile[1], FACT_WORDS, people)) if meanwhile else None,
    )
