"""The web server's thread pool: one thread serves everybody; the next starts when a request takes long.

Python computes in one thread at a time. Four that compete for it took 1.4 ms a ticket and answered in any
order; one takes 1.25 and answers in the order of asking: at sixteen stations p99 fell by 4 ms. But one alone
would let the hall wait for a list that is being exported. Those who stand in the queue one behind the
other with something short to write are served together. Whose turn it is: `turns`.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from math import inf
from time import monotonic
from typing import Protocol

from kiosk.server.turns import Turns

log = logging.getLogger(__name__)

PATIENCE_S = 0.02
"""Seconds that whoever comes next waits for the one being served; a ticket takes a tenth of it."""


STRANGERS_S = 0.25
"""The same for strangers: three threads that make pages for a flood leave a ticket a quarter of the lock."""

MOST_TOGETHER = 8
"""Tickets: 9 ms, half the patience of whoever stands behind them."""


SOON_S = 0.002
"""What is no difference between two moments of waking."""

MOST_WAITING = 400
"""Requests of one address that wait: two seconds of a thousand polling phones. More are sent away at once."""


class Request(Protocol):
    """What waitress hands over: a connection with at least one request that is read and not answered."""

    @property
    def may_share(self) -> bool:
        """Whether it may be served together with others of the kind."""

    @property
    def address(self) -> str:
        """Who asks."""

    @property
    def is_favoured(self) -> bool:
        """Whether it goes before those of strangers."""

    def service(self) -> None:
        """Answer it."""

    def refuse(self) -> None:
        """Say that too many wait, and hang up."""

    def cancel(self) -> None:
        """Hang up."""


Together = Callable[[Sequence[Request]], AbstractContextManager[None]]


def _each_alone(_requests: Sequence[Request]) -> AbstractContextManager[None]:
    return nullcontext()


def _may_share(request: Request) -> bool:
    try:
        return request.may_share
    except Exception:  # asked outside of any request's own fault: it must cost nobody their turn
        log.exception("a request cannot be asked whether it may share")
        return False


class ThreadPool:
    """`most` threads and the queue before them, in the shape of waitress's own task dispatcher.

    `aside` more are there for as many requests that wait for a process of their own.

    Several that `may_share` are served in the block of `together`.
    """

    def __init__(
        self, most: int, together: Together = _each_alone, patience_s: float = PATIENCE_S, aside: int = 0
    ) -> None:
        self._together = together
        self._patience_s = patience_s
        self._lock = threading.Lock()
        self._queue: Turns[Request] = Turns()
        self._strangers: set[int] = set()
        """Threads that serve strangers; one thread is always left for the house."""
        self._most_strangers = max(1, most - 1)
        self._since: dict[int, float] = {}
        """When each thread that serves began with its request."""
        self._idle: list[int] = []
        """The others; the last one to rest starts first, which has its memory warm."""
        self._bells = [threading.Condition(self._lock) for _ in range(most + aside)]
        self._watch_ends = inf
        """When an idle thread that waits for its turn looks again; may be `inf` although one does."""
        self._is_closing = False
        self._threads = [
            threading.Thread(target=self._serve, args=(number,), name=f"serving-{number}", daemon=True)
            for number in range(most + aside)
        ]
        for thread in self._threads:
            thread.start()

    def add_task(self, task: Request) -> None:
        """Put a request in the queue."""
        address = task.address
        with self._lock:
            is_room = self._queue.count(address) < MOST_WAITING
            if is_room:
                self._queue.add(task, address, is_favoured=task.is_favoured)
                self._ring()
        if not is_room:
            task.refuse()

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> bool:
        """Serve the queue and close, in at most `timeout` seconds; whoever waits still is sent away."""
        end = monotonic() + timeout
        with self._lock:
            self._is_closing = True
            for number in self._idle:
                self._bells[number].notify()
        for thread in self._threads:
            thread.join(max(0.0, end - monotonic()))
        with self._lock:
            left = self._queue.clear() if cancel_pending else []
        for request in left:
            request.cancel()
        return bool(left)

    def _serve(self, number: int) -> None:
        while requests := self._next(number):
            try:
                with self._together(requests) if len(requests) > 1 else nullcontext():
                    for request in requests:
                        request.service()
            except BaseException:  # a thread that broke would never serve again
                log.exception("a request ended badly")

    def _next(self, number: int) -> list[Request]:
        with self._lock:
            self._since.pop(number, None)
            self._strangers.discard(number)
            while self._queue or not self._is_closing:
                is_a_turn = self._queue.is_a_turn(strangers=self._may_strangers())
                wait_s = self._until_next_starts() if is_a_turn else None
                if wait_s is not None and wait_s <= 0:
                    self._since[number] = monotonic()
                    requests = self._first_of_queue(number)
                    if self._queue:
                        self._ring()
                    return requests
                self._rest(number, wait_s)
            return []

    def _may_strangers(self) -> bool:
        return len(self._strangers) < self._most_strangers

    def _first_of_queue(self, number: int) -> list[Request]:
        may = self._may_strangers()
        if self._queue.is_a_stranger_next(strangers=may):
            self._strangers.add(number)
        first = [self._queue.take(strangers=may)]
        if _may_share(first[0]):
            while self._shares(len(first), may):
                first.append(self._queue.take(strangers=may))
        return first

    def _shares(self, together: int, may: bool) -> bool:
        """Whether the next in the queue is served with those who are taken out of it."""
        is_more = together < MOST_TOGETHER and self._queue.is_a_turn(strangers=may)
        return is_more and _may_share(self._queue.first(strangers=may))

    def _ring(self) -> None:
        """Have somebody look after the queue: serve it, or watch until it is time to."""
        if not self._idle or not self._queue.is_a_turn(strangers=self._may_strangers()):
            return
        if not self._since or self._watch_ends > monotonic() + self._until_next_starts() + SOON_S:
            self._bells[self._idle[-1]].notify()

    def _rest(self, number: int, wait_s: float | None) -> None:
        if wait_s is not None:
            self._watch_ends = monotonic() + wait_s
        self._idle.append(number)
        self._bells[number].wait(wait_s)
        self._idle.remove(number)
        if wait_s is not None:
            self._watch_ends = inf

    def _until_next_starts(self) -> float:
        if not self._since:
            return 0.0
        is_a_stranger = self._queue.is_a_stranger_next(strangers=self._may_strangers())
        patience_s = max(self._patience_s, STRANGERS_S) if is_a_stranger else self._patience_s
        return max(self._since.values()) + patience_s - monotonic()
