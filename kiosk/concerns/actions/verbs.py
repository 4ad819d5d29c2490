"""What staff do with a concern, from taking it on to the re-check."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk import staff
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.concerns.actions.moving import Hand, Step, move, note, standing
from kiosk.concerns.actions.resident import end_pause, reopen
from kiosk.concerns.clocks import due_of, meet_clocks, put_off_clock, run_again, start_clock
from kiosk.concerns.escalation import running_alike
from kiosk.concerns.reads import barred_of
from kiosk.concerns.refusals import (
    ExtendedOnce,
    MustSay,
    NoSuchParent,
    NotByYourself,
    NotForTheAccused,
    NothingAlike,
    NotYours,
    PauseTooLong,
    SentBackOften,
)
from kiosk.concerns.rules import (
    CONTACT_DAYS,
    EXTEND_DAYS,
    LONGEST_ABOUT,
    LONGEST_NOTE,
    LONGEST_PAUSE_DAYS,
    LONGEST_REPLY,
    RECHECK_DAYS,
    RUNNING,
    DeclineReason,
    Due,
    Kind,
    Outcome,
    PauseReason,
    State,
    Told,
    Unit,
    Verb,
    What,
)
from kiosk.concerns.snapshot import snapshot
from kiosk.concerns.tables import concern, concern_party, concern_pause
from kiosk.opening import workdays

MOST_RETURNS = 3


def accept(tx: Connection, centre: Centre, hand: Hand, concern_id: int) -> None:
    """签收: from now on it is theirs. Raises NotYours, WrongState, MovedMeanwhile."""
    at, mine = standing(tx, concern_id), hand.asked.staff_id
    if at.state == State.OPEN and at.owner_id == mine:
        return
    if at.offered_to != mine:
        hand.check_owner(at)
    if at.state == State.OPEN and at.offered_to != mine and not hand.is_lead:
        raise NotYours(number=at.number)
    move(tx, hand.asked, at, Step(Verb.ACCEPT, {"owner_id": mine, "offered_to": None}))
    meet_clocks(tx, hand.asked, at.id, What.ACCEPT)
    if at.state == State.NEW and at.round == 0 and _has_phone(tx, at.id):
        due = due_of(tx, centre, hand.asked, CONTACT_DAYS, Unit.WORKDAY)
        start_clock(tx, hand.asked, at.id, (What.CONTACT, 0, CONTACT_DAYS, Unit.WORKDAY), due)


def hand_over(tx: Connection, hand: Hand, concern_id: int, staff_id: int, reason: str) -> None:
    """转办: offered to somebody; who gives it stays responsible until it is accepted (首接负责).

    Raises MustSay, NotYours, NotForTheAccused, WrongState.
    """
    at = standing(tx, concern_id)
    hand.check_owner(at)
    if staff_id == at.accused_id or staff_id in barred_of(at):
        raise NotForTheAccused(number=at.number)
    said = _line(reason, LONGEST_NOTE)
    keeps = at.owner_id if at.owner_id is not None else hand.asked.staff_id
    values = {"owner_id": keeps, "offered_to": staff_id}
    move(tx, hand.asked, at, Step(Verb.HAND_OVER, values, note=said))


def send_back(tx: Connection, hand: Hand, concern_id: int, reason: str) -> None:
    """退回: it is nobody's again; after the third time who leads decides. Raises MustSay, SentBackOften."""
    at = standing(tx, concern_id)
    hand.check_owner(at)
    if at.returns >= MOST_RETURNS and not hand.is_lead:
        raise SentBackOften(number=at.number)
    values = {"owner_id": None, "offered_to": None, "returns": at.returns + 1}
    move(tx, hand.asked, at, Step(Verb.SEND_BACK, values, note=_line(reason, LONGEST_NOTE)))


def step(tx: Connection, hand: Hand, concern_id: int, line: str) -> None:
    """进展: a line that the resident sees. Raises MustSay, NotYours, WrongState."""
    at = standing(tx, concern_id)
    hand.check_owner(at)
    move(tx, hand.asked, at, Step(Verb.STEP, note=_line(line, LONGEST_NOTE)))
    meet_clocks(tx, hand.asked, at.id, What.CONTACT)


def sum_up(tx: Connection, hand: Hand, concern_id: int, about: str) -> None:
    """One sentence of what it is about, for colleagues. Raises MustSay, WrongState."""
    at = standing(tx, concern_id)
    said = _line(about, LONGEST_ABOUT)
    move(tx, hand.asked, at, Step(Verb.SUM_UP, {"about": said}, note=said))


def sort_as(tx: Connection, hand: Hand, concern_id: int, kind: Kind) -> None:
    """归类: it is of another kind than its category says; of the same kind nothing is written.

    Raises WrongState.
    """
    at = standing(tx, concern_id)
    if at.kind != kind:
        move(tx, hand.asked, at, Step(Verb.SORT, {"kind": kind}, reason=kind))


