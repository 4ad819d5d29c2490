"""A scan: one transaction, one answer, one row; asked again it gives the same answer and no second row."""

import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk import people, tickets, tokens
from kiosk.centre import Centre
from kiosk.events.admitting import Answer, Moment, admit
from kiosk.events.bearer import Bearer, one_day
from kiosk.events.registering import registration_by_code, registration_row
from kiosk.events.rules import BOUNCE_WITHIN, UNDO_WITHIN, Direction, Hint, Word, hint_of, is_doubtful
from kiosk.events.tables import scan as scan_table
from kiosk.words import Lang


@dataclass(frozen=True)
class Verdict:
    """The answer to a scan.

    `person_full` is empty unless staff asked. `number` is a registration's or a ticket's; `minutes` count
    after a sign-out of a shift. `undo_id` names the scan while it can be undone. `is_replay`: this nonce was
    answered before; `is_bounce`: the scanner read the same code again. Both change nothing.
    """

    word: Word
    at: datetime
    event_day_id: int | None = None
    event: str = ""
    place: str = ""
    opens_at: datetime | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    person_masked: str = ""
    person_full: str = ""
    number: str = ""
    minutes: int | None = None
    did: str = ""
    hint: Hint = Hint.NONE
    ticket: tickets.TicketView | None = None
    undo_id: int | None = None
    is_replay: bool = False
    is_bounce: bool = False


@dataclass(frozen=True)
class Press:
    """What every row of a scan says of who asked, where and when."""

    nonce: str
    now: datetime
    station: str
    staff_id: int | None
    how: str = "code"
    code_key: str = ""
    direction: Direction = Direction.EITHER
    wanted: int | None = None
    happened_at: datetime | None = None
    lang: Lang = "zh"


def scan(
    tx: Connection,
    centre: Centre,
    code: str,
    nonce: str,
    now: datetime,
    station: str,
    staff_id: int | None,
    event_day: int | None = None,
    happened_at: datetime | None = None,
    direction: Direction = Direction.EITHER,
    lang: Lang = "zh",
) -> Verdict:
    """Answer whatever was scanned: a card, a slip of an event, a queue ticket, or something foreign.

    `nonce` is one per scan, however often it is sent. `event_day` is what the desk is set to, None for the
    likeliest. A foreign code is kept as a keyed hash and nowhere in clear.
    """
    key = code_key(centre, code)
    press = Press(
        nonce, now, station, staff_id, "code", key, direction, event_day, happened_at, lang,
    )  # fmt: skip
    return answer(tx, centre, press, lambda moment: _read(tx, centre, code, press, moment))


def sign_in_person(
    tx: Connection,
    centre: Centre,
    event_day: int,
    person_id: int,
    nonce: str,
    now: datetime,
    station: str,
    staff_id: int | None = None,
    *,
    direction: Direction = Direction.IN,
    happened_at: datetime | None = None,
    lang: Lang = "zh",
) -> Verdict:
    """Sign in somebody who was picked from a list. Raises people.UnknownPerson."""
    key = code_key(centre, f"person:{person_id}")
    press = Press(
        nonce, now, station, staff_id, "chosen", key, direction, event_day, happened_at, lang
    )  # fmt: skip
    bearer = Bearer(people.person_of(tx, person_id))
    return answer(tx, centre, press, lambda moment: admit(tx, bearer, event_day, direction, moment))


def sign_out(
    tx: Connection,
    centre: Centre,
    event_day: int,
    person_id: int,
    nonce: str,
    now: datetime,
    station: str,
    staff_id: int | None = None,
    lang: Lang = "zh",
) -> Verdict:
    """Sign out somebody who was picked from a list. Raises people.UnknownPerson."""
    return sign_in_person(
        tx, centre, event_day, person_id, nonce, now, station, staff_id, direction=Direction.OUT, lang=lang
    )  # fmt: skip


def sign_in_registration(
    tx: Connection,
    centre: Centre,
    registration_id: int,
    nonce: str,
    now: datetime,
    station: str,
    staff_id: int | None = None,
    *,
    direction: Direction = Direction.IN,
    lang: Lang = "zh",
) -> Verdict:
    """Sign in who has put the name down just now. Raises UnknownRegistration."""
    row = registration_row(tx, registration_id)
    key = code_key(centre, f"registration:{registration_id}")
    press = Press(nonce, now, station, staff_id, "chosen", key, direction, row.event_day_id, None, lang)
    return answer(
        tx, centre, press, lambda moment: admit(tx, _bearer(tx, row), row.event_day_id, direction, moment)
    )


