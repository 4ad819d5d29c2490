"""Taking in what somebody says: number, first change, clocks and the receipt's job in one transaction."""

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from msgspec import Struct, field
from msgspec.structs import asdict, replace
from sqlalchemy import Connection

from kiosk import staff
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.clock import bounds
from kiosk.concerns.clocks import due_of, start_clock
from kiosk.concerns.reads import category_of, check_place, worker_of
from kiosk.concerns.refusals import BadConcern, NoStreet, TooManyConcerns
from kiosk.concerns.rules import (
    ACCEPT_DAYS,
    INNER,
    JUST_NOW,
    LONGEST_ABOUT,
    LONGEST_KEPT,
    LONGEST_NAME,
    LONGEST_WORDS,
    MOST_AN_HOUR,
    MOST_BARRED,
    Contact,
    Due,
    Kind,
    PartyRole,
    Source,
    State,
    Unit,
    Verb,
    What,
    number_text,
)
from kiosk.concerns.slips import concern_subject, receipt_slip
from kiosk.concerns.tables import concern, concern_change, concern_number, concern_party
from kiosk.database.dialects import insert_for
from kiosk.database.prepared import Prepared
from kiosk.opening import workdays
from kiosk.qr_codes import CodeKind
from kiosk.spool import has_printer, print_slip


class Said(Struct, frozen=True):
    """What is taken in: `tap` is unique to the page that the button stood on, `words` are the resident's own.

    `about` is one sentence of staff's; `source_ref` names what it came from and makes one concern at most.
    `kind` and `due_on` go before the category's own; without `has_slip` a receipt is in their hands already.
    """

    category: str
    tap: str
    source: Source = Source.STATION
    place_id: int | None = None
    words: str = ""
    about: str = ""
    contact: Contact = field(default_factory=Contact)
    is_sealed: bool = False
    source_ref: str = ""
    ticket_id: int | None = None
    kind: Kind | None = None
    due_on: date | None = None
    has_slip: bool = True
    is_for_street: bool = False
    against: "Against | None" = None
    written_ago: timedelta | None = None
    """How long before now a phone has noted it on a walk; its promises begin when it is taken in."""


class Against(Struct, frozen=True):
    """What was said is about somebody of staff: never theirs, nor of who else was there (`barred`).

    `owner_id` takes it on instead of the category's owner; None while there is nobody who may.
    """

    accused_id: int | None
    barred: frozenset[int]
    owner_id: int | None

    @property
    def values(self) -> dict[str, Any]:
        """What the concern's row says of it."""
        barred = " ".join(str(one) for one in sorted(self.barred)[:MOST_BARRED])
        return {"accused_id": self.accused_id, "barred": barred}


def about_secretary(tx: Connection) -> Against:
    """What is said about the secretary: the street's, and no secretary ever has it. Raises NoStreet."""
    accused, street = _who_are(tx, staff.Role.SECRETARY), _who_are(tx, staff.Role.STREET)
    if not street:
        raise NoStreet
    one_of_them = accused[0] if len(accused) == 1 else None
    return Against(one_of_them, frozenset(accused) - {one_of_them}, street[0] if len(street) == 1 else None)


def has_street(tx: Connection) -> bool:
    """Whether anybody could read what is said about the secretary."""
    return bool(_who_are(tx, staff.Role.STREET))


def _who_are(tx: Connection, role: staff.Role) -> list[int]:
    return [one.id for one in staff.accounts(tx) if one.is_enabled and one.role == role]


class TakenIn(Struct, frozen=True):
    """What came of it: the concern's id and number, and the code of its receipt."""

    id: int
    number: str
    token: str
    already: bool


def take_in(tx: Connection, centre: Centre, asked: Asked, said: Said) -> TakenIn:
    """Write it down and print its receipt, or give the concern that this tap has made already.

    What is `against` somebody is sealed.

    Raises UnknownCategory, UnknownPlace, BadConcern, TooManyConcerns.
    """
    centre = centre.as_of(tx)
    earlier = _SAME_TAP.first(tx, {"tap": said.tap}) or _same_source(tx, said)
    if earlier is not None:
        token = centre.token(CodeKind.CONCERN, earlier.id, earlier.revision)
        return TakenIn(earlier.id, earlier.number, token, already=True)
    _check(tx, asked, said)
    category = category_of(tx, said.category, is_inner=said.category in INNER and said.source in WITHIN)
    days = workdays(tx)
    kind = said.kind or category.kind
    length, unit = category.length, str(category.unit)
    if said.due_on is None:
        due = due_of(tx, centre, asked, length, unit, days)
    else:  # a day that somebody set, which no calendar moves
        due = Due(said.due_on)
        length, unit = max(1, (said.due_on - centre.day(asked.now)).days), Unit.DAY
    year = centre.day(asked.now).year
    number = number_text(_raise_number(tx.dialect.name).first(tx, {"year": year}).last)
    said = replace(said, is_sealed=said.is_sealed or category.is_sealed or said.against is not None)
    owner_id = said.against.owner_id if said.against else _first_owner(tx, said, category.owner_id)
    is_for_street = said.is_for_street or _is_of_street(tx, owner_id)
    said = replace(said, is_for_street=said.is_sealed and is_for_street)
    concern_id = _write(tx, asked, said, (year, number, kind, owner_id), due)
    _CHANGED.all(tx, {
        "concern_id": concern_id, "verb": Verb.TAKE_IN, "to_state": State.NEW, "at": asked.now,
        "staff_id": asked.staff_id,
    })  # fmt: skip
    if kind != Kind.PRAISE:  # thanks are owed no answer
        start_clock(tx, asked, concern_id, (What.ANSWER, 0, length, unit), due)
        accept = due_of(tx, centre, asked, ACCEPT_DAYS, Unit.WORKDAY, days)
        start_clock(tx, asked, concern_id, (What.ACCEPT, 0, ACCEPT_DAYS, Unit.WORKDAY), accept)
    if said.contact.is_there:
        row = {"concern_id": concern_id, "role": PartyRole.ASKER, **asdict(said.contact)}
        tx.execute(sa.insert(concern_party), row)
    token = centre.token(CodeKind.CONCERN, concern_id, 0)
    if said.has_slip and has_printer(tx, centre.settings):
        slip = receipt_slip(centre, asked, (number, kind, token), due, said.contact)
        print_slip(tx, slip, concern_subject(concern_id), asked.now, centre.settings)
    return TakenIn(concern_id, number, token, already=False)


