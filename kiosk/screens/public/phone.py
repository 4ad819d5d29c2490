"""The resident's phone: where the ticket stands; gone at the end of the day. Works without JavaScript."""

from hashlib import sha256
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk import kinds, notices, ratings, spool, tickets
from kiosk.database import Tx
from kiosk.screens.web.page import box, lang
from kiosk.screens.web.polling import cached_news, is_known, mark_of, version_seen
from kiosk.screens.web.screen import Frame, public

screen = public(__name__, Frame.PHONE)

MOST_NOTICES = 3
"""More than these and the number itself would leave a small phone's first view."""


@screen.get("/t/<token>")
def ticket(token: str) -> AnyResponse:
    """The page; to a poll with `v` only what is new, else 204. After its day a slip leads on."""
    try:
        return _ticket(token)
    except tickets.TicketOver:
        with box().database.read() as tx:
            case = kinds.case_of_ticket(tx, box().centre, tickets.ticket_behind(tx, box().centre, token))
            if case is not None:
                return redirect(url_for("concerns.receipt.page", rest=case[1:]), 303)
            if not ratings.can_be_rated(tx, box().centre, token, box().now()):
                raise
        return redirect(url_for("public.phone_rating.page", token=token), 303)


def _ticket(token: str) -> Response:
    with box().database.read() as tx:
        news, mark = cached_news(tx), _mark(tx)
        if is_known(news, mark):
            return Response(status=204)
        shown = _content(tx, token)
    is_poll = version_seen() is not None and "HX-Request" in request.headers
    if is_poll and request.args.get("seen") == shown["seen"]:
        return Response(status=204)  # much has changed in the hall, nothing for this ticket
    page = "public/phone/now.html" if is_poll else "public/phone/ticket.html"
    return Response(render_template(page, v=news.v, also=news.also + mark, **shown))


@screen.post("/t/<token>/hearing")
def hearing(token: str) -> AnyResponse:
    """She cannot hear: whoever calls her comes and is seen. Whoever has the slip may say so."""
    with box().database.write() as tx:
        ticket = tickets.view_by_code(tx, box().centre, token, lang(), box().now())
        tickets.grant_assistance(tx, box().centre, ticket.id, tickets.Assistance.HEARING, box().now())
    return redirect(url_for(".ticket", token=token), 303)


def _content(tx: Tx, token: str) -> dict[str, Any]:
    # a thousand phones: what is asked of the request is asked once
    here, spoken = box(), lang()
    centre, now = here.centre, here.now()
    ticket = tickets.view_by_code(tx, centre, token, spoken, now)
    told = tickets.estimate_text(ticket.estimate, spoken)
    found = notices.shown_at(tx, notices.Place.PHONE, now, ticket.code)
    today = tickets.today_text(centre, now, spoken)
    told_too = (*([today] if today else []), *(one.words(spoken) for one in found[:MOST_NOTICES]))
    is_away = ticket.status in ("held", "no_show")
    prints = is_away and spool.has_printer(tx, centre.settings)
    place = (ticket.status, ticket.counter, ticket.ahead, ticket.estimate)
    back = (ticket.hold, ticket.held_at, ticket.lacks, prints)
    parts = (*place, *back, ticket.wants_staff, ticket.cannot_hear, ticket.code, told_too)
    return {
        "ticket": ticket,
        "estimate": told,
        "notices": told_too,
        "seen": sha256(repr(parts).encode()).hexdigest()[:12],
        "prints": prints,
        "case": kinds.case_of_ticket(tx, centre, ticket.id) if ticket.status == "served" else None,
    }


def _mark(tx: Tx) -> str:
    """Which notices stand on phones, for whichever service."""
    now = box().now()
    standing = [one for one in notices.cached_standing(tx, now) if one.is_at(notices.Place.PHONE, now)]
    words = [(one.plan.zh, one.plan.en, one.plan.service) for one in standing]
    return f".{mark_of(words)}" if words else ""