def sign_in_visitor(
    tx: Connection,
    centre: Centre,
    event_day: int,
    nonce: str,
    now: datetime,
    station: str,
    staff_id: int | None = None,
    *,
    visitors: int = 1,
    lang: Lang = "zh",
) -> Verdict:
    """就是来看看: count people who leave no name."""
    press = Press(nonce, now, station, staff_id, "visitor", "", Direction.IN, event_day, None, lang)
    bearer = Bearer(people=max(1, min(visitors, 50)))
    return answer(tx, centre, press, lambda moment: admit(tx, bearer, event_day, Direction.IN, moment))


def trust_clock(tx: Connection, staff_id: int, station: str, now: datetime) -> None:
    """Staff say that the box's clock is right again: scans are believed from now on."""
    row = {"nonce": None, "station": station, "staff_id": staff_id, "how": "clock", "verdict": "clock"}
    tx.execute(_WRITE, row | _NOTHING | {"happened_at": now, "recorded_at": now, "clock_at": now})


def code_key(centre: Centre, code: str) -> str:
    """The keyed hash by which a code is known again; without the centre's secret it says nothing."""
    return hmac.new(centre.secret, f"scan:{code.strip()}".encode(), sha256).hexdigest()[:32]


_BY_NONCE = sa.select(scan_table).where(scan_table.c.nonce == sa.bindparam("nonce"))
_LAST_OF_CODE = (
    sa.select(scan_table)
    .where(scan_table.c.code_key == sa.bindparam("key"))
    .order_by(scan_table.c.id.desc())
    .limit(1)
)
_CLOCK = sa.select(scan_table.c.clock_at).order_by(scan_table.c.id.desc()).limit(1)
_WRITE = sa.insert(scan_table).returning(scan_table.c.id)
_NOTHING: dict[str, Any] = {
    "code_key": "", "direction": "", "did": "", "hint": "", "number": "", "minutes": None,
    "event_day_id": None, "person_id": None, "registration_id": None, "sign_in_id": None, "ticket_id": None,
    "undo_of": None, "reason": "",
}  # fmt: skip


def answer(tx: Connection, centre: Centre, press: Press, act: Any) -> Verdict:
    """Answer a press once: a nonce or a bounce again says what it said; else `act(moment)` and write it."""
    known = tx.execute(_BY_NONCE, {"nonce": press.nonce}).one_or_none()
    if known is not None:
        if known.code_key == press.code_key and known.how == press.how:
            return replace(told(tx, centre, known, press), is_replay=True)
        # one nonce for two codes: the page is broken; a stranger's green answer must not be repeated
        press = replace(press, nonce="")
        return _write(tx, centre, press, Answer(Word.MISREAD), _moment(tx, press)[1])
    last = tx.execute(_LAST_OF_CODE, {"key": press.code_key}).one_or_none() if press.code_key else None
    if last is not None and _is_bounce(last, press):
        return replace(told(tx, centre, last, press), is_bounce=True)
    moment, clock_at = _moment(tx, press)
    return _write(tx, centre, press, act(moment), clock_at, moment)


def _is_bounce(last: Any, press: Press) -> bool:
    apart = press.now - last.recorded_at
    is_same = last.station == press.station and last.direction == press.direction and last.how == press.how
    elsewhere = press.wanted is not None and last.event_day_id not in (None, press.wanted)
    return is_same and not elsewhere and timedelta() <= apart <= BOUNCE_WITHIN


def _moment(tx: Connection, press: Press) -> tuple[Moment, datetime]:
    """When it happened, and the latest time ever recorded: a clock that fell back is not followed."""
    newest = tx.execute(_CLOCK).scalar()
    at = min(press.happened_at or press.now, press.now)
    doubtful = is_doubtful(press.happened_at or press.now, press.now, newest)
    if doubtful and newest is not None and press.now < newest:
        at = newest
    return Moment(at, doubtful), max(press.now, newest or press.now)


def _write(
    tx: Connection,
    centre: Centre,
    press: Press,
    found: Answer,
    clock_at: datetime,
    moment: Moment | None = None,
) -> Verdict:
    at = moment.at if moment else press.now
    row = _NOTHING | {
        "nonce": press.nonce or None,
        "station": press.station[:32],
        "staff_id": press.staff_id,
        "how": press.how,
        "code_key": press.code_key,
        "direction": press.direction,
        "verdict": found.word,
        "did": found.did,
        "hint": found.hint,
        "number": found.number,
        "minutes": found.minutes,
        "event_day_id": found.day.id if found.day is not None else None,
        "person_id": found.bearer.person.id if found.bearer.person else None,
        "registration_id": found.bearer.registration.id if found.bearer.registration else None,
        "sign_in_id": found.stay_id,
        "ticket_id": found.ticket.id if found.ticket else None,
        "happened_at": at,
        "recorded_at": press.now,
        "clock_at": clock_at,
    }
    scan_id: int = tx.execute(_WRITE, row).scalar_one()
    return _verdict(found, at, press, scan_id if found.did else None)


