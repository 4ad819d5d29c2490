"""How a box joins its centre: alone on a file, or beside others on one PostgreSQL.

The centre's secret and its own settings (name, hours, rules) lie in a shared database: a slip of
one box opens at every other, and all keep the same hours. What belongs to a box stays in its folder.

A centre is a demo or a real one for life, on either: everybody knows the passwords of the demo.
"""

import json
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.database import Database, UnusableDatabase, metadata, open_to_read
from kiosk.database.dialects import insert_missing
from kiosk.database.faults import REPLACE, LostDatabase
from kiosk.database.faults import SECRET as RESTORE_SECRET
from kiosk.database.folder_lock import exclusive
from kiosk.database.opening import BOX_FILE as BOX_FILE
from kiosk.database.opening import SECRET_FILE as SECRET_FILE
from kiosk.database.opening import has_file, refuse_lost
from kiosk.database.trial import TRIAL
from kiosk.settings import Settings

IS_DEMO = "is_demo"
SECRET = "secret"  # noqa: S105 - the name of a row
THE_CENTRES = (
    "is_demo", "centre_name", "centre_name_en", "time_zone", "opening_hours", "days_off", "numbers_early_min",
    "last_ticket_min", "guard_s", "no_show_calls", "no_show_s", "slow_s", "rejoin_after", "estimate_after",
    "scan_keep_days", "numbers_a_minute", "phone_tickets",
)  # fmt: skip
"""The settings that all boxes of a centre share; every other is a box's own."""

