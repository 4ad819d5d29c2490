"""Requests that no page of ours sends, to every route and method, as one person. The same seed asks the same.

What a view reads is learnt while it runs, so a new screen is tried without a word here.
"""

import io
import logging
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.security import generate_password_hash

from kiosk.box import Box
from kiosk.staff.tables import staff
from script.benches._hostile import (
    ANY,
    COOKIES,
    FORM,
    HEADERS,
    HOSTS,
    METHODS,
    PARTS,
    Pairs,
    broken_bodies,
    files,
    like,
    multipart,
    urlencoded,
)
from script.benches._learnt import VIEW, Learnt, noting

SLOW_S, SLOW_PAPER_S = 2.0, 10.0
"""An answer later than this is a fault. A paper or a workbook has a process of its own, niced, which keeps
nobody waiting: there the seconds of a core count.
"""

PAPERS = re.compile(
    r"card_pdf|cards_pdf|certificate|record|sample|people_import|card_wechat|changes\.table|catalogue\.file"
)
HEAVY = 40
"""One of so many requests goes to one of those: each takes up to a second of a core, a picture too."""

A_STEP_S = 0.3
PART = re.compile(r"<(?:[^:>]+:)?([^>]+)>")


NOBODY = "nobody"
PASSWORD = "nobody else knows"  # noqa: S105 - of a centre that lasts for a minute
CHEAP = "scrypt:128:8:1"


def log_in_as(box: Box, role: str) -> tuple[str, str] | None:
    """A new account of this role: its name and password; None for nobody."""
    if role == NOBODY:
        return None
    with box.database.write() as tx:
        count = tx.execute(sa.select(sa.func.count()).select_from(staff)).scalar_one()
        row = {"name": f"fuzzer{count}", "password_hash": generate_password_hash(PASSWORD, CHEAP)}
        tx.execute(sa.insert(staff).values(row | {"role": role, "created_at": box.now()}))
    return row["name"], PASSWORD


@dataclass(frozen=True)
class Sent:
    """One request as it goes to the application."""

    method: str
    path: bytes
    query: bytes = b""
    body: bytes = b""
    environ: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """A request that was answered wrongly, with all that is needed to send it again, and where it lay."""

    what: str
    number: int
    method: str
    path: str
    query: str
    environ: dict[str, str]
    body: str
    where: str


@dataclass
class Found:
    """What a run came to; times in seconds."""

    requests: int = 0
    by_status: Counter[int] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    slowest_s: float = 0.0
    slowest: str = ""
    views: set[str] = field(default_factory=set)


class LockedOut(Exception):
    """The fuzzer has closed its own account: what it made of the centre lets it in no more."""


