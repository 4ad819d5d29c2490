"""What the spool refuses, each with what the person should do."""

from kiosk.words import Refusal, Unknown, mark


class UnknownJob(Unknown):
    """No print job has this id."""

    sentence = mark("没有找到这张小票，请刷新页面再看。")


class PrintedOften(Refusal):
    """Staff have printed one slip again so often today that the printer, or whoever presses, is at fault."""

    sentence = mark("这张今天已经补打过%(most)s次，不再打了。请先看看打印机。")


class JobMoved(Refusal):
    """Pressed twice, or something has happened to the job since the page was shown."""

    sentence = mark("这张小票刚刚有变化，没有重复打印。请看一看现在的情况。")


class JobNotWaiting(Refusal):
    """Only a slip that still waits can be taken back."""

    sentence = mark("这张小票已经不在等着打印了，不能取消。")


class PrinterNotReady(Refusal):
    """The centre gives no numbers at the station while nothing comes out of the printer."""

    sentence = mark("小票现在打不出来，请到窗口，工作人员帮您取号。")


class PasswordPrinted(Refusal):
    """A password's slip is printed once."""

    sentence = mark("密码的小票只打一次，不能补打。没有拿到，请在“账号”里再给一个新的。")


class PasswordGone(Refusal):
    """A password is kept for a quarter of an hour, and by the box that made it."""

    sentence = mark("这个密码已经不在机器里了，打不出来。请在“账号”里再给一个新的。")


class PasswordsNotPrinted(Refusal):
    """There is no printer, or it leaves pictures behind that anybody at the box could read."""

    sentence = mark("现在的打印机打不了密码，请照着屏幕抄下来。")
