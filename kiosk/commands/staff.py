"""`kiosk staff`: accounts, from the box itself; for who has no admin at hand, and for fleets."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from kiosk import staff as room
from kiosk import tickets
from kiosk.asked import Asked
from kiosk.clock import system_clock
from kiosk.commands._alike import DATA, check_database, settings_to_find, stop
from kiosk.database import FILE, Database, Tx, UnusableDatabase, open_database
from kiosk.words import Refusal

JSON = click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object.")
NAME = click.argument("name")
ROLE = click.option(
    "--role", type=click.Choice([role.value for role in room.Role]), required=True, help="What it may do."
)

WHY = {
    room.NameTaken: "这个名字已经有人用了。Somebody has this name.",
    room.NameUnfit: "用户名要1到32个字，不能有空格和表情图。A name has 1 to 32 letters, no space or emoji.",
    room.UnknownStaff: "没有这个账号，请看 kiosk staff list。There is no such account: see kiosk staff list.",
    room.LastAdmin: "这是最后一个能用的管理员账号。It is the last admin: make another one first.",
}


@click.group()
def staff() -> None:
    """List who may log in; open and close accounts; give a new password. The station may run."""


@staff.command("list")
@DATA
@JSON
def list_(data: Path, as_json: bool) -> None:
    """Every account."""
    with _opened(data) as database, database.read() as tx:
        found = room.accounts(tx)
    if as_json:
        click.echo(json.dumps({"staff": [_told(one) for one in found]}, ensure_ascii=False, indent=1))
        return
    for one in found:
        state = "" if one.is_enabled else "  停用 disabled"
        last = one.logged_in_at.astimezone().strftime("%Y-%m-%d %H:%M") if one.logged_in_at else "–"
        click.echo(f"{one.name}  {one.role}  {last}{state}")


@staff.command()
@NAME
@ROLE
@DATA
@JSON
def add(name: str, role: str, data: Path, as_json: bool) -> None:
    """Open an account called NAME; prints its first password."""
    _with_password(data, lambda tx, kept: room.add_staff(tx, _asked(), name, room.Role(role), kept), as_json)


@staff.command()
@NAME
@DATA
@JSON
def reset(name: str, data: Path, as_json: bool) -> None:
    """Give NAME a new password, which is printed; whoever is logged in under that name no longer is."""

    def give(tx: Tx, kept: room.Password) -> int:
        staff_id = room.account_called(tx, name).id
        room.set_password(tx, _asked(), staff_id, kept)
        return staff_id

    _with_password(data, give, as_json)


@staff.command()
@NAME
@DATA
@JSON
def disable(name: str, data: Path, as_json: bool) -> None:
    """Close the account NAME: it cannot log in any more, what was done under it stays."""
    _change(data, name, room.disable, as_json)


@staff.command()
@NAME
@DATA
@JSON
def enable(name: str, data: Path, as_json: bool) -> None:
    """Open the account NAME again."""
    _change(data, name, room.enable, as_json)


@staff.command()
@NAME
@ROLE
@DATA
@JSON
def role(name: str, role: str, data: Path, as_json: bool) -> None:
    """Let NAME do other things."""
    _change(data, name, lambda tx, who, one: room.set_role(tx, who, one, room.Role(role)), as_json)


def _with_password(data: Path, give: Callable[[Tx, room.Password], int], as_json: bool) -> None:
    password = room.made_password()
    kept = room.hashed(password, is_given=True)  # before the transaction: the hall writes meanwhile
    with _opened(data) as database, database.write() as tx:
        account = room.account_of(tx, give(tx, kept))
    if as_json:
        click.echo(json.dumps(_told(account) | {"password": password}, ensure_ascii=False))
        return
    click.echo(
        f"{account.name}（{account.role}）/ {password}\n"
        "只显示这一次，请记下来；第一次登录以后要改。Shown this once; it is changed after the first log-in."
    )


def _change(data: Path, name: str, act: Callable[[Tx, Asked, int], None], as_json: bool) -> None:
    with _opened(data) as database, database.write() as tx:
        staff_id, asked = room.account_called(tx, name).id, _asked()
        act(tx, asked, staff_id)
        account = room.account_of(tx, staff_id)
        if not account.may_serve:
            tickets.leave_counters(tx, asked.now, staff_id)
    if as_json:
        click.echo(json.dumps(_told(account), ensure_ascii=False))
        return
    click.echo(f"{account.name}  {account.role}{'' if account.is_enabled else '  停用 disabled'}")


@contextmanager
def _opened(data: Path) -> Iterator[Database]:
    """The centre's database, which the station may use meanwhile: nothing is made and nothing is migrated."""
    settings = settings_to_find(data)
    url = settings.database_url
    try:
        if not (url or (data / FILE).is_file()):
            stop(f"{data} 里没有中心，请用 --data 指明。There is no centre in {data}: see --data.")
        check_database(settings)
        database = open_database(data, url)
    except UnusableDatabase as fault:
        stop(str(fault))
    try:
        yield database
    except Refusal as refusal:
        stop(WHY.get(type(refusal), str(refusal)))
    finally:
        database.close()


def _asked() -> Asked:
    return Asked(system_clock())


def _told(account: room.Account) -> dict[str, Any]:
    last = account.logged_in_at
    return {
        "name": account.name,
        "role": account.role.value,
        "enabled": account.is_enabled,
        "given_password": account.has_given_password,
        "last_log_in_at": last.isoformat() if last else None,
    }