def seal(tx: Connection, hand: Hand, concern_id: int, accused_id: int | None = None) -> None:
    """It is about somebody by name: few may read it from now on, and the accused never.

    About the secretary it is the street's, whoever had it before.
    """
    at = standing(tx, concern_id)
    values: dict[str, Any] = {"is_sealed": True, "accused_id": accused_id or at.accused_id}
    is_for_street = accused_id is not None and staff.account_of(tx, accused_id).role == staff.Role.SECRETARY
    if is_for_street:
        values["is_for_street"] = True
    if is_for_street or (accused_id is not None and accused_id == at.owner_id):
        values["owner_id"] = None
    if is_for_street or (accused_id is not None and accused_id == at.offered_to):
        values["offered_to"] = None
    move(tx, hand.asked, at, Step(Verb.SEAL, values))


def pause(
    tx: Connection, centre: Centre, hand: Hand, concern_id: int, reason: PauseReason, rest: tuple[date, str]
) -> None:
    """暂停 until a day, with a line that the resident sees: `rest` is both. Raises PauseTooLong, MustSay."""
    at, (until, line), today = standing(tx, concern_id), rest, centre.day(hand.asked.now)
    hand.check_owner(at)
    if not today < until <= today + timedelta(days=LONGEST_PAUSE_DAYS):
        raise PauseTooLong
    said = line[:LONGEST_NOTE]
    move(tx, hand.asked, at, Step(Verb.PAUSE, {"resume_on": until}, reason, said))
    row = {"concern_id": at.id, "reason": reason, "note": said, "since_on": today, "until_on": until}
    tx.execute(sa.insert(concern_pause), row)


def resume(tx: Connection, centre: Centre, asked: Asked, concern_id: int) -> None:
    """It goes on; the promise is put off by as many working days as it rested."""
    at = standing(tx, concern_id)
    before = snapshot(tx, at)
    values = end_pause(tx, centre, asked, at) if at.state == State.WAITING else {}
    move(tx, asked, at, Step(Verb.RESUME, values, before=before))


def extend(tx: Connection, hand: Hand, concern_id: int, reason: str) -> None:
    """延期 by five working days, once a round; the resident is told why. Raises ExtendedOnce, MustSay."""
    at, known = standing(tx, concern_id), workdays(tx)
    if at.has_extension:
        raise ExtendedOnce(number=at.number)
    on = known.after(at.due_on, EXTEND_DAYS)
    values = {"due_on": on, "due_at": None, "has_extension": True, "is_provisional": known.is_provisional(on)}
    move(tx, hand.asked, at, Step(Verb.EXTEND, values, note=_line(reason, LONGEST_NOTE)))
    put_off_clock(tx, at.id, Due(on, None, known.is_provisional(on)))


class Reply(Struct, frozen=True):
    """An answer: its outcome, the sentence that the resident reads, and how it was told."""

    outcome: Outcome
    words: str
    told: Told = Told.RECEIPT


def settle(tx: Connection, centre: Centre, hand: Hand, concern_id: int, reply: Reply) -> None:
    """当场办结: answered at once by who took it in."""
    at = standing(tx, concern_id)
    hand.check_owner(at)
    _answer(tx, centre, hand, at, Verb.SETTLE, reply)


def answer(tx: Connection, centre: Centre, hand: Hand, concern_id: int, reply: Reply) -> None:
    """答复: it reaches every receipt that was merged into it, too. Raises MustSay, NotYours, WrongState."""
    at = standing(tx, concern_id)
    hand.check_owner(at)
    _answer(tx, centre, hand, at, Verb.ANSWER, reply)
    for child in tx.execute(sa.select(concern).where(concern.c.merged_into == at.id)).all():
        meet_clocks(tx, hand.asked, child.id, *What)
        note(tx, hand.asked, child, Step(Verb.TOLD, note=at.number), State.MERGED)


def _answer(tx: Connection, centre: Centre, hand: Hand, at: Any, verb: Verb, reply: Reply) -> None:
    said, before = _line(reply.words, LONGEST_REPLY), snapshot(tx, at)
    values = end_pause(tx, centre, hand.asked, at) if at.state == State.WAITING else {}
    values |= {
        "outcome": reply.outcome, "reply": said, "answered_at": hand.asked.now, "solved": "",
        "answered_by": hand.asked.staff_id, "offered_to": None, "resume_on": None,
        "owner_id": at.owner_id if at.owner_id is not None else hand.asked.staff_id,
    }  # fmt: skip
    if at.kind == Kind.FINDING or at.round:
        values["recheck_on"] = centre.day(hand.asked.now) + timedelta(days=RECHECK_DAYS)
    move(tx, hand.asked, at, Step(verb, values, reply.outcome, said, reply.told, before))
    meet_clocks(tx, hand.asked, at.id, *What)


