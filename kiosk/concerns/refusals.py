"""What concerns refuse, each with what the person should do."""

from collections.abc import Mapping

from kiosk.concerns.rules import State
from kiosk.words import Malformed, Own, Refusal, Unknown, mark

STATE_NAMES = {
    State.NEW: Own("待受理", "new"),
    State.OPEN: Own("办理中", "being worked on"),
    State.WAITING: Own("暂停", "resting"),
    State.ANSWERED: Own("已答复", "answered"),
    State.DONE: Own("已办结", "done"),
    State.DECLINED: Own("不予受理", "declined"),
    State.MERGED: Own("已并入", "merged"),
    State.WITHDRAWN: Own("已撤回", "withdrawn"),
}
"""Each state in a refusal's sentence."""


class UnknownConcern(Unknown):
    """No concern belongs to this code or id."""

    sentence = mark("没有找到这件事。请看看小票上的号码，或请工作人员帮您看一看。")


class ReceiptRevoked(Unknown):
    """The receipt was printed again; only the newest counts. `when` is the centre's time."""

    title = mark("这是旧小票")
    sentence = mark(
        "这件事的小票%(when)s补打过，请用补打的那一张。没拿到，请到服务台再打一张。不是您要补打的，请马上告诉工作人员。"
    )


class ReprintedOften(Refusal):
    """A receipt is printed again few times a day."""

    sentence = mark("%(number)s的小票一天里补打过%(most)s次了，不再打。请先看看打印机。")


class UnknownCategory(Unknown):
    """The centre has no such category, or has retired it."""

    sentence = mark("没有这一类了。请返回，重新选一个。")


class UnknownPlace(Unknown):
    """The centre has no such place, or has retired it."""

    sentence = mark("没有这个地方了。请返回，重新选一个，或者选“不清楚”。")


class UnknownGrid(Unknown):
    """The centre has no such grid."""

    sentence = mark("没有这个网格了。请返回，重新选一个。")


class BadContact(Malformed):
    """What was left is no number that anybody could call."""

    sentence = mark("这不像电话号码。请再按一遍，或者不留号码。")


class BadConcern(Malformed):
    """A field of the form has a value that the form does not offer."""


class BadVoice(Malformed):
    """A recording that was cut off, is silent, or is none."""

    sentence = mark("没有录到声音。请再说一次，或者不说也行，点“就这样”。")


class BadInk(Malformed):
    """One dot, or no writing at all."""

    sentence = mark("没有看清写的字。请再写一次，或者不写也行，点“就这样”。")


class BadPhoto(Malformed):
    """No photo that can be read."""

    sentence = mark("这张照片打不开。请用手机重新拍一张，JPG或PNG都行。")


class PhotoTooLarge(Malformed):
    """More pixels than a photo of a finding needs."""

    sentence = mark("这张照片太大了。请把手机的照片改成普通大小（不到三千万像素），再拍一张。")


class FileGone(Unknown):
    """What was said, written or photographed was deleted, as was promised; or its file is lost."""

    sentence = mark("录音、手写或照片没有了：按约定删的，或者文件丢了。没到删的日子，请管理员从备份里找。")


class TooManyFiles(Refusal):
    """More photos of one concern than anybody looks at."""

    sentence = mark("这件事的照片够多了，最多12张。别的问题请另记一条。")


class TooManyConcerns(Refusal):
    """This station has taken in as many within an hour as one person can mean."""

    sentence = mark("这台机器刚才记下的事情太多了。请到服务台，工作人员帮您说。")


class SaidEnough(Refusal):
    """This receipt has added as many lines within a day as one person can mean."""

    sentence = mark("您今天说的都记下了，已经很多条。还有话说，请到服务台，工作人员帮您。")


class TooManyMessages(Malformed):
    """More messages were pasted than one page can sort."""

    sentence = mark("一次最多%(most)s条。请分几次粘贴。")


class WrongState(Refusal):
    """The law of concerns has no such move."""

    sentence = mark("%(number)s现在是“%(state)s”，不能这样做。")


class RatingStays(Refusal):
    """It came of a bad rating, which nobody turns into something else."""

    sentence = mark("%(number)s是差评转来的，不能改类、并件或者不受理。请核实、整改，再回访。")


class NotYours(Refusal):
    """Somebody else is responsible for it."""

    sentence = mark("%(number)s由别人负责。要接过来，请先让他转给您。")


class NotForTheAccused(Refusal):
    """It cannot be given to whom it is about, nor to who was there."""

    sentence = mark("%(number)s说的就是这里的事，不能交给当时在场的人。请转给别人。")


class NoWayToCall(Refusal):
    """Nobody left a number."""

    sentence = mark("%(number)s没有留电话，不用回访，也不算进回访率。")


class PhoneLeftAlready(Refusal):
    """A number was left already."""

    sentence = mark("电话已经留过了，我们会打给您。")


class InnerCategory(Refusal):
    """The house itself takes in under it."""

    sentence = mark("这一类是评价和评分表自己用的，不能停用，也不能换位置。")


class MovedMeanwhile(Refusal):
    """Two pressed at once, and the other was first."""

    sentence = mark("%(number)s刚刚有人动过了。请看清楚再按一次。")


class MustSay(Malformed):
    """A reason or a sentence is needed."""

    sentence = mark("请写一句话，或者选一个原因。")


class PauseTooLong(Malformed):
    """A pause ends within thirty days, and not before tomorrow."""

    sentence = mark("暂停最长30天，最早到明天。请改一下日期。")


class ExtendedOnce(Refusal):
    """A round has one extension."""

    sentence = mark("%(number)s这一轮已经延期过一次了。")


class NotAgain(Refusal):
    """The resident's word comes later than thirty days after the answer."""

    sentence = mark("答复已经超过30天。还没有解决，请到自助机或服务台再说一次。")


class NotByYourself(Refusal):
    """Who answered does not re-check."""

    sentence = mark("回头看要由别人来做，不能由答复的人自己做。")


class NoSuchParent(Refusal):
    """A concern can be merged into another one that runs or is answered, never into itself."""

    sentence = mark("不能并到%(number)s里：它已经结束了，或者就是这一件。")


class SentBackOften(Refusal):
    """After the third time a manager decides."""

    sentence = mark("%(number)s已经退回过三次，请由主管决定谁来办。")


class NothingAlike(Refusal):
    """Fewer than two still run there."""

    sentence = mark("没有要并的了：只剩一件在办，或者都办完了。")


class CannotUndo(Refusal):
    """The last step was somebody else's, or one that is taken back in another way."""

    sentence = mark("%(number)s刚才那一步不能撤销：不是您做的，或者后来又动过。")


class UndoTooLate(Refusal):
    """Ten minutes are over."""

    sentence = mark("%(number)s刚才那一步过了10分钟，不能撤销了。办错了请再办一步改过来。")


class ToldAlready(Refusal):
    """The resident was told on the telephone, here or at the door."""

    sentence = mark("%(number)s已经告诉居民了，不能撤销。说错了请“再办”，再答复一次。")


class BadCategory(Malformed):
    """A category or place that its own rules refuse; `faults` are codes by field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__()
        self.faults = faults


class NoStreet(Refusal):
    """Nobody of the street could read what is said about the secretary: it is not taken in to lie unread."""

    title = mark("说书记的事，请打12345")
    sentence = mark("这里还没有“街道”的账号，记下了也没人能看。请打12345，或者到街道去说。")
