"""Why the centre's hours are not changed."""

from kiosk.words import Malformed, Refusal, Unknown, mark


class UnknownGroup(Unknown):
    """No group of services has this name."""

    sentence = mark("没有这一类业务，请重新选择。")


class NoHolidays(Malformed):
    """The file holds no holidays that can be read."""

    sentence = mark("这个文件里没有放假安排。请用写有日期、名称、放假还是上班的 JSON 文件。")


class NoYearInNotice(Malformed):
    """The text does not say which year it is about."""

    sentence = mark("看不出是哪一年的，什么都没有收。请从标题“关于某某年部分节假日安排的通知”开始粘贴。")


class NoticeOfAnotherYear(Malformed):
    """A notice of a year that is over, or too far ahead."""

    sentence = mark("这是%(year)s年的通知，现在用不着，什么都没有收。")


class LineMissing(Malformed):
    """A holiday that every notice has is not there, or its line cannot be read."""

    sentence = mark("少了“%(name)s”那一行，或者读不懂，什么都没有收。请把“一、元旦”到“七、国庆节”都粘进来。")


class WrongCount(Malformed):
    """The days of a line are not as many as it says, or a day that is off by law is not among them."""

    sentence = mark("“%(name)s”放假的天数对不上，什么都没有收。请和原文对一下。")


class WrongWeekday(Malformed):
    """A date is none, or falls on another weekday than the line says."""

    sentence = mark("“%(name)s”那一行的日期和星期对不上，什么都没有收。请和原文对一下。")


class WrongWorked(Malformed):
    """The days that are worked do not make up for those that are off."""

    sentence = mark("“%(name)s”那一行上班的日子对不上，什么都没有收。有没有漏掉“某月某日上班”那一句？")


class DayBegun(Refusal):
    """Today's numbers would be of another day by another time zone."""

    sentence = mark("今天已经发过号，不能改时区：号码会乱。请明天开门以前改。")


class DayIsOver(Refusal):
    """By the other time zone it is a day that was closed already."""

    sentence = mark("按那个时区，现在还是昨天，而昨天已经结束了。请过几个小时再改。")


class NoClosingTime(Refusal):
    """The day does not end: the centre is off, or has no hours."""

    sentence = mark("今天没有关门的时间，不用延长。今天休息的话，请在“特别的日子”里写上时间。")
