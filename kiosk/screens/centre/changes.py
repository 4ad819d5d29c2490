"""Who changed what, when, before and after: for everything that staff change. Taken back where it can be."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from flask import Response, g, render_template, request
from msgspec import Struct
from msgspec.structs import astuple
from werkzeug.wrappers import Response as AnyResponse

from kiosk import (
    cards,
    changes,
    devices,
    events,
    exchange,
    notices,
    opening,
    people,
    services,
    speech,
    spool,
    staff,
    tickets,
)
from kiosk.asked import Asked
from kiosk.changes import Change, Wanted
from kiosk.database import Tx
from kiosk.screens.centre.change_words import (
    KIND_WORDS,
    field_words,
    kind_words,
    place_of,
    value_words,
    verb_words,
)
from kiosk.screens.web.access import asked
from kiosk.screens.web.downloads import XLSX, file
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import Draft, Reading, done
from kiosk.screens.web.page import box, say, typed
from kiosk.screens.web.screen import MenuEntry, MenuGroup, staffed
from kiosk.spreadsheets import Column, write_table
from kiosk.words import Malformed, Refusal, mark
from printing.subprocess_task import place

screen = staffed(
    __name__,
    staff.Role.ADMIN,
    staff.Role.MANAGER,
    menu=MenuEntry(mark("修改记录"), mark("回到修改记录"), "rotate-ccw", "every", 40, MenuGroup.MANAGE),
    url_prefix="/admin/changes",
)

PutBack = Callable[[Tx, Asked, Change], None]


def _check(tx: Tx, _by: Asked, one: Change) -> None:
    changes.check_undoable(tx, one)


class Undoing(Struct, frozen=True):
    """The room that takes back changes of a kind, and which: by what was done; none named are all.

    `check` raises what `put_back` would, as far as it can be told beforehand.
    """

    put_back: PutBack
    verbs: tuple[str, ...] = ()
    check: PutBack = _check


def _printer(tx: Tx, by: Asked, one: Change) -> None:
    spool.put_back(tx, box().settings, by, one)


def _event(tx: Tx, by: Asked, one: Change) -> None:
    events.put_back(tx, box().centre, by, one)


def _opening(tx: Tx, by: Asked, one: Change) -> None:
    opening.put_back(tx, box().centre, by, one)


def _check_opening(tx: Tx, by: Asked, one: Change) -> None:
    opening.check_undoable(tx, box().centre, by, one)


def _check_import(tx: Tx, _by: Asked, one: Change) -> None:
    exchange.check_undoable(tx, one)


UNDOING = {
    "service": Undoing(services.put_back),
    "group": Undoing(services.put_back),
    "counter": Undoing(services.put_back),
    "priority": Undoing(tickets.put_back_priority),
    "catalogue": Undoing(exchange.put_back, (exchange.TAKEN,), _check_import),
    "opening": Undoing(_opening, check=_check_opening),
    "closing": Undoing(_opening, check=_check_opening),
    "setting": Undoing(_opening, check=_check_opening),
    "notice": Undoing(notices.put_back),
    "clip": Undoing(speech.put_back),
    "card": Undoing(cards.put_back),
    "staff": Undoing(staff.put_back, ("role", "disabled", "enabled", "undo")),
    "device": Undoing(devices.put_back, ("rename", "undo")),
    "printer": Undoing(_printer, ("choose", "undo")),
    "person": Undoing(people.put_back, ("edit", "leave", "come_back", "undo")),
    "team": Undoing(people.put_back, ("edit", "close", "reopen", "undo")),
    "event": Undoing(_event, ("edit", "cancel_day", "hold_day", "capacity", "undo")),
}
"""Changes of other kinds are not taken back."""

DAILY = ("closing", "notice", "clip", "card", "person", "team", "event")
"""What a manager changes, and so takes back."""

LONGEST_WORDS = 40
MOST_NAMED = 8
"""So many later changes are named where one cannot be taken back."""
PAGE = 50
MOST_LINES = 2000
MOST_ROWS = 5000
"""Changes and rows of one table: it takes a second a thousand rows."""

WIDTHS = {
    mark("时间"): 18,
    mark("谁"): 14,
    mark("改了哪一类"): 14,
    mark("名称"): 28,
    mark("做了什么"): 16,
    mark("项目"): 18,
    mark("改之前"): 36,
    mark("改之后"): 36,
}
"""The columns of the table that is downloaded."""


class Told(Struct, frozen=True):
    """A field that is not as it was, in words; `before` is empty for a thing that is new."""

    field: str
    before: str
    after: str


class Line(Struct, frozen=True):
    """A change in words: `at` on the centre's wall, `by` empty where the machine did it."""

    id: int
    at: str
    by: str
    kind: str
    name: str
    verb: str
    fields: tuple[Told, ...]
    undone_by: int | None
    undoes: int | None


