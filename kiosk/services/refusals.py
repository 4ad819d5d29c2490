"""What the services room refuses, each with what the person should do."""

from kiosk.words import Refusal, Unknown, mark


class UnknownService(Unknown):
    """No service has this code."""

    sentence = mark("没有这项业务，请回首页重新选择。")


class ServiceClosed(Refusal):
    """The service takes no more people now; `reason` is the centre's own words."""

    sentence = mark("这项业务现在不能取号：%(reason)s。请问一下工作人员。")


class UnknownCounter(Unknown):
    """No counter has this number."""

    sentence = mark("没有这个窗口，请重新选择窗口。")


class CounterNotOpen(Refusal):
    """A verb came from a counter that its clerk has not opened."""

    sentence = mark("请先打开%(counter)s号窗口。")


class CounterTakenOver(Refusal):
    """Another clerk has opened the counter since."""

    sentence = mark("%(counter)s号窗口已由另一位工作人员打开，请重新选择窗口。")
