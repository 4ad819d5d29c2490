"""The station itself: whether it runs, what a killed one left behind, which machines it still lets in.

And whether somebody calls for help there in vain.
"""

from collections.abc import Iterator
from datetime import timedelta

from kiosk import __version__, backup, devices, pleas
from kiosk.clock import lasted
from kiosk.doctor._findings import Finding, broken, remark, well
from kiosk.doctor._target import Target

TITLE = ("运行", "Running")

UNUSED_FOR = timedelta(days=90)
"""A machine that was not there for so long is broken, lost or somebody else's by now."""

LOOKED_AT, SLOW = timedelta(days=7), timedelta(minutes=3)
"""How far back calls for help are looked at; nobody who is unwell should stand so long before a screen."""


def check(target: Target) -> Iterator[Finding]:
    """Yield whether it runs, a restore that was broken off, and devices that should be switched off."""
    if target.is_served:
        yield well(f"正在运行（{__version__}）。", f"it runs ({__version__}).", running=True)
    else:
        yield remark(
            (f"现在没有运行（{__version__}）。", f"it does not run now ({__version__})."),
            ("要用时请启动。", "Start it when it is wanted."),
            running=False,
        )
    if backup.is_unfinished(target.folder):
        yield broken(
            ("有一次恢复做到一半断了。", "a restore was broken off."),
            ("启动一次，就会接着做完。", "Start the station once: it finishes the restore."),
        )
    yield from _devices(target)
    yield from _pleas(target)


def _devices(target: Target) -> Iterator[Finding]:
    none: tuple[devices.Device, ...] = ()
    live = [one for one in target.ask(devices.devices, none) if one.revoked_at is None]
    if any(one.way == devices.Way.BOX for one in live):
        yield remark(
            ("主机上的浏览器还都算自助机。", "any browser on this machine still counts as the kiosk."),
            (
                "在后台“设备”里给自助机一个开通码或开机地址，再停用“本机”那一条。",
                "Under Devices give the kiosk a code or a start address, then switch that entry off.",
            ),
        )
    since = target.now() - UNUSED_FOR
    told = [one for one in live if one.way != devices.Way.BOX]  # when the box itself was there nobody writes
    unused = [one.name for one in told if (one.seen_at or one.enrolled_at) < since]
    if unused:
        yield remark(
            (f"很久没用的设备还开通着：{'、'.join(unused)}。", f"long unused devices: {', '.join(unused)}."),
            ("不用了就在“设备”里停用。", "Switch off under Devices what is not used any more."),
            unused=len(unused),
        )


def _pleas(target: Target) -> Iterator[Finding]:
    now, none = target.now(), tuple[pleas.Plea, ...]()
    found = target.ask(lambda tx: pleas.pleas_since(tx, now - LOOKED_AT), none)
    if late := [one for one in found if one.is_overdue(now, target.settings.plea_s)]:
        yield broken(
            ("现在有人在自助机求助，还没有人去。", "somebody calls for help now, and nobody goes."),
            (
                "请马上去自助机看看，再在窗口的页面上点“我去”。",
                "Go to the kiosk, then press “I go” on a page of staff.",
            ),
            ringing=len(late),
        )
    waits = [waited for one in found if (waited := lasted(one.asked_at, one.answered_at or now)) is not None]
    if slow := sum(waited > SLOW for waited in waits):
        yield remark(
            (f"最近七天有 {slow} 次求助等了三分钟以上。", f"{slow} calls waited over three minutes."),
            (
                "请看看：窗口的页面开着吗，有铃声吗。记录在“求助记录”。",
                "Is a page of staff open, with sound? The list is at /pleas.",
            ),
            slow=slow,
        )