class Fuzzer:
    """Somebody who sends `app` what comes into the mind of `seed`.

    `log_in` is a name and a password, None for nobody; `forward` is told how many seconds pass. Without
    `has_papers` nothing is asked for that takes a process of its own.
    """

    def __init__(
        self,
        app: Flask,
        seed: int,
        log_in: tuple[str, str] | None = None,
        forward: Callable[[float], object] | None = None,
        has_papers: bool = True,
    ) -> None:
        self._app, self._log_in, self._forward = app, log_in, forward
        self._rng = Random(seed)  # noqa: S311 - a seed is what is wanted
        self.found = Found()
        self._learnt, self._cookies, self._traces = Learnt(app), dict[str, str](), _Traces()
        rules = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
        self._light = [rule for rule in rules if not PAPERS.search(rule.endpoint)]
        self._heavy = [rule for rule in rules if has_papers and PAPERS.search(rule.endpoint)]
        self._files = files()

    def run(self, count: int) -> Found:
        """Send so many requests. Raises LockedOut."""
        with noting(self._app, self._learnt), self._traces.listening():
            self._enter()
            for _ in range(count):
                status, place = self._send(self._request())
                if self._log_in and status in (302, 303) and "/log-in" in place:
                    self._enter()
        return self.found

    # what is sent

    def _request(self) -> Sent:
        rng = self._rng
        rule = rng.choice(self._heavy if self._heavy and rng.randrange(HEAVY) == 0 else self._light)
        method = rng.choice(sorted(rule.methods or ()) if rng.random() < 0.95 else METHODS)
        path = self._path(rule) if rng.random() < 0.98 else b"/" + rng.choice(ANY)[:2000]
        environ = {VIEW: rule.endpoint} | self._environ()
        self.found.requests += 1
        self.found.views.add(f"{method} {rule.endpoint}")
        if self._forward:
            self._forward(A_STEP_S)
        if method == "POST":
            body, kind = self._body(rule.endpoint)
            environ["CONTENT_TYPE"] = kind.decode("latin-1")
            return Sent(method, path, b"a=1" if rng.random() < 0.05 else b"", body, environ)
        return Sent(method, path, urlencoded(self._pairs(rule.endpoint)), b"", environ)

    def _path(self, rule: Rule) -> bytes:
        def part(found: re.Match[str]) -> str:
            known = self._learnt.values.get(f"{rule.endpoint}/{found[1]}")
            known = known or self._learnt.values.get(f"/{found[1]}")
            chance = self._rng.random()
            if known and chance < 0.8:
                return self._rng.choice(known)
            if chance < 0.9:
                return str(self._rng.randint(1, 4))
            return self._rng.choice(ANY)[:3000].decode("latin-1")

        return PART.sub(part, rule.rule).encode("latin-1", "replace")

    def _pairs(self, view: str) -> Pairs:
        """The view's fields, most of them as a page has them: one is wrong, or some, or none."""
        rng, names = self._rng, list(self._learnt.fields[view])
        kind = rng.random()
        wrong = {rng.choice(names)} if names and kind < 0.5 else set()
        if kind > 0.75:
            wrong = {name for name in names if rng.random() < 0.4}
        pairs = []
        for name in names:
            if rng.random() < 0.95:
                pairs.append((name, self._value(name, is_wrong=name in wrong)))
            if rng.random() < 0.04:
                pairs.append((name, self._value(name, is_wrong=True)))
        if rng.random() < 0.05:
            pairs.append((rng.choice(("x", "a[]", "page", "v", "text", "tap")), rng.choice(ANY)))
        return pairs

    def _value(self, name: str, *, is_wrong: bool) -> bytes:
        known = self._learnt.values.get(name)
        if is_wrong:
            return self._rng.choice(like(name, known[0] if known else ""))
        return self._rng.choice(known).encode() if known else str(self._rng.randint(0, 12)).encode()

    def _body(self, view: str) -> tuple[bytes, bytes]:
        rng, pairs = self._rng, self._pairs(view)
        if rng.random() < 0.05:
            return broken_bodies(rng)
        uploads = [
            (name, rng.choice(self._files))
            for name in self._learnt.fields[view]
            if name in self._learnt.files
        ]
        if rng.random() < (0.9 if uploads else 0.05):
            return multipart(pairs, uploads), PARTS
        return urlencoded(pairs), FORM

    def _environ(self) -> dict[str, str]:
        rng = self._rng
        # what a browser sends with each form of ours: without it nothing gets past the door
        sent = {"HTTP_ORIGIN": b"http://localhost"} if rng.random() < 0.98 else {}
        sent["REMOTE_ADDR"] = b"127.0.0.1" if rng.random() < 0.8 else b"192.168.1.%d" % rng.randint(2, 250)
        if rng.random() < 0.3:
            for _ in range(rng.randint(1, 3)):
                name = rng.choice(list(HEADERS))
                sent[name] = rng.choice(HEADERS[name])
        if rng.random() < 0.02:
            sent["HTTP_COOKIE"] = rng.choice(COOKIES)
        if rng.random() < 0.01:
            sent["HTTP_HOST"] = rng.choice(HOSTS)
        return {name: value.decode("latin-1") for name, value in sent.items()}

    # what comes back

    def _enter(self) -> None:
        self._cookies.clear()
        if self._log_in is None:
            return
        name, password = (word.encode() for word in self._log_in)
        form = urlencoded([("name", name), ("password", password)])
        environ = {"HTTP_ORIGIN": "http://localhost", "CONTENT_TYPE": FORM.decode()}
        if self._send(Sent("POST", b"/log-in", b"", form, environ))[0] != 303:
            raise LockedOut

    def _send(self, sent: Sent) -> tuple[int, str]:
        """Send it and judge the answer: its status, and where it leads."""
        began = _Stopwatch()
        status, headers, answer = self._asked(sent)
        is_paper = PAPERS.search(sent.environ.get(VIEW, "")) is not None
        took, found = began.core_s() if is_paper else began.seconds(), self.found
        found.by_status[status] += 1
        if took > found.slowest_s:
            found.slowest_s, found.slowest = took, f"{sent.method} {sent.path[:120].decode('latin-1')}"
        what = _wrong(status, headers, took, SLOW_PAPER_S if is_paper else SLOW_S)
        if what:
            found.faults.append(
                Fault(
                    what, found.requests, sent.method, repr(sent.path[:300]), repr(sent.query[:900]),
                    sent.environ, repr(sent.body[:1500]), self._traces.last,
                )
            )  # fmt: skip
        return status, self._read(status, headers, answer)

    def _asked(self, sent: Sent) -> tuple[int, list[tuple[str, str]], bytes]:
        begun: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            begun.append((status, headers))

        self._traces.last = ""
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        try:
            parts = self._app.wsgi_app(_wsgi(sent, cookie), start_response)
            answer = b"".join(parts)
            if hasattr(parts, "close"):
                parts.close()
            status, headers = begun[-1]
            return int(status[:3]), headers, answer
        except Exception as fault:  # no page was made of it: it would have reached the server itself
            self._traces.last = _place(fault)
            return 599, [], b""

    def _read(self, status: int, headers: list[tuple[str, str]], answer: bytes) -> str:
        place = ""
        for name, value in headers:
            if name.lower() == "set-cookie":
                cookie, _, rest = value.partition("=")
                self._cookies[cookie] = rest.partition(";")[0]
                if "Max-Age=0" in value or "01 Jan 1970" in value:
                    del self._cookies[cookie]
            elif name.lower() == "location":
                place = value
                self._learnt.follow(value)
        if status == 200 and answer.lstrip()[:1] == b"<" and self._rng.random() < 0.3:
            self._learnt.harvest(answer.decode("utf-8", "replace"))
        return place


