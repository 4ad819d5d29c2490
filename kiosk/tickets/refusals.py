"""What the queue refuses, each with what the person should do."""

from kiosk.words import Malformed, Refusal, Unknown, mark


class UnknownTicket(Unknown):
    """No ticket belongs to this code."""

    sentence = mark("没有找到这张号，请重新取号，或请工作人员帮您看一看。")


class TicketOver(Unknown):
    """The ticket is of another day."""

    sentence = mark("这张号不是今天的，已经过期，请重新取号。")


class TicketRevoked(Unknown):
    """The slip was printed again; only the newest counts."""

    sentence = mark("这张小票已补打，请用新的那一张。")


class BadTap(Malformed):
    """A field of the form has a value that the form does not offer."""


class NobodyWaiting(Refusal):
    """Nobody waits for what this counter serves."""

    sentence = mark("现在没有人等候。")


class CounterBusy(Refusal):
    """The counter has somebody before it."""

    sentence = mark("请先办完%(number)s，再叫下一位。")


class NobodyAtHand(Refusal):
    """The verb needs somebody before the counter."""

    sentence = mark("窗口前现在没有人，请先叫号。")


class NotAtHand(Refusal):
    """The page shows a ticket that is not before the counter any more."""

    sentence = mark("页面不是最新的，现在窗口前是%(number)s。请看清号码再按。")


class CalledElsewhere(Refusal):
    """Another counter has it."""

    sentence = mark("%(number)s已被%(counter)s号窗口叫走。")


class WrongStatus(Refusal):
    """The law of the queue has no such move."""

    sentence = mark("%(number)s现在是“%(status)s”，不能这样做。")


class TooEarlyToMiss(Refusal):
    """The person has not been called long or often enough."""

    sentence = mark("还不能过号：再叫%(calls)s次，再等%(seconds)s秒。")
