"""What every `kiosk` command says and does alike."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NoReturn

import click

from kiosk import backup
from kiosk.database import UnusableDatabase, folder_lock
from kiosk.database.faults import LostDatabase
from kiosk.settings import Settings

DATA = click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), default="data", show_default=True,
    help="Folder that holds all state.",
)  # fmt: skip

LOG_GONE = (
    "kiosk.db-wal 被删掉了，最近的记录可能不见了。以后的号不会和发出去的小票重；请看看要不要恢复备份。"
    "kiosk.db-wal was taken away, and the last records perhaps with it. No code that was given out is given "
    "again; see whether a backup is needed."
)


def stop(message: str, code: int = 1) -> NoReturn:
    """End the command with a message that explains the fault."""
    click.echo(message, err=True)
    sys.exit(code)


def stop_without(fault: UnusableDatabase, settings: Settings) -> NoReturn:
    """End the command as its database cannot be used; one that is lost can come back from a backup."""
    if not isinstance(fault, LostDatabase):
        stop(str(fault))
    stop(f"{fault}\n{backup.way_back(settings, fault.how)}")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold `folder` while the block runs, after finishing a restore that broke off; else end the command."""
    with ExitStack() as holding:
        _hold(folder, holding)
        yield


def _hold(folder: Path, holding: ExitStack) -> None:
    try:
        holding.enter_context(folder_lock.held(folder))
        backup.finish_restore(folder)
        if backup.go_on_without_log(folder):
            click.echo(LOG_GONE, err=True)
    except folder_lock.FolderInUse as taken:
        stop(str(taken))
    except backup.Refused as refusal:
        stop(str(refusal))
    except OSError as fault:
        stop(f"文件夹 {folder} 用不了。The folder {folder} cannot be used: {fault.strerror or fault}")
