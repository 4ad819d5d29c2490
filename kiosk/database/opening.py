"""Opening the database of a centre, and bringing its tables up to date."""

from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from kiosk.database.engine import Database
from kiosk.database.faults import UnusableDatabase, cannot_keep, in_short

FILE = "kiosk.db"
LOCK_NOT_AVAILABLE = "55P03"
"""PostgreSQL's code for a lock that was not had in `lock_timeout`."""

TURNS = 60
MIGRATIONS = Path(__file__).parent.parent / "migrations"


def open_database(folder: Path, url: str = "") -> Database:
    """Open the database at `url`, else (or make) `folder`/kiosk.db, and bring its tables up to date.

    Raises UnusableDatabase: cannot be reached, does not let us in, cannot be written, is of a newer version.
    """
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


def is_up_to_date(folder: Path, url: str = "") -> bool:
    """Whether `open_database` has nothing to change. Raises UnusableDatabase."""
    if not url and not (folder / FILE).exists():
        return False
    database = open_to_read(folder, url)
    try:
        return revision_of(database) == newest_revision()
    finally:
        database.close()


def open_to_read(folder: Path, url: str = "") -> Database:
    """The database as it is, whoever serves it: nothing can be changed through a file opened so."""
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
    except sa.exc.OperationalError as fault:
        if database.is_file:
            if cannot_keep(fault):
                raise UnusableDatabase(_why_unwritable(database.engine.url, fault)) from fault
            raise
        raise UnusableDatabase(_why_not(database.engine.url, str(fault.orig))) from fault


def check_writable(database: Database) -> None:
    """Try a real write. Raises UnusableDatabase when nothing can be kept."""
    if fault := database.trials.now():
        raise UnusableDatabase(_why_unwritable(database.engine.url, fault)) from fault


def _why_unwritable(url: sa.URL, fault: BaseException) -> str:
    """Why nothing can be kept in a database, and what to do about it."""
    is_file = url.get_backend_name() == "sqlite"
    where = str(url.database).removeprefix("file:") if is_file else shown(url)
    return (
        f"数据库 {where} 写不进去。请看盘是不是满了、坏了、变成只读了，文件的权限对不对；"
        "运行 kiosk doctor 会说是哪一样。"
        f"The database {where} cannot be written: {in_short(fault)}. See whether the disk is full, failing "
        "or read-only, and who may write the file; kiosk doctor tells which."
    )


def shown(url: str | sa.URL) -> str:
    """An address without its password."""
    return sa.make_url(url).render_as_string(hide_password=True)


def _why_not(url: sa.URL, fault: str) -> str:
    """Why a PostgreSQL cannot be used, without the password."""
    where = shown(url)
    why = " ".join(fault.split())
    return f"数据库 {where} 用不了。The database {where} cannot be used: {why}"
