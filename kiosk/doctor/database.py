"""The database: sound, safe against a pulled plug, up to date."""

from collections.abc import Iterator
from pathlib import Path

from kiosk import backup, database
from kiosk.database import postgresql, sqlite_file
from kiosk.database.faults import REPLACE
from kiosk.database.folder_lock import OTHERS
from kiosk.database.joining import AnotherCentre, refuse_others
from kiosk.database.opening import FILE, has_file, is_begun
from kiosk.doctor._findings import Both, Finding, broken, remark, well
from kiosk.doctor._target import Target, file_fault, on_the_disk

TITLE = ("数据库", "Database")
DEADLINE_S = 120.0

LONG_LOG = 64 * 1024 * 1024
"""Bytes of write-ahead log that a reader must have held up for hours; usually it stays under 5 MB."""


def check(target: Target) -> Iterator[Finding]:
    """Yield what SQLite finds wrong, then how the file is kept; or how a PostgreSQL is."""
    if target.settings.database_url:
        yield from _server(target)
        return
    path = target.database
    if _is_lost(target):
        yield _lost(target)
        return
    if not path.exists():
        yield broken(
            (f"{path} 不在。", f"{path} is not there."),
            (
                "请用 --data 指明文件夹；新中心请先运行 kiosk init。",
                "Say with --data where it is; for a new centre run kiosk init first.",
            ),
        )
        return
    if sqlite_file.is_closed(path):
        yield broken(
            (
                f"{path} 打不开：没有权限，或者盘是只读的。",
                f"{path} cannot be opened: no right, or a read-only disk.",
            ),
            (
                "这不是坏了，先不要恢复。请看文件夹和里面的文件是不是运行邻里站的用户的，盘是不是变成只读了。",
                "That is no damage: bring nothing back yet. See whether the folder and its files are those "
                "of the station's user, and whether the disk became read-only.",
            ),
        )
        return
    faults = sqlite_file.faults(path, thorough=True)
    if faults:
        yield _unsound(target, faults)
        return
    remarks = [*_unwritable(target), *_kept_safe(target), *_revision(sqlite_file.revision(path))]
    yield from remarks
    if not remarks:
        size = on_the_disk(path) + on_the_disk(_log(target))
        yield well(f"完好，{size / 1e6:.1f} MB。", f"sound, {size / 1e6:.1f} MB.", bytes=size)


def _server(target: Target) -> Iterator[Finding]:
    try:
        refuse_others(target.settings)
        found = postgresql.state(target.settings.database_url)
    except AnotherCentre:
        yield broken(
            (
                "这个数据库是另一个中心的，密钥不一样。",
                "it is another centre's: its secret is not the one here.",
            ),
            (
                "请把 kiosk.toml 里的 database_url 改成本中心的库。",
                "Name this centre's own database as database_url in kiosk.toml.",
            ),
        )
        return
    except database.UnusableDatabase as fault:
        yield broken(
            (f"连不上：{fault}", "it cannot be used."),
            (
                "请检查 kiosk.toml 里的 database_url，和 PostgreSQL 是不是在运行。",
                "Look at database_url in kiosk.toml, and whether PostgreSQL runs.",
            ),
        )
        return
    if not found.revision and is_begun(target.folder, target.settings.database_url):
        yield _lost(target)
        return
    remarks = [*_risks(found), *_revision(found.revision)]
    yield from remarks
    if not remarks:
        where = database.shown(target.settings.database_url)
        size = f"{found.size / 1e6:.1f} MB"
        yield well(f"{where} 连得上，{size}。", f"{where} answers, {size}.", bytes=found.size)


