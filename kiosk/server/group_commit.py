"""Group commit: answers are kept in their channels until one COMMIT has put all of them on the disk.

Tickets that are taken at the same moment wait for the disk together. A disk needs 0.2 ms to keep a ticket, a
tired one 20, and was asked by each in turn: sixteen stations without a pause waited 20 ms (p50) and 30 (p99);
so they wait 15 and 19.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from waitress.task import WSGITask

from kiosk.database import Database
from kiosk.server.channel import WatchedChannel

TAKING = "/tickets"
ALONE = "alone"
ASK_AGAIN = (
    f"HTTP/1.1 307 Temporary Redirect\r\nLocation: {TAKING}?{ALONE}\r\n"
    "Cache-Control: no-store\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
).encode()
"""Sends the browser to ask the same thing once more, by itself (RFC 9110, 15.4.8: method and form stay)."""


class _Task(WSGITask):
    """One request. A phone hangs up after its answer: it asks again in five seconds at the soonest.

    A thousand connections kept open are memory for nothing.
    """

    def execute(self) -> None:
        request: Any = self.request
        if request.path.startswith("/t/"):
            request.headers["CONNECTION"] = "close"
        super().execute()

    def write(self, data: bytes) -> None:
        """Send the header with the page's beginning: between two sends another thread takes Python's lock."""
        has_page = data and self.content_length and self.has_body
        if has_page and self.complete and not self.wrote_header:
            channel: Any = self.channel
            channel.precede(self.build_response_header())
            self.wrote_header = True
        super().write(data)


class BufferedChannel(WatchedChannel):
    """A browser's connection. What is answered while it buffers goes out with the flush."""

    task_class = _Task
    _is_buffering = False
    _header = b""

    @property
    def may_share(self) -> bool:  # type: ignore[override]
        """Whether what is asked now may wait for the disk with others: it never reads what it wrote.

        Nobody of the house waits for strangers: each of those is served, or turned down, by himself.
        """
        request: Any = self.requests[0]
        if request.error or self.total_outbufs_len or not self.is_favoured:
            return False  # what could not be read has no command and no path
        return bool(request.command == "POST" and request.path == TAKING and request.query != ALONE)

    def precede(self, header: bytes) -> None:
        """Send this before what is written next, at once with it."""
        self._header = header

    def write_soon(self, data: Any) -> Any:
        """Send this, now or after what waits already."""
        header, self._header = self._header, b""
        return super().write_soon(header + data if header else data)

    def buffer(self) -> None:
        """Keep back what is said from now on."""
        self._is_buffering = True

    def flush(self) -> None:
        """Have the server's loop send what was kept back, and all that follows."""
        self._is_buffering = False
        self.server.stir(self)

    def send_rest(self) -> None:
        """Send what is left, without the server's loop: it has ended."""
        if self.writable():
            self.handle_write()

    def writable(self) -> Any:
        """Whether the loop has anything to send."""
        return not self._is_buffering and super().writable()

    def _flush_some(self, do_close: bool = True) -> Any:
        flushes: Any = super()
        return not self._is_buffering and flushes._flush_some(do_close)


def grouping(database: Database) -> Callable[[Sequence[Any]], AbstractContextManager[None]]:
    """How a thread serves several channels with one commit: none hears an answer before it is on the disk.

    When the disk refuses, each is asked to try once more alone, and gets the page that says what to do.
    """

    @contextmanager
    def together(channels: Sequence[BufferedChannel]) -> Iterator[None]:
        for channel in channels:
            channel.buffer()
        try:
            with database.one_commit():
                yield
        except BaseException:
            for channel in channels:
                channel.turn_away(ASK_AGAIN)
            raise
        finally:
            for channel in channels:
                channel.flush()
            channels[0].server.pull_trigger()

    return together
