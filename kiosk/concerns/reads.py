"""Concerns for the screens: by their receipt, as the list of today, one with its history."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from kiosk import qr_codes
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.concerns.refusals import ReceiptRevoked, UnknownCategory, UnknownConcern, UnknownPlace
from kiosk.concerns.rules import INNER, RUNNING, Due, Kind, Source, State, Verb
from kiosk.concerns.sight import GRID, NOTHING, SECRETARY, STREET, Facts, Sight, sight
from kiosk.concerns.tables import (
    concern,
    concern_category,
    concern_change,
    concern_grid,
    concern_party,
    concern_place,
)
from kiosk.database import in_lang
from kiosk.database.prepared import Prepared
from kiosk.qr_codes import CodeKind
from kiosk.words import Lang


class Category(Struct, frozen=True):
    """A kind of concern that is offered, with its picture and its promise."""

    code: str
    name: str
    icon: str
    kind: Kind
    length: int
    unit: str
    is_public: bool
    is_sealed: bool
    owner_id: int | None


class Place(Struct, frozen=True):
    """A compound, or a building of one."""

    id: int
    name: str
    parent_id: int | None = None


class Line(Struct, frozen=True):
    """One step of a concern, as its log tells it."""

    verb: Verb
    state: State
    at: datetime
    staff_id: int | None
    reason: str
    note: str
    told: str
    is_undone: bool = False


class Party(Struct, frozen=True):
    """Who asked: what to call them, and how to reach them."""

    role: str
    name: str
    phone: str
    tail: str


class Concern(Struct, frozen=True):
    """A concern as staff see it; `reply` and `answered_at` are its own."""

    id: int
    number: str
    kind: Kind
    source: str
    category: str
    icon: str
    place: str
    words: str
    about: str
    is_sealed: bool
    state: State
    round: int
    outcome: str
    reply: str
    solved: str
    owner_id: int | None
    offered_to: int | None
    merged_into: int | None
    taken_at: datetime
    taken_by: int | None
    due: Due
    answered_at: datetime | None
    answered_by: int | None
    recheck_on: date | None
    resume_on: date | None
    token: str
    has_extension: bool = False
    accused_id: int | None = None
    is_for_street: bool = False
    grid: str = ""
    grid_worker: int | None = None
    barred: frozenset[int] = frozenset()
    ticket_id: int | None = None
    source_ref: str = ""
    written_at: datetime | None = None
    """When it was written down on a walk, where that was before it was taken in."""

    def sight(self, role: str, staff_id: int, day_start: datetime, *, has_reason: bool = False) -> Sight:
        """What somebody of staff sees of it; `day_start` is the local midnight before now."""
        if staff_id in self.barred:
            return NOTHING
        facts = Facts(
            self.is_sealed, self.accused_id, self.owner_id, self.offered_to, self.taken_by,
            self.taken_at >= day_start, self.grid_worker, self.is_for_street, self.kind == Kind.TASK,
            has_reason,
        )  # fmt: skip
        return sight(role, staff_id, facts)

    @property
    def is_running(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state in RUNNING


@cache
def _offered(lang: Lang) -> Prepared:
    by = (concern_category.c.position, concern_category.c.code)
    shown = in_lang(lang, concern_category.c.name).label("shown")
    found = sa.select(concern_category, shown).where(concern_category.c.retired_at.is_(None))
    return Prepared(found.order_by(*by))


def categories(tx: Connection, lang: Lang) -> tuple[Category, ...]:
    """Those that are offered, in the centre's order."""
    return tuple(_category(row) for row in _offered(lang).all(tx, {}) if row.code not in INNER)


def category_of(tx: Connection, code: str, lang: Lang = "zh", *, is_inner: bool = False) -> Category:
    """One that is offered; `is_inner` one that the house itself uses. Raises UnknownCategory."""
    if (code in INNER) != is_inner:
        raise UnknownCategory
    found = next((row for row in _offered(lang).all(tx, {}) if row.code == code), None)
    if found is None:
        raise UnknownCategory
    return _category(found)


