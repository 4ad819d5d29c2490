"""What the answer to a scan looks like, and the sentence that tells what to do next."""

from datetime import datetime

from msgspec import Struct

from kiosk import checkin
from kiosk.checkin import Hint, Word
from kiosk.screens.web.labels import where_it_stands
from kiosk.screens.web.page import box, lang, say
from kiosk.words import mark

SIGNALS = {"ok": "ok", "look": "warn", "bad": "refused"}
"""The sound (static/audio) of each look."""

FADES_S = {"ok": 5, "look": 5, "bad": 10}
"""Seconds until an answer goes by itself."""


class ScanLook(Struct, frozen=True):
    """Green "ok", yellow "look" or red "bad"; the icon and the word say the same without colour."""

    look: str
    icon: str
    word: str


class ShownVerdict(Struct, frozen=True):
    """One answer as a screen shows it: `said` tells what to do, empty when there is nothing to do.

    `sound` is a file of static/audio; empty for a scanner that read the same code again.
    """

    verdict: checkin.Verdict
    look: ScanLook
    said: str
    clock: str
    sound: str = ""

    @property
    def fades_s(self) -> int:
        """Seconds until it goes by itself."""
        return FADES_S[self.look.look]


LOOKS = {
    Word.OK_IN: ScanLook("ok", "circle-check", mark("签到成功")),
    Word.OK_OUT: ScanLook("ok", "circle-check", mark("签退成功")),
    Word.TICKET_BACK: ScanLook("ok", "rotate-ccw", mark("回来排队了")),
    Word.OUT_LATE: ScanLook("look", "clock", mark("签退了，待核")),
    Word.NEEDS_CONFIRM: ScanLook("look", "clock", mark("待核")),
    Word.ALREADY_IN: ScanLook("look", "user-round-check", mark("已经签到过了")),
    Word.NOT_IN: ScanLook("look", "user-round-x", mark("还没有签到")),
    Word.TOO_EARLY: ScanLook("look", "hourglass", mark("还没到签到时间")),
    Word.TICKET: ScanLook("look", "ticket", mark("取号小票")),
    Word.UNDONE: ScanLook("look", "undo-2", mark("已撤销")),
    Word.TOO_LATE: ScanLook("bad", "clock", mark("已经结束")),
    Word.MISREAD: ScanLook("bad", "scan-line", mark("没读清楚")),
    Word.FORGED: ScanLook("bad", "circle-x", mark("不是本站的码")),
    Word.UNKNOWN: ScanLook("bad", "circle-help", mark("没有找到")),
    Word.REVOKED: ScanLook("bad", "circle-x", mark("已经停用")),
    Word.CANCELLED: ScanLook("bad", "ticket-x", mark("已经取消")),
    Word.WRONG_EVENT: ScanLook("bad", "triangle-alert", mark("不是这个活动")),
    Word.FULL: ScanLook("bad", "users-round", mark("名额已满")),
}
FOREIGN = ScanLook("bad", "circle-x", mark("不是本站的码"))

SENTENCES = {
    Word.ALREADY_IN: mark("不用再扫。要走了，请选“只签退”再扫一次。"),
    Word.OUT_LATE: mark("这个班已经结束，等负责人核对时长。还要参加别的，请选“只签到”再扫一次。"),
    Word.NOT_IN: mark("要签到，请选“只签到”再扫一次。"),
    Word.FORGED: mark("没有办理。请用姓名或手机号找人，再打一张新卡。"),
    Word.UNKNOWN: mark("这张码在这里没有记录。请用姓名或手机号找人。"),
    Word.REVOKED: mark("这是旧的，换过新的了，请用新的。没带就用姓名或手机号找人。"),
    Word.FULL: mark("没有签到。要加人，请负责人先把名额改大。"),
    Word.UNDONE: mark("这一次不算了。要签到就再扫一次。"),
}

