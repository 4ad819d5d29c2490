"""What the notices refuse."""

from kiosk.words import Refusal, Unknown, mark


class UnknownNotice(Unknown):
    """No notice has this id."""

    sentence = mark("没有这条通知，请回通知页重新选择。")


class NoticeNotStanding(Refusal):
    """It was taken down already, or its time is over."""

    sentence = mark("这条通知已经不显示了。")


class NoticeOver(Refusal):
    """Its time is over: shown again it would not be seen."""

    sentence = mark("这条通知的时间已经过了。请先改结束的日期，保存后就会显示。")
