"""The receipt's page: dates, steps and the reply; GET changes nothing, and no words are shown again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import redirect, render_template, request, url_for
from msgspec import Struct
from werkzeug.wrappers import Response as AnyResponse

from kiosk import concerns, kinds, ratings, speech
from kiosk.asked import Asked
from kiosk.clock import is_within
from kiosk.concerns import KIND_WORDS, OUTCOME_WORDS, Concern, Kind, Line, Solved, State, Verb
from kiosk.database import Tx
from kiosk.screens.concerns.words import PAUSE_WORDS, TOLD_WORDS
from kiosk.screens.web.forms import choice, text, whole
from kiosk.screens.web.labels import GRADE_WORDS
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import Frame, public
from kiosk.words import Refusal, mark

screen = public(__name__, Frame.PHONE)

STEP_WORDS = {
    Verb.TAKE_IN: mark("收到"),
    Verb.ACCEPT: mark("有人接了"),
    Verb.STEP: mark("进展"),
    Verb.PAUSE: mark("要等一等"),
    Verb.RESUME: mark("接着办"),
    Verb.EXTEND: mark("要多几天"),
    Verb.REOPEN: mark("再办一次"),
    Verb.SAY_MORE: mark("您又说了"),
    Verb.MERGE: mark("和别人反映的并在一起办"),
    Verb.TOLD: mark("有答复了"),
    Verb.REPRINT: mark("补打了小票"),
    Verb.WIPE: mark("录音和手写删掉了"),
    Verb.RECOUNT: mark("放假安排变了，答复的日子跟着变"),
}
"""Steps that the holder is told of; with a line of staff's where they wrote one for it."""

WITH_LINES = (Verb.STEP, Verb.PAUSE, Verb.EXTEND)
"""Steps whose line was written for the resident."""


class Step(Struct, frozen=True):
    """A step as the holder reads it."""

    at: str
    words: str
    line: str


class Shown(Struct, frozen=True):
    """What the page says: of a merged concern the state and the reply are those of what it is part of."""

    token: str
    number: str
    kind: str
    state: State
    words: str
    taken: str
    due: str
    due_on: str
    due_said: str
    reply: str
    outcome: str
    steps: tuple[Step, ...]
    may_answer: bool
    may_say: bool
    may_withdraw: bool
    has_files: bool
    solved: str
    may_rate: bool
    grade: ratings.Grade | None
    product: kinds.Product | None
    is_valid: bool
    papers: int


def told_of(tx: Tx, own: Concern) -> Concern:
    """Whose reply a receipt tells: its own concern's, or that of the one that it was merged into."""
    if own.state != State.MERGED or own.merged_into is None:
        return own
    return concerns.concern_of(tx, box().centre, own.merged_into, lang())


def due_said(due: concerns.Due) -> str:
    """The clips that say until when, stems between spaces."""
    at = None if due.at is None else box().centre.local(due.at).time()
    return " ".join(speech.due_clips(due.on, speech.language_of(lang()), at))


def shown_of(tx: Tx, token: str) -> Shown:
    """The receipt with this code. Raises Misread, Forged, UnknownConcern, ReceiptRevoked."""
    centre = box().centre
    own = concerns.concern_of(tx, centre, concerns.concern_in(tx, centre, token), lang())
    is_merged, told = own.state == State.MERGED, told_of(tx, own)
    has_reply = told.state in (State.ANSWERED, State.DONE, State.DECLINED)
    return Shown(
        token=own.token,
        number=own.number,
        kind=say(KIND_WORDS[own.kind]),
        state=own.state,
        words=_words(own, told),
        taken=f"{centre.local(own.taken_at):%Y-%m-%d %H:%M}",
        due=concerns.due_text(centre, own.due, lang()) if own.is_running or is_merged else "",
        due_on=own.due.on.isoformat(),
        due_said=due_said(own.due),
        reply=told.reply if has_reply else "",
        outcome=say(OUTCOME_WORDS[concerns.Outcome(told.outcome)]) if has_reply and told.outcome else "",
        steps=tuple(_step(one) for one in concerns.lines_of(tx, own.id) if _is_told(one)),
        may_answer=own.state == State.ANSWERED or (is_merged and told.state in (State.ANSWERED, State.DONE)),
        may_say=concerns.target(own.state, Verb.SAY_MORE) is not None,
        may_withdraw=concerns.target(own.state, Verb.WITHDRAW) is not None,
        has_files=any(one.kind in ("voice", "ink") for one in concerns.files_of(tx, own.id)),
        solved=own.solved,
        **_rating(tx, own, told),
        **_of_its_kind(tx, own),
    )


