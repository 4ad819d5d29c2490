"""What residents said, for staff: the list of today, the most pressing first, with one big button each."""

from datetime import timedelta
from typing import Any

from flask import g, render_template, request
from msgspec import Struct
from werkzeug.wrappers import Response as AnyResponse

from kiosk import concerns, opening, staff
from kiosk.concerns import STATE_WORDS, Concern, Hand, Kind, Level, Moment, Owed, State, What, level_of
from kiosk.database import Tx
from kiosk.screens.concerns.sight import note_reason, sight_of
from kiosk.screens.concerns.words import WHAT_WORDS
from kiosk.screens.web.access import asked
from kiosk.screens.web.forms import done, text, whole
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import MenuEntry, MenuGroup, may_open, staffed
from kiosk.staff import Role
from kiosk.words import mark

screen = staffed(
    __name__,
    Role.CLERK,
    Role.DESK,
    Role.MANAGER,
    Role.GRID,
    Role.SECRETARY,
    Role.STREET,
    menu=MenuEntry(mark("居民的事"), mark("回到居民的事"), "message-square", "today", 35, MenuGroup.WORK),
)


class Row(Struct, frozen=True):
    """A concern in the list, as whoever looks at it may see it."""

    concern: Concern
    words: str
    place: str
    state: str
    due: str
    owner: str
    main: tuple[str, str, str] | None
    """The big button: the verb that it sends ("" opens the page), its words, its icon."""


class Way(Struct, frozen=True):
    """A page that the list leads to; `takes_in` when it is nothing for who only looks."""

    endpoint: str
    words: str
    icon: str
    takes_in: bool = False


WAYS = (
    Way("intake.add.form", mark("记一件事"), "circle-plus", takes_in=True),
    Way("intake.calls.call", mark("接电话"), "phone", takes_in=True),
    Way("intake.slips.slip", mark("扫小票"), "scan-line", takes_in=True),
    Way("intake.chat.paste", mark("记微信里的消息"), "message-square", takes_in=True),
    Way("intake.door.door", mark("走访记事"), "footprints", takes_in=True),
    Way("intake.door_cards.cards", mark("民情日志卡"), "id-card", takes_in=True),
    Way("intake.patrols.patrols", mark("检查和整改"), "wrench"),
    Way("kinds.hopes.every", mark("心愿"), "hand-heart"),
    Way("kinds.batches.every", mark("街道的任务"), "scroll-text"),
    Way("kinds.dates.every", mark("到期提醒"), "hourglass"),
    Way("figures.hall.every", mark("您说·我们办"), "message-square"),
    Way("surveys.book.page", mark("意见簿"), "book-open"),
    Way("ratings.complaints.every", mark("差评整改"), "triangle-alert"),
)


def _ways() -> tuple[Way, ...]:
    """Those that who looks may open."""
    return tuple(one for one in WAYS if may_open(one.endpoint, g.staff.role, changes=one.takes_in))


class Section(Struct, frozen=True):
    """Part of the list; `count` are all that stand in it, of which `rows` may be the first."""

    name: str
    words: str
    rows: tuple[Row, ...]
    count: int


@screen.get("/concerns")
def today() -> str:
    """Overdue, due today, due tomorrow, re-checks; then all that runs."""
    role = str(g.staff.role)
    with box().database.read() as tx:
        names = staff.staff_names(tx)
        running = _seen(concerns.running_concerns(tx, box().centre, asked(), role))
        rechecks = _seen(concerns.rechecks(tx, box().centre, asked(), role))
        found = concerns.over_concerns(tx, box().centre, asked(), role) if "over" in request.args else ()
        over = _seen(found)
        counts = concerns.counts(tx, box().centre, asked()) if role == Role.STREET else None
        told_of = _to_tell_of(tx) if role == Role.STREET else ()
        late = _late(tx, running)
        alikes = concerns.alikes(tx, asked()) if role in concerns.LEADS else ()
    sections = (
        *_by_due(running, late, names),
        _section("recheck", mark("该回头看的"), rechecks, late, names),
    )
    if over:
        sections = (*sections, _section("over", mark("答复了的、办完的"), over, late, names))
    shown = tuple(one for one in sections if one.rows)
    return render_template(
        "concerns/today/today.html",
        sections=shown,
        is_over="over" in request.args,
        counts=counts,
        told_of=told_of,
        alikes=alikes,
        ways=_ways(),
    )


def _seen(found: Any) -> tuple[Concern, ...]:
    sights = g.setdefault("sights", {})  # each row of the list asks for its own again
    for one in found:
        sights[one.id] = sight_of(one)
    return tuple(one for one in found if sights[one.id].is_there and sights[one.id].is_listed)


