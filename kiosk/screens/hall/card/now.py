"""What a counter's page shows, worked out of what the rooms told: the template only lays it out."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kiosk import services, tickets
from kiosk.clock import lasted
from kiosk.screens.hall.card.page import (
    Act,
    CounterNow,
    Elsewhere,
    Hand,
    Line,
    Look,
    Paging,
    People,
    Tag,
    Wait,
)
from kiosk.screens.hall.card.visit import (
    LEFT_WORDS,
    MISSED_WORDS,
    VERB_WORDS,
    Say,
    ends,
    minutes_words,
    so_far,
    ways,
)
from kiosk.screens.web.labels import HOLD_WORDS, PAUSE_WORDS, UNKNOWN_WAIT
from kiosk.words import Own, mark

SHOWN = 12
"""Waiting people shown. With all 200 the page had 250 kB and took 48 ms, with 500 it took 135."""

ASIDE = 6
"""People shown who are on hold, and who missed their turn: each with two buttons, 2 kB."""

_EVERYBODY = Look()

REASONS = (mark("身体不适"), mark("约好的时间"), mark("补完材料回来"), mark("其他原因"))
"""Why somebody is called before the others."""


class Seen(Struct, frozen=True):
    """What the rooms told of a counter, all of one moment."""

    counter: services.Counter
    at_hand: tickets.AtHand | None
    heard: tickets.Heard | None
    materials: tuple[services.Material, ...]
    line: tickets.CountersLine
    held: tuple[tickets.Waiting, ...]
    missed: tuple[tickets.Waiting, ...]
    undoable: tickets.Undoable | None
    rule: tickets.MissedRule
    at: datetime
    visit: tickets.Visit | None = None
    usual_min: int | None = None
    outcomes: services.Outcomes = services.NO_OUTCOMES
    words: Callable[[Own], str] = Own.__str__
    """What the centre itself calls something, in the clerk's language."""
    clock: Callable[[datetime], str] = "{:%H:%M}".format
    """A moment as the centre's wall clock shows it."""
    others: tuple[Elsewhere, ...] = ()
    """The other counters at which this clerk sits."""