def _wsgi(sent: Sent, cookie: str) -> dict[str, Any]:
    """As waitress gives it."""
    return {
        "REQUEST_METHOD": sent.method, "SCRIPT_NAME": "", "PATH_INFO": sent.path.decode("latin-1"),
        "QUERY_STRING": sent.query.decode("latin-1"), "CONTENT_LENGTH": str(len(sent.body)),
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost", "HTTP_COOKIE": cookie,
        "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(sent.body),
        "wsgi.errors": io.StringIO(), "wsgi.multithread": True, "wsgi.multiprocess": False,
        "wsgi.run_once": False, "wsgi.input_terminated": True,
    } | sent.environ  # fmt: skip


def _wrong(status: int, headers: list[tuple[str, str]], took: float, slow_s: float) -> str:
    if status >= 500:
        return str(status)
    if took > slow_s:
        return f"{took:.1f} s"
    bad = [name for name, value in headers if re.search(r"[\r\n\0]|[^\x00-\xff]", value)]
    return f"header {bad[0]}" if bad else ""


class _Stopwatch:
    """Measures one answer on a machine that is busy with other things too."""

    QUEUED = Path("/proc/thread-self/schedstat")

    def __init__(self) -> None:
        self._began, self._queued, self._core = time.perf_counter(), self._waited(), sum(os.times()[:4])

    def core_s(self) -> float:
        """Seconds of a core, those of the processes that were waited for too."""
        return sum(os.times()[:4]) - self._core

    def seconds(self) -> float:
        """Seconds that passed but for those in which others went first."""
        return time.perf_counter() - self._began - (self._waited() - self._queued)

    def _waited(self) -> float:
        try:
            return int(self.QUEUED.read_text().split()[1]) / 1e9
        except OSError:  # a kernel that does not count it
            return 0.0


class _Traces(logging.Handler):
    """Where the application's last fault lay; nothing of it goes to the log meanwhile."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.last = ""

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1] is not None:
            self.last = _place(record.exc_info[1])

    @contextmanager
    def listening(self) -> Iterator[None]:
        log = logging.getLogger("kiosk")
        before, log.propagate = log.propagate, False
        log.addHandler(self)
        try:
            yield
        finally:
            log.removeHandler(self)
            log.propagate = before


def _place(fault: BaseException) -> str:
    trace, places = fault.__traceback__, []
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
        trace = trace.tb_next
    ours = [place for place in places if "site-packages" not in place and "/kiosk/" in place]
    short = [
        place.rpartition("/kiosk/")[2].rpartition("site-packages/")[2] for place in ours[-2:] + places[-1:]
    ]
    return f"{type(fault).__name__}: {str(fault)[:200]} ({', '.join(short)})"
