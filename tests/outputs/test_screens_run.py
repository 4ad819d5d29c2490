"""The browsers of station and board on a real X server: killed, without a server, after a power cut."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from urllib.request import urlopen

import psutil
import pytest
from click.testing import CliRunner

from kiosk.cli import main
from kiosk.outputs.writing import FILES

PLACES = {"station": "1080/290x1920/510+0+0", "board": "1920/510x1080/290+1080+0"}
DISPLAY = ":87"

pytestmark = [
    pytest.mark.load,
    pytest.mark.skipif(
        not all(map(shutil.which, ("Xvfb", "chromium", "curl"))), reason="apt-get install xvfb chromium curl"
    ),
]


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(true, longest_s=120.0):
    end = time.monotonic() + longest_s
    while not (found := true()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)
    return found


class Box:
    """A box with two panels; as systemd does, `run` starts again what has ended."""

    def __init__(self, folder, data):
        self.folder, self.data, self.port = folder, data, free_port()
        self.looks = {screen: free_port() for screen in PLACES}
        done = CliRunner().invoke(main, ["screens", "--data", str(data), "--port", str(self.port)])
        assert done.exit_code == 0, done.output
        self.etc = data / "screens"
        (folder / "bin").mkdir()
        self.panels(PLACES)
        (folder / "bin/xrandr").write_text(f"#!/bin/sh\ncat '{folder}/panels'\n")
        (folder / "bin/xrandr").chmod(0o755)
        self.started = {}

    def panels(self, places):
        lines = ["Monitors: 2", *(f" 0: +{'*' * (s == 'station')}{s} {p} {s}" for s, p in places.items())]
        (self.folder / "panels").write_text("\n".join(lines) + "\n")

    def run(self, name, command, **environ):
        again = f"while :; do {command}; sleep 0.2; done"
        environ = os.environ | environ
        self.started[name] = subprocess.Popen(["sh", "-c", again], env=environ, start_new_session=True)

    def serve(self):
        command = f"'{sys.executable}' -m kiosk serve --demo --data '{self.data}' --port {self.port}"
        self.run("server", f"{command} >>'{self.folder}/log' 2>&1")

    def show(self, screen):
        more = f"--no-sandbox --disable-gpu --remote-debugging-port={self.looks[screen]}"
        conf = self.etc / f"{screen}-etc"
        conf.mkdir(exist_ok=True)
        shutil.copy(self.etc / f"{screen}.start", conf)
        text = (self.etc / "screens.conf").read_text().replace("more=''", f"more='{more}'")
        (conf / "screens.conf").write_text(text)
        runtime = self.folder / f"run-{screen}"
        runtime.mkdir(exist_ok=True)
        self.run(
            screen, f"'{FILES}/screen' {screen} 2>>'{self.folder}/log'", DISPLAY=DISPLAY,
            PATH=f"{self.folder}/bin:{os.environ['PATH']}",
            LINLI_SCREENS=str(conf), RUNTIME_DIRECTORY=str(runtime),
        )  # fmt: skip

    def page(self, screen):
        """Where the browser of a screen is; "" while there is none."""
        try:
            with urlopen(f"http://127.0.0.1:{self.looks[screen]}/json", timeout=1) as answer:
                return next((one["url"] for one in json.load(answer) if one["type"] == "page"), "")
        except (OSError, ValueError):
            return ""

    def is_shown(self, screen):
        path = {"station": "/", "board": "/board"}[screen]
        return self.page(screen) == f"http://127.0.0.1:{self.port}{path}"

    def processes(self, screen, word):
        profile = f"--user-data-dir={self.folder}/run-{screen}/profile"
        return [
            one
            for one in psutil.process_iter(["cmdline"])
            if profile in (one.info["cmdline"] or ()) and word(" ".join(one.info["cmdline"]))
        ]

    def browser(self, screen):
        """The first of its processes: between fork and exec another looks the same. None: it is gone."""
        found = self.processes(screen, lambda line: "--type=" not in line)
        return min(found, key=lambda one: one.pid, default=None)

    def cut(self, *names):
        """Everything of `names` at once, as when the power goes."""
        for name in names:
            group = self.started.pop(name)
            children = psutil.Process(group.pid).children(recursive=True)
            os.killpg(group.pid, signal.SIGKILL)
            for one in children:
                with suppress(psutil.NoSuchProcess):
                    one.kill()
            group.wait()


@pytest.fixture
def box(furnished_today, tmp_path):
    x_server = subprocess.Popen(
        ["Xvfb", DISPLAY, "-screen", "0", "3000x1920x24", "-nolisten", "tcp"], stderr=subprocess.DEVNULL
    )
    box = Box(tmp_path, shutil.copytree(furnished_today, tmp_path / "data"))
    yield box
    box.cut(*box.started)
    x_server.terminate()
    x_server.wait()


def test_both_screens_come_back_whatever_is_killed(box):
    box.show("station")
    time.sleep(1.5)
    assert not box.processes("station", bool), "it waits for the server"
    box.serve()
    box.show("board")
    until(lambda: box.is_shown("station") and box.is_shown("board"))

    box.cut("server")
    box.browser("station").kill()
    for one in box.processes("board", lambda line: "--type=renderer" in line and "extension" not in line):
        one.kill()  # the browser stays, and shows that its page has crashed
    crashed = box.browser("board")
    until(lambda: not crashed.is_running() and not box.page("station"))
    box.serve()
    until(lambda: box.is_shown("station") and box.is_shown("board"))

    box.cut("server", "station", "board")
    for start in (box.serve, lambda: box.show("station"), lambda: box.show("board")):
        start()
    until(lambda: box.is_shown("station") and box.is_shown("board"))
