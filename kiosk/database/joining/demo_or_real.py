"""A centre is a demo or a real one for life: everybody knows the passwords of the demo."""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.database import UnusableDatabase
from kiosk.database.joining.facts import IS_DEMO

PUBLIC: Mapping[str, str] = MappingProxyType(
    {"admin": "demo-admin"}
    | {f"clerk{number}": "demo-clerk" for number in range(1, 5)}
    | {"desk": "demo-desk", "secretary": "demo-secretary", "street": "demo-street"}
    | {f"grid{number}": "demo-grid" for number in (1, 2)}
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
    staff: nobody but the demo gave out the demo's passwords. A hash is tried for each of its names.
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


class OtherKind(UnusableDatabase):
    """A real centre was to be opened as a demo, or a demo as a real centre."""


def check_kind(folder: Path, *, is_demo: bool | None, wanted: bool) -> None:
    """Raise OtherKind where a centre that `is_demo` is opened as one that is not, or the reverse."""
    if is_demo is not None and is_demo != wanted:
        raise OtherKind(_why_other_kind(folder, is_demo=is_demo))


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
