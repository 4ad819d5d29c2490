"""What the services room refuses, each with what the person should do."""

from kiosk.words import Malformed, Refusal, Unknown, mark


class UnknownService(Unknown):
    """No service has this code."""

    sentence = mark("没有这项业务，请回首页重新选择。")


class UnknownCounter(Unknown):
    """No counter has this number."""

    sentence = mark("没有这个窗口，请重新选择窗口。")


class CounterNotOpen(Refusal):
    """A verb came from a counter that its clerk has not opened."""

    sentence = mark("请先打开%(counter)s号窗口。")


class CounterTakenOver(Refusal):
    """Another clerk has opened the counter since."""

    sentence = mark("%(counter)s号窗口已由另一位工作人员打开，请重新选择窗口。")


class CounterPaused(Refusal):
    """The counter calls nobody until its clerk goes on."""

    sentence = mark("%(counter)s号窗口正在暂停，请先按“继续叫号”。")


class UnknownPause(Malformed):
    """A pause that the page does not offer."""


class CodeTaken(Refusal):
    """A service has this letter already, or it is no letter."""

    sentence = mark("字母%(code)s已经有业务在用，请换一个字母。")