def _category(row: Any) -> Category:
    return Category(
        row.code, row.shown, row.icon, Kind(row.kind), row.length, row.unit, row.is_public, row.is_sealed,
        row.owner_id,
    )  # fmt: skip


def places(tx: Connection, lang: Lang, parent_id: int | None = None) -> tuple[Place, ...]:
    """The compounds, or the buildings of one, in the centre's order."""
    inside = concern_place.c.parent_id.is_not_distinct_from(parent_id)
    found = (
        sa.select(concern_place, in_lang(lang, concern_place.c.name).label("shown"))
        .where(inside, concern_place.c.retired_at.is_(None))
        .order_by(concern_place.c.position, concern_place.c.id)
    )
    return tuple(Place(row.id, row.shown, row.parent_id) for row in tx.execute(found))


@cache
def _every_place(lang: Lang) -> Prepared:
    found = sa.select(concern_place, in_lang(lang, concern_place.c.name).label("shown"))
    by = (concern_place.c.position, concern_place.c.id)
    return Prepared(found.where(concern_place.c.retired_at.is_(None)).order_by(*by))


def every_place(tx: Connection, lang: Lang) -> tuple[tuple[Place, tuple[Place, ...]], ...]:
    """Each compound with its buildings, in the centre's order.

    Every page of a counter has them: asked compound by compound, twenty of them took 3.4 ms of it, not 0.6.
    """
    found = [Place(row.id, row.shown, row.parent_id) for row in _every_place(lang).all(tx, {})]
    compounds = [one for one in found if one.parent_id is None]
    return tuple((one, tuple(other for other in found if other.parent_id == one.id)) for one in compounds)


def check_place(tx: Connection, place_id: int) -> None:
    """Raise UnknownPlace for one that the centre has not, or has retired."""
    mine = sa.and_(concern_place.c.id == place_id, concern_place.c.retired_at.is_(None))
    if tx.execute(sa.select(concern_place.c.id).where(mine)).first() is None:
        raise UnknownPlace


def place_name(tx: Connection, place_id: int | None, lang: Lang) -> str:
    """A place with its compound's name before it; "" for none."""
    names: list[str] = []
    shown = in_lang(lang, concern_place.c.name).label("shown")
    while place_id is not None:
        row = tx.execute(
            sa.select(shown, concern_place.c.parent_id).where(concern_place.c.id == place_id)
        ).first()
        if row is None:
            break
        names.insert(0, row.shown)
        place_id = row.parent_id
    return " ".join(names)


def concern_in(tx: Connection, centre: Centre, code: str) -> int:
    """The concern whose receipt this code is. Raises Misread, Forged, UnknownConcern, ReceiptRevoked."""
    token = qr_codes.parse(code)
    if token.kind != CodeKind.CONCERN:
        raise UnknownConcern
    row = tx.execute(sa.select(concern.c.revision).where(concern.c.id == token.serial)).first()
    is_newest = qr_codes.verify(token, row.revision if row else 0, centre.secret)
    if row is None:
        raise UnknownConcern
    if not is_newest:
        raise ReceiptRevoked(when=_reprinted(tx, centre, token.serial))
    return token.serial


def _reprinted(tx: Connection, centre: Centre, concern_id: int) -> str:
    """When the newest receipt was printed."""
    mine = sa.and_(concern_change.c.concern_id == concern_id, concern_change.c.verb == Verb.REPRINT)
    newest = sa.select(concern_change.c.at).where(mine).order_by(concern_change.c.id.desc()).limit(1)
    at = tx.execute(newest).scalar()
    return f"{centre.local(at):%Y-%m-%d %H:%M}" if at else ""


_PARENT = concern_place.alias("parent")
_GRID_OF_PLACE = sa.func.coalesce(concern_place.c.grid_id, _PARENT.c.grid_id)
_IN_GRID = sa.and_(concern_grid.c.id == _GRID_OF_PLACE, concern_grid.c.retired_at.is_(None))