def _verdict(found: Answer, at: datetime, press: Press, undo_id: int | None) -> Verdict:
    day, is_english = found.day, press.lang == "en"
    about_day = {} if day is None else {
        "event_day_id": day.id,
        "event": (is_english and day.title_en) or day.title,
        "place": (is_english and day.place_en) or day.place,
        "opens_at": day.opens_at, "starts_at": day.starts_at, "ends_at": day.ends_at,
    }  # fmt: skip
    return Verdict(
        found.word, at, **about_day,
        person_masked=found.bearer.masked,
        person_full=found.bearer.name if press.staff_id is not None else "",
        number=found.number, minutes=found.minutes, did=found.did, hint=found.hint,
        ticket=found.ticket, undo_id=undo_id,
    )  # fmt: skip


def told(tx: Connection, centre: Centre, row: Any, press: Press, *, is_undone: bool = False) -> Verdict:
    """What a row of `scan` answered, for whoever asks now; `is_undone` when it was taken back since."""
    bearer = Bearer(
        people.person_of(tx, row.person_id) if row.person_id else None,
        registration_row(tx, row.registration_id) if row.registration_id else None,
    )
    day = one_day(tx, row.event_day_id) if row.event_day_id else None
    ticket = None
    if row.ticket_id:
        ticket = tickets.ticket_view(tx, centre, row.ticket_id, press.lang, press.now)
    found = Answer(
        Word(row.verdict),
        bearer,
        day,
        row.did,
        row.sign_in_id,
        row.minutes,
        row.number,
        Hint(row.hint),
        ticket,
    )
    can_undo = bool(row.did) and not is_undone and press.now - row.recorded_at <= UNDO_WITHIN
    return _verdict(found, row.happened_at, press, row.id if can_undo else None)


WORDS: dict[type[Exception], Word] = {
    tokens.Forged: Word.FORGED,
    people.UnknownPerson: Word.UNKNOWN,
    people.CardRevoked: Word.REVOKED,
    people.PersonLeft: Word.REVOKED,
    tickets.UnknownTicket: Word.UNKNOWN,
    tickets.TicketRevoked: Word.REVOKED,
    tickets.TicketOver: Word.TOO_LATE,
}


def _read(tx: Connection, centre: Centre, code: str, press: Press, moment: Moment) -> Answer:
    try:
        kind = tokens.parse(code).kind
        if kind == tokens.Kind.TICKET:
            return _ticket(tx, centre, code, press)
        if kind == tokens.Kind.VOLUNTEER_CARD:
            bearer = Bearer(people.person_by_card(tx, centre, code))
            return admit(tx, bearer, press.wanted, press.direction, moment)
        return _registered(tx, centre, code, press, moment)
    except tokens.Misread:
        return Answer(Word.MISREAD, hint=hint_of(code))
    except tuple(WORDS) as refusal:
        return Answer(WORDS[type(refusal)])


def _registered(tx: Connection, centre: Centre, code: str, press: Press, moment: Moment) -> Answer:
    word, row = registration_by_code(tx, centre, code)
    if row is None:
        return Answer(word or Word.UNKNOWN)
    bearer = _bearer(tx, row)
    if word is not None:
        return Answer(word, bearer, one_day(tx, row.event_day_id), number=str(row.number))
    return admit(tx, bearer, press.wanted, press.direction, moment)


def _bearer(tx: Connection, row: Any) -> Bearer:
    return Bearer(people.person_of(tx, row.person_id) if row.person_id else None, row, row.people)


def _ticket(tx: Connection, centre: Centre, code: str, press: Press) -> Answer:
    """A queue ticket at the desk: who was away is back in line, others see where they stand."""
    ticket_id = tickets.find_ticket(tx, centre, code, press.now)
    seen = tickets.ticket_view(tx, centre, ticket_id, press.lang, press.now)
    word = Word.TICKET
    if seen.status in (tickets.Status.HELD, tickets.Status.NO_SHOW):
        tickets.rejoin(tx, centre, ticket_id, tickets.By(press.now, None, press.staff_id))
        seen = tickets.ticket_view(tx, centre, ticket_id, press.lang, press.now)
        word = Word.TICKET_BACK
    return Answer(word, number=seen.number, ticket=seen)


def write_undo(tx: Connection, row: Any, reason: str, staff_id: int, station: str, now: datetime) -> None:
    """Append the row that takes `row` back; its code is not a bounce of the old answer any more."""
    clock_at = tx.execute(_CLOCK).scalar() or now
    kept = ("code_key", "number", "event_day_id", "person_id", "registration_id", "sign_in_id")
    said = {name: getattr(row, name) for name in kept} | {"undo_of": row.id, "reason": reason}
    moments = {"happened_at": now, "recorded_at": now, "clock_at": max(clock_at, now)}
    who = {"nonce": None, "station": station[:32], "staff_id": staff_id, "how": "undo"}
    tx.execute(_WRITE, _NOTHING | said | moments | who | {"verdict": Word.UNDONE})