centre_fact = sa.Table(
    "centre_fact",
    metadata,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
"""What a centre is for life (IS_DEMO), what the boxes on a shared database share: the secret (hexadecimal),
the centre's settings (JSON); and the text of TRIAL.
"""

SECRET_BYTES = 32


PUBLIC: Mapping[str, str] = MappingProxyType(
    {"admin": "demo-admin"}
    | {f"clerk{number}": "demo-clerk" for number in range(1, 5)}
    | {"desk": "demo-desk"}
)
"""The demo's log-in names and their passwords, which stand in the manual and on its log-in page."""

_PASSWORDS = frozenset(PUBLIC.values())
_NAMES = tuple(PUBLIC)


def is_public(password: str) -> bool:
    """Whether it is a password of the demo's, however its letters are written: no key to a real centre."""
    return password.strip().casefold() in _PASSWORDS


def demo_or_real(tx: Connection, facts: Mapping[str, str]) -> bool | None:
    """True for a demo, False for a real centre, None where neither has begun.

    `facts` are those of `centre_fact`. A centre of the time before that was written down is known by its
    staff: nobody but the demo gave out the demo's passwords. A hash is tried for each of its six names.
    """
    if IS_DEMO in facts:
        return bool(json.loads(facts[IS_DEMO]))
    if not sa.inspect(tx).has_table("staff"):
        return None
    from werkzeug.security import check_password_hash

    known = sa.text("SELECT name, password_hash FROM staff")
    hashes = {row.name: row.password_hash for row in tx.execute(known)}
    if any(name in hashes and check_password_hash(hashes[name], PUBLIC[name]) for name in _NAMES):
        return True
    return False if hashes else None


class AnotherCentre(UnusableDatabase):
    """The box belongs to another centre than the database that it is given."""


class OtherKind(UnusableDatabase):
    """A real centre was to be opened as a demo, or a demo as a real centre."""


def refuse_another(settings: Settings) -> None:
    """Refuse what must not be opened as `settings` say. Nothing is written, no table is made.

    Raises LostDatabase, also for a secret that is gone or cut short, OtherKind, AnotherCentre.
    """
    refuse_lost(settings.folder, settings.database_url)
    facts, is_demo = _known(settings)
    _check_secret(settings, has_begun=is_demo is not None)
    if is_demo is not None and is_demo != settings.is_demo:
        raise OtherKind(_why_other_kind(settings.folder, is_demo=is_demo))
    if settings.database_url:
        _refuse_emptied(settings, facts)
        _check(settings, facts)


def kind_of(settings: Settings) -> bool | None:
    """Whether the centre of `settings` is a demo; None where none has begun, or nothing can be read."""
    return _known(settings)[1]


def _known(settings: Settings) -> tuple[dict[str, str], bool | None]:
    """The facts of the centre, and whether it is a demo, as far as they can be read."""
    if not settings.database_url and not has_file(settings.folder):
        return {}, None
    database = open_to_read(settings.folder, settings.database_url)
    try:
        with database.read() as tx:
            facts = _facts(tx) if sa.inspect(tx).has_table(centre_fact.name) else {}
            return facts, demo_or_real(tx, facts)
    except sa.exc.DatabaseError:
        return {}, None  # whoever opens it next says why it cannot be used
    finally:
        database.close()


def _refuse_emptied(settings: Settings, facts: dict[str, str]) -> None:
    if SECRET not in facts and (settings.folder / BOX_FILE).exists():
        raise LostDatabase(
            f"{settings.folder} 里的中心在数据库里没有了：那里的表是空的。没有改动。请用备份恢复。"
            f"The centre of {settings.folder} is no longer in its database: the tables there are empty. "
            "Nothing was changed. Bring a backup back.",
            REPLACE,
        )


def _why_other_kind(folder: Path, *, is_demo: bool) -> str:
    if is_demo:
        return (
            f"{folder} 里是演示中心，密码人人都知道，不能当真的用。没有改动。"
            "看演示请加 --demo；真的中心请换一个空文件夹。"
            f"{folder} holds the demo, whose passwords everybody knows. Nothing was changed. "
            "Add --demo to see it; for a real centre take an empty folder."
        )
    return (
        f"{folder} 里是真的中心，不能当演示用。没有改动。请去掉 --demo；看演示请换一个空文件夹。"
        f"{folder} holds a real centre, not a demo. Nothing was changed. "
        "Leave --demo out; to see the demo take an empty folder."
    )


def _check_secret(settings: Settings, *, has_begun: bool) -> None:
    """Raise LostDatabase for a secret that is cut short, and where the one of a centre on a file is gone.

    Of a short one anybody could make the codes; with a new one no slip and no card that was printed is known.
    """
    path = settings.folder / SECRET_FILE
    if is_whole_secret(path) or not (path.exists() or (has_begun and not settings.database_url)):
        return
    raise LostDatabase(
        f"密钥文件 {path} 不见了，或者不完整，没有启动。请从备份里取回来，数据不动。"
        f"真的没有备份，就做一个新的，以前的小票和卡都不认了：head -c {SECRET_BYTES} /dev/urandom > {path}\n"
        f"The secret {path} is gone, or cut short: nothing was started. Take it out of a backup; the data "
        "stay. With no backup at all make a new one, which knows no slip and no card printed before.",
        RESTORE_SECRET,
    )


def is_whole_secret(path: Path) -> bool:
    """Whether a secret lies at `path` that is long enough."""
    return path.is_file() and path.stat().st_size >= SECRET_BYTES


def join(database: Database, settings: Settings) -> Settings:
    """`settings` as the centre has them, with this box's name; the secret lies in the folder afterwards.

    The first box brings them into a shared database. Whether it is a demo is written once, for life. Raises
    AnotherCentre.
    """
    if database.is_file:
        # first the secret: where the kind is written and no secret lies, it was lost
        written_once(settings.folder / SECRET_FILE, lambda: secrets.token_bytes(SECRET_BYTES))
        _write_kind(database, settings)
        return settings
    with database.write() as tx:
        facts = _facts(tx)
        _check(settings, facts)
        if SECRET not in facts:
            _write(tx, {name: value for name, value in _told(settings).items() if name not in facts})
            facts = _facts(tx)
    # after the commit: a folder must not have the secret of a centre that was not begun
    written_once(settings.folder / SECRET_FILE, lambda: bytes.fromhex(facts[SECRET]))
    name = written_once(settings.folder / BOX_FILE, lambda: secrets.token_hex(4).encode()).decode()
    shared = {name: json.loads(facts[name]) for name in THE_CENTRES if name in facts}
    return replace(settings, **shared, box=name.strip())


def _write_kind(database: Database, settings: Settings) -> None:
    with database.read() as tx:
        if IS_DEMO in _facts(tx):
            return
    with database.write() as tx:
        insert_missing(tx, centre_fact, {"name": IS_DEMO, "value": json.dumps(settings.is_demo)})


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
        del told[SECRET], told[IS_DEMO]
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
    if SECRET in facts and len(facts[SECRET]) < 2 * SECRET_BYTES:
        raise LostDatabase(
            "数据库里这个中心的密钥不完整。没有改动。请用备份恢复。"
            "The centre's secret in its database is cut short. Nothing was changed. Bring a backup back.",
            REPLACE,
        )
    if SECRET in facts and path.exists() and path.read_bytes().hex() != facts[SECRET]:
        raise AnotherCentre(
            f"这个数据库是另一个中心的：它的密钥和 {path} 不一样。没有改动。"
            f"This database is another centre's: its secret is not the one in {path}. Nothing was changed."
        )
    for name in THE_CENTRES:
        ours, theirs = getattr(settings, name), json.loads(facts.get(name, "null"))
        if name in facts and name != IS_DEMO and ours not in (theirs, _default(name)):
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
    with open(draft, "wb", opener=exclusive) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