def _all(lang: Lang) -> sa.Select[Any]:
    parent = sa.func.coalesce(in_lang_of(lang, _PARENT), "")
    return (
        sa.select(
            concern,
            in_lang(lang, concern_category.c.name).label("category"),
            concern_category.c.icon,
            sa.func.coalesce(in_lang(lang, concern_place.c.name), "").label("place"),
            parent.label("compound"),
            sa.func.coalesce(concern_grid.c.name, "").label("grid"),
            concern_grid.c.worker_id.label("grid_worker"),
        )
        .join_from(concern, concern_category, concern.c.category_code == concern_category.c.code)
        .outerjoin(concern_place, concern.c.place_id == concern_place.c.id)
        .outerjoin(_PARENT, concern_place.c.parent_id == _PARENT.c.id)
        .outerjoin(concern_grid, _IN_GRID)
    )


def _for(role: str, staff_id: int | None) -> sa.ColumnElement[bool]:
    """Which may stand in the list of somebody; `sight` decides of each, this keeps a list of many short."""
    is_theirs = sa.or_(concern.c.owner_id == staff_id, concern.c.offered_to == staff_id)
    if role == GRID:
        return sa.or_(is_theirs, concern_grid.c.worker_id == staff_id, concern.c.taken_by == staff_id)
    if role == STREET:
        return sa.or_(is_theirs, concern.c.is_for_street, concern.c.kind == Kind.TASK)
    return sa.true()


def worker_of(tx: Connection, place_id: int) -> int | None:
    """Whose grid a place lies in; None where it lies in none, or in one without a worker."""
    found = (
        sa.select(concern_grid.c.worker_id)
        .join_from(concern_place, concern_grid, sa.true())
        .outerjoin(_PARENT, concern_place.c.parent_id == _PARENT.c.id)
        .where(concern_place.c.id == place_id, _IN_GRID)
    )
    worker: int | None = tx.execute(found).scalar()
    return worker


def in_lang_of(lang: Lang, table: Any) -> sa.ColumnElement[Any]:
    """The name of an aliased place in this language."""
    if lang != "en":
        return sa.type_coerce(table.c.name, sa.String)
    return sa.func.coalesce(sa.func.nullif(table.c.name_en, ""), table.c.name)


def concern_of(tx: Connection, centre: Centre, concern_id: int, lang: Lang) -> Concern:
    """One concern. Raises UnknownConcern."""
    row = tx.execute(_all(lang).where(concern.c.id == concern_id)).first()
    if row is None:
        raise UnknownConcern
    return _concern(centre, row)


def concerns_with(tx: Connection, centre: Centre, lang: Lang, ids: Collection[int]) -> tuple[Concern, ...]:
    """Those with these ids, in no order."""
    return tuple(_concern(centre, row) for row in tx.execute(_all(lang).where(concern.c.id.in_(ids))))


def running_concerns(
    tx: Connection, centre: Centre, asked: Asked, role: str = SECRETARY, most: int = 200
) -> Sequence[Concern]:
    """All that somebody in this role may have to do something about, the nearest promise first."""
    running = sa.and_(concern.c.state.in_(RUNNING), _for(role, asked.staff_id))
    found = tx.execute(_all(asked.lang).where(running).order_by(concern.c.due_on, concern.c.id).limit(most))
    return tuple(_concern(centre, row) for row in found)


def alike(tx: Connection, category: Category, place_id: int | None) -> int | None:
    """One that runs about the same public facility at the same place; never about noise or people."""
    if not category.is_public or place_id is None:
        return None
    same = sa.and_(concern.c.category_code == category.code, concern.c.place_id == place_id)
    running = sa.and_(same, concern.c.state.in_(RUNNING), concern.c.is_sealed.is_(False))
    oldest = sa.select(concern.c.id).where(running).order_by(concern.c.id).limit(1)
    found: int | None = tx.execute(oldest).scalar()
    return found


