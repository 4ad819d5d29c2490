"""With a slip in the hand, or without the one that was lost: help, come back, print again. At the station."""

from flask import redirect, render_template, request, session, url_for
from msgspec import Struct
from msgspec.structs import replace
from werkzeug.wrappers import Response as AnyResponse

from kiosk import checkin, kinds, qr_codes, ratings, services, speech, spool, tickets
from kiosk.database import Tx
from kiosk.screens.station.number import ticket_of
from kiosk.screens.station.parts.choices import apart, is_long, lost_choice, page_of, pages
from kiosk.screens.station.parts.sign_in_result import keep
from kiosk.screens.station.visit import TYPED, VisitOver
from kiosk.screens.web.access import asked_by_resident, path_of_ours
from kiosk.screens.web.devices import for_everybody, need_station
from kiosk.screens.web.forms import is_digits, page_asked, whole, whole_or_none
from kiosk.screens.web.page import box, lang, new_tap
from kiosk.screens.web.screen import station
from kiosk.words import Malformed

screen = station(__name__)

PAGE, FEW = 4, 2
"""Numbers on one page of the lost ones: large ones, with room for a trembling finger; and with long names."""

DIGITS, MOST_DIGITS = 4, 11
"""Of a pad for the end of a number, and of one for all of it."""

LONGEST_CODE = 2000
OF_EVENTS = (qr_codes.CodeKind.VOLUNTEER_CARD, qr_codes.CodeKind.REGISTRATION)
NOTED = {
    tickets.Assistance.SLOW: "slow_noted",
    tickets.Assistance.STAFF: "staff_comes",
    tickets.Assistance.HEARING: "hearing_noted",
    tickets.Assistance.PHONE: "phone_noted",
}


@screen.get("/tickets/<token>/help")
def help_page(token: str) -> str:
    """What may help: more time to walk, staff who come, four digits for a lost slip."""
    with box().database.read() as tx:
        prints = spool.has_printer(tx, box().settings)
        return render_template("station/lost_slip/help.html", ticket=ticket_of(tx, token), prints=prints)


@screen.post("/tickets/<token>/help")
def ask_for_help(token: str) -> AnyResponse:
    """Note what was asked for."""
    assistance, tail = request.form.get("wish", ""), request.form.get("digits", "")
    with box().database.write() as tx:
        ticket = ticket_of(tx, token)
        tickets.grant_assistance(tx, box().centre, ticket.id, assistance, box().now(), phone_tail=tail)
        prints = spool.has_printer(tx, box().settings)
    told = NOTED[tickets.Assistance(assistance)]
    session["told"] = told if prints or told != "phone_noted" else "concern_noted"
    return redirect(url_for("station.number.taken", token=token), 303)


@screen.get("/tickets/<token>/phone")
def phone_pad(token: str) -> str:
    """A pad for the last four digits of a phone. Every key is a button of a form: no JavaScript is needed."""
    with box().database.read() as tx:
        return render_template(
            "station/lost_slip/phone_pad.html", ticket=ticket_of(tx, token), digits=digits_asked()
        )


@screen.post("/digits")
@for_everybody
def keep_digits() -> AnyResponse:
    """A key of a pad: the digits so far are kept with the visit, the address of its page tells how many."""
    digits = request.form.get("digits", "")
    if digits and not (is_digits(digits) and len(digits) <= MOST_DIGITS):
        raise Malformed
    session[TYPED] = digits
    back = path_of_ours(request.form.get("back", ""), url_for("station.home.home"))
    return redirect(f"{back}{'&' if '?' in back else '?'}{TYPED}={len(digits)}", 303)


def digits_asked() -> str:
    """The digits pressed so far on this page's pad. Raises Malformed, VisitOver."""
    count = whole_or_none(TYPED, DIGITS, fields=request.args) or 0
    typed: str = session.get(TYPED, "")
    if count > len(typed):
        raise VisitOver
    return typed[:count]


@screen.post("/slips/scan")
def scan() -> AnyResponse:
    """A card or a slip of an event signs in or out of the likeliest event; what else is looked at."""
    code = request.form.get("code", "")
    if _kind_of(code) == qr_codes.CodeKind.CONCERN:
        return redirect(url_for("concerns.slip.page", token=qr_codes.digits_of(code)), 303)
    if _kind_of(code) == qr_codes.CodeKind.DOOR_CARD:
        with box().database.read() as tx:
            entered = kinds.entered_by_code(tx, box().centre, code)
        return redirect(url_for("concerns.slip.page", token=entered.token), 303)
    return code_of_event(code) if _kind_of(code) in OF_EVENTS else ticket_scanned(code)


def is_of_ticket(code: str) -> bool:
    """Whether a ticket of the queue was scanned."""
    return _kind_of(code) == qr_codes.CodeKind.TICKET


def _kind_of(code: str) -> qr_codes.CodeKind | None:
    try:
        return qr_codes.parse(code).kind
    except qr_codes.Misread:
        return None


