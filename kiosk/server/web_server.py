"""The web server's loop: it looks at the connections that something happens on, and each second at all.

waitress asks every open connection in every turn whether it has to read or write: two thousand idle ones cost
each answer 15 ms of the server. Whoever is silent costs nothing here.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer

from kiosk.server.channel import WatchedChannel
from kiosk.server.connections import hoarded, overdue, room_for_strangers, surplus
from kiosk.sharing import Client, Favoured, client_of

LOOK_S = 1.0
MOST_AT_ONCE = 8
"""Newcomers a turn, strangers who have sent something, and silent ones sent away: each for itself.

Beside a thread that computes, whatever the loop asks of the system costs it a wait for Python's lock: with
32 a turn a flood of newcomers held a station up for 62 ms (p99), with 8 for 40.
"""

MOST_HELD = 24 * 1024 * 1024
"""Bytes held for all slow senders and readers together; the largest upload has 2 MB."""

UNSEEN = 1024 * 1024
"""Bytes that may come or go before it is looked at who holds how many, however soon that is."""


log = logging.getLogger(__name__)


def _wanted(line: Any) -> int:
    """What of a connection the loop is to hear."""
    return 0 if line is None else EVENT_READ * bool(line.readable()) | EVENT_WRITE * bool(line.writable())


def _is_calm(line: Any, wanted: int) -> bool:
    """Whether nothing changes on it before something arrives or a thread begins with it."""
    return line is None or wanted == EVENT_READ or (not wanted and line.is_waiting)


class WebServer(TcpWSGIServer):
    """waitress' server of one address, with a loop and rules of our own. `favoured` are addresses."""

    channel_class = WatchedChannel
    active_channels: Any
    _fileno: int
    effective_port: str
    _map: dict[int, Any]

    def __init__(
        self,
        application: Any,
        threads: Any,
        adj: Adjustments,
        favoured: Favoured,
        trusted_proxy: str = "",
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.now = now
        self._favoured = favoured
        self._trusted_proxy = trusted_proxy
        self._selector: DefaultSelector
        self._watched: dict[int, int] = {}
        self._stirring: set[int] = set()
        """Connections whose readiness may have changed since the last turn."""
        self._strangers: set[int] = set()
        """Theirs, and the door: what comes through it comes after the house."""
        self._leaving: deque[tuple[Any, bool]] = deque()
        """Connections to be closed, and whether because their time is over; else they make room."""
        self._next_look = 0.0
        self._held = 0
        self._is_closed = False
        self._is_idle = threading.Event()
        self._is_idle.set()
        self._most = adj.connection_limit
        where: Any = adj.listen[0]
        super().__init__(application, {}, dispatcher=threads, adj=adj, sockinfo=where)

    def run(self) -> None:
        """Serve until SystemExit, Ctrl-C or `close`."""
        self._is_idle.clear()
        try:
            with DefaultSelector() as self._selector:
                for number in tuple(self._map):
                    self._watch(number, EVENT_READ)
                while not self._is_closed:
                    self._turn()
        except (SystemExit, KeyboardInterrupt):
            self.task_dispatcher.shutdown()
        finally:
            self._watched.clear()
            self._is_idle.set()

    def client_of(self, peer: str, headers: dict[str, str]) -> Client:
        """Who asks over a connection from `peer`."""
        return client_of(peer, headers, self._trusted_proxy)

    def is_favoured(self, client: Client) -> bool:
        """Whether room is kept for who asks, and he goes first."""
        return client.is_box or client.address in self._favoured

    def stir(self, channel: Any) -> None:
        """Have the next turn look at a connection on which nothing arrives."""
        self._stirring.add(channel.number)

    def note_held(self, count: int) -> None:
        """So many bytes more may be held."""
        self._held += count

    def welcome(self, channel: Any) -> None:
        """A connection has been opened."""
        if not channel.is_favoured:
            self._strangers.add(channel.number)
        self.stir(channel)

    def forget(self, number: int) -> None:
        """A connection closes."""
        self._strangers.discard(number)
        self._watch(number, 0)

    def close(self) -> None:
        """Leave the loop and close the door and every line; what is to be sent is sent before."""
        if self._is_closed:
            return
        self._is_closed = True
        self.pull_trigger()
        self._is_idle.wait(LOOK_S)
        for channel in tuple(self.active_channels.values()):
            channel.drop()
        super().close()

    def _turn(self) -> None:
        now = self.now()
        if now >= self._next_look or self._held > UNSEEN:
            self._look(now)
        self._send_away(now)
        for number in tuple(self._stirring):
            self._ask(number)
        ready = [(key.fd, events) for key, events in self._selector.select(0 if self._leaving else LOOK_S)]
        strangers = [one for one in ready if one[0] in self._strangers]
        for number, events in ready:
            if number not in self._strangers:
                self._serve(number, events)
        for number, events in strangers[:MOST_AT_ONCE]:  # the others are still there in the next turn
            self._serve(number, events)

    def _serve(self, number: int, events: int) -> None:
        door: Any = self._map.get(number)
        if door is self:
            self._let_in()
            return
        self._stirring.add(number)
        if door is not None and events & EVENT_READ:
            wasyncore.read(door)
        if events & EVENT_WRITE and self._map.get(number) is door is not None:
            wasyncore.write(door)

    def _let_in(self) -> None:
        for _ in range(MOST_AT_ONCE):
            before = len(self.active_channels)
            self.handle_accept()
            if len(self.active_channels) == before:
                break
        if len(self.active_channels) > room_for_strangers(self._most, 0):
            self._make_room()

    def _ask(self, number: int) -> None:
        self._stirring.discard(number)  # first: a thread that begins with it from now on puts it back
        line: Any = self._map.get(number)
        wanted = _wanted(line)
        self._watch(number, wanted)
        if not _is_calm(line, wanted):
            self._stirring.add(number)

    def _watch(self, number: int, wanted: int) -> None:
        had = self._watched.get(number, 0)
        if had == wanted:
            return
        try:
            if not had:
                self._selector.register(number, wanted)
            elif wanted:
                self._selector.modify(number, wanted)
            else:
                self._selector.unregister(number)
        except (KeyError, OSError):  # who stops the server closes lines while the loop still may be at one
            if wanted and not self._is_closed:
                raise
            wanted = 0
        self._watched[number] = wanted
        if not wanted:
            self._watched.pop(number, None)

    def _look(self, now: float) -> None:
        self._held, self._next_look = 0, now + LOOK_S
        channels: dict[int, Any] = dict(self.active_channels)
        lines = {number: channel.line() for number, channel in channels.items()}
        self._stirring.update(number for number, channel in channels.items() if self._is_missed(channel))
        self._strangers = {number for number, line in lines.items() if not line.is_favoured}
        self._strangers.add(self._fileno)
        for number in hoarded(lines, MOST_HELD):
            channels[number].drop()
        if not self._leaving:
            self._leaving.extend((channels[number], True) for number in overdue(lines, now))

    def _is_missed(self, channel: Any) -> bool:
        """Whether something is to be done on a connection that the loop does not look at.

        No way to it is known but the one that `is_waiting` closes, by which a desk got no answer to a scan
        for 30 s while six processes of tests shared two cores. Should there be another, nobody waits longer
        than a second.
        """
        wanted, number = _wanted(channel), channel.number
        is_heard = self._watched.get(number, 0) == wanted and _is_calm(channel, wanted)
        if is_heard or number in self._stirring:
            return False
        log.warning("a connection is looked at again: %s, %s, wanted %s", number, channel.stage, wanted)
        return True

    def _send_away(self, now: float) -> None:
        for _ in range(min(2 * MOST_AT_ONCE, len(self._leaving))):
            channel, is_late = self._leaving.popleft()
            if not channel.connected:
                continue
            if not is_late:
                channel.drop()
            elif overdue({0: channel.line()}, now):
                channel.hurry()

    def _make_room(self) -> None:
        if any(not is_late for _, is_late in self._leaving):
            return
        channels: dict[int, Any] = dict(self.active_channels)
        lines = {number: channel.line() for number, channel in channels.items()}
        self._leaving.extendleft((channels[number], False) for number in surplus(lines, self._most))
