"""What every `kiosk` command says and does alike."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click

from kiosk import backup
from kiosk.database import UnusableDatabase, folder_lock, is_up_to_date
from kiosk.database.faults import LostDatabase
from kiosk.database.joining import refuse_others
from kiosk.settings import Settings, about_database, examine


class Place(click.Path):
    """A file or a folder as it is typed. What is none ends the command with a sentence, and 1."""

    def __init__(self, *, is_folder: bool = False, is_file: bool = False) -> None:
        super().__init__(path_type=Path, file_okay=not is_folder, dir_okay=not is_file, readable=False)
        self.is_folder, self.is_file = is_folder, is_file

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path. Addresses, files for folders and folders for files are told, and what is closed to us."""
        text, path = os.fsdecode(value), Path(os.fsdecode(value))
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:/", text):  # whatever else stands there may hold a password
            stop(
                "这里要写文件或文件夹的路径，不是网址；数据库的地址写在 kiosk.toml 的 database_url 里。"
                "没有改动。A path is wanted here, no address: that of a database is database_url in "
                "kiosk.toml. Nothing was changed."
            )
        if self.is_folder and path.is_file():
            stop(f"{path} 是文件，这里要写文件夹。{path} is a file: name a folder.")
        if self.is_file and path.is_dir():
            stop(f"{path} 是文件夹，这里要写文件。{path} is a folder: name a file.")
        if path.is_dir() and not os.access(path, os.R_OK | os.X_OK):
            stop(
                f"文件夹 {path} 不让您打开。请换运行邻里站的用户来运行（ls -ld 看是谁的）。"
                f"The folder {path} is closed to you: run this as the user who runs the station (ls -ld)."
            )
        return super().convert(value, param, ctx)


DATA = click.option(
    "--data", type=Place(is_folder=True), default="data", show_default=True,
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


def settings_to_find(folder: Path) -> Settings:
    """Those that are right; ends the command where nobody knows which database is meant.

    A mistake in another one is no reason to keep nothing, or to let nobody in.
    """
    found, mistakes = examine(folder, os.environ)
    if wrong := about_database(folder, found, mistakes):
        stop("\n".join(map(str, wrong)))
    return found


def check_database(settings: Settings) -> None:
    """End the command unless the centre's database can be used as it is; nothing is made or migrated."""
    try:
        refuse_others(settings)
        if not is_up_to_date(settings.folder, settings.database_url):
            stop("数据是旧版本的，请先启动一次站。The data are of an older version: start the station once.")
    except UnusableDatabase as fault:
        stop_without(fault, settings)


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
