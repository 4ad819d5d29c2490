"""What the queue refuses, each with what the person should do."""

from collections.abc import Mapping

from kiosk.words import Malformed, Refusal, Unknown, mark


class UnknownTicket(Unknown):
    """No ticket belongs to this code."""

    sentence = mark("没有找到这张号，请重新取号，或请工作人员帮您看一看。")


class TicketOver(Unknown):
    """The ticket is of another day."""

    sentence = mark("这张号不是今天的，已经过期，请重新取号。")


class TicketRevoked(Unknown):
    """The slip was printed again; only the newest counts."""

    title = mark("这是旧小票")
    sentence = mark("这张小票已补打，请用新的那一张。不是您补打的，请马上找工作人员。")


class BadTap(Malformed):
    """A field of the form has a value that the form does not offer."""


class ServiceClosed(Refusal):
    """The service takes no more people today; `reason` is the centre's own words."""

    sentence = mark("这项业务现在不能取号：%(reason)s。请问一下工作人员。")


class NotOpenYet(Refusal):
    """Before the first opening of the day."""

    sentence = mark("还没到取号时间，%(opens)s开始。")


class LunchBreak(Refusal):
    """Between two periods of the day."""

    sentence = mark("现在是午休时间，%(opens)s开始取号。")


class DayOver(Refusal):
    """After the last number of the day; `opens` is the next opening, when one is known."""

    sentence = mark("今天的取号时间过了，请%(opens)s再来。急事请问工作人员。")


class ClosedEarly(DayOver):
    """The same on a day with hours of its own; `reason` is why, in the centre's own words."""

    sentence = mark("今天%(reason)s，取号时间过了，请%(opens)s再来。急事请问工作人员。")


class CentreClosed(Refusal):
    """Staff have closed the centre, or this group of services, for today; `reason` is their own words."""

    sentence = mark("今天不再取号：%(reason)s。请问一下工作人员。")


class DayNotClosed(Refusal):
    """Today was not closed, or somebody has just taken that back."""

    sentence = mark("今天的排队没有被提前结束，或者已经恢复了。请回到大厅看一看。")


class DayOff(Refusal):
    """A day without service."""

    sentence = mark("今天%(reason)s休息，请%(opens)s再来。")


class GivenByStaff(Refusal):
    """Nobody takes a number of this service alone."""

    sentence = mark("这项业务由工作人员帮您取号，请到咨询台。")


class NumbersUsedUp(Refusal):
    """As many numbers as the centre gives in a day have been taken."""

    sentence = mark("今天这项业务的号取完了，请明天早点来，或问一问工作人员。")


class NobodyWaiting(Refusal):
    """Nobody waits for what this counter serves."""

    sentence = mark("现在没有人等候。")


class CounterBusy(Refusal):
    """The counter has somebody before it."""

    sentence = mark("请先办完%(number)s，再叫下一位。")


class BadOutcome(Malformed):
    """The service has no such outcome."""

    sentence = mark("这项业务没有这个结果。请看看页面上有哪些。")


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


class NotHeardYet(Refusal):
    """The board has not said the last calls aloud yet."""

    sentence = mark("还不能过号：大屏还没有读完%(number)s，请等一等。")


class StalePage(Refusal):
    """Something has happened at the counter since the page was shown."""

    sentence = mark("页面不是最新的，这一步没有做。请看清楚再按一次。")


class PapersElsewhere(Refusal):
    """The papers of a ticket on hold lie at another counter."""

    sentence = mark("%(number)s的材料在%(counter)s号窗口，请到那里接着办。")


class AlreadyHere(Refusal):
    """A transfer to where the ticket is."""

    sentence = mark("%(number)s已经在这里了，请选另一个窗口或业务。")


class NothingToUndo(Refusal):
    """The last step is older than ten seconds, was undone, or somebody has gone on with the ticket."""

    sentence = mark("这一步已经不能撤销了。")


class ReprintedMeanwhile(Refusal):
    """Two screens reprinted one slip at once."""

    sentence = mark("%(number)s刚刚补打过了，请用新的那一张。")


class ReprintedOnce(Refusal):
    """A resident asks for a second slip of a number: the first may be in a stranger's hand."""

    sentence = mark("%(number)s已经补打过一次。再要一张，请找工作人员。")


class ReprintedOften(Refusal):
    """Staff have printed a number again so often that the printer, or whoever presses, is at fault."""

    sentence = mark("%(number)s已经补打过%(most)s次，不再打了。请先看看打印机，把号码写给他：号照样有效。")


class TooManyReprints(Refusal):
    """So many slips were printed again for residents within minutes that somebody may go through the list."""

    sentence = mark("刚才补打的人太多了。请找工作人员，他们帮您补打。")


class BadHold(Malformed):
    """A kind of hold that the page does not offer."""


class BadPlace(Malformed):
    """A place in the line that the page does not offer."""


class UnknownPriority(Unknown):
    """No reason for going first has this code."""

    sentence = mark("没有这个优先理由，请重新选择。")


class BadPriority(Malformed):
    """A reason that its own rules refuse; `faults` are codes by field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__()
        self.faults = faults
