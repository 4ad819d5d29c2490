"""What residents said, for staff: the list of today with one big button each, and one with all its verbs."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from flask import Response, g, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk import cards, concerns, opening, staff
from kiosk.concerns import (
    KIND_WORDS,
    OUTCOME_WORDS,
    SOLVED_WORDS,
    SOURCE_WORDS,
    STATE_WORDS,
    VERB_WORDS,
    Concern,
    DeclineReason,
    Hand,
    Kind,
    Level,
    Moment,
    Outcome,
    Owed,
    PauseReason,
    Phone,
    Reached,
    Reply,
    Sight,
    State,
    Told,
    Verb,
    What,
    level_of,
)
from kiosk.database import Tx
from kiosk.screens.concerns.words import DECLINE_WORDS, HOW_TOLD, PAUSE_WORDS, REACHED_WORDS, WHAT_WORDS
from kiosk.screens.web.access import asked
from kiosk.screens.web.forms import choice, day, done, text, whole
from kiosk.screens.web.labels import when
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

READY_REPLIES = (
    mark("已经修好了，请您再看看。"),
    mark("已经打扫干净了。"),
    mark("已经和物业说好，三天内来办。"),
    mark("这件事已经列入计划，开工前告诉您。"),
    mark("按规定现在办不了，我们把原因说给您听。"),
)
"""Sentences to choose from, and to change."""


@dataclass(frozen=True)
class Row:
    """A concern in the list, as whoever looks at it may see it."""

    concern: Concern
    words: str
    place: str
    state: str
    due: str
    owner: str
    main: tuple[str, str, str] | None
    """The big button: the verb that it sends ("" opens the page), its words, its icon."""


@dataclass(frozen=True)
class Way:
    """A page that the list leads to; `takes_in` when it is nothing for who only looks."""

    endpoint: str
    words: str
    icon: str
    takes_in: bool = False


WAYS = (
    Way("concerns.add.form", mark("记一件事"), "circle-plus", takes_in=True),
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
)


def _ways() -> tuple[Way, ...]:
    """Those that who looks may open."""
    return tuple(one for one in WAYS if may_open(one.endpoint, g.staff.role, changes=one.takes_in))


@dataclass(frozen=True)
class Section:
    """Part of the list; `count` are all that stand in it, of which `rows` may be the first."""

    name: str
    words: str
    rows: tuple[Row, ...]
    count: int


def _sight(concern: Concern, *, has_reason: bool = False) -> Sight:
    if "concerns_since" not in g:  # once a page: its list asks of two hundred
        g.concerns_since = box().centre.day_start(box().now())
    return concern.sight(str(g.staff.role), g.staff.id, g.concerns_since, has_reason=has_reason)


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
        sights[one.id] = _sight(one)
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
        _look_for(tx, number)
    return done(say(mark("您看了这件事，原因记下了。")), ".one", concern_id=number)


def _look_for(tx: Tx, concern_id: int) -> None:
    """Write down why somebody looks who sees no words without a reason."""
    concern = concerns.concern_of(tx, box().centre, concern_id, lang())
    if not _sight(concern).is_there:
        raise concerns.UnknownConcern
    if not text("line"):
        raise concerns.MustSay
    concerns.note_look(tx, _hand(concern), concern_id, text("line"))


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


@dataclass(frozen=True)
class Late:
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


@dataclass(frozen=True)
class Entry:
    """A line of the history."""

    at: str
    words: str
    who: str
    note: str


@screen.get("/concerns/<int:concern_id>")
def one(concern_id: int) -> str:
    """One concern: what is known of it, what can be done, what was done."""
    with box().database.read() as tx:
        return _page(tx, concern_id)


def _page(tx: Tx, concern_id: int, *, shows_phone: bool = False) -> str:
    concern = concerns.concern_of(tx, box().centre, concern_id, lang())
    seen = _sight(concern, has_reason=_has_reason(tx, concern_id))
    if not seen.is_there:
        raise concerns.UnknownConcern
    names = staff.staff_names(tx)
    files = concerns.files_of(tx, concern_id)
    shut_out = {concern.accused_id, *concern.barred}
    parties = [
        replace(party, phone=party.phone if shows_phone else "")
        for party in concerns.parties_of(tx, concern_id)
    ]
    return render_template(
        "concerns/today/one.html",
        concern=concern,
        seen=seen,
        may={str(verb): concerns.target(concern.state, verb) is not None for verb in Verb},
        is_lead=_is_lead(concern),
        is_own=g.staff.id in (concern.answered_by, concern.owner_id),
        is_mine=g.staff.id in (concern.owner_id, concern.offered_to),
        parties=parties if seen.phone != Phone.NONE else [],
        can_call=seen.may_act and _has_phone(tx, concern_id),
        can_look=seen.phone == Phone.LOGGED and not shows_phone and _has_phone(tx, concern_id),
        due=concerns.due_text(box().centre, concern.due, lang()),
        owner=names.get(concern.owner_id or 0, ""),
        offered=names.get(concern.offered_to or 0, ""),
        takers=[(one.id, one.name) for one in staff.accounts(tx) if _may_take(one, concern)],
        people=[(number, name) for number, name in sorted(names.items()) if number not in shut_out],
        children=concerns.children_of(tx, concern_id),
        files=files if seen.words else (),
        has_files=any(one.kind in ("voice", "ink") for one in files),
        told=[_told(line, names, seen) for line in reversed(concerns.lines_of(tx, concern_id))],
        words=_words(concern),
        replies=[*(say(sentence) for sentence in READY_REPLIES), *_whom_to_ask(tx)],
        undoable=_undoable(tx, concern),
        earliest=box().centre.day(box().now()),
    )


def _whom_to_ask(tx: Tx) -> list[str]:
    """Sentences that say whom to ask, one a contact card."""
    told = mark("这件事请找%(whom)s，电话%(phone)s。")
    return [say(told, whom=one.post, phone=one.phone or "-") for one in cards.cards(tx, lang())]


def _has_reason(tx: Tx, concern_id: int) -> bool:
    return g.staff.role == Role.STREET and concerns.has_reason(tx, asked(), concern_id)


def _may_take(account: staff.Account, concern: Concern) -> bool:
    """Whether it can be handed to this account: nobody who could not act on it, nor the one it is about."""
    holds = account.role not in (Role.ADMIN, Role.VIEWER) and account.is_enabled
    return holds and account.id not in {concern.accused_id, *concern.barred}


def _undoable(tx: Tx, concern: Concern) -> str:
    """The name of the step that can be taken back now; "" for none."""
    verb = concerns.undoable(tx, _hand(concern), concern.id)
    return say(VERB_WORDS[verb]) if verb else ""


def _words(concern: Concern) -> dict[str, Any]:
    return {
        "state": say(STATE_WORDS[concern.state]),
        "kind": say(KIND_WORDS[concern.kind]),
        "kinds": [(str(name), say(words)) for name, words in KIND_WORDS.items()],
        "source": say(SOURCE_WORDS[concerns.Source(concern.source)]),
        "outcomes": [(str(name), say(words)) for name, words in OUTCOME_WORDS.items()],
        "pauses": [(str(name), say(words)) for name, words in PAUSE_WORDS.items()],
        "declines": [(str(name), say(words)) for name, words in DECLINE_WORDS.items()],
        "told": [(str(name), say(words)) for name, words in HOW_TOLD.items()],
        "solved": say(SOLVED_WORDS[concerns.Solved(concern.solved)])
        if concern.solved in SOLVED_WORDS
        else "",
        "reached": [(str(name), say(words)) for name, words in REACHED_WORDS.items()],
        "taken": when(box().centre.local(concern.taken_at)),
    }


def _has_phone(tx: Tx, concern_id: int) -> bool:
    return any(party.phone for party in concerns.parties_of(tx, concern_id))


def _told(line: concerns.Line, names: dict[int, str], seen: Sight) -> Entry:
    is_said = line.verb in (Verb.SAY_MORE, Verb.SUM_UP)
    is_shown = seen.words if is_said or line.verb == Verb.LOOK else seen.reply
    note = line.note if is_shown else ""
    who = names.get(line.staff_id or 0, "")
    words = say(VERB_WORDS[line.verb]) + (say(mark("（撤销了）")) if line.is_undone else "")
    if line.verb == Verb.CALL_BACK and line.reason in REACHED_WORDS:
        words = f"{words} · {say(REACHED_WORDS[Reached(line.reason)])}"
    return Entry(when(box().centre.local(line.at)), words, who, note)


def _is_lead(concern: Concern) -> bool:
    """Whose word decides: a lead's, and about the secretary the street's."""
    if concern.is_for_street:
        return bool(g.staff.role == Role.STREET)
    return str(g.staff.role) in concerns.LEADS


@screen.get("/concerns/<int:concern_id>/files/<int:file_id>")
def attached(concern_id: int, file_id: int) -> Response:
    """A voice to hear, or writing as a picture. Raises NotAllowed, FileGone."""
    with box().database.read() as tx:
        concern = concerns.concern_of(tx, box().centre, concern_id, lang())
        seen = _sight(concern, has_reason=_has_reason(tx, concern_id))
        if not seen.is_there:
            raise concerns.UnknownConcern
        if not seen.words:
            raise staff.NotAllowed
        kind, content = concerns.content_of(tx, box().settings.folder, concern_id, file_id)
    if kind == "photo":
        return Response(content, mimetype="image/jpeg")
    if kind == "ink":
        return Response(concerns.drawn(content), mimetype="image/svg+xml")
    return Response(content, mimetype=concerns.sound_type(content))


Act = Callable[[Tx, Hand, int], object]


def _reply() -> Reply:
    return Reply(choice("outcome", Outcome), text("words"), choice("told", Told))


ACTS: dict[str, Act] = {
    "accept": lambda tx, hand, number: concerns.accept(tx, box().centre, hand, number),
    "hand_over": lambda tx, hand, number: concerns.hand_over(
        tx, hand, number, _taker(tx, number), text("line")
    ),
    "send_back": lambda tx, hand, number: concerns.send_back(tx, hand, number, text("line")),
    "step": lambda tx, hand, number: concerns.step(tx, hand, number, text("line")),
    "pause": lambda tx, hand, number: concerns.pause(
        tx, box().centre, hand, number, choice("reason", PauseReason), (day("until"), text("line"))
    ),
    "resume": lambda tx, hand, number: concerns.resume(tx, box().centre, hand.asked, number),
    "extend": lambda tx, hand, number: concerns.extend(tx, hand, number, text("line")),
    "settle": lambda tx, hand, number: concerns.settle(tx, box().centre, hand, number, _reply()),
    "answer": lambda tx, hand, number: concerns.answer(tx, box().centre, hand, number, _reply()),
    "recheck": lambda tx, hand, number: concerns.recheck(
        tx, box().centre, hand, number, text("line"), is_good=choice("result", ("good", "bad")) == "good"
    ),
    "reopen": lambda tx, hand, number: concerns.reopen_by_staff(tx, box().centre, hand, number, text("line")),
    "decline": lambda tx, hand, number: concerns.decline(
        tx, hand, number, choice("reason", DeclineReason), text("line")
    ),
    "merge": lambda tx, hand, number: concerns.merge(tx, box().centre, hand, number, text("number").upper()),
    "unmerge": lambda tx, hand, number: concerns.unmerge(tx, hand, number),
    "sum_up": lambda tx, hand, number: concerns.sum_up(tx, hand, number, text("line")),
    "reprint": lambda tx, hand, number: concerns.reprint(tx, box().centre, hand, number),
    "wipe": lambda tx, hand, number: concerns.wipe_files(tx, hand.asked, box().settings.folder, number),
    "undo": lambda tx, hand, number: concerns.undo(tx, hand, number),
    "sort": lambda tx, hand, number: concerns.sort_as(tx, hand, number, Kind(choice("kind", Kind))),
    "call_back": lambda tx, hand, number: concerns.call_back(
        tx, hand, number, choice("reached", Reached), text("line")
    ),
    "seal": lambda tx, hand, number: concerns.seal(tx, hand, number, _accused(tx)),
}
"""What each form of the page does; its address names it."""

OF_LEADS = ("extend", "decline")
"""The secretary's word."""


