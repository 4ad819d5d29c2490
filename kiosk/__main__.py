"""The program as it is started: `kiosk`, or `python -m kiosk`.

While it loads, nobody looks for garbage: a thousand modules hold none, and to look through them took 0.08 of
a start's 0.7 s of processor time. What was loaded is never looked through later either.

SQLAlchemy loads asyncio for programs that have coroutines; we have none, and it took 27 ms and 2.4 MB.
"""

import gc

gc.disable()

import inspect
import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class Unloaded(ModuleType):
    """What SQLAlchemy asks of asyncio; whoever asks for more gets the real one."""

    TimeoutError = TimeoutError
    CancelledError = type("CancelledError", (BaseException,), {})
    iscoroutine = staticmethod(inspect.iscoroutine)

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module("asyncio"), name)


sys.modules["asyncio"] = Unloaded("asyncio")
import_module("kiosk.database")
del sys.modules["asyncio"]

from kiosk.cli import main

gc.freeze()
gc.enable()

if __name__ == "__main__":
    main()
