"""What a machine is refused that nobody has let in, and who would let one in."""

from kiosk.words import Refusal, Unknown, mark


class NotEnrolled(Refusal):
    """This machine is none of the centre's."""

    title = mark("请找工作人员")
    sentence = mark("这台机器没有开通，这里办不了。请找工作人员帮您，或者到大厅的自助机上办。")


class WrongCode(Refusal):
    """No code of this kind is valid now: mistyped, used, too old, or guessed at too often."""

    sentence = mark("这六位数字不对，或者已经过期了。请再按一次；还是不行，请工作人员换一个新的。")


class TooSoon(Refusal):
    """After wrong codes this address has to wait, longer each time."""

    sentence = mark("请等%(seconds)s秒再试。")


class TooManyCodes(Refusal):
    """So many codes are valid already that a guess would find one."""

    sentence = mark("还有%(most)s个开通码没用。请先用掉，或者过15分钟再要新的。")


class TooManyByPhone(Refusal):
    """Phones take no more numbers just now; the hall goes on."""

    title = mark("请到自助机上取号")
    sentence = mark("现在用手机取号的太多了，请到大厅的自助机上取，也可以请工作人员帮您。")


class UnknownDevice(Unknown):
    """No such device."""

    sentence = mark("没有这台设备，请看看列表。")
