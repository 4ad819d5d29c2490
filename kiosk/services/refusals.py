"""What the services room refuses, each with what the person should do."""

from collections.abc import Mapping

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


class LetterTaken(Refusal):
    """Another service or group has this letter already: two kinds of numbers would look alike."""

    sentence = mark("字母%(letter)s已经给“%(name)s”用了，请换一个字母。")


class LetterMissing(Refusal):
    """Neither a service nor its group has a letter, so its numbers would have none."""

    sentence = mark("“%(name)s”没有字母：请给它一个，或者给它的类别一个。")


class BadPlan(Malformed):
    """A plan that its own rules refuse; `faults` are codes by field, as `service_faults` tells them.

    `letter` is what the catalogue refuses of its letter beside them: all that is wrong is told at once.
    """

    def __init__(self, faults: Mapping[str, str], letter: Refusal | None = None) -> None:
        super().__init__()
        self.faults, self.letter = faults, letter


class UnknownGroup(Unknown):
    """No group has this name."""

    sentence = mark("没有这个类别，请重新选择。")


class GroupInUse(Refusal):
    """A group that still has services is not retired."""

    sentence = mark("“%(name)s”里还有%(count)s项业务，请先停用它们，或者移到别的类别。")


class GroupRetired(Refusal):
    """Its group is retired, so a service would be nowhere."""

    sentence = mark("类别“%(name)s”已经停用，请先恢复它。")


class CounterThere(Refusal):
    """A counter of this number is there already."""

    sentence = mark("%(counter)s号窗口已经有了。")


class CounterInUse(Refusal):
    """Somebody sits at the counter."""

    sentence = mark("%(counter)s号窗口正开着，请先让窗口人员关闭窗口。")


class NotThere(Malformed):
    """An order of other things than those that are there."""
