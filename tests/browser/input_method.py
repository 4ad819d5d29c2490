"""A screen of its own with a real Chinese input method on it, and a keyboard for it."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

NEEDED = ("Xvfb", "dbus-daemon", "fcitx5", "fcitx5-remote", "xdotool")
PACKAGES = "xvfb dbus fcitx5 fcitx5-pinyin fcitx5-frontend-gtk3 xdotool"
PROFILE = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin
[Groups/0/Items/0]
Name=keyboard-us
[Groups/0/Items/1]
Name=pinyin
[GroupOrder]
0=Default
"""


def missing() -> list[str]:
    """Commands that this machine lacks."""
    return [name for name in NEEDED if shutil.which(name) is None]


@contextmanager
def pinyin(folder: Path) -> Iterator["Keyboard"]:
    """fcitx5-pinyin on a screen of its own, its files in `folder`; what was started is ended."""
    (folder / "config" / "fcitx5").mkdir(parents=True)
    (folder / "config" / "fcitx5" / "profile").write_text(PROFILE, encoding="ascii")
    (folder / "run").mkdir(mode=0o700)
    env = os.environ | {
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "share"),
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "GTK_IM_MODULE": "fcitx",
        "XMODIFIERS": "@im=fcitx",
    }
    with ExitStack() as stack:
        screen = ("Xvfb", "-displayfd", "1", "-screen", "0", "1400x900x24", "-nolisten", "tcp")
        env["DISPLAY"] = ":" + _started(stack, env, *screen)
        bus = ("dbus-daemon", "--session", "--nofork", "--print-address")
        env["DBUS_SESSION_BUS_ADDRESS"] = _started(stack, env, *bus)
        _started(stack, env, "fcitx5", "--disable=wayland,waylandim", says_something=False)
        keyboard = Keyboard(env)
        keyboard.wait_for_input_method()
        yield keyboard


def _started(stack: ExitStack, env: dict[str, str], *command: str, says_something: bool = True) -> str:
    """Start a process that ends with the stack; the first line it says."""
    process = subprocess.Popen(
        command, env=env, text=True, stderr=subprocess.DEVNULL,
        stdout=subprocess.PIPE if says_something else subprocess.DEVNULL,
    )  # fmt: skip
    stack.callback(process.wait, timeout=10)
    stack.callback(process.terminate)
    if process.stdout is None:
        return ""
    stack.callback(process.stdout.close)
    return process.stdout.readline().strip()


class Keyboard:
    """The keyboard of that screen; `env` is what a browser there needs."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env: dict[str, str | float | bool] = {**env}
        self._env = env

    def _run(self, *command: str) -> str:
        return subprocess.run(command, env=self._env, text=True, capture_output=True, check=False).stdout

    def wait_for_input_method(self) -> None:
        for _ in range(100):
            if self._run("fcitx5-remote").strip():
                return
            time.sleep(0.1)
        raise AssertionError("fcitx5 did not start")

    def turn_on(self) -> None:
        """Give the browser's window the keyboard and the keyboard Chinese."""
        window = self._run("xdotool", "search", "--onlyvisible", "--class", "chromium").split()[-1]
        self._run("xdotool", "windowfocus", window)
        for _ in range(50):
            self._run("fcitx5-remote", "-s", "pinyin")
            if self._run("fcitx5-remote", "-n").strip() == "pinyin":
                return
            time.sleep(0.1)
        raise AssertionError("no Chinese input method is on")

    def play(self, *steps: str) -> None:
        """Steps of xdotool, e.g. "type --delay 3 123", "key Return", "sleep 0.1"."""
        script = "\n".join(steps)
        subprocess.run(["xdotool", "-"], env=self._env, input=script, text=True, check=True)
