"""Tasks in processes of their own that are copies of one which has loaded its libraries already.

`python -m kiosk.spreadsheets` and the like load them for 0.3 s before they do anything; screens and figures
have many of them done. What each does from its `main` on, and that nothing of it stays, is the same.
"""

import importlib
import io
import os
import pickle
import signal
import socket
import subprocess
import sys
import traceback
from functools import partial
from pathlib import Path
from typing import Any

from printing.subprocess_task import Done, TookTooLong, place

MODULES = ("kiosk.pictures", "kiosk.spreadsheets", "printing.papers")
LIBRARIES = ("PIL.ImageOps", "PIL.JpegImagePlugin", "PIL.PngImagePlugin", "fpdf", "openpyxl", "zxingcpp")


class WarmTasks:
    """The process that tasks are copied from, begun when the first is asked for; it listens at `path`."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._process: subprocess.Popen[bytes] | None = None

    def run_module(self, module: str, *words: str, given: bytes, longest_s: float) -> Done:
        """As `printing.subprocess_task.run_module` runs one of MODULES."""
        with place(), socket.socket(socket.AF_UNIX) as line:
            self._begin()
            line.connect(self._path)
            line.settimeout(longest_s)
            line.sendall(pickle.dumps((module, words, given, longest_s)))
            line.shutdown(socket.SHUT_WR)
            try:
                told = b"".join(iter(partial(line.recv, 1 << 16), b""))
            except TimeoutError as fault:
                raise TookTooLong(f"{module} took more than {longest_s} s") from fault
        return Done(*pickle.loads(told)) if told else Done(-signal.SIGKILL, b"", "")  # noqa: S301 - our own

    def close(self) -> None:
        """End it; what it has copied ends by itself."""
        if self._process is not None:
            self._process.terminate()
            self._process.communicate()

    def _begin(self) -> None:
        if self._process is None:
            command = [sys.executable, "-m", "tests.warm_tasks", self._path]
            self._process = subprocess.Popen(command, stdout=subprocess.PIPE)
            assert self._process.stdout is not None
            assert self._process.stdout.readline() == b"warm\n"


def main(path: str) -> None:
    """Load everything, then copy this process for each line that is opened."""
    mains = {module: importlib.import_module(f"{module}.__main__").main for module in MODULES}
    for library in LIBRARIES:
        importlib.import_module(library)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how a copy ended
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(path)
        door.listen()
        print("warm", flush=True)
        while True:
            line, _ = door.accept()
            if os.fork() == 0:
                door.close()
                answer(line, mains)
                os._exit(0)
            line.close()


def answer(line: socket.socket, mains: dict[str, Any]) -> None:
    """What the copy does: the task that the line brings."""
    with line, line.makefile("rb") as asked, line.makefile("wb") as told:
        module, words, given, longest_s = pickle.loads(asked.read())  # noqa: S301 - our own
        signal.alarm(int(longest_s) + 1)
        sys.argv = [module, *words]
        sys.stdin = io.TextIOWrapper(io.BytesIO(given))
        sys.stdout, sys.stderr = (io.TextIOWrapper(io.BytesIO(), write_through=True) for _ in range(2))
        try:
            code = mains[module]()
        except BaseException:
            traceback.print_exc()
            code = 1
        out, fault = (said.buffer.getvalue() for said in (sys.stdout, sys.stderr))
        pickle.dump((code, out, fault.decode(errors="replace")), told)


if __name__ == "__main__":
    main(sys.argv[1])
