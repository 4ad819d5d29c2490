"""A browser's connection, which knows what it is about and since when, and can be sent away with a page."""

from typing import Any

from waitress.buffers import OverflowableBuffer
from waitress.channel import HTTPChannel

from kiosk.server.connections import Line, Stage
from kiosk.sharing import Client

_PAGE = (
    '<!doctype html><html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>{title}</title><h1>{title}</h1><p>{advice}</p>"
)


def answer(status: str, title: str, advice: str, *headers: str) -> bytes:
    """A whole answer after which the connection is closed, made without any thread's time."""
    page = _PAGE.format(title=title, advice=advice).encode()
    lines = (
        f"HTTP/1.1 {status}", *headers, "Content-Type: text/html; charset=utf-8",
        "Content-Security-Policy: default-src 'none'", "X-Content-Type-Options: nosniff",
        "Cache-Control: no-store", f"Content-Length: {len(page)}", "Connection: close",
    )  # fmt: skip
    return "\r\n".join((*lines, "", "")).encode() + page


TOO_SLOW = answer(
    "408 Request Timeout",
    "请再试一次 Please try again",
    "没有收到完整的内容，没有办理。请回到上一页再试一次。"
    " Not all of it arrived, so nothing was done. Go back and try once more.",
)

TOO_MANY = answer(
    "429 Too Many Requests",
    "请等一会儿 Please wait a moment",
    "这里同时来的人太多。请等十秒，再试一次。"
    " Too many ask at once from here. Wait ten seconds, then try again.",
    "Retry-After: 10",
)


NO_LENGTH = answer(
    "400 Bad Request", "没有看懂 Not understood", "请重新打开这一页。 Open the page once more."
)


class WatchedChannel(HTTPChannel):
    """One connection. `since` is when its stage began, in the server's own seconds."""

    server: Any
    _fileno: int | None
    may_share = False
    """Whether what is asked may be served together with others."""
    has_asked = False
    since = 0.0
    _begun = _ended = 0
    """Times that a thread began to serve it, and had done: the next may begin before the last has."""
    requests: Any = ()  # waitress lists a channel before it has these, and another thread may look at it then
    _request_seen: Any = None
    _is_header_over = False

    def __init__(self, server: Any, sock: Any, addr: Any, adj: Any, **more: Any) -> None:
        self.since = server.now()
        super().__init__(server, sock, addr, adj, **more)
        server.welcome(self)

    @property
    def number(self) -> int:
        """Its file descriptor; that of nothing once it is closed."""
        return -1 if self._fileno is None else self._fileno

    @property
    def client(self) -> Client:
        """Who asks: until a header is there, whoever opened the connection."""
        asked: Any = self.requests[0] if self.requests else self.request
        return self.server.client_of(self.addr[0], asked.headers if asked is not None else {})  # type: ignore[no-any-return]

    @property
    def address(self) -> str:
        """The address of who asks."""
        return self.client.address

    @property
    def is_favoured(self) -> bool:
        """Whether an enrolled device, staff or the box itself asks."""
        return bool(self.server.is_favoured(self.client))

    @property
    def stage(self) -> Stage:
        """What it is about now."""
        coming: Any = self.request
        if self.requests:
            return Stage.ASKED
        if self.total_outbufs_len or self.close_when_flushed:
            return Stage.ANSWER
        if coming is not None:
            return Stage.BODY if coming.headers_finished else Stage.HEADER
        return Stage.IDLE if self.has_asked else Stage.FRESH

    @property
    def is_waiting(self) -> bool:
        """Whether it stands in the queue: nothing changes on it before a thread begins with it.

        In this sequence: a thread takes its request away before it counts itself as done. The other way round
        one that ended between the two looks was taken for one that had not begun, and nobody looked again.
        """
        return self._begun == self._ended and bool(self.requests)

    def line(self) -> Line:
        """The connection as the rules see it."""
        coming: Any = self.request
        holds = self.total_outbufs_len
        if coming is not None:
            holds += coming.body_bytes_received or coming.header_bytes_received
        client = self.client
        return Line(client.address, self.stage, self.since, holds, self.server.is_favoured(client))

    def received(self, data: bytes) -> Any:
        """Take in what has come. Its parts are timed, not its bytes: one byte a while gains no time."""
        try:
            done = super().received(data)
        except (
            ValueError
        ):  # a length of five thousand digits is no number to Python, and a traceback to waitress
            self.turn_away(NO_LENGTH)
            self.request = None
            return False
        coming: Any = self.request
        is_over = coming is not None and coming.headers_finished
        if self.requests or coming is not self._request_seen or is_over != self._is_header_over:
            self.since = self.server.now()
        self._request_seen, self._is_header_over = coming, is_over
        if coming is not None:
            self.server.note_held(len(data))
        return done

    def send_continue(self) -> None:
        """Ask for the body; a thread may do it after the loop has looked away."""
        self.server.stir(self)
        super().send_continue()

    def service(self) -> None:
        """Answer the first request."""
        self._begun += 1
        self.server.stir(self)
        super().service()
        self._ended += 1
        self.has_asked, self.since = True, self.server.now()
        self.server.note_held(self.total_outbufs_len)

    def turn_away(self, with_answer: bytes) -> None:
        """Say this instead of anything kept back or not begun, and hang up after it."""
        with self.outbuf_lock:
            self.outbufs = [OverflowableBuffer(self.adj.outbuf_overflow)]
            self.outbufs[0].append(with_answer)
            self.total_outbufs_len = self.current_outbuf_count = len(with_answer)
        self.close_when_flushed = True
        self.server.stir(self)

    def refuse(self) -> None:
        """Too many of the same address wait already. Called while `requests_lock` is held."""
        self.turn_away(TOO_MANY)
        self.requests = []

    def hurry(self) -> None:
        """Its time is over: who is in the middle of asking is told so."""
        if self.stage in (Stage.HEADER, Stage.BODY):
            self.turn_away(TOO_SLOW)
            self.request = None
            self.since = self.server.now()
        else:
            self.drop()

    def drop(self) -> None:
        """Close it at once, also when nobody takes what it has to say. Only the loop does."""
        self.will_close = True  # a thread that answers it looks there
        self.handle_close()

    def del_channel(self, map: Any = None) -> None:  # noqa: A002 - waitress' name
        """Called as it closes, while its number still is its own."""
        self.server.forget(self.number)
        super().del_channel(map)
