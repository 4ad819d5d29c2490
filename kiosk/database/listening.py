"""Hearing of what other boxes commit: one connection that PostgreSQL writes to, in one thread."""

import logging
import threading
from collections.abc import Callable
from contextlib import closing
from typing import Any

import psycopg
from sqlalchemy import Engine

from kiosk.database.dialects import CHANNEL

log = logging.getLogger(__name__)

DEAF_S = 0.25
"""While there is no such connection, whoever waits for news looks by himself after this long."""
STOP_S = 0.25
ALIVE = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}
"""A connection that only listens does not notice a pulled cable: after 11 s the system tells it."""


class Listener(threading.Thread):
    """Calls `heard` after every commit of any box; connects again for as long as it lives."""

    def __init__(self, engine: Engine, heard: Callable[[], None]) -> None:
        super().__init__(name="listening", daemon=True)
        self._engine = engine
        self._heard = heard
        self._leaving = threading.Event()
        self.is_listening = threading.Event()
        """Set while news comes by itself."""

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
        # not one of the pool's, which are told to make ready for transactions and may all be in use
        dialect: Any = self._engine.dialect
        args, options = dialect.create_connect_args(self._engine.url)
        told = {"connect_timeout": 2, "application_name": "linli-listening", "autocommit": True}
        with closing(psycopg.connect(*args, **options | told | ALIVE)) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            self.is_listening.set()
            self._heard()  # what was committed before is not told again
            while not self._leaving.is_set():
                for _ in connection.notifies(timeout=STOP_S, stop_after=1):
                    self._heard()
