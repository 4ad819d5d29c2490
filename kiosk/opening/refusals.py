"""Why the centre's hours are not changed."""

from kiosk.words import Malformed, Unknown, mark


class UnknownGroup(Unknown):
    """No group of services has this name."""

    sentence = mark("没有这一类业务，请重新选择。")


class NoHolidays(Malformed):
    """The file holds no holidays that can be read."""

    sentence = mark("这个文件里没有放假安排。请用写有日期、名称、放假还是上班的 JSON 文件。")
