"""The station itself: whether it runs, what a killed one left behind, and which machines it still lets in."""

from collections.abc import Iterator
from datetime import timedelta

from kiosk import __version__, backup, devices
from kiosk.doctor._findings import Finding, broken, remark, well
from kiosk.doctor._target import Target

TITLE = ("运行", "Running")

UNUSED_FOR = timedelta(days=90)
"""A machine that was not there for so long is broken, lost or somebody else's by now."""


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
