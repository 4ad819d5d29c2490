"""A slip that is held out, or whose digits are read out on the telephone: it opens the concern for staff."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk import concerns, kinds, qr_codes
from kiosk.screens.web.forms import text
from kiosk.screens.web.page import box
from kiosk.screens.web.screen import staffed
from kiosk.staff import Role

screen = staffed(
    __name__, Role.CLERK, Role.DESK, Role.MANAGER, Role.GRID, Role.SECRETARY, menu=None,
    under="concerns.today", url_prefix="/s/slip",
)  # fmt: skip


@screen.get("")
def slip() -> str:
    """Where a slip is scanned or its 24 digits are typed."""
    return render_template("intake/slips/slip.html")


@screen.post("")
def open_it() -> AnyResponse:
    """Open the concern; whoever may not see it is told that there is none.

    Raises Misread, Forged, UnknownConcern, ReceiptRevoked, UnknownCard, NotEnteredYet.
    """
    code = text("code")
    with box().database.read() as tx:
        if qr_codes.parse(code).kind == qr_codes.CodeKind.DOOR_CARD:
            concern_id = kinds.entered_by_code(tx, box().centre, code).concern_id
        else:
            concern_id = concerns.concern_in(tx, box().centre, code)
    return redirect(url_for("concerns.one.page", concern_id=concern_id), 303)