class NothingAnswered(Refusal):
    """A face comes after an answer."""

    sentence = mark("还没有答复，有了答复再评价。")


def _of_its_kind(tx: Tx, own: Concern) -> dict[str, Any]:
    """What came of a case and is valid or not, and how many of their papers are here."""
    if own.kind != Kind.CASE:  # the page of most costs no look
        return {"product": None, "is_valid": False, "papers": 0}
    product, today = kinds.product_of(tx, own.id), box().centre.day(box().now())
    here = [one for one in kinds.papers_held(tx, own.id) if one.returned_at is None]
    is_valid = product is not None and today <= product.valid_until
    return {"product": product, "is_valid": is_valid, "papers": len(here)}


def _rating(tx: Tx, own: Concern, told: Concern) -> dict[str, Any]:
    """Whether the newest answer can be rated, and the face that was pressed for it."""
    answer = _answered(tx, own, told)
    if answer is None:
        return {"may_rate": False, "grade": None}
    grade = ratings.grade_of_answer(tx, own.id, answer.round)
    may_rate = grade is None and is_within(answer.at, box().now(), ratings.ANSWER_FOR)
    return {"may_rate": may_rate, "grade": grade}


def _answered(tx: Tx, own: Concern, told: Concern) -> ratings.Answered | None:
    """The newest answer: of the round that runs, or of the one before, which was said not to be solved."""
    if told.state in (State.ANSWERED, State.DONE):
        number = own.round
    elif own.round and own.solved in (Solved.HALF, Solved.NO):
        number = own.round - 1
    else:
        return None
    lines = [one for one in concerns.lines_of(tx, told.id) if one.verb in (Verb.ANSWER, Verb.SETTLE)]
    if not lines:
        return None
    last = lines[-1]
    return ratings.Answered(own.id, number, last.at, box().centre.day(last.at), last.staff_id)


def _words(own: Concern, told: Concern) -> str:
    if own.state == State.MERGED and told.state in (State.ANSWERED, State.DONE):
        return say(TOLD_WORDS[State.ANSWERED])
    return say(TOLD_WORDS[own.state])


def _is_told(line: Line) -> bool:
    """Whether the holder is told of this step; of one that was taken back nobody is."""
    return line.verb in STEP_WORDS and not line.is_undone


def _step(line: Line) -> Step:
    words = line.note if line.verb in WITH_LINES else ""
    if line.verb == Verb.PAUSE and line.reason:
        why = say(PAUSE_WORDS[concerns.PauseReason(line.reason)])
        words = f"{why}{say(mark('：'))}{words}" if words else why
    return Step(_when(line.at), say(STEP_WORDS[line.verb]), words)


def _when(at: datetime) -> str:
    local = box().centre.local(at)
    return f"{local:%d %b %H:%M}" if lang() == "en" else f"{local.month}月{local.day}日 {local:%H:%M}"


@screen.get("/t/4<string(length=23):rest>")
def page(rest: str) -> str:
    """The page of a receipt on a phone."""
    with box().database.read() as tx:
        shown = shown_of(tx, f"4{rest}")
        reach = has_phone(tx, shown.token)
    return render_template(
        "concerns/receipt/phone.html", shown=shown, done=done_words(), grades=GRADE_WORDS, has_phone=reach
    )


