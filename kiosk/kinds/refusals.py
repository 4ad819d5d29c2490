"""Why something of a kind's own is not done."""

from kiosk.words import Malformed, Refusal, Unknown, mark


class UnknownCard(Unknown):
    """No card with this code was printed here."""

    sentence = mark("没有这张民情日志卡。请看看存根上的号码，再扫一次。")


class UnknownPoint(Unknown):
    """The meeting has no such point."""

    sentence = mark("这次会上没有这条意见。请返回，看看是哪一次的会。")


class NotEnteredYet(Refusal):
    """A card was collected at the door, and nobody has entered it yet."""

    title = mark("卡已经收走")
    sentence = mark("您的卡已经收走，还在录入。两天后再扫，或者到服务台问。")


class TooManyCards(Malformed):
    """More cards than are printed at once."""

    sentence = mark("一次印1到25张A4纸，每张8张卡。")


class UnknownPatrol(Unknown):
    """There was no such walk."""

    sentence = mark("没有这次检查。请返回，重新开始一次。")


class BadFinding(Malformed):
    """A finding without words, or with a date that lies behind or too far ahead."""

    sentence = mark("请写一句看到了什么；整改日期从今天起，最晚一年。")


class UnknownHope(Unknown):
    """Nobody has written a sentence for this concern."""

    sentence = mark("这个心愿还没有写给志愿者看的一句话。")


class BadHope(Malformed):
    """A sentence that is none."""

    sentence = mark("请写一句给志愿者看的话，不写姓名和电话。")


class NotByOne(Refusal):
    """Who wrote the sentence does not release it."""

    sentence = mark("要请另一位同事看过再放出来，不能自己写自己放。")


class ClaimedAlready(Refusal):
    """Another team was first, or it is over."""

    sentence = mark("这个心愿已经有人认领了，或者已经结束。请看看别的。")


class NotClaimed(Refusal):
    """The claim has lapsed, or it was done already."""

    sentence = mark("认领已经过期，或者已经登记过了。请重新认领。")


class NotCounted(Refusal):
    """Who wrote minutes down does not confirm them."""

    sentence = mark("时长要请没有登记它的同事确认。")


class BadMinutes(Malformed):
    """Minutes that no visit takes."""

    sentence = mark("请填做了多少分钟，1到720。")


class BadPaper(Malformed):
    """A paper without a name."""

    sentence = mark("请写留下的是什么材料。")


class TooManyPapers(Refusal):
    """More papers than a case has."""

    sentence = mark("一件代办最多记40份材料。请看看是不是记重了。")


class GivenBackAlready(Refusal):
    """It was given back already."""

    sentence = mark("这份材料已经还了。")


class BadProduct(Malformed):
    """A certificate without a surname or tier, with a date that is past, or a second one."""

    sentence = mark("请写姓氏，选年龄，有效期从明天起、最长两年。已经开过的不能再开。")


class UnknownBatch(Unknown):
    """There is no such batch."""

    sentence = mark("没有这批任务。请返回，重新选一个。")


class BadBatch(Malformed):
    """Tasks without a title or lines, too many, or with a date that is past."""

    sentence = mark("请写标题和任务，一行一件，最多50件；日期从今天起，最晚一年。")


class UnknownDate(Unknown):
    """There is no such date."""

    sentence = mark("没有这一条到期提醒。请返回，重新选一个。")


class DateEnded(Refusal):
    """It was settled by somebody else meanwhile."""

    sentence = mark("这一条刚刚有人办过了。请看看名单。")


class BadDate(Malformed):
    """A date ahead or too long ago, or nobody to remind."""

    sentence = mark("请写怎么称呼或电话；上次的日期不能晚于今天，也不能太早。")


class NotCertified(Refusal):
    """The visit ended otherwise, was taken back, was somebody else's, or is too long ago."""

    sentence = mark("这一位刚才没有办成认证，或者已经过了半小时。请到“到期提醒”里记。")


class UnknownResult(Unknown):
    """No service lists this result any longer."""

    sentence = mark("没有这项结果了，可能刚改过。请重新选一个。")
