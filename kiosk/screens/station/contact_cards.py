"""The contact cards at the station: on the screen, on paper, in a phone's address book."""

from typing import TypeVar

from flask import Response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk import cards
from kiosk.screens.web.access import asked_by_resident
from kiosk.screens.web.forms import page_asked, tap
from kiosk.screens.web.labels import there_words
from kiosk.screens.web.page import box, lang, new_tap
from kiosk.screens.web.screen import station

screen = station(__name__)

Item = TypeVar("Item")


TILES = 6
"""Choices a page, as everywhere at the station; where "what is it about" stands on top, one less."""


@screen.get("/cards")
def every() -> str:
    """Whom residents can turn to, and the way for who does not know whom."""
    with box().database.read() as tx:
        found, problems = cards.cards(tx, lang()), cards.problems(tx, lang())
    page, here, is_more = _page(found, TILES - 1 if problems else TILES)
    return render_template(
        "station/contact_cards/every.html",
        cards=here,
        page=page,
        is_more=is_more,
        has_problems=bool(problems),
        states=_states(here),
    )


@screen.get("/cards/problems")
def problems() -> str:
    """What is it about?"""
    with box().database.read() as tx:
        found = cards.problems(tx, lang())
    page, here, is_more = _page(found, TILES)
    return render_template("station/contact_cards/problems.html", problems=here, page=page, is_more=is_more)


@screen.get("/cards/problems/<int:problem_id>")
def problem(problem_id: int) -> str:
    """Who helps with it, and whether they are there now."""
    with box().database.read() as tx:
        found = cards.problem_of(tx, problem_id, lang())
    helping = found.cards[:TILES]
    return render_template(
        "station/contact_cards/problem.html", problem=found, cards=helping, states=_states(helping)
    )


def _page(found: tuple[Item, ...], most: int) -> tuple[int, tuple[Item, ...], bool]:
    page = min(page_asked(), max(0, len(found) - 1) // most)
    return page, found[page * most : (page + 1) * most], len(found) > (page + 1) * most


def _states(found: tuple[cards.ContactCard, ...]) -> dict[int, str]:
    return {one.id: there_words(one.week, is_brief=True) for one in found}


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
        state=there_words(shown.week),
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