def has_phone(tx: Tx, token: str) -> bool:
    """Whether whoever holds the receipt left a number by which to be called."""
    concern_id = concerns.concern_in(tx, box().centre, token)
    return any(party.phone for party in concerns.parties_of(tx, concern_id))


DONE = {
    "yes": mark("谢谢您。这件事办完了。"),
    "half": mark("知道了，我们接着办。"),
    "no": mark("知道了，我们再办一次。"),
    "said": mark("记下来了，办事的人会看到。"),
    "wiped": mark("您的录音和手写删掉了。"),
    "withdrawn": mark("已经撤回，您说的话都删了。"),
    "rated": mark("谢谢您的评价。"),
}
"""What is said once after a press."""


def done_words() -> str:
    """What the page says once, when it follows a press."""
    words = DONE.get(request.args.get("done", ""))
    return say(words) if words else ""


def say_solved(token: str) -> str:
    """解决了, 一半, 没有: what was said."""
    solved = choice("solved", Solved)
    with box().database.write() as tx:
        concern_id = concerns.concern_in(tx, box().centre, token)
        concerns.say_solved(tx, box().centre, _asked(), concern_id, solved)
    return solved


def say_more(token: str, files: Sequence[concerns.Attached] = ()) -> str:
    """我还有话说: with words, a voice or writing, or just that somebody should get in touch."""
    words = text("words")
    with box().database.write() as tx:
        concern_id = concerns.concern_in(tx, box().centre, token)
        concerns.say_more(tx, box().centre, _asked(), concern_id, words)
        concerns.keep_files(tx, _asked(), box().settings.folder, concern_id, files)
    return "said"


def take_back(token: str) -> str:
    """撤回."""
    with box().database.write() as tx:
        concern_id = concerns.concern_in(tx, box().centre, token)
        concerns.withdraw(tx, box().centre, _asked(), concern_id)
        concerns.wipe_files(tx, _asked(), box().settings.folder, concern_id)
    return "withdrawn"


def rate(token: str, source: ratings.Source) -> str:
    """A face. Raises NothingAnswered, AnswerRated, TooLateToRate."""
    grade = ratings.Grade(whole("grade", 5, 1))
    with box().database.write() as tx:
        centre = box().centre
        own = concerns.concern_of(tx, centre, concerns.concern_in(tx, centre, token), lang())
        answer = _answered(tx, own, told_of(tx, own))
        if answer is None:
            raise NothingAnswered
        ratings.rate_answer(tx, centre, _asked(), answer, grade, source)
    return "rated"


def _asked() -> Asked:
    return Asked(box().now(), lang=lang())


@screen.post("/t/<token>/answer")
def answer(token: str) -> AnyResponse:
    """Whether it is solved."""
    return _back(token, say_solved(token))


@screen.post("/t/4<string(length=23):rest>/rating")
def rating(rest: str) -> AnyResponse:
    """A face for the answer."""
    return _back(f"4{rest}", rate(f"4{rest}", ratings.Source.PHONE))


@screen.post("/t/<token>/more")
def more(token: str) -> AnyResponse:
    """There is more to say."""
    return _back(token, say_more(token))


@screen.post("/t/<token>/wipe")
def wipe(token: str) -> AnyResponse:
    """The voice and writing are deleted; what they were about goes on."""
    with box().database.write() as tx:
        concern_id = concerns.concern_in(tx, box().centre, token)
        concerns.wipe_files(tx, _asked(), box().settings.folder, concern_id)
    return _back(token, "wiped")


@screen.post("/t/<token>/withdraw")
def withdraw(token: str) -> AnyResponse:
    """It is taken back."""
    return _back(token, take_back(token))


def _back(token: str, done: str) -> AnyResponse:
    digits = "".join(sign for sign in token if sign.isdigit())
    return redirect(url_for(".page", rest=digits[1:], done=done), 303)
