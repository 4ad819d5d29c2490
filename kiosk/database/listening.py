"""Hearing of what other boxes commit: one connection that PostgreSQL writes to, in one thread.

The same connection holds the box's name: a copy of its folder has the name too, and would print its slips.
"""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from hashlib import sha256
from typing import Any

import psycopg
from sqlalchemy import Engine

from kiosk.database.dialects import CHANNEL
from kiosk.database.faults import UnusableDatabase

log = logging.getLogger(__name__)

DEAF_S = 0.25
"""While there is no such connection, whoever waits for news looks by himself after this long."""
STOP_S = 0.25
ALIVE = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}
"""A connection that only listens does not notice a pulled cable: after 11 s the system tells it."""
_ALIVE_THERE = "; ".join(f"SET tcp_{name} = {value}" for name, value in ALIVE.items())
"""PostgreSQL's own side waits two hours, and a box that lost its power would not get its name back."""
NAME_S = 20.0
"""A name that is taken may be that of the box's last life: waited for, past ALIVE."""
NAMES = 0x4C494E4C
"""The first half of the advisory locks that are names of boxes; the lock of writers has one of its own."""


class BoxInUse(UnusableDatabase):
    """A box of this name serves the centre already: one folder is a copy of the other."""

    def __init__(self) -> None:
        super().__init__(
            "另一台机器也叫这台机器的名字，正在服务这个中心：两台的文件夹是拷贝的，小票会打错地方。没有启动。"
            "要两台都用，在拷贝来的那个文件夹里删掉文件 box，再启动。"
            "Another machine serves this centre under this one's name: one folder is a copy of the other, "
            "and slips would come out at the wrong place. Nothing was started. To use both, delete the file "
            "`box` in the copied folder and start again."
        )


class Listener(threading.Thread):
    """Calls `heard` after every commit of any box; connects again for as long as it lives."""

    def __init__(self, engine: Engine, heard: Callable[[], None], box: str = "") -> None:
        super().__init__(name="listening", daemon=True)
        self._engine = engine
        self._heard = heard
        self._box = box
        self._named: psycopg.Connection | None = None
        self._leaving = threading.Event()
        self.is_listening = threading.Event()
        """Set while news comes by itself."""

    def claim(self) -> None:
        """Take the box's name, before the thread starts. Raises BoxInUse when it is another's for NAME_S.

        Where PostgreSQL is away just now the name is taken when the connection comes.
        """
        end = time.monotonic() + NAME_S
        with suppress(psycopg.OperationalError):
            connection = self._connected()
            while not self._takes_name(connection):
                if time.monotonic() > end:
                    connection.close()
                    raise BoxInUse
                time.sleep(DEAF_S)
            self._named = connection

    def stop(self) -> None:
        """End within a second or two."""
        self._leaving.set()
        self.join(2)

    def run(self) -> None:
        """Listen, or look every DEAF_S while nothing can be heard."""
        was_told = False
        while not self._leaving.is_set():
            try:
                self._listen()
            except Exception as fault:  # whatever it is, the box works on without: news is only later
                if self.is_listening.is_set() or not was_told:
                    log.warning("not hearing of other boxes at once, asking instead: %s", fault)
                was_told = True
                self.is_listening.clear()
            self._heard()
            self._leaving.wait(DEAF_S)

    def _listen(self) -> None:
        with closing(self._taken_over() or self._connected_anew()) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            self.is_listening.set()
            self._heard()  # what was committed before is not told again
            while not self._leaving.is_set():
                for _ in connection.notifies(timeout=STOP_S, stop_after=1):
                    self._heard()

    def _taken_over(self) -> psycopg.Connection | None:
        claimed, self._named = self._named, None
        return claimed

    def _connected_anew(self) -> psycopg.Connection:
        connection = self._connected()
        if not self._takes_name(connection):
            log.warning("another box has this one's name: is its folder a copy? See docs/keeping.md")
        return connection

    def _connected(self) -> psycopg.Connection:
        # not one of the pool's, which are told to make ready for transactions and may all be in use
        dialect: Any = self._engine.dialect
        args, options = dialect.create_connect_args(self._engine.url)
        told = {"connect_timeout": 2, "application_name": "linli-listening", "autocommit": True}
        connection = psycopg.connect(*args, **options | told | ALIVE)
        connection.execute(_ALIVE_THERE)
        return connection

    def _takes_name(self, connection: psycopg.Connection) -> bool:
        if not self._box:
            return True
        name = int.from_bytes(sha256(self._box.encode()).digest()[:4], signed=True)
        row = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", (NAMES, name)).fetchone()
        return row is not None and bool(row[0])