def _risks(found: postgresql.State) -> Iterator[Finding]:
    if found.fault:
        yield broken(
            (f"连得上，但是写不进去：{found.fault}。", f"it answers, but cannot be written: {found.fault}."),
            (
                "请看那台服务器的盘满了没有，是不是只读的备机。",
                "See whether that server's disk is full, and whether it is a read-only standby.",
            ),
        )
    for name in found.unsafe:
        yield broken(
            (f"PostgreSQL 的 {name} 关着，断电会丢号。", f"{name} is off: a pulled plug loses tickets."),
            (f"请在 postgresql.conf 里设 {name} = on。", f"Set {name} = on in postgresql.conf."),
            setting=name,
        )


def _is_lost(target: Target) -> bool:
    """Whether a centre was begun in the folder and its file has no tables; a damaged one is told apart."""
    seen = sqlite_file.revision(target.database) if has_file(target.folder) else ""
    is_read = not has_file(target.folder) or not sqlite_file.unread(target.database)
    return not seen and is_read and is_begun(target.folder)


def _unsound(target: Target, faults: list[str]) -> Finding:
    return broken(
        (f"数据库坏了：{faults[0]}。", f"the database is damaged: {faults[0]}."),
        _way_back(target, REPLACE),
        faults=faults,
    )


def _lost(target: Target) -> Finding:
    what = "PostgreSQL" if target.settings.database_url else FILE
    return broken(
        (
            f"这里有过一个中心，它的数据库 {what} 不见了，或者是空的。",
            f"a centre was begun here, and its database {what} is gone, or empty.",
        ),
        _way_back(target, "" if target.settings.database_url or not has_file(target.folder) else REPLACE),
    )


def _way_back(target: Target, how: str) -> Both:
    found = backup.best_backup(target.settings)
    command = backup.restore_command(found[0] if found else Path("FILE"), target.folder, how)
    return (
        f"请停下邻里站，用最近一份完好的备份恢复：{command}",
        f"Stop the station and bring the last sound backup back: {command}",
    )


def _unwritable(target: Target) -> Iterator[Finding]:
    for path in (target.database, _log(target), target.database.with_name(f"{database.FILE}-shm")):
        if fault := file_fault(path) if path.exists() else "":
            yield broken(
                (f"{path} 写不进去：{fault}。", f"{path} cannot be written: {fault}."),
                (
                    "请看盘是不是变成只读了，这个文件是不是运行邻里站的用户的。",
                    "See whether the disk became read-only, and whether the station's user owns the file.",
                ),
            )


def _kept_safe(target: Target) -> Iterator[Finding]:
    mode = sqlite_file.pragma(target.database, "journal_mode")
    if mode != "wal":
        yield remark(
            (f"写入方式是 {mode}，不是 wal。", f"it is written in mode {mode}, not wal."),
            ("启动一次就会改好。", "Starting the station once puts it right."),
            journal_mode=mode,
        )
    log = on_the_disk(_log(target))
    if log > LONG_LOG:
        yield remark(
            (f"日志有 {log / 1e6:.0f} MB，太长了。", f"its log has grown to {log / 1e6:.0f} MB."),
            ("请在下班后重新启动一次。", "Restart the station after hours."),
            wal_bytes=log,
        )
    if target.database.stat().st_mode & OTHERS:
        yield remark(
            ("别人也能看数据库文件。", "others may read the database file."),
            (f"请运行：chmod 600 {target.database}", f"Run: chmod 600 {target.database}"),
        )


def _log(target: Target) -> Path:
    return target.database.with_name(f"{database.FILE}-wal")


def _revision(seen: str) -> Iterator[Finding]:
    known = database.newest_revision()
    if seen > known:
        yield broken(
            (
                f"数据是新版的（{seen}），程序是旧的（{known}）。",
                f"the data are newer ({seen}) than the program ({known}).",
            ),
            ("请更新邻里站。", "Update Linli."),
            revision=seen,
        )
    elif seen != known:
        yield remark(
            (
                f"数据表还是 {seen or '空的'}，程序要 {known}。",
                f"its tables are at {seen or 'nothing'}, not {known}.",
            ),
            ("启动时会自动更新。", "The next start brings them up to date."),
            revision=seen,
        )
