"""A slip scanned at a counter: who was called here has come, who was away goes on, others are looked at."""

from flask import g
from msgspec import Struct

from kiosk import qr_codes, services, tickets
from kiosk.database import Tx
from kiosk.screens.hall.card.page import EVERYBODY, Look
from kiosk.screens.web.access import asked
from kiosk.screens.web.errors import words_of
from kiosk.screens.web.labels import where_it_stands
from kiosk.screens.web.page import box, lang, say
from kiosk.words import Refusal, mark


class Scanned(Struct, frozen=True):
    """What the clerk's scanner read: the verdict is a word for colour and sound, the sentence says it."""

    verdict: str
    sentence: str
    ticket: tickets.TicketView | None = None


def look_at(scanned: Scanned) -> Look:
    """Whoever waits and stands here: the list shows this number alone, and what can be done."""
    seen = scanned.ticket
    if seen is None or seen.status != tickets.Status.WAITING or scanned.verdict != "look":
        return EVERYBODY
    return Look(number=seen.number, is_here=True)


def opened(number: int, code: str) -> Scanned:
    """What a slip's `code` does at counter `number`: who was called here begins, others are looked at.

    Raises CounterNotOpen, CounterTakenOver.
    """
    try:
        with box().database.write() as tx:
            return _opened_ticket(tx, number, code)
    except qr_codes.Misread:
        return Scanned("misread", say(mark("没有读清楚，请再扫一次。")))
    except qr_codes.Forged:
        return Scanned("forged", say(mark("这个码不是本站的号。")))
    except (services.CounterNotOpen, services.CounterTakenOver):
        raise
    except Refusal as refusal:
        return Scanned("unknown", words_of(refusal))


def _opened_ticket(tx: Tx, number: int, code: str) -> Scanned:
    services.check_counter(tx, number, g.staff.id)
    ticket_id = tickets.find_ticket(tx, box().centre, code, box().now())
    seen = _view(tx, ticket_id)
    if seen.status == tickets.Status.CALLED and seen.counter == number:
        tickets.start(tx, asked(), number, ticket_id)
        return Scanned("ok", say(mark("%(number)s，就是这一位，开始办理。"), number=seen.number), seen)
    if seen.status == tickets.Status.HELD:
        return _scanned_back(tx, number, seen)
    if seen.status == tickets.Status.NO_SHOW:
        tickets.rejoin(tx, box().centre, ticket_id, tickets.By(box().now(), number, g.staff.id))
        back = _view(tx, ticket_id)
        sentence = mark("%(number)s过号重排，前面有%(ahead)s人。")
        return Scanned("ok", say(sentence, number=seen.number, ahead=back.ahead), back)
    return Scanned("look", where_it_stands(seen), seen)


def _scanned_back(tx: Tx, number: int, seen: tickets.TicketView) -> Scanned:
    """Somebody on hold is here again: served at once where the counter is free, else the next."""
    if seen.hold != tickets.Hold.FETCH and seen.held_at != number:
        sentence = mark("%(number)s在%(counter)s号窗口挂起，请到那里接着办。")
        return Scanned("look", say(sentence, number=seen.number, counter=seen.held_at), seen)
    if tickets.at_hand(tx, number) is None:
        tickets.resume(tx, box().centre, asked(), number, seen.id)
        return Scanned("ok", say(mark("%(number)s回来了，接着办。"), number=seen.number), seen)
    tickets.rejoin(tx, box().centre, seen.id, tickets.By(box().now(), number, g.staff.id))
    return Scanned("ok", say(mark("%(number)s回来了，下一位就是。"), number=seen.number), seen)


def _view(tx: Tx, ticket_id: int) -> tickets.TicketView:
    return tickets.ticket_view(tx, box().centre, ticket_id, lang(), box().now())
