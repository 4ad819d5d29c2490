"""The resident's phone: where the ticket stands; gone at the end of the day. Works without JavaScript."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from kiosk import tickets
from kiosk.screens._page import box, lang
from kiosk.screens.board import is_newer, version_asked

screen = Blueprint("phone", __name__)


@screen.get("/t/<token>")
def ticket(token: str) -> Response:
    """The page; to a poll with `v` only what is new, else 204."""
    since = version_asked()
    if since is not None and not is_newer(since):
        return Response(status=204)
    template = (
        "phone/now.html" if since is not None and request.headers.get("HX-Request") else "phone/ticket.html"
    )
    return make_response(render_template(template, **_content(token)))


def _content(token: str) -> dict[str, Any]:
    with box().database.read() as tx:
        v = tickets.version(tx)
        ticket_id = tickets.find_ticket(tx, box().centre, token, box().now())
        return {"v": v, "ticket": tickets.ticket_view(tx, box().centre, ticket_id, lang())}
