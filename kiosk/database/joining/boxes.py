"""Opening a centre: what is refused before a table is made, and what a box has of those beside it."""

import json
import logging
import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from kiosk.database import Database, UnusableDatabase, open_to_read
from kiosk.database.dialects import insert_missing
from kiosk.database.faults import REPLACE, LostDatabase
from kiosk.database.joining.demo_or_real import check_kind, demo_or_real
from kiosk.database.joining.facts import (
    IS_DEMO,
    SECRET,
    THE_CENTRES,
    centre_fact,
    facts_of,
    told,
    write_facts,
)
from kiosk.database.joining.rules import RULES, lacks_rules, take_over
from kiosk.database.joining.secret_file import SECRET_BYTES, SECRET_FILE, check_secret, written_once
from kiosk.database.opening import has_file, refuse_lost
from kiosk.settings import BOX_FILE, FILE, Settings

log = logging.getLogger(__name__)


class AnotherCentre(UnusableDatabase):
    """The box belongs to another centre than the database that it is given."""


def refuse_another(settings: Settings) -> None:
    """Refuse what must not be opened as `settings` say. Nothing is written, no table is made.

    Raises LostDatabase, also for a secret that is gone or cut short, OtherKind, AnotherCentre.
    """
    refuse_lost(settings.folder, settings.database_url)
    facts, is_demo = _known(settings)
    is_on_file = not settings.database_url
    check_secret(settings.folder, must_be=is_on_file and is_demo is not None)
    check_kind(settings.folder, is_demo=is_demo, wanted=settings.is_demo)
    if settings.database_url:
        _refuse_emptied(settings, facts)
        _check(settings, facts)


def refuse_others(settings: Settings) -> None:
    """Refuse a shared database that another centre has. Nothing is written. Raises UnusableDatabase."""
    if settings.database_url:
        _refuse_others_secret(settings, _known(settings)[0])


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
            facts = facts_of(tx) if sa.inspect(tx).has_table(centre_fact.name) else {}
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


def join(database: Database, settings: Settings) -> Settings:
    """`settings` as the centre has them, with this box's name; the secret lies in the folder afterwards.

    The first box brings them into a shared database. Whether it is a demo is written once, for life. Raises
    AnotherCentre.
    """
    if database.is_file:
        # first the secret: where the kind is written and no secret lies, it was lost
        written_once(settings.folder / SECRET_FILE, lambda: secrets.token_bytes(SECRET_BYTES))
        return _by_rules(settings, _begun(database, settings), RULES)
    with database.write() as tx:
        facts = facts_of(tx)
        _check(settings, facts)
        if SECRET not in facts:
            write_facts(tx, {name: value for name, value in told(settings).items() if name not in facts})
            facts = facts_of(tx)
        if lacks_rules(facts):
            facts |= take_over(tx, settings, facts)
    # after the commit: a folder must not have the secret of a centre that was not begun
    written_once(settings.folder / SECRET_FILE, lambda: bytes.fromhex(facts[SECRET]))
    name = written_once(settings.folder / BOX_FILE, lambda: secrets.token_hex(4).encode()).decode()
    return replace(_by_rules(settings, facts, THE_CENTRES), box=name.strip())


def _begun(database: Database, settings: Settings) -> dict[str, str]:
    """The facts of a centre on a file, which this box begins where there are none."""
    with database.read() as tx:
        facts = facts_of(tx)
    if IS_DEMO in facts and not lacks_rules(facts):
        return facts
    with database.write() as tx:
        insert_missing(tx, centre_fact, {"name": IS_DEMO, "value": json.dumps(settings.is_demo)})
        facts = facts_of(tx)
        return facts | take_over(tx, settings, facts) if lacks_rules(facts) else facts


def _by_rules(settings: Settings, facts: dict[str, str], shared: tuple[str, ...]) -> Settings:
    """`settings` with what the centre's facts say of the names in `shared`; of a line left over is told."""
    for name, theirs in left_over(settings, facts):
        log.warning(
            "%s：%s 不再从这里读，现在是 %r，请在后台的“开放时间”和“本站”里改，并删掉这一行。"
            "%s is not read from %s any more: it is %r now. Change it in the browser, at /admin/opening or "
            "/admin/centre, and delete this line.",
            FILE, name, theirs, name, FILE, theirs,
        )  # fmt: skip
    return replace(settings, **{name: json.loads(facts[name]) for name in shared if name in facts})


def left_over(settings: Settings, facts: Mapping[str, str]) -> list[tuple[str, Any]]:
    """The rules that `settings` would have otherwise than the centre has them, each with how it is."""
    known = {name: json.loads(facts[name]) for name in RULES if name in facts}
    return [
        (name, theirs)
        for name, theirs in known.items()
        if getattr(settings, name) not in (theirs, _default(name))
    ]


def as_known(settings: Settings) -> Settings:
    """`settings` with the name that this box has on a shared database, for who only looks. Raises OSError."""
    path = settings.folder / BOX_FILE
    if not settings.database_url or not path.exists():
        return settings
    return replace(settings, box=path.read_text(encoding="ascii").strip())


def _check(settings: Settings, facts: dict[str, str]) -> None:
    path = settings.folder / SECRET_FILE
    if SECRET in facts and len(facts[SECRET]) < 2 * SECRET_BYTES:
        raise LostDatabase(
            "数据库里这个中心的密钥不完整。没有改动。请用备份恢复。"
            "The centre's secret in its database is cut short. Nothing was changed. Bring a backup back.",
            REPLACE,
        )
    _refuse_others_secret(settings, facts)
    if path.exists():
        return  # it has been here: what it says otherwise is left over from before
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


def _refuse_others_secret(settings: Settings, facts: dict[str, str]) -> None:
    path = settings.folder / SECRET_FILE
    if SECRET in facts and path.exists() and path.read_bytes().hex() != facts[SECRET]:
        raise AnotherCentre(
            f"这个数据库是另一个中心的：它的密钥和 {path} 不一样。没有改动。"
            "请把 database_url 改成本中心的库；要加入那个中心，请换一个空文件夹。"
            f"This database is another centre's: its secret is not the one in {path}. Nothing was changed. "
            "Name this centre's own database in database_url; to join the other centre take an empty folder."
        )


def _default(name: str) -> Any:
    return Settings.__dataclass_fields__[name].default
