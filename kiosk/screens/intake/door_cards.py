"""民情日志卡: sheets to print, and a card that was filled in at a door, entered by scanning it."""

from flask import Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk import kinds
from kiosk.screens.web.access import asked
from kiosk.screens.web.downloads import pdf
from kiosk.screens.web.forms import text, whole
from kiosk.screens.web.page import box, say
from kiosk.screens.web.screen import staffed
from kiosk.staff import Role
from kiosk.words import mark

screen = staffed(
    __name__,
    Role.CLERK,
    Role.DESK,
    Role.MANAGER,
    Role.GRID,
    Role.SECRETARY,
    menu=None,
    under="concerns.today",
    url_prefix="/s/cards",
)


@screen.get("")
def cards() -> str:
    """Where a card is scanned, and where sheets are printed."""
    return render_template(
        "intake/door_cards/cards.html", a_sheet=kinds.CARDS_A_SHEET, most=kinds.MOST_SHEETS
    )


@screen.post("/print")
def print_sheets() -> Response:
    """New cards as a PDF. Raises TooManyCards, NoTypeface, PaperNotMade."""
    with box().database.write() as tx:
        sheet = kinds.print_door_cards(tx, box().centre, asked(), whole("sheets", 999, 0))
    return pdf(sheet, say(mark("民情日志卡")))


@screen.post("/scan")
def scan() -> AnyResponse:
    """Open the card that was scanned, or whose number was typed. Raises Misread, Forged, UnknownCard."""
    with box().database.read() as tx:
        number = kinds.card_meant(tx, box().centre, text("code"))
    return redirect(url_for(".card", number=number), 303)


@screen.get("/<int:number>")
def card(number: int) -> str | AnyResponse:
    """The form for what stands on a card; one that was entered leads to what became of it."""
    with box().database.read() as tx:
        kinds.card_known(tx, number)
        entered = kinds.entered_from(tx, box().centre, number)
    if entered is not None:
        return redirect(url_for("concerns.one.page", concern_id=entered.concern_id), 303)
    return render_template("intake/door_cards/card.html", number=number, name=kinds.card_number(number))
