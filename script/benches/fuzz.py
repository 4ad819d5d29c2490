"""A hundred thousand requests that no page of ours sends, over every route and method, as each role.

`script/bench fuzz --seed N --requests M` asks the same again; each fault is told on stderr with its request.
"""

import json
import secrets
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import event

from kiosk import demo, staff
from kiosk.app import create_app
from kiosk.box import Box, open_box
from kiosk.settings import Settings
from script.benches._fuzzing import NOBODY, Found, Fuzzer, LockedOut, log_in_as
from script.benches._postgresql import Cluster, initialised, started, stop

REQUESTS = 100_000
A_LIFE = 5000
"""So many requests see one centre; then another begins, or the hall would hold thousands who wait."""

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


class _Clock:
    """Goes on when it is told to, so that a seed meets the same hour again."""

    def __init__(self) -> None:
        self.at = MORNING

    def __call__(self) -> datetime:
        return self.at

    def forward(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def run(requests: int | None = None, seed: int | None = None, postgresql: bool = False) -> None:
    """Print one line a role: how many answers of each status, faults, the slowest answer in milliseconds."""
    seed = secrets.randbelow(2**31) if seed is None else seed
    roles = [NOBODY, *staff.Role]
    with _databases(postgresql) as new_url, TemporaryDirectory(prefix="linli-bench-") as folder:
        for role in roles:
            found = _as_role(role, seed, -(-(requests or REQUESTS) // len(roles)), Path(folder), new_url)
            _say(role, seed, found, "postgresql" if postgresql else "sqlite")


def _as_role(role: str, seed: int, count: int, folder: Path, new_url: Callable[[], str]) -> Found:
    whole, life = Found(), 0
    while whole.requests < count:
        life += 1
        place = folder / f"{role}-{life}"
        box, clock = _furnished(place, new_url())
        fuzzer = Fuzzer(create_app(box), seed + life, log_in_as(box, role), clock.forward)
        with suppress(LockedOut):  # it has closed its own account: the next centre knows it again
            fuzzer.run(min(A_LIFE, count - whole.requests))
        _write(box)
        box.database.close()
        shutil.rmtree(place)
        _add(whole, fuzzer.found, life)
    return whole


def _furnished(folder: Path, url: str) -> tuple[Box, _Clock]:
    clock = _Clock()
    box = open_box(Settings(folder=folder, is_demo=True, database_url=url), clock)
    if box.database.engine.dialect.name == "sqlite":  # no plug is pulled here
        event.listen(box.database.engine, "connect", lambda one, _: one.execute("PRAGMA synchronous=OFF"))
        box.database.engine.dispose()
    demo.furnish(box)
    return box, clock


def _write(box: Box) -> None:
    """Where a request has left a transaction open, this waits in vain and fails."""
    log_in_as(box, staff.Role.DESK)


def _add(whole: Found, found: Found, life: int) -> None:
    whole.requests += max(1, found.requests)
    whole.by_status += found.by_status
    whole.views |= found.views
    if found.slowest_s > whole.slowest_s:
        whole.slowest_s, whole.slowest = found.slowest_s, found.slowest
    for fault in found.faults:
        whole.faults.append(fault)
        print(json.dumps({"life": life, **asdict(fault)}, ensure_ascii=False), file=sys.stderr, flush=True)


def _say(role: str, seed: int, found: Found, engine: str) -> None:
    print(
        json.dumps(
            {
                "bench": "fuzz", "role": role, "engine": engine, "seed": seed, "requests": found.requests,
                "views": len(found.views), "answers": dict(sorted(found.by_status.items())),
                "of_500": sum(count for status, count in found.by_status.items() if status >= 500),
                "too_slow": sum(fault.what.endswith(" s") for fault in found.faults),
                "other_faults": sum(fault.what.startswith("header") for fault in found.faults),
                "slowest_ms": round(found.slowest_s * 1000), "slowest": found.slowest,
            },
            ensure_ascii=False,
        ),
        flush=True,
    )  # fmt: skip


@contextmanager
def _databases(postgresql: bool) -> Iterator[Callable[[], str]]:
    """Gives a new database each time: an address, empty for a file in the folder."""
    if not postgresql:
        yield lambda: ""
        return
    folder = initialised()
    server = started(folder, {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"})
    cluster = Cluster(folder)
    try:
        yield lambda: cluster.url(cluster.make())
    finally:
        stop(server)
        shutil.rmtree(folder, ignore_errors=True)