@screen.get("")
@screen.post("")
def every() -> str | tuple[str, int]:
    """The newest changes, of what the form asks for; it is sent, since words may be somebody's name."""
    draft = _draft()
    with box().database.read() as tx:
        names = staff.staff_names(tx)
        wanted, draft = _wanted(draft, names)
        found = changes.Found(()) if draft.faults else changes.find_changes(tx, wanted, PAGE)
    page = render_template(
        "centre/changes/changes.html",
        lines=[_line(one, names) for one in found.changes],
        found=found,
        draft=draft,
        kinds=[("", say(mark("全部"))), *((kind, say(words)) for kind, words in KIND_WORDS.items())],
        people=[("", say(mark("全部"))), *sorted(names.items(), key=lambda one: one[1])],
        asked_for={name: value for name, value in draft.values.items() if value},
        is_first=wanted.below is None,
        longest=LONGEST_WORDS,
    )
    return (page, 400) if draft.faults else page


@screen.get("/<int:change_id>")
def change(change_id: int) -> str:
    """One change with everything that differs, and what takes it back."""
    with box().database.read() as tx:
        one = changes.change_of(tx, change_id)
        return _page(tx, one, _refusal_of(tx, one))


@screen.post("/<int:change_id>/undo")
def undo(change_id: int) -> AnyResponse | tuple[str, int]:
    """Make the thing as it was before, which is a change too; or say what was changed since."""
    try:
        with box().database.write() as tx:
            one = changes.change_of(tx, change_id)
            _undoing(one).put_back(tx, asked(), one)
    except changes.PartChangedSince as refusal:
        with box().database.read() as tx:
            return _page(tx, changes.change_of(tx, change_id), refusal), status_of(refusal)
    return done(say(mark("撤销了，现在和改之前一样。")), ".every")


@screen.get("/changes.xlsx")
@screen.post("/changes.xlsx")
def table() -> Response:
    """The newest changes that the form asks for, one row a field. Raises BadFilter."""
    with place():  # writing five thousand rows takes seconds of the machine's time
        with box().database.read() as tx:
            names = staff.staff_names(tx)
            wanted, draft = _wanted(_draft(), names)
            if draft.faults:
                raise BadFilter
            lines = [_line(one, names) for one in changes.find_changes(tx, wanted, MOST_LINES).changes]
        title = say(mark("修改记录"))
        columns = [Column(say(words), width) for words, width in WIDTHS.items()]
        workbook = write_table(title, columns, [row for line in lines for row in _rows(line)][:MOST_ROWS])
    return file(workbook, f"{title} {box().centre.day(box().now())}.xlsx", XLSX)


class BadFilter(Malformed):
    """The address of the table asks for dates that are none."""

    sentence = mark("日期不对，请回修改记录重新选。")


def _draft() -> Draft:
    names = ("kind", "staff", "since", "until", "words", "below")
    draft = Draft({name: typed(request.values.get(name, "")) for name in names})
    return draft.judged({"words": "long"} if len(draft["words"]) > LONGEST_WORDS else {})


