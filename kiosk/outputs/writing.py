"""Writing the folder that `install` puts into place. Nothing of the system is touched: it needs no root."""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from kiosk.outputs.policy import policy
from kiosk.outputs.rules import Panel, Plan, Screen
from kiosk.outputs.units import units

FILES = Path(__file__).parent / "files"
SCRIPTS = ("arrange", "screen", "install")
ADDRESSES = "{screen}.start"
"""The file that holds a screen's start address: whoever reads it on the box is that screen."""

PACKAGES = (
    "xserver-xorg", "xinit", "x11-xserver-utils", "xinput", "procps", "curl", "chromium", "alsa-utils",
    "fonts-noto-cjk",
)  # fmt: skip
COMMANDS = (
    f"sudo apt-get install --no-install-recommends {' '.join(PACKAGES)}",
    "sudo sh {folder}/install",
    "sudo reboot",
)
"""What puts it into place; {folder} is where it was written."""


def write(folder: Path, plan: Plan, starts: Mapping[Screen, str]) -> tuple[Path, ...]:
    """Write everything of `plan` into `folder`, and take away what an earlier plan had more.

    `starts` holds each screen's start address, from `/` on. Returns the files. Raises OSError.
    """
    system = folder / "systemd"
    system.mkdir(parents=True, exist_ok=True)
    for old in (*system.iterdir(), *(folder / ADDRESSES.format(screen=screen) for screen in Screen)):
        old.unlink(missing_ok=True)
    written = [_put(folder / "screens.conf", _conf(plan)), _put(folder / "policy.json", _json(policy(plan)))]
    written += [_put(folder / ADDRESSES.format(screen=one), f"{start}\n") for one, start in starts.items()]
    written += [_put(system / name, text) for name, text in units(plan).items()]
    for name in SCRIPTS:
        shutil.copyfile(FILES / name, folder / name)
        (folder / name).chmod(0o700)
        written.append(folder / name)
    return tuple(written)


def start_of(folder: Path, screen: Screen) -> str:
    """The start address that `folder` holds for a screen from before; "" when there is none."""
    try:
        return (folder / ADDRESSES.format(screen=screen)).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _put(path: Path, text: str) -> Path:
    path.unlink(missing_ok=True)
    with open(path, "x", encoding="utf-8", opener=_private) as file:
        file.write(text)
    return path


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _conf(plan: Plan) -> str:
    """What the scripts read: a file of sh. Every value was checked, so none needs more than its quotes."""
    lines = [
        "# Which screen hangs at which output; empty: the first that is free. Then: sudo sh install",
        f"server='{plan.server}'",
        f"screens='{' '.join(plan.panels)}'",
        "browser=chromium",
        "more='' # more switches for the browser",
    ]
    for screen, panel in plan.panels.items():
        lines += _panel(screen, panel)
    return "\n".join(lines) + "\n"


def _panel(screen: Screen, panel: Panel) -> tuple[str, ...]:
    return (
        f"{screen}_output='{panel.output}'",
        f"{screen}_turn='{panel.turn}' # normal, left, right, inverted",
        f"{screen}_sound='' # a loudspeaker of its own, as aplay -L names it, e.g. plughw:1,3",
    )