@screen.post("/concerns/merge-alike")
def merge_alike() -> AnyResponse:
    """Merge what runs about the same kind of thing at the same place. Raises NothingAlike."""
    if str(g.staff.role) not in concerns.LEADS:
        raise staff.NotAllowed
    with box().database.write() as tx:
        hand = Hand(asked(), is_lead=True)
        number, count = concerns.merge_alike(tx, hand, text("category"), whole("place"))
    words = say(
        mark("并好了：%(count)s件并到%(number)s，答复一次，每张小票都看得到。"), count=count, number=number
    )
    return done(words, ".today")


@screen.post("/concerns/find")
def find() -> AnyResponse:
    """One that is not in the list, by its number and with a reason, which is noted. Raises MustSay."""
    if g.staff.role != Role.STREET:
        raise staff.NotAllowed
    with box().database.write() as tx:
        number = concerns.concern_called(tx, box().centre, asked(), text("number").upper())
        note_reason(tx, number)
    return done(say(mark("您看了这件事，原因记下了。")), "concerns.one.page", concern_id=number)


def _to_tell_of(tx: Tx) -> tuple[str, ...]:
    """The numbers of what is late by as long again or comes back the third time, for the month's 通报."""
    running = tuple(one for one in concerns.running_concerns(tx, box().centre, asked()) if not one.is_sealed)
    late = _late(tx, running)
    return tuple(one.number for one in running if late.part_of(one) == Level.LONG)


PARTS = {
    Level.LONG: mark("拖得太久的，第三次办的"),
    Level.OVERDUE: mark("过了期限"),
    Level.TODAY: mark("今天到期"),
    Level.TOMORROW: mark("明天到期"),
    "again": mark("又能接着办的"),
    "mine": mark("我负责的"),
    "rest": mark("别的"),
    "praise": mark("表扬，转告本人"),
}
"""The parts of the list, the most pressing first; `again` rested until lately."""


class Late(Struct, frozen=True):
    """What the clocks say of each concern in the list."""

    at: Moment
    owed: dict[int, tuple[Owed, ...]]
    again: frozenset[int]

    def part_of(self, one: Concern) -> str:
        """In which part of the list it stands."""
        if one.kind == Kind.PRAISE:
            return "praise"
        level = level_of(one, self.owed.get(one.id, ()), self.at)
        if level != Level.CALM:
            return level
        if one.id in self.again:
            return "again"
        return "mine" if g.staff.id in (one.owner_id, one.offered_to) else "rest"

    def due(self, one: Concern) -> str:
        """The nearest promise and until when; "" for what is over."""
        clocks = self.owed.get(one.id, ())
        if not one.is_running or not clocks:
            return concerns.due_text(box().centre, one.due, lang()) if one.is_running else ""
        first = min(clocks, key=lambda clock: clock.due.on)
        due = one.due if first.what == What.ANSWER else first.due
        return f"{say(WHAT_WORDS[first.what])}{say(mark('：'))}{concerns.due_text(box().centre, due, lang())}"


def _late(tx: Tx, found: tuple[Concern, ...]) -> Late:
    now = box().now()
    since = box().centre.day_start(now) - timedelta(days=1)
    moment = Moment(now, box().centre.day(now), opening.workdays(tx))
    return Late(moment, concerns.owed(tx, found), concerns.resumed(tx, found, since))


def _by_due(running: tuple[Concern, ...], late: Late, names: dict[int, str]) -> tuple[Section, ...]:
    parts: dict[str, list[Concern]] = {name: [] for name in PARTS}
    for one in running:
        parts[late.part_of(one)].append(one)
    return tuple(_section(name, PARTS[name], tuple(rows), late, names) for name, rows in parts.items())


FIRST = 30
"""Rows of each part, the nearest promise first, until all are asked for: two hundred took 26 ms."""


def _section(name: str, words: str, rows: tuple[Concern, ...], late: Late, names: dict[int, str]) -> Section:
    first = rows if "all" in request.args else rows[:FIRST]
    return Section(name, say(words), tuple(_row(one, late, names, name) for one in first), len(rows))


def _row(one: Concern, late: Late, names: dict[int, str], part: str) -> Row:
    seen = g.sights[one.id]
    words = (one.about if seen.about else "") or (one.words if seen.words else "")
    return Row(
        one, words, one.place if seen.place else "", say(STATE_WORDS[one.state]), late.due(one),
        names.get(one.owner_id or 0, ""), _main(one, part) if seen.may_act else None,
    )  # fmt: skip


def _main(one: Concern, part: str) -> tuple[str, str, str] | None:
    """The one big button, by state."""
    if part == "recheck":
        is_own = g.staff.id in (one.answered_by, one.owner_id)
        return None if is_own else ("", say(mark("回头看")), "rotate-ccw")
    if one.state == State.NEW or one.offered_to == g.staff.id:
        return ("accept", say(mark("签收")), "user-round-check")
    if one.state == State.OPEN:
        return ("", say(mark("答复")), "message-square")
    if one.state == State.WAITING:
        return ("resume", say(mark("继续办")), "play")
    return None
