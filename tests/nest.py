"""Real servers in 0.3 s instead of 3: each is a copy of one process that has loaded the program already.

What such a server runs from `kiosk serve` on is its own: its folder, its settings, its port, its threads.
"""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from script.benches._hall import ROOT, Server

COLD_PRINTER = """
from printing import printer_child
printer_child.InProcessPrinter.warm_up = lambda _: iter(())
printer_child.main()"""
"""A printer's process that draws nothing beforehand: most of such servers print nothing."""

ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/$")


@dataclass(frozen=True)
class Copy:
    """The process of one server, to be waited for and killed as subprocess has it."""

    nest: "Nest"
    pid: int

    def kill(self) -> None:
        """End it by SIGKILL."""
        os.kill(self.pid, signal.SIGKILL)

    def wait(self, timeout: float = 0) -> int:
        """How it ended, once it has; a copy that was killed ends at once, so nothing is timed."""
        return int(self.nest.ask(wait=self.pid)["status"])


class Nest:
    """The process that has loaded the program; in the folder `compiled` are its servers' templates."""

    def __init__(self, compiled: Path) -> None:
        command = [sys.executable, "-m", "tests.nest", str(compiled)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    @contextmanager
    def serving(self, folder: Path, **settings: str) -> Iterator[Server]:
        """A server on a free port of this machine, ended by SIGTERM unless killed; its data in `folder`."""
        born = self.ask(folder=str(folder), settings=settings)
        assert born["port"], "the server ended before it listened"
        copy: Any = Copy(self, born["pid"])
        server = Server(copy, born["port"], 0, folder)
        try:
            yield server
        finally:
            for line in server.lines:
                line.close()
            assert self.ask(end=born["pid"])["status"] in (0, -signal.SIGKILL)

    def close(self) -> None:
        """End it, and every server that still runs."""
        self.process.communicate(timeout=20)

    def ask(self, **what: Any) -> dict[str, Any]:
        """Send a line to the process, and read its answer."""
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps(what), file=self.process.stdin, flush=True)
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


def main(compiled: str) -> None:
    """Load the program, then copy this process for each line that comes in."""
    from flask import Flask
    from jinja2 import FileSystemBytecodeCache

    from kiosk import cli
    from kiosk.server import running
    from printing import printer_process, printers
    from tests.every_address import BLUEPRINTS

    assert all((running, BLUEPRINTS, printers.kinds()))  # all of the program is loaded now
    printer_process.CHILD = ("-c", COLD_PRINTER)
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(compiled)}
    said: dict[int, Any] = {}
    ended: dict[int, int] = {}
    for line in sys.stdin:
        what = json.loads(line)
        if "end" in what or "wait" in what:
            pid = what.get("end") or what["wait"]
            if pid not in ended:
                os.kill(pid, signal.SIGTERM if "end" in what else 0)
                ended[pid] = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
                said.pop(pid).close()
            print(json.dumps({"status": ended[pid]}), flush=True)
            continue
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            serve(cli.main, writing, **what)
        os.close(writing)
        said[pid] = os.fdopen(reading)  # kept open: whoever speaks to nobody dies of it
        found = (ADDRESS.search(one.strip()) for one in said[pid])
        port = next((int(one[1]) for one in found if one), 0)
        print(json.dumps({"pid": pid, "port": port}), flush=True)
    for pid in said:
        os.kill(pid, signal.SIGTERM)


def serve(main: Any, writing: int, folder: str, settings: dict[str, str]) -> None:
    """What the copy does until it is told to stop; never returns."""
    status = 1
    try:
        os.dup2(writing, 1)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.environ.update({f"KIOSK_{name.upper()}": value for name, value in settings.items()})
        main(["serve", "--demo", "--port", "0", "--data", folder], prog_name="kiosk")
    except SystemExit as end:
        status = int(end.code or 0)
    finally:
        sys.stdout.flush()
        os._exit(status)


if __name__ == "__main__":
    main(sys.argv[1])
