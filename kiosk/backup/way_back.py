"""What to say when a database is lost: which backup is whole, and the command that brings it back."""

import shlex
from pathlib import Path

from kiosk.backup.archive import Label, unpack
from kiosk.backup.daily import FOLDER, readable
from kiosk.backup.making import FAR_LESS
from kiosk.backup.refusals import Refused
from kiosk.settings import Settings


def way_back(settings: Settings, how: str = "") -> str:
    """The newest backup of this centre that can be read to its end, and how it comes back, in both languages.

    `how` is an option of `kiosk restore`.
    """
    found = best_backup(settings)
    if found is None:
        return (
            "这里没有找到完好的备份。请找一份（U盘上、别的电脑上），再运行：kiosk restore 备份文件 --data "
            f"{shlex.quote(str(settings.folder))} {how}\n"
            "No sound backup was found here: look for one (a stick, another machine), then run kiosk restore."
        )
    path, label = found
    made = f"{label.made_at.astimezone(settings.zone):%Y-%m-%d %H:%M}"
    command = restore_command(path, settings.folder, how)
    return (
        f"最近一份完好的备份是 {made} 的，请运行：{command}\n"
        f"The newest backup that can be read is of {made}. Run: {command}"
    )


def best_backup(settings: Settings) -> tuple[Path, Label] | None:
    """The newest of this centre that can be read to its end, here or in the second folder.

    One that holds far less than another is the emptied centre, and taken only where there is no better. Every
    byte is read: seconds, for whom the station does not start.
    """
    return next((one for one in _in_turn(settings) if _is_whole(one[0])), None)


def restore_command(path: Path, folder: Path, how: str = "") -> str:
    """The command as it is typed."""
    words = ["kiosk", "restore", str(path), "--data", str(folder)]
    return shlex.join(words + [how] * bool(how))


def _in_turn(settings: Settings) -> list[tuple[Path, Label]]:
    """All that have a label, the best guess first."""
    folders = [settings.folder / FOLDER]
    folders += [Path(settings.backup_folder)] if settings.backup_folder else []
    found = [one for folder in folders for one in readable(folder)]
    is_server = bool(settings.database_url)

    def rank(one: tuple[Path, Label]) -> tuple[bool, bool, float]:
        label = one[1]
        is_small = any(other.holds_more_than(label, FAR_LESS) for _, other in found)
        return label.is_dump == is_server, not is_small, label.made_at.timestamp()

    return sorted(found, key=rank, reverse=True)


def _is_whole(path: Path) -> bool:
    try:
        unpack(path)
    except (Refused, OSError):
        return False
    return True
