"""One concern, for staff: what is known of it, every step of it, and what was done."""

from collections.abc import Callable
from typing import Any

from flask import Response, g, render_template, request
from msgspec import Struct
from msgspec.structs import replace
from werkzeug.wrappers import Response as AnyResponse

from kiosk import cards, concerns, spool, staff
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
    Outcome,
    PauseReason,
    Phone,
    Reached,
    Reply,
    Sight,
    Told,
    Verb,
)
from kiosk.database import Tx
from kiosk.screens.concerns.sight import hand_of, is_lead, note_reason, sight_of
from kiosk.screens.concerns.words import DECLINE_WORDS, HOW_TOLD, PAUSE_WORDS, REACHED_WORDS
from kiosk.screens.web.access import asked
from kiosk.screens.web.forms import choice, day, done, text, whole
from kiosk.screens.web.labels import when
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import may_open, staffed
from kiosk.staff import Role
from kiosk.words import mark

screen = staffed(
    __name__, Role.CLERK, Role.DESK, Role.MANAGER, Role.GRID, Role.SECRETARY, Role.STREET, menu=None,
    under="concerns.today",
)  # fmt: skip

READY_REPLIES = (
    mark("已经修好了，请您再看看。"),
    mark("已经打扫干净了。"),
    mark("已经和物业说好，三天内来办。"),
    mark("这件事已经列入计划，开工前告诉您。"),
    mark("按规定现在办不了，我们把原因说给您听。"),
)
"""Sentences to choose from, and to change."""


class Entry(Struct, frozen=True):
    """A line of the history."""

    at: str
    words: str
    who: str
    note: str


@screen.get("/concerns/<int:concern_id>")
def page(concern_id: int) -> str:
    """One concern: what is known of it, what can be done, what was done."""
    with box().database.read() as tx:
        return _page(tx, concern_id)


def _may(concern: Concern, verb: Verb) -> bool:
    is_open = concerns.is_open_to(concern.source, verb)
    return is_open and concerns.target(concern.state, verb) is not None


def _page(tx: Tx, concern_id: int, *, shows_phone: bool = False) -> str:
    concern = concerns.concern_of(tx, box().centre, concern_id, lang())
    seen = sight_of(concern, has_reason=_has_reason(tx, concern_id))
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
        "concerns/one/one.html",
        concern=concern,
        seen=seen,
        may={str(verb): _may(concern, verb) for verb in Verb},
        has_printer=spool.has_printer(tx, box().settings),
        may_sort_on=may_open("kinds.cases.case", g.staff.role),
        is_lead=is_lead(concern),
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
    verb = concerns.undoable(tx, hand_of(concern), concern.id)
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
        "written": when(box().centre.local(concern.written_at)) if concern.written_at else "",
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


@screen.get("/concerns/<int:concern_id>/files/<int:file_id>")
def attached(concern_id: int, file_id: int) -> Response:
    """A voice to hear, or writing as a picture. Raises NotAllowed, FileGone."""
    with box().database.read() as tx:
        concern = concerns.concern_of(tx, box().centre, concern_id, lang())
        seen = sight_of(concern, has_reason=_has_reason(tx, concern_id))
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
        seen = sight_of(concern)
        if not seen.is_there:
            raise concerns.UnknownConcern
        if not seen.may_act or (move in OF_LEADS and not is_lead(concern)):
            raise staff.NotAllowed
        ACTS[move](tx, hand_of(concern), concern_id)
        after = concerns.concern_of(tx, box().centre, concern_id, lang())
        is_nobodys = after.is_for_street and not _has_street(tx)
    if is_nobodys:
        words = say(mark("封存了，归街道看。现在还没有“街道”的账号，请管理员开一个。"))
        return done(words, "concerns.today.today")
    if not sight_of(after).is_there:
        return done(say(mark("记下了。这件事您现在看不到了。")), "concerns.today.today")
    return done(say(mark("记下了。")), ".page", concern_id=concern_id)


def _has_street(tx: Tx) -> bool:
    """Whether anybody could look at what is about the secretary."""
    return any(one.role == Role.STREET and one.is_enabled for one in staff.accounts(tx))


def _look(concern_id: int) -> AnyResponse | str:
    """The telephone number, once, and written down that it was looked at; for the street, the words."""
    with box().database.write() as tx:
        concern = concerns.concern_of(tx, box().centre, concern_id, lang())
        seen = sight_of(concern)
        if seen.asks_reason:
            note_reason(tx, concern_id)
            return done(say(mark("您看了这件事，原因记下了。")), ".page", concern_id=concern_id)
        if not seen.is_there:
            raise concerns.UnknownConcern
        if seen.phone != Phone.LOGGED:
            raise staff.NotAllowed
        concerns.note_look(tx, hand_of(concern), concern_id)
        return _page(tx, concern_id, shows_phone=True)
