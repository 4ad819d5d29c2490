"""Why a centre is not begun."""

from kiosk.words import Refusal, mark


class WrongCode(Refusal):
    """It is not the code of this start."""

    sentence = mark("这六位数字不对。请看主机的屏幕，再按一次。")


class CodeSpent(Refusal):
    """Too many wrong ones were tried: this code opens nothing any more."""

    sentence = mark("错了太多次，这个号码作废了。请到主机上打开这一页，要一个新的。")


class NotAtTheBox(Refusal):
    """Only a browser at the box itself may ask for this."""

    sentence = mark("这一步只能在主机上做。")


class BegunAlready(Refusal):
    """The centre has an administrator."""

    sentence = mark("这个中心已经有管理员了。请用管理员账号登录。")
