"""Two boxes on one database: each prints its own slips, on its own printer, from its own roll."""

from dataclasses import replace

import pytest

from kiosk import spool
from kiosk.asked import Asked
from kiosk.spool import Feed, JobStatus, print_slip
from printing.printer_process import Setup
from tests.spool.conftest import PRINTED, SLIP, STAFF, UNANSWERED

OTHERS = Setup("tcp://192.0.2.7:9100", 384, True)


@pytest.fixture
def other(box):
    """The settings of a second box on the same database."""
    return replace(box.settings, box="b2b2b2b2")


@pytest.fixture
def others_feed(box, clock, other):
    return Feed(box.database, clock, other)


@pytest.fixture
def put_there(write, clock, other):
    return lambda subject: write(print_slip, SLIP, subject, clock(), other)


def test_a_box_claims_its_own_jobs_only(put, put_there, feed, others_feed):
    here, there = put("ticket:1"), put_there("ticket:2")
    assert others_feed.claim().id == there
    assert others_feed.claim() is None
    assert feed.claim().id == here
    assert feed.claim() is None


def test_a_box_that_starts_leaves_what_another_is_printing(put, feed, others_feed, state):
    put()
    job = feed.claim()
    others_feed.recover()
    assert state() == JobStatus.SENDING
    feed.report(job.id, PRINTED)
    assert state() == JobStatus.PRINTED


def test_a_slip_that_waits_at_another_box_does_not_expire_here(
    put, put_there, feed, others_feed, state, clock
):
    put_there("ticket:2")
    clock.forward(hours=1)
    assert feed.claim() is None
    assert state("ticket:2") == JobStatus.QUEUED
    assert others_feed.claim() is None
    assert state("ticket:2") == JobStatus.EXPIRED


def test_each_box_has_the_printer_that_was_chosen_there(
    write, read, box, other, put, put_there, state, clock
):
    put("ticket:1")
    put_there("ticket:2")
    asked = Asked(clock(), STAFF)
    write(spool.choose_printer, asked, other, OTHERS)
    assert read(spool.setup_in_use, other) == OTHERS
    assert read(spool.setup_in_use, box.settings).url == box.settings.printer
    write(spool.choose_printer, asked, box.settings, Setup("off:"))
    assert (state("ticket:1"), state("ticket:2")) == (JobStatus.CANCELLED, JobStatus.QUEUED)


def test_each_box_speaks_of_its_own_printer_slips_and_roll(
    put, put_there, feed, others_feed, read, write, box, other, clock
):
    put("ticket:1")
    feed.report(feed.claim().id, UNANSWERED)
    feed.note_status(feed.in_use(), "paper_out")
    assert read(spool.printer_now, box.settings).state == "paper_out"
    elsewhere = read(spool.printer_now, other)
    assert (elsewhere.state, elsewhere.since) == ("unknown", None)
    assert elsewhere.left_mm == other.roll_length_m * 1000
    assert len(read(spool.missed_jobs, box.settings, clock())) == 1
    assert read(spool.missed_jobs, other, clock()) == read(spool.recent_jobs, other, clock()) == ()
    left = read(spool.paper_left_mm, box.settings)
    write(spool.put_in_roll, Asked(clock(), STAFF), other)
    assert read(spool.paper_left_mm, box.settings) == left < box.settings.roll_length_m * 1000
