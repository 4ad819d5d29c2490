"""`kiosk screens`: what shows station and board on the panels of the box, from boot to power cut and on."""

import json
import shlex
import sys
from pathlib import Path
from typing import Any

import click

from kiosk import devices, outputs
from kiosk.asked import Asked
from kiosk.clock import system_clock
from kiosk.commands._alike import DATA, Place, stop
from kiosk.commands.device import JSON, opened
from kiosk.database import Database
from kiosk.devices import Kind
from kiosk.outputs import Panel, Plan, Screen

FOLDER, PATH = "screens", "/start/"
NAMES = {Screen.STATION: "主机自助机", Screen.BOARD: "主机大屏"}
"""What the list of devices calls the panels of the box."""


class Output(click.ParamType[Panel]):
    """An output's name, perhaps with how its panel hangs."""

    name = "OUTPUT"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Panel:
        """The panel that was typed; ends the command, as wrong usage, with what is wrong with it."""
        try:
            return value if isinstance(value, Panel) else outputs.panel_of(str(value))
        except outputs.BadOutput as wrong:
            self.fail(str(wrong), param, ctx)


@click.command("screens")
@click.option("--station", type=Output(), help="Where the touchscreen is: HDMI-1; HDMI-1,left on its side.")
@click.option("--board", type=Output(), help="Where the television is. Without either: both, auto.")
@click.option("--out", type=Place(is_folder=True), help="Default: DATA/screens.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address that the server listens on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--no-server", is_flag=True, help="Something else starts the server already.")
@JSON
@DATA
def screens(data: Path, out: Path | None, *, as_json: bool, **given: Any) -> None:
    """Write what starts station and board on this box's own panels: systemd units, a browser policy.

    It changes nothing of the system: three commands then put it into place. See docs/screens.md.
    """
    folder, plan = (out or data / FOLDER).absolute(), _plan(data, given)
    with opened(data) as (database, _):
        starts = {screen: _start(database, folder, screen) for screen in plan.panels}
        try:
            written = outputs.write(folder, plan, starts)
        except OSError as fault:
            stop(f"写不进 {folder}。It cannot be written: {fault.filename}: {fault.strerror or fault}")
    commands = [one.format(folder=shlex.quote(str(folder))) for one in outputs.COMMANDS]
    if as_json:
        told = {"folder": str(folder), "files": [str(path) for path in written], "commands": commands}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    click.echo(f"写好了 Written: {folder}\n请依次运行这三条 Then run these three, one after the other:")
    click.echo("\n".join(f"  {command}" for command in commands))


def _plan(data: Path, given: dict[str, Any]) -> Plan:
    """Ends the command, as wrong usage, when two screens were given one output, or the host is none."""
    named = {screen: given[screen] for screen in Screen if given[screen]}
    panels = named or dict.fromkeys(Screen, Panel())
    try:
        outputs.check_apart(panels)
        outputs.check_host(given["host"])
    except outputs.BadOutput as wrong:
        stop(str(wrong), 2)
    program = None if given["no_server"] else Path(sys.executable).with_name("kiosk")
    return Plan(panels, data.absolute(), given["host"], given["port"], _owner(data), program)


def _owner(data: Path) -> str:
    """Whose folder it is, by name or by number: the server runs as nobody else."""
    try:
        return data.owner()
    except KeyError:
        return str(data.stat().st_uid)
    except OSError:
        return ""  # there is none, as is told next


def _start(database: Database, folder: Path, screen: Screen) -> str:
    """The start address of a screen: the one that was written before, so long as it lets the browser in."""
    written = outputs.start_of(folder, screen)
    known = devices.device_with(database, devices.start_token(written.removeprefix(PATH)))
    if known is not None and known.kind == Kind(screen):
        return written
    with database.write() as tx:
        let_in = devices.add_with_start(tx, Asked(system_clock()), Kind(screen), NAMES[screen])
    return f"{PATH}{let_in.token}"
