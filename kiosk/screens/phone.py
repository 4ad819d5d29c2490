"""The resident's phone: where the ticket stands; gone at the end of the day. Works without JavaScript."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from kiosk import tickets
from kiosk.db import Tx
from kiosk.screens._news import asked, is_old, news
from kiosk.screens._page import box, lang

screen = Blueprint("phone", __name__)


@screen.get("/t/<token>")
def ticket(token: str) -> Response:
    """The page; to a poll with `v` only what is new, else 204."""
    with box().database.read() as tx:
        if is_old(tx):
            return Response(status=204)
        is_poll = asked() is not None and request.headers.get("HX-Request")
        template = "phone/now.html" if is_poll else "phone/ticket.html"
        return make_response(render_template(template, **_content(tx, token)))


def _content(tx: Tx, token: str) -> dict[str, Any]:
    ticket_id = tickets.find_ticket(tx, box().centre, token, box().now())
    ticket = tickets.ticket_view(tx, box().centre, ticket_id, lang(), box().now())
    told = tickets.estimate_text(ticket.estimate, lang())
    return {"news": news(tx), "ticket": ticket, "estimate": told}
