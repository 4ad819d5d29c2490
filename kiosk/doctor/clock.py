"""The clock: numbers restart, doors open and codes end by it, so a wrong one spoils the day."""

import subprocess
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from kiosk import opening, tickets
from kiosk.doctor._findings import Finding, broken, remark, well
from kiosk.doctor._target import Target

TITLE = ("时钟", "Clock")

BUILT = 2026
"""No clock that is right shows an earlier year; one whose battery is empty shows 1970 or 2000."""

LOOK_BACK = 2000
AHEAD = timedelta(minutes=2)
BACKWARDS = timedelta(seconds=30)
"""Correcting a clock by seconds is usual; rows of two writers may lie milliseconds the wrong way."""

HARDWARE = Path("/sys/class/rtc/rtc0/since_epoch")
ASK_S = 3.0
SET_IT = ("请把电脑的日期和时间调准。", "Set the date and time of this machine.")


def check(target: Target) -> Iterator[Finding]:
    """Yield what is wrong with the time, else what time it is."""
    now = target.now()
    nothing: Sequence[datetime] = ()
    moments = target.ask(lambda tx: tickets.last_moments(tx, LOOK_BACK), nothing)
    concerns = [*_sane(now), *_against_rows(now, moments), *_system(now), *_calendar(target, now)]
    yield from concerns
    if not concerns:
        shown = now.astimezone(target.zone)
        yield well(
            f"现在是 {shown:%Y-%m-%d %H:%M}（{target.zone.key}），请和墙上的钟对一下。",
            f"it is {shown:%Y-%m-%d %H:%M} ({target.zone.key}); compare it with a watch.",
            now=now.isoformat(timespec="seconds"),
        )


CALENDAR_BY = 12
"""The month by which the notice of the next year's holidays should be here: it is out in November."""


def _calendar(target: Target, now: datetime) -> Iterator[Finding]:
    local = now.astimezone(target.zone)
    nobody_knows = local.year + 1
    known: int = target.ask(lambda tx: opening.workdays(tx).until, nobody_knows)
    if local.month >= CALENDAR_BY and known <= local.year:
        year = local.year + 1
        yield remark(
            (
                f"{year} 年的放假安排还没有，明年的期限都是暂定的。",
                f"the holidays of {year} are not known: what is due next year may change.",
            ),
            (
                "请用管理员登录，打开“开放时间”里的“国家放假安排”，把国务院的通知粘进去。",
                "Log in as an administrator: opening hours, the state's holidays, paste the notice.",
            ),
            year=year,
        )


def _sane(now: datetime) -> Iterator[Finding]:
    if not BUILT <= now.year < 2100:
        yield broken((f"电脑以为现在是 {now.year} 年。", f"the machine believes it is {now.year}."), SET_IT)


def _against_rows(now: datetime, moments: Sequence[datetime]) -> Iterator[Finding]:
    """`moments` are of the newest rows, oldest first, in the order in which they were written."""
    if moments and max(moments) > now + AHEAD:
        latest = f"{max(moments):%Y-%m-%d %H:%M} UTC"
        yield broken(
            (
                f"记录里已经有 {latest} 的事，电脑的钟慢了。",
                f"there are records of {latest}: the clock is behind.",
            ),
            SET_IT,
            newest=max(moments).isoformat(),
        )
    back = [(one, other) for one, other in pairwise(moments) if one - other > BACKWARDS]
    if back:
        one, other = back[-1]
        yield remark(
            (
                f"时间倒退过：{one:%Y-%m-%d %H:%M} 之后记的是 {other:%Y-%m-%d %H:%M}（UTC）。",
                f"time ran backwards: after {one:%Y-%m-%d %H:%M} came {other:%Y-%m-%d %H:%M} (UTC).",
            ),
            (
                "关机后时间不对，多半是主板电池没电了，请换电池。",
                "If it happens at each start, change the battery of the main board.",
            ),
            times=len(back),
        )


def _system(now: datetime) -> Iterator[Finding]:
    told = _timedatectl()
    if told.get("LocalRTC") == "yes":
        yield remark(
            ("硬件时钟用的是本地时间。", "the hardware clock runs in local time."),
            ("请运行：timedatectl set-local-rtc 0", "Run: timedatectl set-local-rtc 0"),
        )
    elif (drift := _hardware_drift(now)) and abs(drift) > AHEAD:
        yield remark(
            (
                f"硬件时钟差了 {drift.total_seconds():.0f} 秒。",
                f"the hardware clock is off by {drift.total_seconds():.0f} s.",
            ),
            (
                "请运行 hwclock --systohc；再差就换主板电池。",
                "Run hwclock --systohc; if it comes back, change the battery.",
            ),
        )
    if told.get("NTPSynchronized") == "no":
        yield remark(
            ("没有联网对时。", "it is not kept right over a network."),
            ("每星期和手机对一次时间。", "Compare it with a phone once a week."),
        )


def _timedatectl() -> dict[str, str]:
    """What the system says of its clock; nothing where it does not say."""
    command = ["timedatectl", "show", "--property=NTPSynchronized", "--property=LocalRTC"]
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=ASK_S, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return {}
    return dict(line.split("=", 1) for line in told.splitlines() if "=" in line)


def _hardware_drift(now: datetime) -> timedelta | None:
    try:
        return datetime.fromtimestamp(int(HARDWARE.read_text(encoding="ascii")), UTC) - now
    except (OSError, ValueError, OverflowError):
        return None
