"""The life of a print job, on a real database."""

import pytest
import sqlalchemy as sa

from kiosk.spool import Feed, JobStatus, print_slip, slip_state
from kiosk.spool.rules import MOVES, step_after
from kiosk.spool.tables import print_change, print_job
from printing.press import Pressed
from printing.printers import Outcome
from printing.slips.ticket import TicketSlip

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


@pytest.fixture
def feed(box, clock):
    return Feed(box.database, clock, box.settings)


@pytest.fixture
def put(box, clock):
    def put(subject="ticket:1"):
        with box.database.write() as tx:
            return print_slip(tx, SLIP, subject, clock(), expires_s=180)

    return put


@pytest.fixture
def state(box):
    def state(subject="ticket:1"):
        with box.database.read() as tx:
            found = slip_state(tx, subject)
            return found and found[0]

    return state


@pytest.fixture
def steps(box):
    def steps(job_id):
        query = (
            sa.select(print_change.c.to_status)
            .where(print_change.c.job_id == job_id)
            .order_by(print_change.c.id)
        )
        with box.database.read() as tx:
            return tx.execute(query).scalars().all()

    return steps


@pytest.mark.parametrize(
    ("state", "accepted", "leads_to"),
    [
        ("printed", 900, JobStatus.PRINTED),
        ("unconfirmed", 900, JobStatus.UNCONFIRMED),
        ("failed", 0, JobStatus.QUEUED),
        ("failed", 1, JobStatus.UNCONFIRMED),
    ],
)
def test_only_an_attempt_that_reached_the_printer_with_nothing_is_tried_again(state, accepted, leads_to):
    assert MOVES[JobStatus.SENDING, step_after(state, accepted)] == leads_to


def test_jobs_come_out_in_order_and_each_once(put, feed):
    jobs = [put(f"ticket:{n}") for n in range(3)]
    assert [feed.claim().id for _ in jobs] == jobs
    assert feed.claim() is None


def test_sending_is_committed_before_the_worker_has_the_job(put, feed, state):
    put()
    assert state() == JobStatus.QUEUED
    claimed = feed.claim()
    assert state() == JobStatus.SENDING
    assert claimed.kind == "ticket"
    assert '"A001"' in claimed.slip


def test_a_printed_job_is_never_handed_out_again(put, feed, state, steps, clock):
    job = put()
    feed.report(feed.claim().id, Pressed(Outcome("printed", 900, ""), 90))
    clock.forward(minutes=1)
    assert feed.claim() is None
    assert state() == JobStatus.PRINTED
    assert steps(job) == ["sending", "printed"]


def test_a_dead_printer_is_asked_again_after_a_while_until_the_slip_is_too_old(
    put, feed, state, steps, clock
):
    job = put()
    feed.report(feed.claim().id, Pressed(Outcome("failed", 0, "refused"), 90))
    assert feed.claim() is None
    clock.forward(seconds=3)
    feed.report(feed.claim().id, Pressed(Outcome("failed", 0, "refused"), 90))
    clock.forward(minutes=3)
    assert feed.claim() is None
    assert state() == JobStatus.EXPIRED
    assert steps(job) == ["sending", "queued", "sending", "queued", "expired"]


def test_what_broke_off_after_the_first_byte_is_never_sent_again(put, feed, state, clock):
    put()
    feed.report(feed.claim().id, Pressed(Outcome("failed", 512, "reset"), 90))
    clock.forward(seconds=30)
    assert feed.claim() is None
    assert state() == JobStatus.UNCONFIRMED


def test_after_a_power_cut_a_job_that_was_being_sent_is_unconfirmed(put, feed, state, steps):
    job = put()
    waiting = put("ticket:2")
    feed.claim()
    feed.recover()
    assert state() == JobStatus.UNCONFIRMED
    assert steps(job) == ["sending", "unconfirmed"]
    assert feed.claim().id == waiting


def test_a_report_for_a_job_that_is_not_being_sent_changes_nothing(put, feed, state):
    job = put()
    feed.report(job, Pressed(Outcome("printed", 900, ""), 90))
    assert state() == JobStatus.QUEUED


def test_the_newest_job_of_a_subject_tells_its_state(put, feed, state):
    put()
    feed.report(feed.claim().id, Pressed(Outcome("printed", 900, ""), 90))
    put()
    assert state() == JobStatus.QUEUED
    assert state("ticket:99") is None


def test_a_rolled_back_ticket_leaves_no_job(box, clock):
    def broken_off():
        with box.database.write() as tx:
            print_slip(tx, SLIP, "ticket:1", clock(), expires_s=180)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    with box.database.read() as tx:
        assert tx.execute(sa.select(sa.func.count()).select_from(print_job)).scalar() == 0
