"""The resident's phone: where the ticket stands; gone at the end of the day. Works without JavaScript."""

from hashlib import sha256
from typing import Any

from flask import Response, make_response, render_template, request

from kiosk import tickets
from kiosk.database import Tx
from kiosk.screens.web.page import box, lang
from kiosk.screens.web.polling import cached_news, is_old, version_seen
from kiosk.screens.web.screen import Frame, public

screen = public(__name__, Frame.PHONE)


@screen.get("/t/<token>")
def ticket(token: str) -> Response:
    """The page; to a poll with `v` only what is new, else 204."""
    with box().database.read() as tx:
        if is_old(tx):
            return Response(status=204)
        shown = _content(tx, token)
    is_poll = version_seen() is not None and request.headers.get("HX-Request")
    if is_poll and request.args.get("seen") == shown["seen"]:
        return Response(status=204)  # much has changed in the hall, nothing for this ticket
    return make_response(
        render_template("public/phone/now.html" if is_poll else "public/phone/ticket.html", **shown)
    )


def _content(tx: Tx, token: str) -> dict[str, Any]:
    ticket = tickets.view_by_code(tx, box().centre, token, lang(), box().now())
    told = tickets.estimate_text(ticket.estimate, lang())
    parts = (ticket.status, ticket.counter, ticket.ahead, ticket.estimate, ticket.wants_staff, ticket.code)
    seen = sha256(repr(parts).encode()).hexdigest()[:12]
    return {"news": cached_news(tx), "ticket": ticket, "estimate": told, "seen": seen}
