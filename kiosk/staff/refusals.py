"""What staff are refused."""

from kiosk.words import Refusal, Unknown, mark


class WrongPassword(Refusal):
    """Name and password do not belong together; never says which is wrong."""

    sentence = mark("名字或密码不对，请再试一次。")


class AskAgain(Refusal):
    """It may be tried again in `wait_s` seconds."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(seconds=wait_s, minutes=-(-wait_s // 60))
        self.wait_s = wait_s


class TooManyFailures(AskAgain):
    """Wrong passwords from here cost a wait of minutes."""

    sentence = mark("密码错了太多次，请%(minutes)s分钟后再试，或找管理员。")


class AskedTooSoon(TooManyFailures):
    """They cost a wait of seconds."""

    sentence = mark("密码错了几次，请等%(seconds)s秒再试。")


class TriedElsewhere(TooManyFailures):
    """Hundreds of wrong passwords for this name came from elsewhere."""

    sentence = mark("别处有人在试这个名字的密码。请等%(seconds)s秒再试，或在平时用的电脑、主机上登录。")


class TooManyAtOnce(AskAgain):
    """Several others are logging in this very moment."""

    sentence = mark("现在登录的人太多，请过几秒再按一次。")


class NameTaken(Refusal):
    """Somebody has this log-in name."""

    sentence = mark("这个名字已经有人用了，请换一个。")


class NameUnfit(Refusal):
    """Empty, too long, not one word, or with a picture."""

    sentence = mark("用户名要1到%(most)s个字，不能有空格和表情图。")


class PasswordTooShort(Refusal):
    """Shorter than the least length."""

    sentence = mark("密码太短，至少要%(least)s个字符。")


class PasswordTooLong(Refusal):
    """Longer than any that is kept."""

    sentence = mark("密码太长，最多%(most)s个字符。")


class PasswordIsAName(Refusal):
    """Hardly more than the log-in name or the centre's."""

    sentence = mark("密码里几乎只有用户名或中心的名字，别人一猜就中。请换一个。")


class PasswordCommon(Refusal):
    """One that guessers try first."""

    sentence = mark("这个密码很多人用，别人容易猜中。请换一个，例如连着写三四个不相干的词。")


class PasswordUnchanged(Refusal):
    """The new one is the old one."""

    sentence = mark("新密码和现在的一样，请换一个。")


class LastAdmin(Refusal):
    """Nobody would be left who can open accounts."""

    sentence = mark("这是最后一个能用的管理员账号。请先让另一个人当管理员，再改这个。")


class UnknownStaff(Unknown):
    """Nobody has this account."""

    sentence = mark("没有这个账号，请回到账号列表重新选择。")


class NotAllowed(Refusal):
    """The role does not reach this."""

    sentence = mark("您的账号不能做这件事，请找管理员。")
