"""What households refuse, each with what the person should do."""

from kiosk.words import Malformed, Refusal, Unknown, mark


class UnknownColour(Unknown):
    """The centre has no such colour, or has retired it."""

    sentence = mark("没有这个颜色了。请返回，重新选一个。")


class UnknownHousehold(Unknown):
    """No such household in the grids of who asks."""

    sentence = mark("您的网格里没有这一户。")


class NotInYourGrid(Unknown):
    """The place lies in nobody's grid, or in somebody else's."""

    sentence = mark("这个地方不在您的网格里。请选您网格里的楼。")


class NoConsent(Malformed):
    """A colour says something of health or hardship: without the household's own word none is noted."""

    sentence = mark("要住户自己同意，才记颜色。请先问，同意了再打勾。")


class BadDoor(Malformed):
    """No door, or more than a door's name."""

    sentence = mark("请写门牌，例如302，最多16个字。")


class SevenAlready(Refusal):
    """Seven colours are as many as can be told apart."""

    sentence = mark("最多七种颜色。请先停用一种。")