class _Words(Struct, frozen=True):
    """Makes the parts that need words, for one moment and one counter."""

    say: Say
    seen: Seen

    @property
    def is_off(self) -> bool:
        return self.seen.at_hand is not None or self.seen.counter.pause is not None

    def waited(self, since: datetime) -> str:
        waited = lasted(since, self.seen.at)
        if waited is None:
            return self.say(UNKNOWN_WAIT)
        minutes = int(waited.total_seconds() // 60)
        return (
            self.say(mark("等了%(minutes)s分钟"), minutes=minutes) if minutes else self.say(mark("刚取的号"))
        )

    def first(self, person: tickets.AtHand | tickets.Waiting) -> str:
        """Why somebody goes first; of who stands here also what it was worth."""
        if not isinstance(person, tickets.AtHand) or not person.head_start_min:
            return person.priority
        words = mark("%(reason)s，优先%(minutes)s分钟")
        return self.say(words, reason=person.priority, minutes=person.head_start_min)

    def marks(self, person: tickets.AtHand | tickets.Waiting) -> tuple[Tag, ...]:
        every = (
            (person.wants_staff, mark("请去找他"), "users-round", True),
            (person.cannot_hear, mark("听不见，走过去叫"), "volume-x", True),
            (person.is_slow, mark("走得慢"), "footprints", False),
            (bool(person.priority), "", "medal", True),
            (person.for_someone_else, mark("替别人办"), "users-round", False),
            (person.taken_by_staff, mark("帮办取号"), "heart-handshake", False),
        )
        return tuple(
            Tag(self.say(words) if words else self.first(person), icon, is_first)
            for is_so, words, icon, is_first in every
            if is_so
        )

    def waiting(self, person: tickets.Waiting, look: Look = _EVERYBODY, found: int = 0) -> Line:
        tags = (Tag(self.waited(person.taken_at)), *self.marks(person))
        is_meant = bool(look.number) and found == 1
        words = mark("%(number)s就在窗口前，现在就办。为什么先办？")
        why = words if is_meant and look.is_here else mark("为什么先叫%(number)s？")
        said = self.say(why, number=person.number)
        return Line(person.id, person.number, person.service, tags, why=said, is_meant=is_meant)

    def held(self, person: tickets.Waiting) -> Line:
        is_ours = person.counter_number == self.seen.counter.number
        tags = [Tag(self.say(HOLD_WORDS[tickets.Hold(person.hold)]), "hourglass")]
        if not is_ours:
            tags.append(Tag(self.say(mark("%(number)s号窗口"), number=person.counter_number)))
        if person.lacks:
            lacks = self.say(mark("、")).join(person.lacks.splitlines())
            tags.append(Tag(f"{self.say(mark('缺'))}{self.say(mark('：'))}{lacks}"))
        acts = (
            Act("resume", self.say(mark("接着办")), "play", ticket=person.id, is_off=self.is_off),
            self._called_back(person, mark("叫回"), mark("挂起后叫回")),
        )
        goes_on_here = is_ours or person.hold == tickets.Hold.FETCH
        return Line(
            person.id, person.number, person.service, tuple(tags), acts if goes_on_here else (),
            hold=person.hold, is_elsewhere=not is_ours,
        )  # fmt: skip

    def missed(self, person: tickets.Waiting) -> Line:
        acts = (
            Act("rejoin", self.say(mark("重排")), "rotate-ccw", ticket=person.id),
            self._called_back(person, mark("再叫"), mark("过号后回来")),
        )
        return Line(person.id, person.number, person.service, self.marks(person), acts)

    def _called_back(self, person: tickets.Waiting, words: str, reason: str) -> Act:
        said, why = self.say(words), self.say(reason)
        return Act("call", said, "bell-ring", ticket=person.id, reason=why, is_off=self.is_off)

    def hand(self, held: tickets.AtHand) -> Hand:
        is_called = held.status == tickets.Status.CALLED
        return Hand(
            id=held.id,
            number=held.number,
            service=held.service,
            service_code=held.service_code,
            icon="bell-ring" if is_called else "user-round",
            words=self.say(mark("已叫号，等人过来") if is_called else mark("办理中")),
            is_fetched=held.wants_staff and is_called,
            is_beckoned=held.cannot_hear and is_called,
            tags=(*self.times(held), *self.marks(held)),
            **self._so_far(held),
        )

    def _so_far(self, held: tickets.AtHand) -> dict[str, Any]:
        visit = self.seen.visit
        if visit is None:
            return {}
        is_called = held.status == tickets.Status.CALLED
        since = visit.called_at if is_called else visit.serving_since
        runs = lasted(since, self.seen.at) if since else None
        usual = None if is_called else self.seen.usual_min
        return {
            "runs": self.say(mark("叫了") if is_called else mark("办了")),
            "runs_s": int(runs.total_seconds()) if runs is not None else None,
            "usual": self.say(mark("平常约%(minutes)s分钟（含走过来）"), minutes=usual) if usual else "",
            "note": visit.note,
        } | so_far(self.say, visit, self.seen.clock)

    def times(self, held: tickets.AtHand) -> tuple[Tag, ...]:
        """How long the parts of the visit took that are over: the wait up to the call, the way here."""
        visit = self.seen.visit
        waited = visit.waited if visit else lasted(held.taken_at, held.called_at)
        called = self.say(mark("叫过%(count)s次"), count=held.calls)
        tags = [Tag(minutes_words(self.say, waited, mark("等了%(minutes)s分钟"), mark("没怎么等")), "clock")]
        if visit and visit.walked is not None:
            words = minutes_words(self.say, visit.walked, mark("走过来%(minutes)s分钟"), mark("马上就来了"))
            tags.append(Tag(words, "footprints"))
        if held.lang == "en":
            tags.append(Tag(self.say(mark("用英文取的号")), "languages"))
        return (*tags, Tag(called, "volume-2"))


_MAIN = {
    "paused": ("go-on", mark("继续叫号"), "play"),
    "free": ("call-next", mark("叫下一位"), "bell-ring"),
    "called": ("start", mark("开始办理"), "play"),
    "serving": ("finish", mark("办结"), "check"),
}
"""The one big button: its verb, words and icon in each state."""


def counter_now(seen: Seen, look: Look, say: Say) -> CounterNow:
    """The page of one counter. `say` puts a marked sentence into the clerk's language."""
    make, held, pause = _Words(say, seen), seen.at_hand, seen.counter.pause
    state = held.status.value if held else "free"
    about = held.id if held else None
    verb, words, icon = _MAIN["paused" if pause else state]
    wait = _wait(seen)
    waiting = tuple(make.waiting(person, look, seen.line.found) for person in seen.line.shown)
    asked = ends(seen.outcomes, seen.words) if state == "serving" else ()
    undoable = seen.undoable
    return CounterNow(
        number=seen.counter.number,
        state=state,
        pause=pause.value if pause else "",
        pause_words=say(PAUSE_WORDS[pause]) if pause else "",
        hand=make.hand(held) if held else None,
        next=make.waiting(seen.line.next) if seen.line.next else None,
        materials=seen.materials,
        main=Act(verb, say(words), icon, "Space", about, also="" if state == "serving" else "Enter"),
        onward=_onward(about, say) if state == "serving" and not asked else None,
        others=seen.others,
        presses=_presses(about, wait, say) if state == "called" else (),
        can_continue=state == "serving",
        can_pause=held is None and pause is None,
        can_call=not make.is_off,
        reasons=tuple(say(reason) for reason in REASONS),
        wait=wait,
        undo=Act("undo", say(mark("撤销")), "undo-2", "U", about) if undoable else None,
        undo_s=undoable.seconds_left if undoable else 0,
        undo_words=_undo_words(undoable, say),
        leave=Act("cancel", say(mark("不办了")), "circle-x", ticket=about),
        ends=asked,
        ways=ways(seen.outcomes, seen.words, held) if state == "serving" and held else (),
        left=_left(about, say) if held else (),
        absent=_absent(about, wait, say) if state == "called" else (),
        look=look,
        waiting=People(waiting, seen.line.count),
        paging=paging(look, seen.line.found),
        held=_aside(seen.held, look, make.held),
        missed=_aside(seen.missed, look, make.missed),
    )


def _onward(about: int | None, say: Say) -> Act:
    """One press for the end of a visit and the call of the next; where results are asked for, they are it."""
    return Act("finish", say(mark("办结，叫下一位")), "bell-ring", "Enter", about, calls_next=True)


def _presses(about: int | None, wait: Wait | None, say: Say) -> tuple[Act, ...]:
    recall = Act("recall", say(mark("重呼")), "volume-2", "R", about)
    return recall, Act("no-show", say(mark("过号")), "skip-forward", "N", about, wait=wait)


def _left(about: int | None, say: Say) -> tuple[Act, ...]:
    return tuple(Act("cancel", say(words), "", "", about, reason) for reason, words in LEFT_WORDS.items())


def _absent(about: int | None, wait: Wait | None, say: Say) -> tuple[Act, ...]:
    return tuple(
        Act("no-show", say(words), "", "", about, reason, is_off=wait is not None)
        for reason, words in MISSED_WORDS.items()
    )


def _undo_words(undoable: tickets.Undoable | None, say: Say) -> str:
    if undoable is None:
        return ""
    verb = VERB_WORDS.get(undoable.verb)
    return f"{undoable.number} {say(verb) if verb else ''}".strip()


def _wait(seen: Seen) -> Wait | None:
    held = seen.at_hand
    if held is None or seen.heard is None:
        return None
    rule, heard = seen.rule, seen.heard
    calls, unheard = rule.calls_left(heard.made), rule.unheard(heard)
    seconds = rule.seconds_left(heard.since, seen.at, is_slow=held.is_slow) if heard.since else 0
    return Wait(calls, unheard, seconds) if calls or unheard or seconds else None


def _aside(
    people: tuple[tickets.Waiting, ...], look: Look, line: Callable[[tickets.Waiting], Line]
) -> People:
    found = [person for person in people if person.number.endswith(look.number)]
    shown = found if look.is_all else found[:ASIDE]
    return People(tuple(line(person) for person in shown), len(people), len(found) - len(shown))


def paging(look: Look, found: int) -> Paging:
    """The place of those whom `look` shows among all `found`."""
    last = min(look.skipped + SHOWN, found)
    before = replace(look, skipped=max(0, look.skipped - SHOWN)) if look.skipped else None
    after = replace(look, skipped=last) if last < found else None
    return Paging(min(look.skipped + 1, found), last, found, before, after)