WITHIN = (Source.RATING, Source.SHEET)
"""Sources within the house: a rating or a score sheet becomes a concern, under a category of their own."""

_SAME_TAP = Prepared(
    sa.select(concern.c.id, concern.c.number, concern.c.revision).where(concern.c.tap == sa.bindparam("tap"))
)
_SAME_SOURCE = sa.select(concern.c.id, concern.c.number, concern.c.revision)
_CHANGED = Prepared(sa.insert(concern_change), "concern_id", "verb", "to_state", "at", "staff_id")


def _same_source(tx: Connection, said: Said) -> Any:
    if not said.source_ref:
        return None
    same = sa.and_(concern.c.source == said.source, concern.c.source_ref == said.source_ref)
    return tx.execute(_SAME_SOURCE.where(same)).first()


def _first_owner(tx: Connection, said: Said, of_category: int | None) -> int | None:
    """Who gets it first: the category's own, else whose grid the place lies in, else whoever takes it on."""
    if of_category is not None or said.is_sealed or said.place_id is None:
        return of_category
    return worker_of(tx, said.place_id)


def _is_of_street(tx: Connection, owner_id: int | None) -> bool:
    """Whether the street has it from the start: what is about the secretary never lies before them."""
    return owner_id is not None and staff.account_of(tx, owner_id).role == staff.Role.STREET


def _check(tx: Connection, asked: Asked, said: Said) -> None:
    lengths = ((said.words, LONGEST_WORDS), (said.about, LONGEST_ABOUT), (said.contact.name, LONGEST_NAME))
    if any(len(text) > most for text, most in lengths):
        raise BadConcern
    if said.place_id is not None:
        check_place(tx, said.place_id)
    if said.source == Source.STATION and _of_last_hour(tx, asked) >= MOST_AN_HOUR:
        raise TooManyConcerns


def _of_last_hour(tx: Connection, asked: Asked) -> int:
    after, before = bounds(asked.now, timedelta(hours=1))
    lately = sa.and_(concern.c.taken_at > after, concern.c.taken_at < before)
    mine = sa.and_(concern.c.station == asked.station, concern.c.source == Source.STATION, lately)
    return int(tx.execute(sa.select(sa.func.count()).where(mine)).scalar_one())


def _written_at(asked: Asked, said: Said) -> datetime | None:
    """When it was written down; None where that is now, or where the phone's clock tells nothing credible."""
    ago = said.written_ago
    return asked.now - ago if ago is not None and JUST_NOW <= ago <= LONGEST_KEPT else None


@cache
def _raise_number(dialect: str) -> Prepared:
    first = insert_for(dialect, concern_number).values(year=sa.bindparam("year"), last=1)
    raised = first.on_conflict_do_update(index_elements=["year"], set_={"last": concern_number.c.last + 1})
    return Prepared(raised.returning(concern_number.c.last))


def _write(
    tx: Connection, asked: Asked, said: Said, facts: tuple[int, str, str, int | None], due: Due
) -> int:
    year, number, kind, owner_id = facts
    row = {
        "year": year, "number": number, "kind": kind, "source": said.source, "source_ref": said.source_ref,
        "category_code": said.category, "place_id": said.place_id, "words": said.words, "about": said.about,
        "is_sealed": said.is_sealed, "is_for_street": said.is_for_street, "state": State.NEW,
        "owner_id": owner_id, "ticket_id": said.ticket_id,
        "written_at": _written_at(asked, said),
        "taken_at": asked.now, "taken_by": asked.staff_id, "station": asked.station, "tap": said.tap,
        **(said.against.values if said.against else {"accused_id": None, "barred": ""}),
        "lang": asked.lang, "due_on": due.on, "due_at": due.at, "is_provisional": due.is_provisional,
    }  # fmt: skip
    return int(_written(tuple(row)).first(tx, row).id)


@cache
def _written(columns: tuple[str, ...]) -> Prepared:
    return Prepared(sa.insert(concern).returning(concern.c.id), *columns)
