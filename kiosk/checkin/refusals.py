"""What the check-in refuses, each with what the person should do."""

from kiosk.words import Malformed, Refusal, Unknown, mark


class UnknownRegistration(Unknown):
    """No registration belongs to this code or number."""

    sentence = mark("没有找到这次报名，请重新报名，或请工作人员帮您看一看。")


class EventCancelled(Refusal):
    """This day of the event is not held."""

    sentence = mark("这一天的活动已取消：%(reason)s。请看看别的日子。")


class EventOver(Refusal):
    """This day of the event has ended."""

    sentence = mark("这一天的活动已经结束，请看看别的日子。")


class EventFull(Refusal):
    """No place is left."""

    sentence = mark("名额已满，请看看别的日子，或问一问工作人员。")


class AlreadyRegistered(Refusal):
    """This person is on the list of this day."""

    sentence = mark("已经报过名了，是%(number)s号，不用再报。")


class AlreadyHere(Refusal):
    """Who has signed in has a place and need not put the name down."""

    sentence = mark("已经签到了，不用再报名。")


class BadRegistration(Malformed):
    """A field of a registration that the page does not offer."""

    sentence = mark("报名有一项没有填对，请改好再试。")


class AlreadySignedIn(Refusal):
    """A registration of somebody who has come cannot be cancelled."""

    sentence = mark("已经签到了，不能取消报名。签错了请先撤销签到。")


class NothingToUndo(Refusal):
    """The scan is older than fifteen minutes, was undone, did nothing, or more has happened since."""

    sentence = mark("这一次已经不能撤销了，请在“服务时长”里更正。")


class AlreadyConfirmed(Refusal):
    """Somebody else has decided about these hours."""

    sentence = mark("这一条已经核过了，请看最新的列表。")


class BadMinutes(Malformed):
    """More minutes than the shift can have, or fewer than none."""

    sentence = mark("分钟数要在0到%(most)s之间。")


class BadHours(Malformed):
    """Manual hours without a word of what was done, or of a day that is still to come or ten years ago."""

    sentence = mark("请写清做了什么，日期不能晚于今天，也不能早于十年前。")


class UnknownHours(Unknown):
    """No such manual row, or it was taken back already."""

    sentence = mark("没有找到这一条服务时长，请看最新的列表。")