def _wanted(draft: Draft, names: Mapping[int, str]) -> tuple[Wanted, Draft]:
    """What the form asks for, and the form with what is wrong."""
    reading = Reading(draft.values)
    kind = reading.choice("kind", KIND_WORDS) if draft["kind"] else None
    of = reading.choice("staff", [str(one) for one in names]) if draft["staff"] else None
    since, until = (_day(reading, name) for name in ("since", "until"))
    if since and until and until < since:
        reading.faults["until"] = "order"
    below = reading.whole("below")
    wanted = Wanted(
        kind=kind or "",
        staff_id=int(of) if of else None,
        since=_midnight(since) if since else None,
        until=_midnight(until + timedelta(days=1)) if until else None,
        words=draft["words"],
        below=below,
    )
    return wanted, draft.judged(reading.faults)


def _day(reading: Reading, name: str) -> date | None:
    found = reading.day(name) if reading.values.get(name) else None
    if found is not None and not 2000 <= found.year <= 2200:
        reading.faults[name] = "date"
        return None
    return found


def _midnight(day: date) -> datetime:
    centre = box().centre
    return centre.day_start(datetime.combine(day, time(12), centre.zone))


def _line(one: Change, names: Mapping[int, str]) -> Line:
    noted = one.noted
    differing = sorted(changes.differing(noted.before, noted.after), key=lambda d: place_of(d.field))
    fields = tuple(_told(noted, one) for one in differing if one.before or one.after or noted.before)
    by = names.get(one.staff_id, "") if one.staff_id else ""
    return Line(
        id=one.id,
        at=f"{box().centre.local(one.at):%Y-%m-%d %H:%M}",
        by=by,
        kind=kind_words(noted.kind),
        name=noted.name,
        verb=verb_words(noted.verb),
        fields=fields,
        undone_by=one.undone_by,
        undoes=noted.undoes,
    )


def _told(noted: changes.Noted, one: changes.Difference) -> Told:
    before, after = (value_words(value, noted.kind, one.field) for value in (one.before, one.after))
    is_new, is_gone = noted.before is None, noted.after is None
    return Told(field_words(one.field), "" if is_new else before, "" if is_gone else after)


def _rows(line: Line) -> list[list[str | int | float]]:
    told = line.fields or (Told("", "", ""),)
    return [[line.at, line.by, line.kind, line.name, line.verb, *astuple(field)] for field in told]


def _undoing(one: Change) -> Undoing:
    """The room that takes it back. Raises staff.NotAllowed, changes.NotToBeUndone."""
    if g.staff.role != staff.Role.ADMIN and one.noted.kind not in DAILY:
        raise staff.NotAllowed
    found = UNDOING.get(one.noted.kind)
    if found is None or (found.verbs and one.noted.verb not in found.verbs):
        raise changes.NotToBeUndone
    return found


def _refusal_of(tx: Tx, one: Change) -> Refusal | None:
    """Why who looks cannot take it back; None when that can be done."""
    try:
        _undoing(one).check(tx, asked(), one)
    except Refusal as refusal:
        return refusal
    return None


def _page(tx: Tx, one: Change, refusal: Refusal | None) -> str:
    """One change, and why it isn't taken back: with the later changes that stand upon it."""
    names = staff.staff_names(tx)
    since = refusal.changes if isinstance(refusal, changes.PartChangedSince) else ()
    return render_template(
        "centre/changes/change.html",
        line=_line(one, names),
        why_not=_why_not(refusal) if refusal else "",
        since=[_line(later, names) for later in since[:MOST_NAMED]],
        more=len(since[MOST_NAMED:]),
        is_import=one.noted.kind == exchange.KIND,
    )


def _why_not(refusal: Refusal) -> str:
    if not isinstance(refusal, changes.PartChangedSince):
        return words_of(refusal)
    told = [field_words(name) for name in refusal.fields]
    told += [f"{kind_words(one.noted.kind)} {one.noted.name}".strip() for one in refusal.changes]
    names = list(dict.fromkeys(told))
    more = say(mark("等%(count)s处"), count=len(names)) if len(names) > MOST_NAMED else ""
    return say(refusal.sentence, names=say(mark("、")).join(names[:MOST_NAMED]) + more)
