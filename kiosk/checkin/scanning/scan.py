"""What a desk or a station may ask: scan, sign in or out by name, count a visitor; each one transaction."""

from typing import Any

from sqlalchemy import Connection

from kiosk import people, qr_codes, tickets
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.checkin.refusals import UnknownRegistration
from kiosk.checkin.registration import registration_by_code, registration_row
from kiosk.checkin.rules import Direction, Word, hint_of
from kiosk.checkin.scanning.attendance import Answer, ScanMoment, admit
from kiosk.checkin.scanning.resolve import Bearer, one_day
from kiosk.checkin.scanning.scan_log import answer, code_key
from kiosk.checkin.scanning.verdict import ScanForm, ScanRequest, Verdict


def scan(tx: Connection, centre: Centre, asked: Asked, code: str, form: ScanForm) -> Verdict:
    """Answer whatever was scanned: a card, a slip of an event, a queue ticket, or something foreign.

    A foreign code is kept as a keyed hash and nowhere in clear.
    """
    request = ScanRequest(asked, form, "code", code_key(centre, code))
    return answer(tx, centre, request, lambda moment: _read(tx, centre, code, request, moment))


def sign_in_person(tx: Connection, centre: Centre, asked: Asked, person_id: int, form: ScanForm) -> Verdict:
    """Sign in (or out, as the form says) somebody who was picked from a list. Raises people.UnknownPerson."""
    request = ScanRequest(asked, form, "chosen", code_key(centre, f"person:{person_id}"))
    bearer = Bearer(people.person_of(tx, person_id))
    return answer(tx, centre, request, lambda moment: admit(tx, bearer, form.wanted, form.direction, moment))


def sign_in_registration(
    tx: Connection,
    centre: Centre,
    asked: Asked,
    registration_id: int,
    nonce: str,
    direction: Direction = Direction.IN,
) -> Verdict:
    """Sign in (or out) who has put the name down, and was found in a list. Raises UnknownRegistration."""
    row = registration_row(tx, registration_id)
    if row.cancelled_at is not None:
        raise UnknownRegistration
    form = ScanForm(nonce, row.event_day_id, direction)
    request = ScanRequest(asked, form, "chosen", code_key(centre, f"registration:{registration_id}"))
    bearer = _bearer(tx, row)
    return answer(tx, centre, request, lambda moment: admit(tx, bearer, form.wanted, form.direction, moment))


def sign_in_visitor(
    tx: Connection, centre: Centre, asked: Asked, event_day: int, nonce: str, *, visitors: int = 1
) -> Verdict:
    """就是来看看: count people who leave no name."""
    form = ScanForm(nonce, event_day, Direction.IN)
    bearer = Bearer(people=max(1, min(visitors, 50)))
    request = ScanRequest(asked, form, "visitor")
    return answer(tx, centre, request, lambda moment: admit(tx, bearer, form.wanted, form.direction, moment))


WORDS: dict[type[Exception], Word] = {
    qr_codes.Forged: Word.FORGED,
    people.UnknownPerson: Word.UNKNOWN,
    people.CardRevoked: Word.REVOKED,
    people.PersonLeft: Word.REVOKED,
    tickets.UnknownTicket: Word.UNKNOWN,
    tickets.TicketRevoked: Word.REVOKED,
    tickets.TicketOver: Word.TOO_LATE,
}


def _read(tx: Connection, centre: Centre, code: str, request: ScanRequest, moment: ScanMoment) -> Answer:
    try:
        kind = qr_codes.parse(code).kind
        if kind == qr_codes.CodeKind.TICKET:
            return _ticket(tx, centre, code, request)
        if kind == qr_codes.CodeKind.VOLUNTEER_CARD:
            bearer = Bearer(people.person_by_card(tx, centre, code))
            return admit(tx, bearer, request.form.wanted, request.form.direction, moment)
        return _registered(tx, centre, code, request, moment)
    except qr_codes.Misread:
        return Answer(Word.MISREAD, hint=hint_of(code))
    except tuple(WORDS) as refusal:
        return Answer(WORDS[type(refusal)])


def _registered(
    tx: Connection, centre: Centre, code: str, request: ScanRequest, moment: ScanMoment
) -> Answer:
    word, row = registration_by_code(tx, centre, code)
    if row is None:
        return Answer(word or Word.UNKNOWN)
    bearer = _bearer(tx, row)
    if word is not None:
        return Answer(word, bearer, one_day(tx, row.event_day_id), number=str(row.number))
    return admit(tx, bearer, request.form.wanted, request.form.direction, moment)


def _bearer(tx: Connection, row: Any) -> Bearer:
    return Bearer(people.person_of(tx, row.person_id) if row.person_id else None, row, row.people)


def _ticket(tx: Connection, centre: Centre, code: str, request: ScanRequest) -> Answer:
    """A queue ticket at the desk: who was away is back in line, others see where they stand."""
    ticket_id = tickets.find_ticket(tx, centre, code, request.asked.now)
    seen = tickets.ticket_view(tx, centre, ticket_id, request.asked.lang, request.asked.now)
    word = Word.TICKET
    if seen.status in (tickets.Status.HELD, tickets.Status.NO_SHOW):
        tickets.rejoin(tx, centre, ticket_id, tickets.By(request.asked.now, None, request.asked.staff_id))
        seen = tickets.ticket_view(tx, centre, ticket_id, request.asked.lang, request.asked.now)
        word = Word.TICKET_BACK
    return Answer(word, number=seen.number, ticket=seen)
