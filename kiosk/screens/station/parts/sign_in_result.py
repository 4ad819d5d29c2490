"""What the station answers to who signs in or out: the screen after it, and what it says aloud."""

from typing import Any

from flask import redirect, session, url_for
from msgspec import Struct
from werkzeug.wrappers import Response as AnyResponse

from kiosk import checkin, speech
from kiosk.checkin import Word
from kiosk.screens.web.labels import when
from kiosk.screens.web.page import box, lang, say
from kiosk.words import mark

KEPT = "answer"
"""Where the visit keeps its last answer; `station.leave` and every other page of events forget it."""


class Spoken(Struct, frozen=True):
    """How an answer is told: "ok", "look" or "bad", its icon and heading, what is said (kiosk.speech)."""

    look: str
    icon: str
    heading: str
    said: str
    sentence: str = ""
    said_without_slip: str = ""
    said_without_printer: str = ""


LOOKS = {
    Word.OK_IN: Spoken("ok", "circle-check", mark("签到好了"), "signed_in"),
    Word.OK_OUT: Spoken("ok", "circle-check", mark("签退好了"), "signed_out", mark("辛苦了，谢谢您！")),
    Word.OUT_LATE: Spoken(
        "look", "clock", mark("签退记下了"), "noted_for_check", mark("工作人员会核对时长，您不用再签。")
    ),
    Word.NEEDS_CONFIRM: Spoken(
        "look", "clock", mark("记下了"), "noted_for_check", mark("机器时间不准，工作人员会核对，您不用再签。")
    ),
    Word.ALREADY_IN: Spoken(
        "look", "circle-check", mark("您已经签到了"), "already_in", mark("不用再签。")
    ),
    Word.NOT_IN: Spoken("look", "circle-help", mark("还没有签到"), "not_in", mark("要先签到，才能签退。")),
    Word.MISREAD: Spoken("bad", "scan-line", mark("没有读清楚"), "misread", mark("请把码放平，再扫一次。")),
    Word.FORGED: Spoken("bad", "circle-x", mark("不是本站的码"), "not_ours", mark("请找工作人员看一看。")),
    Word.UNKNOWN: Spoken("bad", "circle-help", mark("没有找到"), "not_ours", mark("请找工作人员看一看。")),
    Word.REVOKED: Spoken(
        "bad", "circle-x", mark("这张不能用了"), "old_card", mark("请用新的那一张，或找工作人员。")
    ),
    Word.CANCELLED: Spoken(
        "bad", "ticket-x", mark("已经取消了"), "event_off", mark("请看看别的活动，或问一问工作人员。")
    ),
    Word.WRONG_EVENT: Spoken(
        "bad", "triangle-alert", mark("不是这个活动"), "wrong_event", mark("请找一找您的活动，或问工作人员。")
    ),
    Word.TOO_EARLY: Spoken("look", "hourglass", mark("还没到签到时间"), "too_early"),
    Word.TOO_LATE: Spoken("bad", "clock", mark("活动已经结束"), "event_off", mark("请看看别的活动。")),
    Word.FULL: Spoken(
        "bad", "users-round", mark("名额满了"), "full", mark("请看看别的活动，或问一问工作人员。")
    ),
}  # fmt: skip

BY_WAY = {
    "visitor": Spoken("ok", "heart-handshake", mark("欢迎您！"), "welcome", mark("记上了，请随便看看。")),
    "walk_in": Spoken(
        "ok", "circle-check", mark("签到好了"), "signed_in_slip", mark("请拿好小票。"), "signed_in"
    ),
    "put_down": Spoken(
        "ok",
        "circle-check",
        mark("报名好了"),
        "put_down",
        mark("请拿好小票，来的那天扫一扫。"),
        "put_down_without_slip",
        "stands",
    ),
}
"""Other words for the same verdict, by how it came about."""


def keep(verdict: checkin.Verdict, way: str = "", slip: str = "") -> AnyResponse:
    """Lead to the page that tells the answer. `slip` is the spool's subject of what is being printed."""
    session[KEPT] = {
        "word": str(verdict.word),
        "way": way,
        "day": verdict.event_day_id,
        "event": verdict.event,
        "who": verdict.person_masked,
        "number": verdict.number,
        "minutes": verdict.minutes,
        "opens": _opens(verdict),
        "reason": verdict.reason,
        "slip": slip,
    }
    return redirect(url_for("station.sign_in.answer"), 303)


def kept() -> dict[str, Any] | None:
    """The visit's last answer, None when it was forgotten."""
    answer: dict[str, Any] | None = session.get(KEPT)
    return answer


def forget() -> None:
    """Keep nothing of it for whoever comes next."""
    session.pop(KEPT, None)


def look_of(answer: dict[str, Any]) -> Spoken:
    """How the kept answer is told."""
    by_way = BY_WAY.get(answer["way"])
    return by_way or LOOKS[Word(answer["word"])]


def may_leave(answer: dict[str, Any]) -> bool:
    """Whether it was answered that she is inside already: she may want to leave."""
    return bool(answer["word"] == Word.ALREADY_IN)


def sentence_of(answer: dict[str, Any], *, is_leaving_kept: bool = False) -> str:
    """What to do now, or how long it was, in the visitor's language; may be empty.

    `is_leaving_kept`: the event counts hours, so that whoever leaves it signs out.
    """
    if answer["word"] == Word.TOO_EARLY and answer["opens"]:
        return say(mark("%(time)s开始签到。"), time=answer["opens"])
    if answer["word"] == Word.CANCELLED and answer.get("reason"):
        return say(mark("这一天的活动取消了：%(reason)s。请看看别的日子。"), reason=answer["reason"])
    if may_leave(answer) and is_leaving_kept:
        return say(mark("不用再签。要走了，请按“我要走了”。"))
    sentence = look_of(answer).sentence
    return say(sentence) if sentence else ""


def served_text(minutes: int | None) -> str:
    """How long somebody served, in words; empty for who was not on a shift."""
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, 60)
    if not minutes:
        return say(mark("这次服务不到1分钟"))
    if not hours:
        return say(mark("这次服务%(minutes)s分钟"), minutes=rest)
    if not rest:
        return say(mark("这次服务%(hours)s小时"), hours=hours)
    return say(mark("这次服务%(hours)s小时%(minutes)s分钟"), hours=hours, minutes=rest)


def served_said(minutes: int | None) -> str:
    """The clips that say it, stems between spaces; empty as above, and where no clip says it."""
    return " ".join(speech.served_clips(minutes or 0, speech.language_of(lang())))


def _opens(verdict: checkin.Verdict) -> str:
    return when(box().centre.local(verdict.opens_at)) if verdict.opens_at else ""