def rechecks(
    tx: Connection, centre: Centre, asked: Asked, role: str = SECRETARY, most: int = 50
) -> Sequence[Concern]:
    """Those whose re-check is due."""
    due = sa.and_(concern.c.recheck_on.is_not(None), concern.c.recheck_on <= centre.day(asked.now))
    due = sa.and_(due, _for(role, asked.staff_id))
    found = tx.execute(_all(asked.lang).where(due).order_by(concern.c.recheck_on, concern.c.id).limit(most))
    return tuple(_concern(centre, row) for row in found)


def over_concerns(
    tx: Connection, centre: Centre, asked: Asked, role: str = SECRETARY, most: int = 50
) -> Sequence[Concern]:
    """Those that were answered or are over, the newest first."""
    over = sa.and_(concern.c.state.not_in(RUNNING), _for(role, asked.staff_id))
    found = tx.execute(_all(asked.lang).where(over).order_by(concern.c.id.desc()).limit(most))
    return tuple(_concern(centre, row) for row in found)


def concerns_from(
    tx: Connection, centre: Centre, asked: Asked, source: Source, most: int = 200
) -> Sequence[Concern]:
    """Those that came from there: what somebody still has to do something about, the nearest first; then the
    newest of those that are over."""
    runs = concern.c.state.in_(RUNNING)
    mine = _all(asked.lang).where(concern.c.source == source)
    turn = (sa.case((runs, 0), else_=1), sa.case((runs, concern.c.due_on)), sa.case((runs, concern.c.id)))
    found = tx.execute(mine.order_by(*turn, concern.c.id.desc()).limit(most))
    return tuple(_concern(centre, row) for row in found)


def children_of(tx: Connection, concern_id: int) -> tuple[str, ...]:
    """The numbers of those that were merged into this one."""
    mine = concern.c.merged_into == concern_id
    return tuple(tx.execute(sa.select(concern.c.number).where(mine).order_by(concern.c.id)).scalars())


def lines_of(tx: Connection, concern_id: int) -> tuple[Line, ...]:
    """Its history, in its order."""
    mine = sa.select(concern_change).where(concern_change.c.concern_id == concern_id)
    lines: list[Line] = []
    for row in tx.execute(mine.order_by(concern_change.c.id)):
        if row.verb == Verb.UNDO:
            step = max(at for at, line in enumerate(lines) if line.verb != Verb.LOOK)
            lines[step] = replace(lines[step], is_undone=True)
        lines.append(
            Line(Verb(row.verb), State(row.to_state), row.at, row.staff_id, row.reason, row.note, row.told)
        )
    return tuple(lines)


def parties_of(tx: Connection, concern_id: int) -> tuple[Party, ...]:
    """Who asked, for whom, and who said "me too"."""
    mine = sa.select(concern_party).where(concern_party.c.concern_id == concern_id)
    return tuple(
        Party(row.role, row.name, row.phone, row.tail)
        for row in tx.execute(mine.order_by(concern_party.c.id))
    )


def barred_of(row: Any) -> frozenset[int]:
    """Whom of staff a row shuts out beside the accused."""
    return frozenset(int(one) for one in row.barred.split())


def _concern(centre: Centre, row: Any) -> Concern:
    return Concern(
        id=row.id, number=row.number, kind=Kind(row.kind), source=row.source, category=row.category,
        icon=row.icon, place=f"{row.compound} {row.place}".strip(), words=row.words, about=row.about,
        is_sealed=row.is_sealed, state=State(row.state), round=row.round, outcome=row.outcome,
        reply=row.reply, solved=row.solved, owner_id=row.owner_id, offered_to=row.offered_to,
        merged_into=row.merged_into, taken_at=row.taken_at, taken_by=row.taken_by,
        due=Due(row.due_on, row.due_at, row.is_provisional), answered_at=row.answered_at,
        answered_by=row.answered_by, recheck_on=row.recheck_on, resume_on=row.resume_on,
        token=centre.token(CodeKind.CONCERN, row.id, row.revision), has_extension=row.has_extension,
        accused_id=row.accused_id, is_for_street=row.is_for_street, grid=row.grid,
        grid_worker=row.grid_worker, barred=barred_of(row), ticket_id=row.ticket_id,
        source_ref=row.source_ref, written_at=row.written_at,
    )  # fmt: skip
