"""A ticket's own way, in words on its card: where it came from, what was missing, step by step."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from kiosk import services, tickets
from kiosk.screens.hall.card.page import End, Past, Tag, Way
from kiosk.screens.web.labels import HOLD_WORDS, UNKNOWN_WAIT
from kiosk.words import Own, mark

Say = Callable[..., str]
"""A marked sentence and its facts, in the clerk's language."""

Clock = Callable[[datetime], str]
"""A moment as the centre's wall clock shows it."""

VERB_WORDS = {
    tickets.Verb.CALL_NEXT: mark("叫号"),
    tickets.Verb.CALL: mark("指呼"),
    tickets.Verb.START: mark("开始办理"),
    tickets.Verb.HOLD: mark("挂起"),
    tickets.Verb.RESUME: mark("恢复办理"),
    tickets.Verb.FINISH: mark("办结"),
    tickets.Verb.CONTINUE: mark("还要办"),
    tickets.Verb.CONTINUE_HERE: mark("还要办"),
    tickets.Verb.TRANSFER: mark("转移"),
    tickets.Verb.NO_SHOW: mark("过号"),
    tickets.Verb.REJOIN: mark("过号重排"),
    tickets.Verb.CANCEL: mark("弃号"),
}


LEFT_WORDS = {
    tickets.LeftBecause.TOO_LONG: mark("等太久了"),
    tickets.LeftBecause.PAPERS: mark("没带齐"),
    tickets.LeftBecause.NOT_HERE: mark("不在这里办"),
    tickets.LeftBecause.ANOTHER_DAY: mark("改天再来"),
}
MISSED_WORDS = {
    tickets.MissedBecause.NO_ANSWER: mark("没人应"),
    tickets.MissedBecause.OUTSIDE: mark("人在外面"),
    tickets.MissedBecause.ELSEWHERE: mark("在别的窗口"),
    tickets.MissedBecause.GONE_HOME: mark("说是回家了"),
}
_REASON_WORDS: dict[str, str] = {
    **{str(code): words for code, words in (LEFT_WORDS | MISSED_WORDS).items()},
    tickets.SLIP_IS_OUT: mark("“回来继续办”的小票已经打出来了"),
}


def ends(asked: services.Outcomes, words: Callable[[Own], str]) -> tuple[End, ...]:
    """The results of a service, each with its key."""
    return tuple(
        End(
            words(one.words),
            str(key),
            one.words.zh,
            tuple((words(reason), f"{one.words.zh}：{reason.zh}") for reason in one.reasons),
        )
        for key, one in enumerate(asked.results, 1)
    )


BY_AGENT = "代"
"""A way that has this in its name is chosen beforehand for a ticket that was taken for somebody else."""


def ways(asked: services.Outcomes, words: Callable[[Own], str], held: tickets.AtHand) -> tuple[Way, ...]:
    """The ways of a service; the first is chosen, or that of an agent."""
    if not asked.ways:
        return ()
    by_agent = next((one for one in asked.ways if BY_AGENT in one.zh), asked.ways[0])
    chosen = by_agent if held.for_someone_else else asked.ways[0]
    return tuple(Way(words(one), one.zh, one is chosen) for one in asked.ways)


def so_far(say: Say, visit: tickets.Visit, clock: Clock) -> dict[str, Any]:
    """What the card says of the visit so far: the fields `told` and `past` of a Hand."""
    return {
        "told": tuple(_told(say, visit)),
        "past": tuple(_past(say, clock, step) for step in visit.steps),
    }


def minutes_words(say: Say, took: timedelta | None, words: str, less: str) -> str:
    """Whole minutes in words, `less` for none; a clock that was set back tells nothing."""
    if took is None:
        return say(UNKNOWN_WAIT)
    minutes = int(took.total_seconds() // 60)
    return say(words, minutes=minutes) if minutes else say(less)


def _told(say: Say, visit: tickets.Visit) -> Iterator[Tag]:
    came = visit.came_from
    if came is not None:
        words = mark("从%(counter)s号窗口转来，原来办%(service)s") if came.counter else mark("转来的")
        sentence = say(words, counter=came.counter, service=came.service)
        yield Tag(
            f"{sentence}{say(mark('：'))}{came.reason}" if came.reason else sentence, "arrow-right-left"
        )
    if visit.lacked:
        yield Tag(say(mark("上次缺：%(lacks)s"), lacks=say(mark("、")).join(visit.lacked)), "file-text")


PAST_WORDS: dict[str, str] = {
    **{str(verb): words for verb, words in VERB_WORDS.items()},
    "take": mark("取号"),
    "recall": mark("重呼"),
    "undo": mark("撤销"),
    "note": mark("备注"),
    "wish_slow": mark("走得慢"),
    "wish_staff": mark("请去找他"),
    "close_day": mark("收尾"),
    "reopen_day": mark("恢复了"),
}


def _past(say: Say, clock: Clock, step: tickets.VisitStep) -> Past:
    words = say(PAST_WORDS[step.verb]) if step.verb in PAST_WORDS else step.verb
    where = say(mark("%(number)s号窗口"), number=step.counter) if step.counter else ""
    of = step.detail
    reason = say(_REASON_WORDS[of.reason]) if of.reason in _REASON_WORDS else of.reason
    said = (where, _noted(say, step), of.outcome, reason, of.way, of.note)
    return Past(clock(step.at), words, " · ".join(one for one in said if one))


def _noted(say: Say, step: tickets.VisitStep) -> str:
    """The note of a step that says what people chose, in words."""
    if step.verb == tickets.Verb.HOLD and step.note in tuple(tickets.Hold):
        return say(HOLD_WORDS[tickets.Hold(step.note)])
    if step.verb in (tickets.Verb.TRANSFER, tickets.Verb.CONTINUE, tickets.Verb.CONTINUE_HERE):
        return step.service
    if step.verb == tickets.Verb.UNDO:
        return say(PAST_WORDS[step.note]) if step.note in PAST_WORDS else ""
    return step.note if step.verb == tickets.Verb.CALL else ""
