"""Why a face is not taken."""

from kiosk.words import Refusal, Unknown, mark


class NothingToRate(Refusal):
    """No visit was finished there just now: a face without one does nothing."""

    sentence = mark("现在没有刚办完的号可以评价。办完以后再按。")


class AlreadyRated(Refusal):
    """One rating a visit, and one more word later."""

    sentence = mark("这个号已经评价过了，谢谢您。")


class AnswerRated(Refusal):
    """One rating an answer."""

    sentence = mark("这次答复已经评价过了，谢谢您。")


class TooLateToRate(Refusal):
    """The time for it is over."""

    sentence = mark("评价的时间过了。有话请告诉工作人员。")


class NotFinishedYet(Refusal):
    """The visit is not over."""

    sentence = mark("还没有办完，办完以后再评价。")


class NotByTheRated(Refusal):
    """Staff do not rate: on paper only what somebody else's visit was."""

    sentence = mark("自己办的号，要请别人录入评价。")


class NotByStaff(Refusal):
    """Somebody of staff is logged in on this very machine."""

    sentence = mark("这里登录着工作人员的账号，不能按评价。请先退出登录。")


class NothingToCallAbout(Refusal):
    """A number is kept for a bad rating alone, to call back about it."""

    sentence = mark("没有要回电话的事，电话不用留。")


class UnknownRating(Unknown):
    """There is no such rating, or it is not for whoever asks."""

    sentence = mark("没有这条评价。")


class SaidAlready(Refusal):
    """One of staff has judged it already, or it is decided."""

    sentence = mark("您已经核过这一条了，要另一个人再核。")


class NotForJudging(Refusal):
    """Nobody more is wanted, or this one was there or sees it already."""

    sentence = mark("不用请这个人核，或者这个人不能核。请再看一遍这一页。")


class NotBad(Refusal):
    """Only bad ones are looked into."""

    sentence = mark("这条不是差评，不用核实。")
