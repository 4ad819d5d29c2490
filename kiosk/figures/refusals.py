"""Which days there are no figures of, each with what to do."""

from kiosk.words import Malformed, Unknown, mark


class BadSpan(Malformed):
    """Dates that are none, or the wrong way round."""

    sentence = mark("请填开始和结束的日期，开始不能晚于结束。")


class SpanTooLong(Malformed):
    """More than five years."""

    sentence = mark("一次最多看五年。请把日期选近一点。")


class NoReport(Unknown):
    """A month that is none, or has not begun."""

    sentence = mark("没有这个月的报表。请回到月报和年报选一个。")


class UnknownFigure(Unknown):
    """A list of something that is not counted."""

    sentence = mark("没有这个数。请回到统计，点数字看名单。")
