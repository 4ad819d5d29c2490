"""Which screen hangs at which output of the box, as somebody typed it."""

import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,31}", re.ASCII)
"""An output's name, as `xrandr` lists it: HDMI-1, DP-2, eDP-1, HDMI-A-0."""
HOST = re.compile(r"[0-9A-Za-z.:-]{1,255}", re.ASCII)
"""A name or an address to listen on."""
TURNS = ("normal", "left", "right", "inverted")
"""How a panel may hang, in the words of `xrandr`."""


class Screen(StrEnum):
    """What a panel of the box shows."""

    STATION = "station"
    BOARD = "board"


class BadOutput(Exception):
    """What was typed names no output; the sentence says why, in both languages."""


class Panel(Struct, frozen=True):
    """An output and how its panel hangs; without a name the first one that is free."""

    output: str = ""
    turn: str = "normal"


class Plan(Struct, frozen=True):
    """What is to be written: `data` is the centre's folder, `run_as` the name of the account that owns it.

    `panels` has one entry for each screen, the touchscreen's first. `program` is the whole path of `kiosk`;
    `None` where something else starts the server already.
    """

    panels: Mapping[Screen, Panel]
    data: Path
    host: str
    port: int
    run_as: str
    program: Path | None

    @property
    def server(self) -> str:
        """What a browser on the box calls the server: a start address works by no other name."""
        return f"http://127.0.0.1:{self.port}"


def panel_of(typed: str) -> Panel:
    """What somebody typed: `HDMI-1`, `HDMI-1,left` for a panel on its side, or `auto`. Raises BadOutput."""
    output, _, turn = typed.strip().partition(",")
    output, turn = output.strip(), turn.strip() or "normal"
    if turn not in TURNS:
        raise BadOutput(
            f"“{turn}”不是挂法，可以写 {'、'.join(TURNS)}。A panel hangs {', '.join(TURNS)}, not “{turn}”."
        )
    if output == "auto":
        return Panel("", turn)
    if not NAME.fullmatch(output):
        raise BadOutput(
            f"“{output}”不是插口的名字，例如 HDMI-1、DP-1（xrandr 会列出来）。"
            f"“{output}” is no name of an output, such as HDMI-1 or DP-1: xrandr lists them."
        )
    return Panel(output, turn)


def check_host(host: str) -> None:
    """Raise BadOutput when `host` can be no name and no address."""
    if not HOST.fullmatch(host):
        raise BadOutput(f"“{host}”不是地址。“{host}” is no address to listen on.")


def check_apart(panels: Mapping[Screen, Panel]) -> None:
    """Raise BadOutput when two screens were given the same output."""
    named = [panel.output.lower() for panel in panels.values() if panel.output]
    if len(set(named)) < len(named):
        raise BadOutput(
            "两块屏幕不能接在同一个插口上。Two screens cannot hang at one output: name another one."
        )
