"""The `kiosk` command. Exit codes: 0 done, 1 a fault that the message explains, 2 wrong usage."""

import ipaddress
import json
import logging
import os
import signal
import tempfile
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from kiosk import __version__, demo, setup, staff
from kiosk.asked import Asked
from kiosk.box import Box, open_box
from kiosk.commands import catalogue as catalogue_commands
from kiosk.commands import centre, device, keeping, printer, screens
from kiosk.commands import setup as setup_command
from kiosk.commands import staff as staff_commands
from kiosk.commands._alike import DATA, Place, alone, check_database, settings_to_find, stop, stop_without
from kiosk.database import FILE as DATABASE_FILE
from kiosk.database import UnusableDatabase, is_up_to_date, open_database
from kiosk.database.faults import in_short
from kiosk.database.folder_lock import OTHERS, exclusive
from kiosk.database.joining import PUBLIC, kind_of, refuse_another, refuse_others
from kiosk.settings import FILE, BadSettings, Settings, load, template

log = logging.getLogger(__name__)

MIGRATING_S = 600.0
"""Seconds for bringing the tables of many years up to date."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kiosk")
def main() -> None:
    """Linli 邻里站: queue, check-in and contact cards for one community service centre."""
    os.umask(OTHERS)  # slips, logs of the database, drafts: whatever this and its processes write is private
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("kiosk").setLevel(logging.INFO)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a moment of many requests is no news


@main.command()
@DATA
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option(
    "--demo", "is_demo", is_flag=True, help="Run the demo centre, with log-ins that everybody knows."
)
@click.option("--demo-on-lan", is_flag=True, help="Let the demo listen beyond this machine.")
def serve(data: Path, host: str, port: int, is_demo: bool, demo_on_lan: bool) -> None:
    """Run the station, the board, the counters and the printer."""
    if is_demo and not demo_on_lan and not is_loopback(host):
        stop(
            f"演示中心的密码人人都知道，不能开放到 {host}。The demo's passwords are public: --demo-on-lan.",
            2,
        )
    with alone(data):
        make_tables_first(settings_of(data, is_demo=is_demo))
        box = opened(data, is_demo=is_demo)
        if is_demo:
            demo.furnish(box)
        run(box, host, port)


def run(box: Box, host: str, port: int) -> None:
    """Serve until told to stop, and say where."""
    from kiosk.server.running import address_of, prepare
    from printing.printers import BadPrinter

    try:
        running = prepare(box, host, port)
    except (BadPrinter, UnusableDatabase) as fault:
        stop(str(fault))
    except (OSError, ValueError) as fault:  # a host name that is none
        why = getattr(fault, "strerror", None) or fault
        stop(f"不能在 {host}:{port} 上打开服务。Cannot listen on {host}:{port}: {why}")
    click.echo(greeting(box, address_of(running.server, host)))
    if not (box.settings.is_demo or setup.is_begun(box.database)):
        click.echo(how_to_begin(box, address_of(running.server, host)))
    running.run()


def greeting(box: Box, address: str) -> str:
    """Where everything is, and in the demo who may log in."""
    places = {
        "自助机 Kiosk": "/",
        "叫号大屏 Board": "/board",
        "窗口 Window": "/counter",
        "后台 Office": "/admin/cards",
    }
    lines = [f"{box.centre.name('zh')} · 邻里站 Linli {__version__}"]
    lines += [f"  {name}: {address}{path}" for name, path in places.items()]
    if box.settings.is_demo:
        lines += ["演示账号 Demo log-ins:", *(f"  {name} / {word}" for name, word in PUBLIC.items())]
    return "\n".join(lines)


def how_to_begin(box: Box, address: str) -> str:
    """Where a new centre is set up, and the code that only who stands here can read."""
    return (
        f"这是个新的中心，请打开 {address}/setup，按下面的号码开始准备，大约十分钟。\n"
        f"This centre is new: open {address}/setup and give this code; it takes about ten minutes.\n"
        f"setup code: {setup.code_of(box.database).shown}"
    )


@main.command("setup")
@DATA
@setup_command.ANSWERS
def set_up(data: Path, answers: Path) -> None:
    """Make a whole centre from a file of answers, as /setup would; prints what it made as JSON."""
    answered = setup_command.answered(answers)
    with alone(data):
        box = opened(data, is_demo=False)
        try:
            told = setup_command.set_up(box, answered)
        finally:
            box.database.close()
        _write_template(data)
    click.echo(json.dumps(told, ensure_ascii=False, indent=1))


@main.command()
@DATA
def init(data: Path) -> None:
    """Make a centre: its folder, its settings file to fill in, its database, and an administrator."""
    with alone(data):
        _begin_centre(data)


def _write_template(data: Path) -> Path:
    """The settings file, every line of it explained, unless there is one."""
    settings_file = data / FILE
    if not os.path.lexists(settings_file):
        with open(settings_file, "w", encoding="utf-8", opener=exclusive) as file:
            file.write(template())
    return settings_file


def _begin_centre(data: Path) -> None:
    box = opened(data, is_demo=False)
    settings_file = _write_template(data)
    password = staff.made_password()
    kept = staff.hashed(password, is_given=True)
    try:
        with box.database.write() as tx:
            staff.add_staff(tx, Asked(box.now()), "admin", staff.Role.ADMIN, kept)
    except staff.NameTaken:
        stop(
            f"{data} 里已经有一个中心了，没有改动。There is a centre in {data} already; nothing was changed."
        )
    finally:
        box.database.close()
    click.echo(
        f"管理员 Administrator: admin / {password}\n只显示这一次，请记下来。Shown this once: write it down."
    )
    click.echo(f"请填写 Fill in: {settings_file}")


@main.command()
@click.option("--seed", default=1, show_default=True, help="The same seed plays the same day.")
@click.option("--counters", type=click.IntRange(1), default=4, show_default=True)
@click.option(
    "--people", type=click.IntRange(1, 2000), default=160, show_default=True, help="Expected a day."
)
@click.option(
    "--days",
    type=click.IntRange(1, 60),
    default=3,
    show_default=True,
    help="The last is reported; those before it teach the estimate.",
)
@click.option("--picture", type=Place(is_file=True), help="Draw the waits as a PNG.")
@click.option("--recorded", type=Place(is_folder=True), help="Replay a day of this data folder.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Which day of --recorded.")
def simulate(*, picture: Path | None, recorded: Path | None, day: datetime | None, **scenario: int) -> None:
    """Play a day through the real queue in a throw-away folder: how long would people wait?"""
    from kiosk import simulation
    from printing.drawing.fonts import FontMissing

    if (recorded is None) != (day is None):
        raise click.UsageError("--recorded 和 --day 要一起用。--recorded and --day go together.")
    plan = simulation.Scenario(**scenario)
    try:
        with tempfile.TemporaryDirectory(prefix="linli-") as name:
            if recorded is not None and day is not None:
                settings = settings_to_find(recorded)
                refuse_others(settings)
                url = settings.database_url
                report = simulation.replay(Path(name), recorded, day.date(), plan, url)
            else:
                report = simulation.simulate(Path(name), demo.furnish_hall, plan)
        click.echo(simulation.table(report))
        if picture is not None:
            simulation.draw(report, picture)
    except (simulation.NotPlayable, UnusableDatabase, FontMissing) as fault:
        stop(str(fault))
    except OSError as fault:
        stop(f"文件用不了。A file cannot be used: {fault.filename}: {fault.strerror or fault}")


@main.group()
def catalogue() -> None:
    """The services, windows and priorities of the centre as a file, out and in. The station may run."""


@catalogue.command("export")
@catalogue_commands.FILE
@DATA
@catalogue_commands.JSON
def export_catalogue(file: Path, data: Path, *, as_json: bool) -> None:
    """Write everything into FILE: a workbook (.xlsx), or JSON (.json)."""
    box = _there(data)
    catalogue_commands.written(box, file)
    box.database.close()
    click.echo(json.dumps({"file": str(file)}, ensure_ascii=False) if as_json else f"{file}")


@catalogue.command("import")
@catalogue_commands.FILE
@DATA
@catalogue_commands.JSON
@click.option("--replace", is_flag=True, help="Where a code means something else here, the file is right.")
@click.option("--look", "is_look", is_flag=True, help="Tell what it would do, and change nothing.")
def import_catalogue(file: Path, data: Path, *, as_json: bool, replace: bool, is_look: bool) -> None:
    """Take FILE in, all of it or nothing. What it does not name stays as it is."""
    box = _there(data)
    try:
        found = catalogue_commands.taken(box, file, replace=replace, is_look=is_look)
    finally:
        box.database.close()
    catalogue_commands.told(found, as_json=as_json)


def _there(data: Path) -> Box:
    """The box of a centre that is there and up to date: nothing is made, nothing is migrated."""
    settings = settings_of(data)
    if not settings.database_url and not (data / DATABASE_FILE).is_file():
        stop(f"{data} 里没有中心，请用 --data 指明。There is no centre in {data}: see --data.")
    check_database(settings)
    return opened(data)


def make_tables_first(settings: Settings) -> None:
    """Bring the tables up to date in a copy of this process, if they are not, and furnish a demo in it.

    A server that did it itself kept Alembic: 90 MB, not 78; and the calendar that the demo's three months
    are counted by, 88, not 84. What serves is loaded meanwhile. The copy holds the folder as well: when this
    process is killed, nobody else begins before the tables are whole. Where it fails, the server makes them.
    """
    try:
        refuse_another(settings)
        if is_up_to_date(settings.folder, settings.database_url):
            return
    except UnusableDatabase as fault:
        stop_without(fault, settings)
    from multiprocessing import get_context  # not above: every other start would pay 18 ms for it

    fork = get_context("fork")
    reads, says = fork.Pipe(duplex=False)
    making = fork.Process(target=_make_tables, args=[settings, says], daemon=True)
    making.start()
    import_module("kiosk.server.running")
    making.join(MIGRATING_S)
    ended = "too slow" if making.exitcode is None else f"exit code {making.exitcode}"
    is_final, why = reads.recv() if reads.poll() else (False, "" if making.exitcode == 0 else ended)
    if is_final:
        stop(why)
    if why:
        making.kill()
        making.join()
        log.warning("the tables were not brought up to date apart: %s", why)


def _make_tables(settings: Settings, says: Any) -> None:
    """In the copy; says whether nobody can use the database, and why, or why it was not done here."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who ends the start ends its copy
    try:
        if settings.is_demo:
            box = open_box(settings)
            demo.furnish(box)
            box.database.close()
        else:
            open_database(settings.folder, settings.database_url).close()
    except UnusableDatabase as fault:
        says.send((True, str(fault)))
    except Exception as fault:
        says.send((False, in_short(fault)))


def opened(data: Path, **given: Any) -> Box:
    """The box in `data`; ends the command with every mistake of the settings.

    What is not asked for as a demo, or as none, is what it is.
    """
    settings = settings_of(data, **given)
    try:
        if "is_demo" not in given:
            settings = replace(settings, is_demo=bool(kind_of(settings)))
        return open_box(settings)
    except UnusableDatabase as fault:
        stop_without(fault, settings)
    except OSError as fault:
        stop(f"文件夹 {data} 用不了。The folder {data} cannot be used: {fault.strerror or fault}")


def settings_of(data: Path, **given: Any) -> Settings:
    """The settings of `data`; ends the command with every mistake in them."""
    try:
        return load(data, os.environ, **given)
    except BadSettings as wrong:
        stop(str(wrong))
    except OSError as fault:
        stop(f"文件夹 {data} 用不了。The folder {data} cannot be used: {fault.strerror or fault}")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


COMMANDS = (
    centre.centre, device.device, keeping.backup, keeping.restore, keeping.doctor, printer.printer,
    screens.screens, staff_commands.staff,
)  # fmt: skip

for command in COMMANDS:
    main.add_command(command)