def recheck(tx: Connection, centre: Centre, hand: Hand, concern_id: int, line: str, *, is_good: bool) -> None:
    """回头看 by somebody who neither answered nor had it; bad opens it anew at once, good closes a finding.

    Raises NotByYourself, MustSay, WrongState.
    """
    at = standing(tx, concern_id)
    if hand.asked.staff_id in (at.answered_by, at.owner_id):
        raise NotByYourself
    said = _line(line, LONGEST_NOTE)
    reason = "good" if is_good else "bad"
    move(tx, hand.asked, at, Step(Verb.RECHECK, {"recheck_on": None}, reason, said))
    if is_good and at.kind == Kind.FINDING and at.state == State.ANSWERED:
        move(tx, hand.asked, standing(tx, concern_id), Step(Verb.CLOSE))
    if not is_good:
        reopen(
            tx, centre, hand.asked, standing(tx, concern_id), Step(Verb.REOPEN, reason="recheck", note=said)
        )


def reopen_by_staff(tx: Connection, centre: Centre, hand: Hand, concern_id: int, line: str) -> None:
    """再办: staff always may. Raises MustSay, WrongState."""
    said = _line(line, LONGEST_NOTE)
    reopen(tx, centre, hand.asked, standing(tx, concern_id), Step(Verb.REOPEN, reason="staff", note=said))


def decline(tx: Connection, hand: Hand, concern_id: int, reason: DeclineReason, line: str) -> None:
    """不予受理, and where to go instead. Raises MustSay, WrongState."""
    at = standing(tx, concern_id)
    said = _line(line, LONGEST_REPLY)
    values = {"reply": said, "offered_to": None, "answered_at": hand.asked.now}
    move(tx, hand.asked, at, Step(Verb.DECLINE, values, reason, said))
    meet_clocks(tx, hand.asked, at.id, *What)


def merge(tx: Connection, centre: Centre, hand: Hand, concern_id: int, number: str) -> None:
    """并入 the concern of this year with this number; its reply answers this receipt too.

    Raises NoSuchParent, WrongState.
    """
    at, same_year = standing(tx, concern_id), concern.c.year == centre.day(hand.asked.now).year
    parent = tx.execute(sa.select(concern).where(same_year, concern.c.number == number)).first()
    good = (State.NEW, State.OPEN, State.WAITING, State.ANSWERED)
    if parent is None or parent.id == at.id or parent.state not in good:
        raise NoSuchParent(number=number)
    if at.state == State.WAITING:
        end_pause(tx, centre, hand.asked, at)
    _join(tx, hand.asked, at, parent)


def merge_alike(tx: Connection, hand: Hand, category_code: str, place_id: int) -> tuple[str, int]:
    """Merge what runs about the same kind of thing at the same place into the oldest: its number, how many.

    Raises NothingAlike.
    """
    found = running_alike(tx, category_code, place_id)
    if len(found) < 2:
        raise NothingAlike
    (first, number), *others = found
    for other, _ in others:
        _join(tx, hand.asked, standing(tx, other), standing(tx, first))
    return number, len(others)


def also_me(tx: Connection, asked: Asked, concern_id: int, other_id: int) -> None:
    """也算我一个: what was just taken in joins one that runs already; its own receipt tells the same.

    Nothing is joined that is over meanwhile, or no public facility's: then it stands for itself.
    """
    at, parent = standing(tx, concern_id), standing(tx, other_id)
    same = (at.category_code, at.place_id) == (parent.category_code, parent.place_id)
    if same and at.id != parent.id and at.state == State.NEW and parent.state in RUNNING:
        _join(tx, asked, at, parent)


def _join(tx: Connection, asked: Asked, at: Any, parent: Any) -> None:
    values = {"merged_into": parent.id, "resume_on": None}
    move(tx, asked, at, Step(Verb.MERGE, values, note=parent.number))
    note(tx, asked, parent, Step(Verb.GATHER, note=at.number), State(parent.state))
    tx.execute(sa.update(concern).where(concern.c.merged_into == at.id).values(merged_into=parent.id))
    if parent.state == State.ANSWERED:
        meet_clocks(tx, asked, at.id, *What)


def unmerge(tx: Connection, hand: Hand, concern_id: int) -> None:
    """It stands for itself again, and somebody has to take it on."""
    at = standing(tx, concern_id)
    move(tx, hand.asked, at, Step(Verb.UNMERGE, {"merged_into": None, "owner_id": None}))
    run_again(tx, at.id, at.round)


def note_look(tx: Connection, hand: Hand, concern_id: int, why: str = "") -> None:
    """Write down that somebody has looked at the telephone number; or at all, and `why`."""
    move(tx, hand.asked, standing(tx, concern_id), Step(Verb.LOOK, note=why[:LONGEST_NOTE]))


def _has_phone(tx: Connection, concern_id: int) -> bool:
    mine = sa.and_(concern_party.c.concern_id == concern_id, concern_party.c.phone != "")
    return tx.execute(sa.select(concern_party.c.id).where(mine).limit(1)).first() is not None


def _line(text: str, most: int) -> str:
    """A sentence that has to be there. Raises MustSay."""
    if not 0 < len(text) <= most:
        raise MustSay
    return text
