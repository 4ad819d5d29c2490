"""The contact cards at the station: on the screen, on paper, in a phone's address book."""

from flask import Response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk import cards
from kiosk.screens.web.access import asked_by_resident
from kiosk.screens.web.forms import tap
from kiosk.screens.web.page import box, lang, new_tap
from kiosk.screens.web.screen import station

screen = station(__name__)


@screen.get("/cards")
def every() -> str:
    """Whom residents can turn to."""
    with box().database.read() as tx:
        return render_template("station/contact_cards/every.html", cards=cards.cards(tx, lang()))


@screen.get("/cards/<int:card_id>")
def card(card_id: int) -> str:
    """One contact card with its codes."""
    with box().database.read() as tx:
        shown = cards.card_of(tx, card_id, lang())
    return render_template(
        "station/contact_cards/card.html",
        card=shown,
        vcard_text=cards.vcard(shown, box().centre.name(lang())),
        wechat_text=shown.wechat,
        printed=session.pop("printed", None) == card_id,
        tap=new_tap(),
    )


@screen.post("/cards/<int:card_id>/print")
def print_card(card_id: int) -> AnyResponse:
    """Print one contact card."""
    with box().database.write() as tx:
        is_printing = cards.print_card(tx, box().centre, asked_by_resident(), card_id, _tap())
    if is_printing:
        session["printed"] = card_id
    return redirect(url_for(".card", card_id=card_id), 303)


def _tap() -> str:
    return tap() if "tap" in request.form else new_tap()


@screen.get("/cards/<int:card_id>.vcf")
def card_vcf(card_id: int) -> Response:
    """One contact card for a phone's address book."""
    centre = box().centre
    with box().database.read() as tx:
        edition = cards.Edition(centre.address, cards.edited_at(tx, card_id))
        text = cards.vcard(cards.card_of(tx, card_id, lang()), centre.name(lang()), edition)
    disposition = {"Content-Disposition": f'attachment; filename="card-{card_id}.vcf"'}
    return Response(text, mimetype="text/vcard", headers=disposition)
