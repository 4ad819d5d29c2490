"""Opening the database of a centre, and bringing its tables up to date."""

from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, unquote

import sqlalchemy as sa

from kiosk.database import sqlite_file
from kiosk.database.engine import Database
from kiosk.database.faults import (
    REPLACE,
    LostDatabase,
    UnusableDatabase,
    cannot_keep,
    in_short,
    is_away,
    is_damaged,
    what_to_do,
)
from kiosk.settings import BOX_FILE

FILE = "kiosk.db"
BACKUPS = "backups"
SECRET_FILE = "secret"  # noqa: S105 - a file name
LOCK_NOT_AVAILABLE = "55P03"
"""PostgreSQL's code for a lock that was not had in `lock_timeout`."""

TURNS = 60
MIGRATIONS = Path(__file__).parent.parent / "migrations"


def open_database(folder: Path, url: str = "") -> Database:
    """Open the database at `url`, else (or make) `folder`/kiosk.db, and bring its tables up to date.

    Raises UnusableDatabase: cannot be reached, does not let us in, cannot be written, is of a newer version,
    is not there any more.
    """
    _refuse_odd(folder, url)
    refuse_lost(folder, url)
    database = _opened(url or f"sqlite:///{folder / FILE}")
    try:
        migrate(database)
    except sa.exc.DBAPIError as fault:
        database.close()
        if cannot_keep(fault):
            raise UnusableDatabase(_why_unwritable(database.engine.url, fault)) from fault
        raise
    except BaseException:
        database.close()
        raise
    return database


def refuse_lost(folder: Path, url: str = "") -> None:
    """Raise LostDatabase where a centre was begun and its database has no tables, or none that can be read.

    New tables would be an empty centre that nobody asked for. Nothing is written.
    """
    if not is_begun(folder, url):
        return
    if not url and not (folder / FILE).exists():
        raise LostDatabase(_why_lost(folder, url))
    try:
        seen = seen_revision(folder, url)
    except LostDatabase:
        raise
    except UnusableDatabase:
        return  # whoever opens it next says why it cannot be used
    if seen is None:
        raise LostDatabase(_why_lost(folder, url), "" if url or not has_file(folder) else REPLACE)
    if fault := "" if url else sqlite_file.unread(folder / FILE):
        raise LostDatabase(_why_damaged(folder / FILE, fault), REPLACE)


def is_begun(folder: Path, url: str = "") -> bool:
    """Whether a centre was begun in `folder` whose database is the one at `url`, else the file there.

    The secret is written after the tables, and `box` after the first row of a shared database; what the
    nightly backups are called nobody else calls a file. A centre may still move from its file to a server.
    """
    if url and not (folder / BOX_FILE).exists() and has_file(folder):
        return False
    kept = (folder / BACKUPS).glob("linli-*.zip")
    return (folder / SECRET_FILE).exists() or (folder / BOX_FILE).exists() or any(True for _ in kept)


def _refuse_odd(folder: Path, url: str) -> None:
    # SQLite waits for a pipe for ever
    path = folder / FILE
    if not url and path.exists() and not path.is_file():
        raise LostDatabase(
            f"{path} 不是文件，没有启动。请把它移走，再从备份里恢复。"
            f"{path} is no file: nothing was started. Move it away, and bring back a backup."
        )


def has_file(folder: Path) -> bool:
    """Whether a database file with something in it lies in `folder`."""
    path = folder / FILE
    return path.is_file() and path.stat().st_size > 0


def seen_revision(folder: Path, url: str = "") -> str | None:
    """`revision_of` without opening it to write. Raises UnusableDatabase."""
    database = open_to_read(folder, url)
    try:
        return revision_of(database)
    finally:
        database.close()


def is_up_to_date(folder: Path, url: str = "") -> bool:
    """Whether `open_database` has nothing to change. Raises UnusableDatabase, also for a newer version."""
    if not url and not (folder / FILE).exists():
        return False
    return _is_current(seen_revision(folder, url))


def open_to_read(folder: Path, url: str = "") -> Database:
    """The database as it is, whoever serves it: nothing can be changed through a file opened so."""
    _refuse_odd(folder, url)
    if url:
        return _opened(url, only_reads=True)
    query = {"mode": "ro", "uri": "true"}
    name = f"file:{quote(str((folder / FILE).resolve()))}"
    return Database(sa.URL.create("sqlite", database=name, query=query), only_reads=True)


def _opened(url: str, *, only_reads: bool = False) -> Database:
    try:
        return Database(url, only_reads=only_reads)
    except ModuleNotFoundError as missing:
        raise UnusableDatabase(
            "用 PostgreSQL 还要装它的驱动，请运行：pip install 'linli[postgresql]'。"
            "PostgreSQL needs its driver: pip install 'linli[postgresql]'"
        ) from missing


