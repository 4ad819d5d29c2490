"""代办: papers that staff hold for somebody, and what comes of it, as the certificate of the canteen."""

from datetime import date, datetime

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk import concerns, services
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.concerns import Hand, Kind
from kiosk.concerns.tables import concern
from kiosk.database.dialects import insert_missing
from kiosk.kinds.refusals import BadPaper, BadProduct, GivenBackAlready, TooManyPapers
from kiosk.kinds.rules import LONGEST_NAME, LONGEST_PAPER, MOST_PAPERS, MOST_VALID_DAYS, TIERS
from kiosk.kinds.tables import case_paper, product
from kiosk.qr_codes import CodeKind


class Held(Struct, frozen=True):
    """A paper that staff hold, or have given back."""

    id: int
    what: str
    held_at: datetime
    returned_at: datetime | None


class Product(Struct, frozen=True):
    """The canteen's certificate: for whom (the surname alone), from which age, until when."""

    name: str
    age: int
    valid_until: date

    @property
    def off(self) -> str:
        """How much is paid, as canteens say it: 9折."""
        return TIERS[self.age]


def hold_paper(tx: Connection, hand: Hand, concern_id: int, what: str) -> None:
    """Write down that a paper is held (持件). Raises BadPaper, TooManyPapers, UnknownConcern, WrongState."""
    if not 0 < len(what) <= LONGEST_PAPER:
        raise BadPaper
    if len(papers_held(tx, concern_id)) >= MOST_PAPERS:
        raise TooManyPapers
    concerns.sort_as(tx, hand, concern_id, Kind.CASE)
    row = {"concern_id": concern_id, "what": what, "held_at": hand.asked.now}
    tx.execute(sa.insert(case_paper).values(held_by=hand.asked.staff_id, **row))


def give_back(tx: Connection, asked: Asked, concern_id: int, paper_id: int) -> None:
    """It is in their hands again. Raises GivenBackAlready."""
    mine = sa.and_(case_paper.c.id == paper_id, case_paper.c.concern_id == concern_id)
    held = sa.update(case_paper).where(mine, case_paper.c.returned_at.is_(None))
    values = {"returned_at": asked.now, "returned_by": asked.staff_id}
    if not tx.execute(held.values(values)).rowcount:
        raise GivenBackAlready


def papers_held(tx: Connection, concern_id: int) -> tuple[Held, ...]:
    """The papers of a case, in their order."""
    mine = sa.select(case_paper).where(case_paper.c.concern_id == concern_id).order_by(case_paper.c.id)
    return tuple(Held(row.id, row.what, row.held_at, row.returned_at) for row in tx.execute(mine))


def papers_of_service(tx: Connection, code: str) -> tuple[str, ...]:
    """What a service's checklist names, for papers to be held."""
    return tuple(one.text for one in services.materials(tx, code, "zh", agents=True))


def certify(tx: Connection, centre: Centre, hand: Hand, concern_id: int, made: Product) -> None:
    """Write the canteen's certificate, once. Raises BadProduct, UnknownConcern, WrongState."""
    days = (made.valid_until - centre.day(hand.asked.now)).days
    if not 0 < len(made.name) <= LONGEST_NAME or made.age not in TIERS or not 1 <= days <= MOST_VALID_DAYS:
        raise BadProduct
    concerns.sort_as(tx, hand, concern_id, Kind.CASE)
    row = {"concern_id": concern_id, "name": made.name, "age": made.age, "valid_until": made.valid_until}
    if not insert_missing(tx, product, {**row, "at": hand.asked.now, "staff_id": hand.asked.staff_id}):
        raise BadProduct


def product_of(tx: Connection, concern_id: int) -> Product | None:
    """The certificate that came of a case; None while there is none."""
    row = tx.execute(sa.select(product).where(product.c.concern_id == concern_id)).first()
    return Product(row.name, row.age, row.valid_until) if row else None


def case_of_ticket(tx: Connection, centre: Centre, ticket_id: int) -> str | None:
    """The code of the receipt of the case that was taken in with this ticket; None for none."""
    mine = sa.and_(concern.c.ticket_id == ticket_id, concern.c.kind == Kind.CASE)
    row = tx.execute(sa.select(concern.c.id, concern.c.revision).where(mine).order_by(concern.c.id)).first()
    return centre.token(CodeKind.CONCERN, row.id, row.revision) if row else None
