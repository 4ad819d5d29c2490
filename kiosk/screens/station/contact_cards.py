"""The contact cards at the station: on the screen, on paper, in a phone's address book."""

import re
from typing import TypeVar

from flask import Response, redirect, render_template, request, session, url_for
from msgspec import Struct
from werkzeug.wrappers import Response as AnyResponse

from kiosk import cards, spool
from kiosk.screens.web.access import asked_by_resident, path_of_ours
from kiosk.screens.web.forms import page_asked, tap
from kiosk.screens.web.labels import is_there, there_words
from kiosk.screens.web.page import box, lang, new_tap
from kiosk.screens.web.screen import station

screen = station(__name__)

Item = TypeVar("Item")


class Phone(Struct, frozen=True):
    """A telephone number as it is read: what is dialled first, the rest large, an extension."""

    first: str
    number: str
    extension: str = ""

    @property
    def said(self) -> str:
        """The clips that say it digit by digit, a pause after what is dialled first."""
        parts = (self.first, self.number, self.extension)
        return " , ".join(" ".join(re.sub(r"\D", "", part)) for part in parts if re.search(r"\d", part))

    @property
    def is_long(self) -> bool:
        """Whether the rest is no number of eight digits at most, and so is set smaller."""
        return len(self.number) > EIGHT_DIGITS


EIGHT_DIGITS = len("1234 5678")
MOBILE, LANDLINE = re.compile(r"(1\d\d)[ -]?(\d{4})[ -]?(\d{4})"), re.compile(r"(0\d{2,3}[ -]?)(\d{7,8})")


def phone_of(phone: str) -> Phone:
    """The parts of a number; one that is written in another way stays whole."""
    number, turn, extension = phone.partition("转")
    tail = f"{turn}{extension}".strip()
    if found := MOBILE.fullmatch(number.strip()):
        return Phone(found[1], f"{found[2]} {found[3]}", tail)
    if found := LANDLINE.fullmatch(number.strip()):
        return Phone(found[1].strip(), found[2], tail)
    return Phone("", number.strip(), tail)


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
    """One contact card with its codes; `back` is the page of cards or of what it is about that led to it."""
    with box().database.read() as tx:
        shown = cards.card_of(tx, card_id, lang())
        has_printer = spool.has_printer(tx, box().settings)
    return render_template(
        "station/contact_cards/card.html",
        card=shown,
        vcard_text=cards.vcard(shown, box().centre.name(lang())),
        wechat_text=shown.wechat,
        phone=phone_of(shown.phone),
        state=there_words(shown.week),
        is_there=is_there(shown.week),
        printed=session.pop("printed", None) == card_id,
        tap=new_tap(),
        has_printer=has_printer,
        back=_led_from(),
    )


@screen.post("/cards/<int:card_id>/print")
def print_card(card_id: int) -> AnyResponse:
    """Print one contact card."""
    with box().database.write() as tx:
        is_printing = cards.print_card(tx, box().centre, asked_by_resident(), card_id, _tap())
    if is_printing:
        session["printed"] = card_id
    return redirect(url_for(".card", card_id=card_id, back=_led_from() or None), 303)


def _led_from() -> str:
    return path_of_ours(request.args.get("back", ""), "")


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
