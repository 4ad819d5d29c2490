"""What states and kinds are called on screens, and how a moment is said."""

from datetime import datetime

from kiosk import devices, services, tickets
from kiosk.screens.web.page import box, lang, say
from kiosk.tickets import Status, TicketView
from kiosk.words import mark

STATUS_WORDS = {
    "waiting": mark("等候"),
    "called": mark("已叫号"),
    "serving": mark("办理中"),
    "held": mark("挂起"),
    "served": mark("已办结"),
    "no_show": mark("过号"),
    "cancelled": mark("已取消"),
}

PAUSE_WORDS = {
    services.Pause.REST: mark("暂停服务"),
    services.Pause.LUNCH: mark("午休"),
    services.Pause.MEETING: mark("开会"),
    services.Pause.ERRAND: mark("马上回来"),
}

HOLD_WORDS = {
    tickets.Hold.FETCH: mark("回家拿材料"),
    tickets.Hold.KEPT: mark("材料留在这里"),
    tickets.Hold.WAIT: mark("等盖章、复印"),
}

DEVICE_WORDS = {
    devices.Kind.STATION: mark("自助机"),
    devices.Kind.BOARD: mark("大厅的大屏"),
    devices.Kind.COUNTER: mark("窗口电脑"),
    devices.Kind.DESK: mark("签到台"),
    devices.Kind.RATING: mark("评价器"),
}

DAY_WORDS = (
    mark("周一"), mark("周二"), mark("周三"), mark("周四"), mark("周五"), mark("周六"), mark("周日"),
)  # fmt: skip
"""Monday first."""

UNKNOWN_WAIT = mark("等了多久说不准")
"""In place of minutes that a clock which was set back cannot tell."""


def when(local: datetime) -> str:
    """A moment of the centre's wall clock; the day is named when it is not today."""
    if local.date() == box().centre.day(box().now()):
        return f"{local:%H:%M}"
    if lang() == "en":
        return f"{local:%a %d %b %H:%M}"
    return f"{local.month}月{local.day}日{local:%H:%M}"


def where_it_stands(seen: TicketView) -> str:
    """Where a queue ticket stands, as one sentence."""
    status = say(STATUS_WORDS[seen.status])
    if seen.counter is not None:
        sentence = mark("%(number)s在%(counter)s号窗口，%(status)s。")
        return say(sentence, number=seen.number, counter=seen.counter, status=status)
    if seen.status == Status.WAITING:
        return say(mark("%(number)s还在等候，前面有%(ahead)s人。"), number=seen.number, ahead=seen.ahead)
    return say(mark("%(number)s现在是“%(status)s”。"), number=seen.number, status=status)
