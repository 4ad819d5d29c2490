"""The life of a print job, on a real database."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from kiosk import spool
from kiosk.asked import Asked
from kiosk.spool import JobMoved, JobNotWaiting, JobStatus, UnknownJob, print_slip
from kiosk.spool.rules import FINAL, MOVES, step_after
from kiosk.spool.tables import print_change, print_job
from printing.printer_process import Printed
from printing.printers import Outcome
from printing.slips.contact_card import ContactCardSlip
from tests.spool.conftest import PRINTED, REFUSED, SLIP, STAFF, UNANSWERED


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


def test_sending_is_committed_before_the_worker_has_the_job(put, feed, state, read):
    put()
    assert state() == JobStatus.QUEUED
    claimed = feed.claim()
    assert state() == JobStatus.SENDING
    assert claimed.kind == "ticket"
    assert '"A001"' in claimed.slip
    used = sa.select(print_change.c.accepted, print_change.c.mm)
    assert [tuple(one) for one in read(sa.Connection.execute, used)] == [(0, 0)]


def test_a_printed_job_is_never_handed_out_again(put, feed, state, steps, clock):
    job = put()
    feed.report(feed.claim().id, Printed(Outcome("printed", 900, ""), 90))
    clock.forward(minutes=1)
    assert feed.claim() is None
    assert state() == JobStatus.PRINTED
    assert steps(job) == [
        ("claim", "queued", "sending", None),
        ("print", "sending", "printed", None),
    ]


def test_a_dead_printer_is_asked_again_after_a_while_until_the_slip_is_too_old(
    put, feed, state, steps, clock
):
    job = put()
    feed.report(feed.claim().id, Printed(Outcome("failed", 0, "refused"), 90))
    assert feed.claim() is None
    clock.forward(seconds=3)
    feed.report(feed.claim().id, Printed(Outcome("failed", 0, "refused"), 90))
    clock.forward(minutes=3)
    assert feed.claim() is None
    assert state() == JobStatus.EXPIRED
    assert [step for step, *_ in steps(job)] == ["claim", "give_back", "claim", "give_back", "expire"]


def test_what_broke_off_after_the_first_byte_is_never_sent_again(put, feed, state, clock):
    put()
    feed.report(feed.claim().id, Printed(Outcome("failed", 512, "reset"), 90))
    clock.forward(seconds=30)
    assert feed.claim() is None
    assert state() == JobStatus.UNCONFIRMED


def test_after_a_power_cut_a_job_that_was_being_sent_is_unconfirmed(put, feed, state, steps):
    job = put()
    waiting = put("ticket:2")
    feed.claim()
    feed.recover()
    assert state() == JobStatus.UNCONFIRMED
    assert [to for _, _, to, _ in steps(job)] == ["sending", "unconfirmed"]
    assert feed.claim().id == waiting


def test_a_report_for_a_job_that_is_not_being_sent_changes_nothing(put, feed, state):
    job = put()
    feed.report(job, Printed(Outcome("printed", 900, ""), 90))
    assert state() == JobStatus.QUEUED


def test_the_newest_job_of_a_subject_tells_its_state(put, feed, state):
    put()
    feed.report(feed.claim().id, Printed(Outcome("printed", 900, ""), 90))
    put()
    assert state() == JobStatus.QUEUED
    assert state("ticket:99") is None


def test_a_rolled_back_ticket_leaves_no_job(box, clock):
    def broken_off():
        with box.database.write() as tx:
            print_slip(tx, SLIP, "ticket:1", clock(), box.settings)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    with box.database.read() as tx:
        assert tx.execute(sa.select(sa.func.count()).select_from(print_job)).scalar() == 0


def test_no_way_leads_back_to_paper_once_a_byte_was_taken():
    ways = {to for (status, step), to in MOVES.items() if status in FINAL}
    assert ways == FINAL
    assert all(to == status for (status, step), to in MOVES.items() if status in FINAL)
    assert MOVES[JobStatus.SENDING, step_after("failed", 1)] in FINAL


def test_a_waiting_slip_is_taken_back_and_never_printed(put, feed, write, state, steps, clock):
    job = put()
    write(spool.cancel_job, Asked(clock(), STAFF), job)
    assert feed.claim() is None
    assert state() == JobStatus.CANCELLED
    assert steps(job) == [("cancel", "queued", "cancelled", STAFF)]


def test_a_slip_that_is_being_sent_cannot_be_taken_back(put, feed, write, state, clock):
    job = put()
    feed.claim()
    with pytest.raises(JobNotWaiting):
        write(spool.cancel_job, Asked(clock(), STAFF), job)
    assert state() == JobStatus.SENDING
    with pytest.raises(UnknownJob):
        write(spool.cancel_job, Asked(clock(), STAFF), 99)


@pytest.fixture
def again(write, box, clock):
    """Have a job printed once more, as the page that showed `after` steps offers it."""

    def both(tx, job, after):
        spool.note_again(tx, Asked(clock(), STAFF), job, after)
        return spool.print_again(tx, job, clock(), box.settings)

    return lambda job, after: write(both, job, after)


def test_printing_again_is_a_new_job_that_bears_the_mark(put, feed, again, read, box, clock):
    job = put()
    feed.report(feed.claim().id, UNANSWERED)
    (seen,) = read(spool.recent_jobs, box.settings, clock())
    again(job, seen.steps)
    claimed = feed.claim()
    assert claimed.id != job
    assert '"reprint":true' in claimed.slip
    assert '"A001"' in claimed.slip


def test_a_second_press_of_again_prints_nothing(put, feed, again, read, box, clock):
    job = put()
    feed.report(feed.claim().id, PRINTED)
    (seen,) = read(spool.recent_jobs, box.settings, clock())
    again(job, seen.steps)
    with pytest.raises(JobMoved):
        again(job, seen.steps)
    assert len(read(spool.recent_jobs, box.settings, clock())) == 2


def test_what_still_waits_cannot_be_printed_again(put, again):
    job = put()
    with pytest.raises(JobMoved):
        again(job, 0)


def test_a_slip_without_such_a_mark_is_printed_as_it_is(put, feed, again):
    card = ContactCardSlip.sample()
    job = put("card:1", card)
    first = feed.claim()
    feed.report(first.id, PRINTED)
    again(job, 2)
    assert feed.claim().slip == first.slip


@pytest.fixture
def missed(read, box, clock):
    """What staff are told is missing: (number, status)."""
    return lambda: [(job.title, job.status) for job in read(spool.missed_jobs, box.settings, clock())]


def test_staff_hear_of_a_missing_slip_by_its_number_for_ten_minutes(put, feed, missed, clock):
    put()
    feed.report(feed.claim().id, UNANSWERED)
    assert missed() == [("A001", "unconfirmed")]
    clock.forward(minutes=9)
    assert missed() == [("A001", "unconfirmed")]
    clock.forward(minutes=2)
    assert missed() == []


def test_a_slip_that_the_printer_refused_is_missing_at_once_and_not_when_it_came_after_all(
    put, feed, read, missed, clock
):
    put()
    assert missed() == []
    feed.report(feed.claim().id, REFUSED)
    assert missed() == [("A001", "queued")]
    clock.forward(seconds=4)
    feed.report(feed.claim().id, PRINTED)
    assert missed() == []


def test_a_slip_that_waits_behind_others_is_missing_after_ten_seconds(put, missed, clock):
    put()
    clock.forward(seconds=10)
    assert missed() == []
    clock.forward(seconds=1)
    assert missed() == [("A001", "queued")]


def test_nobody_is_missed_who_was_told_or_has_a_new_slip(put, feed, write, read, steps, box, missed, clock):
    for subject in ("ticket:1", "ticket:2"):
        put(subject)
        feed.report(feed.claim().id, UNANSWERED)
    one, two = read(spool.missed_jobs, box.settings, clock())
    write(spool.note_told, Asked(clock(), STAFF), one.id)
    assert steps(one.id)[-1] == ("tell", "unconfirmed", "unconfirmed", STAFF)
    put("ticket:2")
    assert two.id not in [job.id for job in read(spool.missed_jobs, box.settings, clock())]
    assert missed() == []


def test_a_slip_that_came_out_has_nobody_to_tell(put, feed, write, clock):
    job = put()
    feed.report(feed.claim().id, PRINTED)
    with pytest.raises(JobMoved):
        write(spool.note_told, Asked(clock(), STAFF), job)


def test_the_last_twenty_jobs_are_told_newest_first(put, read, box, clock):
    jobs = [put(f"ticket:{n}") for n in range(23)]
    assert [job.id for job in read(spool.recent_jobs, box.settings, clock())] == jobs[:2:-1]


def test_a_job_that_expired_while_the_box_was_off_is_not_printed(put, feed, state, clock):
    put()
    clock.at += timedelta(hours=3)
    feed.recover()
    assert feed.claim() is None
    assert state() == JobStatus.EXPIRED


def test_a_slip_was_just_printed_within_the_guard_time_and_for_its_own_subject(put, read, box, clock):
    put("card:1")
    guard = timedelta(seconds=box.settings.guard_s)
    for at, subject, was in (
        (clock() + guard / 2, "card:1", True),
        (clock() + guard / 2, "card:2", False),
        (clock() + guard, "card:1", False),
    ):
        assert read(spool.was_just_printed, subject, at, box.settings) == was, (at, subject)


def test_of_two_slips_of_one_moment_the_one_that_is_meant_is_taken_back(put, write, state, clock):
    put("ticket:1")
    put("ticket:2")
    assert write(spool.take_back_slip, Asked(clock(), STAFF), "ticket:1", clock()) == JobStatus.CANCELLED
    assert (state("ticket:1"), state("ticket:2")) == (JobStatus.CANCELLED, JobStatus.QUEUED)
    assert write(spool.take_back_slip, Asked(clock(), STAFF), "ticket:3", clock()) is None


def test_a_slip_is_missed_after_ten_seconds(put, read, clock):
    job = put()
    for seconds, is_missed in ((9.9, False), (10.1, True)):
        assert read(spool.job_of, job, clock() + timedelta(seconds=seconds)).is_missed == is_missed, seconds


def test_the_slips_of_old_days_are_emptied_and_what_is_still_to_come_is_kept(put, feed, read, write, clock):
    old, waiting = put("ticket:1"), put("ticket:2")
    feed.report(feed.claim().id, PRINTED)
    clock.forward(days=1)
    today = clock()
    new = put("ticket:3")
    write(spool.forget_slips, today)
    left = dict(map(tuple, read(sa.Connection.execute, sa.select(print_job.c.id, print_job.c.slip))))
    assert ("A001" in left[old], "A001" in left[waiting], "A001" in left[new]) == (False, True, True)


def test_what_the_printer_said_last_stays_with_the_job(put, feed, read, write, clock):
    job = put()
    feed.report(feed.claim().id, Printed(Outcome("unconfirmed", 900, "no answer"), 90))
    assert read(spool.job_of, job, clock()).note == "no answer"
    write(spool.note_told, Asked(clock(), STAFF), job)
    assert read(spool.job_of, job, clock()).note == "no answer"
