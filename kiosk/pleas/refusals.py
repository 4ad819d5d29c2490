"""What is refused about a plea."""

from kiosk.words import Refusal, Unknown, mark


class UnknownPlea(Unknown):
    """No plea has this id."""

    sentence = mark("没有这次求助，请看看页面上面。")


class SomebodyGoes(Refusal):
    """A colleague was quicker: one goes, and the others stay at their work."""

    sentence = mark("已经有人去了，您接着忙。")


class PleaOver(Refusal):
    """It was closed meanwhile, or given back by whom it was not."""

    sentence = mark("这次求助已经处理过了。")


class NobodyGoesYet(Refusal):
    """Closed before anybody went: first say that you go."""

    sentence = mark("还没有人去看。请先点“我去”。")


class RingsAgain(Refusal):
    """The station has asked anew: the older plea stays closed."""

    sentence = mark("那台机器上又有人求助了，请看新的。")
