"""Backups: made, whole, recent, and not only on the disk that may die."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk import backup, tickets
from kiosk.doctor._findings import Finding, broken, remark, well
from kiosk.doctor._target import Target, folder_fault

TITLE = ("备份", "Backup")
DEADLINE_S = 120.0

UNKEPT = timedelta(days=2)
"""Of work that no backup holds; one is made each day that the station runs."""

AHEAD = timedelta(minutes=5)
NOW = ("请运行：kiosk backup 文件", "Run: kiosk backup FILE")


def check(target: Target) -> Iterator[Finding]:
    """Yield what is wrong with the backups, else how old the newest is."""
    folder = target.folder / backup.FOLDER
    newest = backup.newest_backup(folder)
    concerns = [*_failed(folder), *_unwritable(folder), *_shrunk(target), *_second(target)]
    yield from concerns
    if newest is None:
        yield _none(target)
        return
    path, label = newest
    faults = [*_unreadable(path), *_old(target, label.made_at)]
    yield from faults
    if not faults:
        made = label.made_at.astimezone(target.zone)
        yield well(
            f"{made:%Y-%m-%d %H:%M} 的备份完好。", f"the one of {made:%Y-%m-%d %H:%M} is sound.",
            file=str(path), made_at=label.made_at.isoformat(timespec="seconds"),
        )  # fmt: skip


def _none(target: Target) -> Finding:
    first: datetime | None = target.ask(tickets.first_moment, None)
    said = ("还没有备份。", "there is none.")
    if first is None or target.now() - first < UNKEPT:
        return remark(said, ("运行中每天会自动备份。", "One is made each day while the station runs."))
    return broken(said, NOW)


def _failed(folder: Path) -> Iterator[Finding]:
    if fault := backup.last_fault(folder):
        yield broken(
            (f"最近一次自动备份没有成功：{fault.why}", f"the last daily backup failed: {fault.why}"),
            ("除掉原因后，一小时内会再做。", "Remove the cause: it is tried again within the hour."),
            at=fault.at.isoformat(timespec="seconds"),
        )


def _shrunk(target: Target) -> Iterator[Finding]:
    if found := backup.find_shrunk(target.folder / backup.FOLDER):
        command = backup.restore_command(found.fuller, target.folder, "--replace")
        few, many, name = found.records, found.fuller_records, found.fuller.name
        yield broken(
            (
                f"最新的备份只有 {few} 条记录，{name} 里有 {many} 条：数据可能丢了。多的备份不会被挤掉。",
                f"the newest holds {few} records, {name} {many}: data may be lost. The fuller ones are kept.",
            ),
            (
                f"丢了就停下邻里站，运行：{command}。没丢，就把 {name} 移到别处。",
                f"If so, stop the station and run: {command}. If not, move {name} elsewhere.",
            ),
            records=few, fuller=str(found.fuller), fuller_records=many,
        )  # fmt: skip


def _unwritable(folder: Path) -> Iterator[Finding]:
    if fault := folder_fault(folder) if folder.is_dir() else "":
        yield broken(
            (f"备份写不进 {folder}：{fault}。", f"no backup can be written to {folder}: {fault}."),
            (
                "请看盘满了没有、U盘写保护开了没有、文件夹的权限对不对。",
                "See whether the disk is full, the stick write-protected, and the folder's rights.",
            ),
        )


def _unreadable(path: Path) -> Iterator[Finding]:
    try:
        with TemporaryDirectory(prefix="linli-") as scratch:
            backup.check_backup(path, Path(scratch))
    except (backup.NotSound, OSError) as fault:
        yield broken((f"最新的备份打不开：{fault}", f"the newest backup cannot be opened: {path.name}"), NOW)
    except backup.NoRoom as fault:
        yield remark(
            (str(fault), "no room to try the newest backup"), ("请腾出地方再查。", "Make room first.")
        )
    except backup.NoTool:
        yield remark(
            (
                "缺少 pg_restore，没有试最新的备份。",
                "pg_restore is missing: the newest backup was not tried.",
            ),
            ("请运行：sudo apt-get install postgresql-client", "Run: sudo apt-get install postgresql-client"),
        )


def _old(target: Target, made_at: datetime) -> Iterator[Finding]:
    if made_at > target.now() + AHEAD:
        yield remark(
            (
                f"最新的备份写着将来的时间 {made_at:%Y-%m-%d}。",
                f"the newest backup is of the future: {made_at:%Y-%m-%d}.",
            ),
            ("请看时钟那一项。", "See the clock."),
        )
    nothing: Sequence[datetime] = ()
    newest = max(target.ask(lambda tx: tickets.last_moments(tx, 1), nothing), default=made_at)
    unkept = newest - made_at
    if unkept > UNKEPT:
        yield broken(
            (f"最近 {unkept.days} 天的记录没有备份。", f"the last {unkept.days} days are in no backup."),
            NOW,
            made_at=made_at.isoformat(timespec="seconds"),
        )


def _second(target: Target) -> Iterator[Finding]:
    settings = target.settings
    if settings.keep_backups == 0:
        yield remark(
            ("自动备份关掉了。", "daily backups are off."),
            ("请设 keep_backups = 14", "Set keep_backups = 14"),
        )
    elif not settings.backup_folder:
        yield remark(
            (
                "备份都在这台机器上，盘坏了就都没了。",
                "all backups lie on this machine and die with its disk.",
            ),
            (
                "请插一个U盘，把它的路径写进 backup_folder。",
                "Plug in a USB stick and write its path into backup_folder.",
            ),
        )
    elif not Path(settings.backup_folder).is_dir():
        yield broken(
            (
                f"第二个备份文件夹 {settings.backup_folder} 不在。",
                f"the second folder {settings.backup_folder} is not there.",
            ),
            ("请插好U盘。", "Plug the stick in."),
        )
    else:
        yield from _second_folder(target, Path(settings.backup_folder))


def _second_folder(target: Target, folder: Path) -> Iterator[Finding]:
    yield from _unwritable(folder)
    if folder.stat().st_dev == target.folder.stat().st_dev:
        yield remark(
            ("第二个备份文件夹和数据在同一块盘上。", "the second folder lies on the same disk as the data."),
            ("请用U盘上的文件夹。", "Use a folder on a USB stick."),
        )
