"""Why the centre's hours are not changed."""

from kiosk.words import Malformed, Refusal, Unknown, mark


class UnknownGroup(Unknown):
    """No group of services has this name."""

    sentence = mark("没有这一类业务，请重新选择。")


class NoHolidays(Malformed):
    """The file holds no holidays that can be read."""

    sentence = mark("这个文件里没有放假安排。请用写有日期、名称、放假还是上班的 JSON 文件。")


class DayBegun(Refusal):
    """Today's numbers would be of another day by another time zone."""

    sentence = mark("今天已经发过号，不能改时区：号码会乱。请明天开门以前改。")


class DayIsOver(Refusal):
    """By the other time zone it is a day that was closed already."""

    sentence = mark("按那个时区，现在还是昨天，而昨天已经结束了。请过几个小时再改。")


class NoClosingTime(Refusal):
    """The day does not end: the centre is off, or has no hours."""

    sentence = mark("今天没有关门的时间，不用延长。今天休息的话，请在“特别的日子”里写上时间。")