def code_of_event(
    code: str, day_id: int | None = None, direction: checkin.Direction = checkin.Direction.EITHER
) -> AnyResponse:
    """Sign in or out by whatever was scanned, and lead to the answer."""
    nonce = request.form.get("nonce") or new_tap()
    with box().database.write() as tx:
        form = checkin.ScanForm(nonce[:64], day_id, direction)
        verdict = checkin.scan(tx, box().centre, asked_by_resident(), code[:LONGEST_CODE], form)
    return keep(verdict)


def ticket_scanned(code: str) -> AnyResponse:
    """A ticket was scanned at the station: who was away is back in line, others see where they stand.

    Whose visit is over, today or within the week, is asked how it was.
    """
    with box().database.read() as tx:
        if ratings.can_be_rated(tx, box().centre, code, box().now()):
            token = tickets.ticket_token(tx, box().centre, tickets.ticket_behind(tx, box().centre, code))
            return redirect(url_for("ratings.slip.faces", token=token), 303)
    with box().database.write() as tx:
        ticket_id = tickets.find_ticket(tx, box().centre, code, box().now())
        session["told"] = _taken_back(tx, ticket_id)
        token = tickets.ticket_token(tx, box().centre, ticket_id)
    return redirect(url_for("station.number.taken", token=token), 303)


def _taken_back(tx: Tx, ticket_id: int) -> str:
    ticket = tickets.ticket_view(tx, box().centre, ticket_id, lang(), box().now())
    if ticket.status not in (tickets.Status.HELD, tickets.Status.NO_SHOW):
        return "stands"
    tickets.rejoin(tx, box().centre, ticket_id, tickets.By(box().now()))
    return "come_back" if ticket.status == tickets.Status.HELD else "rejoined"


class Page(Struct, frozen=True):
    """Some of the tickets that may be the lost one; `more` when there are others behind them."""

    found: tuple[tickets.LostTicket, ...]
    number: int
    more: bool
    is_long: bool


@screen.get("/lost")
def lost() -> str:
    """小票丢了: by service and about when, or by four digits; nothing personal is shown. At the station."""
    need_station()  # a reprint revokes the older code: from a phone anybody could look for every number
    day, now = box().centre.day(box().now()), box().now()
    code, digits = request.args.get("service", ""), digits_asked()
    with box().database.read() as tx:
        prints, many = spool.has_printer(tx, box().settings), tickets.too_many_reprints(tx, now)
        if code:
            services.service_of(tx, code, lang(), day)
            found = tickets.lost_by_service(tx, box().centre, code, now, lang())
            return _list_or_one(found, prints=prints, many=many, code=code, digits="")
        if len(digits) == DIGITS:
            found = tickets.lost_by_phone(tx, box().centre, digits, now, lang())
            return _list_or_one(found, prints=prints, many=many, code="", digits=digits)
        if TYPED in request.args:
            return render_template("station/lost_slip/lost_pad.html", digits=digits)
        living = tickets.lost_services(tx, box().centre, now, lang())
        icons = {one.code: one.icon for one in services.all_services(tx, lang(), day)}
    every = pages(lost_choice(one.code, one.name, icons.get(one.code, "ticket")) for one in living)
    page = page_of(every, page_asked())
    page = replace(page, shown=apart(page.shown))
    return render_template("station/lost_slip/lost.html", page=page, prints=prints)


@screen.app_template_global()
def number_stems(number: str, is_ticket: bool = True) -> str:
    """The clips that say the number of a ticket, or else of a receipt; stems between spaces."""
    clips = speech.ticket_clips if is_ticket else speech.number_clips
    return " ".join(clips(number, speech.language_of(lang())))


def _list_or_one(found: tuple[tickets.LostTicket, ...], *, prints: bool, many: bool, **asked: str) -> str:
    """The list; or the one that was touched, very large: a neighbour's number differs by one digit.

    What `tickets.reprint` would refuse is not offered: her number stands, and a window helps.
    """
    touched = request.args.get("ticket", "")
    mine = next((one for one in found if str(one.id) == touched), None)
    if mine is not None:
        why = ("again" if mine.is_again else "many" if many else "") if prints else ""
        return render_template("station/lost_slip/lost_one.html", mine=mine, prints=prints, why=why, **asked)
    are_long = not asked["code"] and any(is_long(one.service) for one in found)
    return render_template(
        "station/lost_slip/lost_list.html",
        page=_page_of(found, are_long=are_long),
        prints=prints and not many and not all(one.is_again for one in found),
        **asked,
    )


def _page_of(found: tuple[tickets.LostTicket, ...], *, are_long: bool) -> Page:
    size, number = FEW if are_long else PAGE, min(page_asked(), len(found))
    start = number * size
    return Page(found[start : start + size], number, len(found) > start + size, are_long)


@screen.post("/lost")
def print_again() -> AnyResponse:
    """Print a ticket again; the older code answers that it was. Without a printer it is shown, and stands."""
    ticket, revision = whole("ticket"), whole("revision")
    with box().database.write() as tx:
        token = tickets.reprint(tx, box().centre, asked_by_resident(), ticket, revision)
        session["told"] = "reprinted" if spool.has_printer(tx, box().settings) else "stands"
    return redirect(url_for("station.number.taken", token=token), 303)
