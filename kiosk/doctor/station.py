"""The station itself: whether it runs, and what a killed one left behind."""

from collections.abc import Iterator

from kiosk import __version__, backup
from kiosk.doctor._findings import Finding, broken, remark, well
from kiosk.doctor._target import Target

TITLE = ("运行", "Running")


def check(target: Target) -> Iterator[Finding]:
    """Yield whether it runs, and a restore that was broken off."""
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
