"""A spool on a real database, and the hands that use it."""

import pytest
import sqlalchemy as sa

from kiosk.spool import Feed, print_slip, slip_state
from kiosk.spool.tables import print_change
from printing.printer_process import Printed
from printing.printers import Outcome
from printing.slips.ticket import TicketSlip

STAFF = 2
SLIP = TicketSlip(
    centre="桃园社区党群服务中心",
    number="A001",
    service="养老保险资格认证",
    ahead=3,
    where="一楼等候区",
    materials=("身份证",),
    missed="没听到叫号也不要紧",
    qr="1" * 24,
    taken="2026-11-23 09:00",
)
PRINTED = Printed(Outcome("printed", 900), 90)
REFUSED = Printed(Outcome("failed", 0, "refused"), 90)
UNANSWERED = Printed(Outcome("unconfirmed", 900, "no answer"), 90)


@pytest.fixture
def feed(box, clock):
    return Feed(box.database, clock, box.settings)


@pytest.fixture
def write(box):
    """Do a verb in a transaction of its own."""

    def write(verb, *args, **kwargs):
        with box.database.write() as tx:
            return verb(tx, *args, **kwargs)

    return write


@pytest.fixture
def read(box):
    def read(noun, *args):
        with box.database.read() as tx:
            return noun(tx, *args)

    return read


@pytest.fixture
def put(write, box, clock):
    def put(subject="ticket:1", slip=SLIP):
        return write(print_slip, slip, subject, clock(), box.settings)

    return put


@pytest.fixture
def state(read):
    def state(subject="ticket:1"):
        found = read(slip_state, subject)
        return found and found[0]

    return state


@pytest.fixture
def steps(read):
    """The rows of a job as (step, from, to, staff)."""

    def steps(job_id):
        told = (print_change.c[name] for name in ("step", "from_status", "to_status", "staff_id"))
        query = sa.select(*told).where(print_change.c.job_id == job_id).order_by(print_change.c.id)
        return [tuple(found) for found in read(sa.Connection.execute, query)]

    return steps
