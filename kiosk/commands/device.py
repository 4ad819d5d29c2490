"""`kiosk device`: which machines are the centre's own, letting one in, putting one out."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from kiosk import devices
from kiosk.asked import Asked
from kiosk.centre import Centre, open_centre
from kiosk.clock import system_clock
from kiosk.commands._alike import DATA, stop
from kiosk.database import FILE, Database, UnusableDatabase, open_database
from kiosk.database.joining import SECRET_FILE, refuse_others
from kiosk.devices import VALID_FOR, Kind
from kiosk.settings import BadSettings, load

JSON = click.option("--json", "as_json", is_flag=True, help="For programs: one JSON value.")


@click.group()
def device() -> None:
    """Which machines may take tickets, be a board, sit at a counter. The station may run."""


@device.command("list")
@JSON
@DATA
def list_(data: Path, as_json: bool) -> None:
    """Every device that is let in, and the last ones that were put out."""
    with opened(data) as (database, centre), database.read() as tx:
        found = devices.devices(tx)
    if as_json:
        click.echo(json.dumps([_told(one) for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        seen = f"{centre.local(one.seen_at):%Y-%m-%d %H:%M}" if one.seen_at else "–"
        state = "停用 revoked" if one.revoked_at else f"{seen}  {one.address}"
        click.echo(f"{one.id:4}  {one.kind:8}  {one.name}  ({one.way})  {state}")


@device.command()
@click.argument("kind", type=click.Choice([str(kind) for kind in Kind]))
@click.option("--name", default="", help="What people call it.")
@click.option(
    "--start",
    "by_start",
    is_flag=True,
    help="An address for a browser on this machine that keeps no cookies.",
)
@JSON
@DATA
def add(kind: str, name: str, by_start: bool, as_json: bool, data: Path) -> None:
    """Make a code that lets in one device of KIND within 15 minutes: type it at /enrol there."""
    now = system_clock()
    told: dict[str, object] = {"kind": kind, "name": name or kind}
    if devices.name_fault(name or kind):
        stop("名字要1到40个字，不能有表情图。A name has 1 to 40 letters and no emoji.")
    with opened(data) as (database, centre), database.write() as tx:
        if by_start:
            let_in = devices.add_with_start(tx, Asked(now), Kind(kind), name or kind)
            told |= {"id": let_in.id, "start": f"/start/{let_in.token}"}
        else:
            code = devices.make_code(tx, centre, Asked(now), Kind(kind), name or kind)
            told |= {"code": code, "until": (now + VALID_FOR).isoformat(timespec="seconds")}
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
    elif by_start:
        click.echo(
            "这台机器上的浏览器，开机页面设成下面这个（端口照旧）；只显示这一次。\n"
            "Have the browser on this machine start at this address (your port); it is shown this once:\n"
            f"  http://127.0.0.1:8000{told['start']}"
        )
    else:
        click.echo(
            f"开通码 Code: {told['code']}\n在那台机器上打开 /enrol 按进去，15 分钟内有效，只能用一次。\n"
            "Open /enrol on that machine and type it: once, within 15 minutes."
        )


@device.command()
@click.argument("device_id", metavar="ID", type=click.IntRange(1, 2**31 - 1))
@JSON
@DATA
def revoke(device_id: int, as_json: bool, data: Path) -> None:
    """Put the device ID out, at once."""
    with opened(data) as (database, _), database.write() as tx:
        devices.revoke(tx, Asked(system_clock()), device_id)
    click.echo(json.dumps({"revoked": device_id}) if as_json else f"停用了 Put out: {device_id}")


@contextmanager
def opened(data: Path) -> Iterator[tuple[Database, Centre]]:
    """The centre in `data`, beside its server; ends the command when there is none, or with the refusal."""
    try:
        settings = load(data, os.environ)
        is_there = settings.database_url or (data / FILE).exists()
        if not is_there or not (data / SECRET_FILE).exists():
            stop(f"{data} 里没有中心。There is no centre in {data}.")
        refuse_others(settings)
        database = open_database(data, settings.database_url)
    except BadSettings as wrong:
        stop(str(wrong))
    except UnusableDatabase as fault:
        stop(str(fault))
    try:
        yield database, open_centre(settings)
    except devices.UnknownDevice:
        stop("没有这台设备，请看 kiosk device list。There is no such device: see kiosk device list.")
    except devices.TooManyCodes:
        stop("没用的开通码太多了，请先用掉。Too many codes are unused: use them, or wait 15 minutes.")
    finally:
        database.close()


def _told(one: devices.Device) -> dict[str, object]:
    return {
        "id": one.id,
        "kind": one.kind,
        "name": one.name,
        "way": one.way,
        "enrolled_at": _iso(one.enrolled_at),
        "enrolled_by": one.enrolled_by,
        "address": one.address,
        "seen_at": _iso(one.seen_at),
        "revoked_at": _iso(one.revoked_at),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
