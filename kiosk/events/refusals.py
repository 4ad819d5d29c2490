"""What the calendar refuses, each with what the person should do."""

from kiosk.words import Malformed, Unknown, mark


class UnknownEvent(Unknown):
    """No event, or no day of one, is here."""

    sentence = mark("没有找到这个活动，请回活动页重新选择。")


class BadRule(Malformed):
    """Not a rule for days that repeat, or one that names no day."""

    sentence = mark("没有看懂哪些天举行，请重新选择日期和重复方式。")


class BadEvent(Malformed):
    """A field that `rules.event_faults` would have named."""

    sentence = mark("活动有一项没有填对，请改好再保存。")


class ReasonMissing(Malformed):
    """Staff must say why."""

    sentence = mark("请写一下原因，几个字就行。")


class EmptyMeetingPoint(Malformed):
    """A point raised at a meeting without any words."""

    sentence = mark("请写下这一条意见再保存。")
