"""How a box joins its centre: alone on a file, or beside others on one PostgreSQL.

The centre's secret and its own settings (name, hours, rules) lie in a shared database: a slip of
one box opens at every other, and all keep the same hours. What belongs to a box stays in its folder.
"""

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.database import Database, UnusableDatabase, metadata, open_to_read
from kiosk.database.trial import TRIAL
from kiosk.settings import Settings

SECRET_FILE = "secret"  # noqa: S105 - a file name
BOX_FILE = "box"
SECRET = "secret"  # noqa: S105 - the name of a row
THE_CENTRES = (
    "is_demo", "centre_name", "centre_name_en", "time_zone", "opening_hours", "days_off", "numbers_early_min",
    "last_ticket_min", "guard_s", "no_show_calls", "no_show_s", "slow_s", "rejoin_after", "estimate_after",
    "scan_keep_days",
)  # fmt: skip
"""The settings that all boxes of a centre share; every other is a box's own."""

centre_fact = sa.Table(
    "centre_fact",
    metadata,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
"""What the boxes on this database share: the secret (hexadecimal), the centre's settings (JSON), and the text
of TRIAL.
"""


class AnotherCentre(UnusableDatabase):
    """The box belongs to another centre than the database that it is given."""


def refuse_another(settings: Settings) -> None:
    """Raise AnotherCentre if the database is another centre's. Nothing is written, no table is made."""
    if not settings.database_url:
        return
    database = open_to_read(settings.folder, settings.database_url)
    try:
        with database.read() as tx:
            facts = _facts(tx) if sa.inspect(tx).has_table(centre_fact.name) else {}
    except sa.exc.OperationalError:
        return  # whoever opens it next says why it cannot be used
    finally:
        database.close()
    _check(settings, facts)


def join(database: Database, settings: Settings) -> Settings:
    """`settings` as the centre has them, with this box's name; the secret lies in the folder afterwards.

    The first box brings them into a shared database. Raises AnotherCentre.
    """
    if database.is_file:
        return settings
    with database.write() as tx:
        facts = _facts(tx)
        _check(settings, facts)
        if not facts:
            _write(tx, _told(settings))
            facts = _facts(tx)
    # after the commit: a folder must not have the secret of a centre that was not begun
    written_once(settings.folder / SECRET_FILE, lambda: bytes.fromhex(facts[SECRET]))
    name = written_once(settings.folder / BOX_FILE, lambda: secrets.token_hex(4).encode()).decode()
    shared = {name: json.loads(facts[name]) for name in THE_CENTRES if name in facts}
    return replace(settings, **shared, box=name.strip())


def as_known(settings: Settings) -> Settings:
    """`settings` with the name that this box has on a shared database, for who only looks. Raises OSError."""
    path = settings.folder / BOX_FILE
    if not settings.database_url or not path.exists():
        return settings
    return replace(settings, box=path.read_text(encoding="ascii").strip())


def bring_settings(database: Database, settings: Settings) -> None:
    """Make the settings of this box the centre's; the other boxes have them after their next start."""
    with database.write() as tx:
        told = _told(settings)
        del told[SECRET]
        tx.execute(sa.delete(centre_fact).where(centre_fact.c.name.in_(told)))
        _write(tx, told)


def _facts(tx: Connection) -> dict[str, str]:
    facts = sa.select(centre_fact).where(centre_fact.c.name != TRIAL)
    return {row.name: row.value for row in tx.execute(facts)}


def _told(settings: Settings) -> dict[str, str]:
    path = settings.folder / SECRET_FILE
    secret = path.read_bytes() if path.exists() else secrets.token_bytes(32)
    return {SECRET: secret.hex()} | {name: json.dumps(getattr(settings, name)) for name in THE_CENTRES}


def _write(tx: Connection, facts: dict[str, str]) -> None:
    tx.execute(sa.insert(centre_fact), [{"name": name, "value": value} for name, value in facts.items()])


def _check(settings: Settings, facts: dict[str, str]) -> None:
    path = settings.folder / SECRET_FILE
    if SECRET in facts and path.exists() and path.read_bytes().hex() != facts[SECRET]:
        raise AnotherCentre(
            f"这个数据库是另一个中心的：它的密钥和 {path} 不一样。没有改动。"
            f"This database is another centre's: its secret is not the one in {path}. Nothing was changed."
        )
    for name in THE_CENTRES:
        ours, theirs = getattr(settings, name), json.loads(facts.get(name, "null"))
        if name in facts and ours != theirs and (name == "is_demo" or ours != _default(name)):
            raise AnotherCentre(
                f"数据库里这个中心的 {name} 是 {theirs!r}，这里写的是 {ours!r}。没有改动。"
                "同一个中心：删掉这一行，或运行 kiosk centre 让全中心都用这里的设置；两个中心要用两个数据库。"
                f"The centre of this database has {name} = {theirs!r}, this box {ours!r}. "
                "Nothing was changed. The same centre: delete that line, or have all of it do as this box "
                "says by running `kiosk centre`. Two centres need two databases."
            )


def _default(name: str) -> Any:
    return Settings.__dataclass_fields__[name].default


def written_once(path: Path, make: Callable[[], bytes]) -> bytes:
    """What `path` holds; made and kept, for its owner's eyes only, if it is missing."""
    if not path.exists():
        _write_once(path, make())
    return path.read_bytes()


def _write_once(path: Path, content: bytes) -> None:
    # written beside and linked into place: a pulled plug leaves no half secret, and of two starts one wins
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