def _whom(tx: Tx) -> int:
    staff_id = whole("to")
    staff.account_of(tx, staff_id)
    return staff_id


def _taker(tx: Tx, concern_id: int) -> int:
    """Who is to have it. Raises UnknownStaff, BadConcern."""
    account = staff.account_of(tx, whole("to"))
    if not _may_take(account, concerns.concern_of(tx, box().centre, concern_id, lang())):
        raise concerns.BadConcern
    return account.id


def _accused(tx: Tx) -> int | None:
    return _whom(tx) if request.form.get("to") else None


@screen.post("/concerns/<int:concern_id>/<any(" + ", ".join((*ACTS, "look")) + "):move>")
def act(concern_id: int, move: str) -> AnyResponse | str:
    """Do what the form says. Raises NotAllowed and what the room raises."""
    if move == "look":
        return _look(concern_id)
    with box().database.write() as tx:
        concern = concerns.concern_of(tx, box().centre, concern_id, lang())
        seen = _sight(concern)
        if not seen.is_there:
            raise concerns.UnknownConcern
        if not seen.may_act or (move in OF_LEADS and not _is_lead(concern)):
            raise staff.NotAllowed
        ACTS[move](tx, _hand(concern), concern_id)
        after = concerns.concern_of(tx, box().centre, concern_id, lang())
        is_nobodys = after.is_for_street and not _has_street(tx)
    if is_nobodys:
        return done(say(mark("封存了，归街道看。现在还没有“街道”的账号，请管理员开一个。")), ".today")
    if not _sight(after).is_there:
        return done(say(mark("记下了。这件事您现在看不到了。")), ".today")
    return done(say(mark("记下了。")), ".one", concern_id=concern_id)


def _has_street(tx: Tx) -> bool:
    """Whether anybody could look at what is about the secretary."""
    return any(one.role == Role.STREET and one.is_enabled for one in staff.accounts(tx))


def _hand(concern: Concern) -> Hand:
    return Hand(asked(), is_lead=_is_lead(concern))


def _look(concern_id: int) -> AnyResponse | str:
    """The telephone number, once, and written down that it was looked at; for the street, the words."""
    with box().database.write() as tx:
        concern = concerns.concern_of(tx, box().centre, concern_id, lang())
        seen = _sight(concern)
        if seen.asks_reason:
            _look_for(tx, concern_id)
            return done(say(mark("您看了这件事，原因记下了。")), ".one", concern_id=concern_id)
        if not seen.is_there:
            raise concerns.UnknownConcern
        if seen.phone != Phone.LOGGED:
            raise staff.NotAllowed
        concerns.note_look(tx, _hand(concern), concern_id)
        return _page(tx, concern_id, shows_phone=True)
