"""The pages of the back office in a large centre: 200 services in 8 groups, 40 counters, 60 staff."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time

from flask.testing import FlaskClient

from kiosk import cards, demo, notices, services, staff
from kiosk.app import create_app
from kiosk.asked import Asked
from kiosk.box import Box, open_box
from kiosk.clock import system_clock
from kiosk.database import Tx
from kiosk.settings import Settings
from script.benches._hall import say, summary
from tests.every_address import every_address

SERVICES, GROUPS, COUNTERS, STAFF = 200, 8, 40, 60
TURNS = 120
LIMIT_MS = 50
A_FILE_MS = 250.0
"""A workbook, a picture: made by a process of its own, and asked for once."""

BY_NAME = {"concerns.categories.one": "/admin/concerns/category/lights"}
LOOKED_AT = ("catalogue.services.slip", "centre.notices.slip")
"""Pictures of slips that a form has just asked for: `script/bench slip` measures drawing them."""

ORIGIN = {"Origin": "http://localhost"}
CHEAP = "scrypt:128:8:1"


def run() -> None:
    """Print p50 and p99 of each page in the small centre of the demo beside the large one's."""
    with TemporaryDirectory(prefix="linli-bench-") as folder:
        small, large = (_opened(Path(folder) / name) for name in ("small", "large"))
        with large.database.write() as tx:
            codes = _services(tx, large)
            _counters_and_staff(tx, large, codes)
        for box in (small, large):
            with box.database.write() as tx:
                _notice_and_problem(tx, box)
        clients = _client(small), _client(large)
        for view, address in every_address():
            address = BY_NAME.get(view, address)
            if address.startswith("/admin/") and view not in LOOKED_AT:
                base, asked = (_times(client, address) for client in clients)
                say("office", view, asked, {"small": base, "limit_p99": LIMIT_MS})
        for box in (small, large):
            box.database.close()


def _opened(folder: Path) -> Box:
    box = open_box(Settings(folder=folder, is_demo=True, printer="off:"), _ten)
    demo.furnish(box)
    return box


def _ten() -> datetime:
    today = (system_clock() + timedelta(hours=8)).date()
    return datetime(today.year, today.month, today.day, 2, tzinfo=UTC)


def _services(tx: Tx, box: Box) -> list[str]:
    asked = Asked(box.now(), 1)
    letters = ("SA", "SB", "SC", "SD")
    slugs = [
        services.add_group(tx, asked, services.GroupPlan(f"第{n + 1}类业务", letter=letter))
        for n, letter in enumerate(letters)
    ]
    lines = tuple(services.MaterialPlan(f"材料{n}", f"Paper {n}", "原件", "original") for n in range(5))
    listed = [one.code for one in services.every_service(tx)]
    for n in range(SERVICES - len(listed)):
        plan = services.ServicePlan(
            slugs[n % len(slugs)],
            f"很长的业务名称第{n}项",
            f"Service {n}",
            place="一楼等候区",
            materials=lines,
        )
        listed.append(services.add_service(tx, asked, plan))
    return listed


def _counters_and_staff(tx: Tx, box: Box, codes: list[str]) -> None:
    asked = Asked(box.now(), 1)
    there = {one.number for one in services.every_counter(tx)}
    for number in range(1, COUNTERS + 1):
        if number not in there:
            services.add_counter(tx, asked, number)
    services.set_skills(tx, asked, {number: codes[number % 3 :] for number in range(1, COUNTERS + 1)})
    for n in range(STAFF - len(staff.staff_names(tx))):
        staff.add_staff(tx, asked, f"window{n}", staff.Role.CLERK, staff.hashed("linli-bench", CHEAP))


def _notice_and_problem(tx: Tx, box: Box) -> None:
    """What the pages with a 1 in their address show."""
    asked, now = Asked(box.now(), 1), box.now()
    places = frozenset(notices.Place)
    plan = notices.NoticePlan(
        "养老认证开始了", "Certification has begun", now, now + timedelta(days=30), places
    )
    notices.add_notice(tx, asked, plan)
    shown = cards.cards(tx, "zh")[0].id
    cards.add_problem(tx, asked, cards.ProblemPlan("下水道堵了", "A drain is blocked", "wrench", (shown,)))


def _client(box: Box) -> FlaskClient:
    client = create_app(box).test_client()
    client.post("/log-in", data={"name": "admin", "password": "demo-admin"}, headers=ORIGIN)
    return client


def _times(client: FlaskClient, address: str) -> dict[str, float]:
    """What each answer took, without the first, for which templates are compiled; kB and status of the last.

    `cpu` is the median of what this process did for it: the same beside other work, as wall times are not.
    """
    times: list[float] = []
    cpu: list[float] = []
    while len(times) <= TURNS and (not times or times[0] < A_FILE_MS):
        began, worked = perf_counter(), thread_time()
        answer = client.get(address)
        body = answer.get_data()
        times.append((perf_counter() - began) * 1000)
        cpu.append((thread_time() - worked) * 1000)
        answer.close()
    known = summary(times[1:] or times)
    return {
        "p50": known["p50"], "p99": known["p99"], "cpu": summary(cpu[1:] or cpu)["p50"],
        "kb": round(len(body) / 1000, 1), "status": answer.status_code,
    }  # fmt: skip
