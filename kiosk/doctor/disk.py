"""The disk: room, and how long it takes until something is safely on it."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from statistics import median

from kiosk import backup, tickets
from kiosk.doctor._findings import Finding, broken, remark, well
from kiosk.doctor._target import Target, on_the_disk, write_ms

TITLE = ("磁盘", "Disk")

FULL, LITTLE = 200e6, 1e9
"""Bytes free: below the first tickets may fail this week, below the second somebody should make room."""

SOON_DAYS = 60
FEW_INODES = 1000
SLOW_MS = 60.0
"""A ticket waits for one such write; an SD card that takes longer makes every tap feel slow."""


def check(target: Target) -> Iterator[Finding]:
    """Yield room, growth, and the time of a write."""
    try:
        wait_ms = median(write_ms(target.folder, 9))
    except OSError as fault:
        yield broken(
            (
                f"写不进 {target.folder}：{fault.strerror}。",
                f"{target.folder} cannot be written: {fault.strerror}.",
            ),
            (
                "请看盘是不是满了、坏了，或者变成只读了。",
                "See whether the disk is full, failing, or has become read-only.",
            ),
        )
        return
    free = shutil.disk_usage(target.folder).free
    days = _days_left(target, free)
    concerns = [*_room(target.folder, free, days), *_slow(wait_ms)]
    yield from concerns
    if not concerns:
        yield well(
            f"还有 {free / 1e9:.1f} GB，{_span(days)[0]}；写一次 {wait_ms:.1f} 毫秒。",
            f"{free / 1e9:.1f} GB free, {_span(days)[1]}; a write takes {wait_ms:.1f} ms.",
            free=free, days=days, fsync_ms=round(wait_ms, 2),
        )  # fmt: skip


def _room(folder: Path, free: int, days: int | None) -> Iterator[Finding]:
    todo = ("请删掉不用的文件，或换一块大一点的盘。", "Delete files that nobody needs, or use a larger disk.")
    left = (f"只剩 {free / 1e6:.0f} MB，{_span(days)[0]}。", f"{free / 1e6:.0f} MB free, {_span(days)[1]}.")
    if free < FULL or (days is not None and days < 7):
        yield broken(left, todo, free=free, days=days)
    elif free < LITTLE or (days is not None and days < SOON_DAYS):
        yield remark(left, todo, free=free, days=days)
    about = os.statvfs(folder)
    if about.f_files and about.f_favail < FEW_INODES:
        yield broken(
            (f"只能再放 {about.f_favail} 个文件了。", f"there is room for {about.f_favail} files only."),
            todo,
            inodes=about.f_favail,
        )


def _slow(wait_ms: float) -> Iterator[Finding]:
    if wait_ms > SLOW_MS:
        yield remark(
            (f"盘很慢，写一次要 {wait_ms:.0f} 毫秒。", f"the disk is slow: a write takes {wait_ms:.0f} ms."),
            ("存储卡容易坏，最好换成固态硬盘。", "Memory cards wear out: better use an SSD."),
            fsync_ms=round(wait_ms, 2),
        )


def _days_left(target: Target, free: int) -> int | None:
    """For how many days the room lasts at the pace until now; None while too little is known (a week)."""
    first: datetime | None = target.ask(tickets.first_moment, None)
    age = (target.now() - first).days if first else 0
    if age < 7:
        return None
    used = on_the_disk(target.database) + on_the_disk(target.folder / "slips")
    # what is kept of backups grows with the database: the same share of it for each day that is kept
    used += on_the_disk(target.folder / backup.FOLDER)
    return int(free / max(1.0, used / age))


def _span(days: int | None) -> tuple[str, str]:
    if days is None:
        return "刚开始用，还算不出够多久", "too new to tell for how long"
    if days > 3650:
        return "够用十年以上", "enough for more than ten years"
    return f"照现在的用法够 {days} 天", f"enough for {days} days at this pace"