def newest_revision() -> str:
    """The newest migration that this program knows."""
    return max(path.stem.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def migrate(database: Database) -> None:
    """Run the migrations that are still to come. Alembic is loaded only when there are some (0.2 s).

    A box that starts while another one brings a large database up to date waits for it, five minutes at
    most. Raises UnusableDatabase.
    """
    for _ in range(TURNS):
        if _is_current(revision_of(database)):
            return
        with suppress(_OtherBoxAtWork):
            _upgrade(database)
            return
    raise UnusableDatabase(
        "另一台机器正在更新数据库，请过几分钟再启动。"
        "Another box is bringing the database up to date: start again in a few minutes."
    )


class _OtherBoxAtWork(Exception):
    """Whoever holds the lock of writers did not let it go in PATIENCE_MS."""


def _upgrade(database: Database) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    try:
        with database.write() as tx:
            config.attributes["connection"] = tx
            command.upgrade(config, "head")
    except sa.exc.OperationalError as fault:
        if getattr(fault.orig, "sqlstate", None) == LOCK_NOT_AVAILABLE:
            raise _OtherBoxAtWork from fault
        raise


def _is_current(revision: str | None) -> bool:
    newest = newest_revision()
    if revision is not None and revision > newest:
        raise UnusableDatabase(
            f"数据库是新版本（{revision}）的，这个程序只认识到 {newest}，请先更新程序。"
            f"The database is of a newer version ({revision}) than this program knows ({newest}): update it."
        )
    return revision == newest


def revision_of(database: Database) -> str | None:
    """The newest migration that it has seen; None when it is not ours. Raises UnusableDatabase."""
    try:
        with database.read() as tx:
            if not sa.inspect(tx).has_table("alembic_version"):
                return None
            revision: str | None = tx.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
            return revision
    except sa.exc.DatabaseError as fault:
        if database.is_file:
            url = database.engine.url
            if is_damaged(fault):
                why = _why_damaged(_path_of(url), in_short(fault))
                raise LostDatabase(why, REPLACE) from fault
            if cannot_keep(fault):
                raise UnusableDatabase(_why_unwritable(url, fault)) from fault
            raise
        if not is_away(fault):
            raise
        raise UnusableDatabase(_why_not(database.engine.url, fault)) from fault


def check_writable(database: Database) -> None:
    """Try a real write. Raises UnusableDatabase when nothing can be kept."""
    if fault := database.trials.now():
        raise UnusableDatabase(_why_unwritable(database.engine.url, fault)) from fault


def _why_unwritable(url: sa.URL, fault: BaseException) -> str:
    """Why nothing can be kept in a database, and what to do about it."""
    if url.get_backend_name() != "sqlite":
        return _why_not(url, fault)
    where = _path_of(url)
    return (
        f"数据库 {where} 写不进去。请看盘是不是满了、坏了、变成只读了，文件的权限对不对；"
        "运行 kiosk doctor 会说是哪一样。"
        f"The database {where} cannot be written: {in_short(fault)}. See whether the disk is full, failing "
        "or read-only, and who may write the file; kiosk doctor tells which."
    )


def _why_lost(folder: Path, url: str) -> str:
    if url:
        return (
            f"{folder} 里有一个中心，它的数据库 {shown(url)} 却是空的。没有改动。"
            "请先看 database_url 写对了没有；对的，就用备份恢复。"
            f"A centre was begun in {folder}, and its database {shown(url)} is empty. Nothing was changed. "
            "See whether database_url is right; if it is, bring a backup back."
        )
    is_shared = (folder / BOX_FILE).exists()
    zh = "它原来用 PostgreSQL，请先设好 database_url；" if is_shared else ""
    en = "It was on a PostgreSQL: set database_url first. " if is_shared else ""
    return (
        f"{folder} 里有一个中心，它的数据库 {FILE} 却不见了，或者是空的。没有改动。"
        f"{zh}要从头开始，请换一个空文件夹。"
        f"A centre was begun in {folder}, and its database {FILE} is gone, or empty. Nothing was changed. "
        f"{en}To begin anew take an empty folder."
    )


def _why_damaged(path: Path | str, fault: str) -> str:
    return (
        f"数据库 {path} 坏了，读不出来。没有改动。"
        f"The database {path} is damaged and cannot be read: {fault}. Nothing was changed."
    )


def _path_of(url: sa.URL) -> str:
    return unquote(str(url.database).removeprefix("file:"))


def shown(url: str | sa.URL) -> str:
    """An address without its password."""
    return sa.make_url(url).render_as_string(hide_password=True)


def _why_not(url: sa.URL, fault: BaseException) -> str:
    """Why a PostgreSQL cannot be used, without the password, and what to do."""
    where = shown(url)
    zh, en = what_to_do(fault)
    return f"数据库 {where} 用不了。{zh}The database {where} cannot be used: {in_short(fault)}. {en}"
