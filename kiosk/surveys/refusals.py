"""Why a score sheet is not taken."""

from kiosk.words import Malformed, Refusal, Unknown, mark


class UnknownSurvey(Unknown):
    """There is no such sheet."""

    sentence = mark("没有这张评分表。请再扫一次海报上的码，或请工作人员帮您。")


class SurveyOver(Refusal):
    """The sheet is no longer used."""

    sentence = mark("这张评分表已经停用，不再评了。谢谢您。")


class NothingMarked(Malformed):
    """Neither a mark nor a word."""

    sentence = mark("一项也没有评，也没有写。请至少评一项，或者写一句话。")


class BadAnswer(Malformed):
    """A mark or a text that the sheet does not offer."""


class ScoredAlready(Refusal):
    """This phone has answered this sheet in this quarter."""

    sentence = mark("这部手机这个季度已经评过了，谢谢您。还有话说，请到服务台。")


class TooManyAnswers(Refusal):
    """More come at once than people can mean."""

    sentence = mark("刚才评的人太多了。请过十分钟再评，或者写在纸上。")


class NotByWhoRunsIt(Refusal):
    """Who runs a place does not type its sheets in."""

    sentence = mark("自己管的地方，评分表要请别人录入。")


class BadFilledOn(Malformed):
    """Paper is filled in today or in the year before."""

    sentence = mark("填表的日期不能晚于今天，也不能早于一年前。")
