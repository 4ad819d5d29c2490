"""The stub of a card that was filled in at a door: it leads to the page of what was entered from it."""

from flask import redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk import kinds
from kiosk.screens.web.page import box
from kiosk.screens.web.screen import Frame, public

screen = public(__name__, Frame.PHONE)


@screen.get("/t/5<string(length=23):rest>")
def stub(rest: str) -> AnyResponse:
    """Lead to the receipt's page. Raises Misread, Forged, UnknownCard, NotEnteredYet."""
    with box().database.read() as tx:
        entered = kinds.entered_by_code(tx, box().centre, f"5{rest}")
    return redirect(url_for("concerns.receipt.page", rest=entered.token[1:]), 303)
