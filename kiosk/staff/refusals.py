"""What staff are refused."""

from kiosk.words import Refusal, mark


class WrongPassword(Refusal):
    """Name and password do not belong together; never says which is wrong."""

    sentence = mark("名字或密码不对，请再试一次。")


class TooManyFailures(Refusal):
    """Locked out for a while."""

    sentence = mark("密码错了太多次，请%(minutes)s分钟后再试，或找管理员。")


class NameTaken(Refusal):
    """Somebody has this log-in name."""

    sentence = mark("这个名字已经有人用了，请换一个。")


class PasswordTooShort(Refusal):
    """Shorter than the least length."""

    sentence = mark("密码太短，至少要%(least)s个字符。")


class NotAllowed(Refusal):
    """The role does not reach this."""

    sentence = mark("您的账号不能做这件事，请找管理员。")