WRONG_CLOCK = (
    mark("机器的时间不对，不知道是哪个活动。请先选好活动再扫一次。"),
    mark("机器的时间不对，先记下了，负责人以后再核。请把时间调对。"),
)
TOLD_LATE = (
    mark("扫码以后很久才记上，不知道是哪个活动。请先选好活动再扫一次。"),
    mark("扫码以后很久才记上，先记下了，负责人以后再核。"),
)
"""What is said while a person must look: nobody was signed in or out yet, or somebody was."""

MISREAD = {
    Hint.NONE: mark("请把码放平，再扫一次。"),
    Hint.GLUED: mark("两张码连在一起了，请一张一张扫。"),
    Hint.CUT_SHORT: mark("只读到一部分，请再扫一次。"),
    Hint.FOREIGN: mark("可能是付款码、身份证或网址，没有保存。请扫志愿者卡、报名小票或取号小票。"),
}


def shown(verdict: checkin.Verdict) -> ShownVerdict:
    """An answer with its looks and words, in the visitor's language."""
    is_foreign = verdict.word == Word.MISREAD and verdict.hint == Hint.FOREIGN
    look = FOREIGN if is_foreign else LOOKS[verdict.word]
    return ShownVerdict(
        verdict,
        look,
        _said(verdict),
        _clock(verdict.at),
        "" if verdict.is_bounce else SIGNALS[look.look],
    )


def _said(verdict: checkin.Verdict) -> str:
    word = verdict.word
    if word == Word.MISREAD:
        return say(MISREAD[verdict.hint])
    if word in (Word.TICKET, Word.TICKET_BACK) and verdict.ticket is not None:
        return where_it_stands(verdict.ticket)
    if word in _WITH_FACTS:
        return _WITH_FACTS[word](verdict)
    if verdict.hint == Hint.MOVED_ON:
        return say(mark("上一个班也签退了，等负责人核对。"))
    sentence = SENTENCES.get(word)
    return say(sentence) if sentence else ""


def _too_early(verdict: checkin.Verdict) -> str:
    if verdict.opens_at is None:
        return say(mark("请晚一点再来签到。"))
    return say(mark("%(time)s开始签到，请到时候再扫。"), time=_clock(verdict.opens_at))


def _too_late(verdict: checkin.Verdict) -> str:
    if verdict.ends_at is None:
        return say(mark("这个号已经办完或过期了，请重新取号。"))
    return say(mark("%(time)s就结束了。真的来过，请负责人在“服务时长”里补记。"), time=_clock(verdict.ends_at))


def _wrong_event(verdict: checkin.Verdict) -> str:
    if not verdict.event:
        return say(mark("现在没有可以签到的活动。请在上面选好活动再扫。"))
    return say(mark("这是“%(event)s”的报名。请在上面选那个活动再扫。"), event=verdict.event)


def _needs_confirm(verdict: checkin.Verdict) -> str:
    sentences = TOLD_LATE if verdict.hint == Hint.TOLD_LATE else WRONG_CLOCK
    return say(sentences[bool(verdict.did)])


def _cancelled(verdict: checkin.Verdict) -> str:
    if not verdict.reason:
        return say(mark("报名或这一天的活动取消了。要参加，请现场报名。"))
    return say(mark("这一天的活动取消了：%(reason)s。请看看别的日子。"), reason=verdict.reason)


_WITH_FACTS = {
    Word.CANCELLED: _cancelled,
    Word.TOO_EARLY: _too_early,
    Word.TOO_LATE: _too_late,
    Word.WRONG_EVENT: _wrong_event,
    Word.NEEDS_CONFIRM: _needs_confirm,
}


def _clock(at: datetime) -> str:
    """A moment on the centre's wall; the date too when it is not today's."""
    local = box().centre.local(at)
    if local.date() == box().centre.day(box().now()):
        return f"{local:%H:%M}"
    return f"{local:%d %b %H:%M}" if lang() == "en" else f"{local.month}月{local.day}日{local:%H:%M}"
