"""The printer in use: which, how it is, how much paper is left."""

import re
from dataclasses import replace

import pytest
import sqlalchemy as sa

from kiosk import spool
from kiosk.asked import Asked
from kiosk.spool import JobStatus, PrinterState
from kiosk.spool.rules import SHORTEST_SLIP_MM
from kiosk.spool.tables import print_change, printer_change
from printing.printer_process import Printed, Setup
from printing.printers import Outcome
from tests.engines import on_a_file
from tests.spool.conftest import PRINTED, REFUSED, SLIP, STAFF, UNANSWERED

TCP = Setup("tcp://127.0.0.1:9100", 384, large=True)
FILE = Setup("file:", 576)


@pytest.fixture
def printer(read, box):
    def printer(**settings):
        return read(spool.printer_now, replace(box.settings, **settings))

    return printer


def states(read):
    told = sa.select(printer_change.c.to_state).order_by(printer_change.c.id)
    return read(lambda tx: tx.execute(told).scalars().all())


def test_the_settings_name_the_printer_until_one_is_chosen_and_the_newest_wins(read, write, box, clock):
    assert read(spool.setup_in_use, box.settings) == FILE
    write(spool.choose_printer, Asked(clock(), STAFF), box.settings, Setup("memory:"))
    write(spool.choose_printer, Asked(clock(), STAFF), box.settings, TCP)
    assert read(spool.setup_in_use, box.settings) == TCP


def test_a_job_is_handed_out_with_the_printer_in_use_when_its_turn_comes(put, feed, write, box, clock):
    put()
    write(spool.choose_printer, Asked(clock(), STAFF), box.settings, TCP)
    assert feed.claim().setup == TCP
    assert feed.in_use() == TCP


def test_a_printer_that_is_tried_gets_its_page_and_nothing_else(put, feed, read, write, box, clock):
    setup_id = write(spool.try_printer, Asked(clock(), STAFF), TCP, SLIP, box.settings)
    put()
    assert [feed.claim().setup, feed.claim().setup] == [TCP, FILE]
    assert read(spool.setup_in_use, box.settings) == FILE
    assert read(spool.slip_state, spool.trial_subject(setup_id))[0] == JobStatus.SENDING


def test_a_test_page_that_fails_alarms_nobody(feed, read, write, box, clock):
    write(spool.try_printer, Asked(clock(), STAFF), TCP, SLIP, box.settings)
    feed.report(feed.claim().id, UNANSWERED)
    assert read(spool.missed_jobs, box.settings, clock()) == ()


def test_choosing_no_printer_takes_back_what_waits_for_it(put, feed, write, state, box, clock):
    put()
    write(spool.choose_printer, Asked(clock(), STAFF), box.settings, Setup("off:"))
    assert state() == JobStatus.CANCELLED
    assert feed.claim() is None


def test_how_the_printer_is_becomes_a_row_only_when_it_is_news(feed, read, printer, clock):
    assert printer().state == PrinterState.UNKNOWN
    for status in ("ready", "ready", "paper_out", "paper_out", "ready"):
        clock.forward(seconds=10)
        feed.note_status(FILE, status)
    assert states(read) == ["ready", "paper_out", "ready"]
    assert (printer().state, printer().since) == (PrinterState.READY, clock())


def test_an_answer_that_is_no_news_writes_nothing(feed, box):
    feed.note_status(FILE, "ready")
    box.database.written.clear()
    feed.note_status(FILE, "ready")
    assert not box.database.written.is_set()


def test_a_printer_that_is_only_tried_does_not_speak_for_the_one_in_use(feed, printer):
    feed.note_status(FILE, "ready")
    feed.note_status(TCP, "paper_out")
    assert printer().state == PrinterState.READY


def test_of_another_printer_and_after_a_start_nothing_is_known(feed, write, printer, read, box, clock):
    feed.note_status(FILE, "paper_out")
    write(spool.choose_printer, Asked(clock(), STAFF), box.settings, TCP)
    assert printer().state == PrinterState.UNKNOWN
    feed.note_status(TCP, "cover_open")
    feed.recover()
    assert printer().state == PrinterState.UNKNOWN


@pytest.mark.parametrize("state", PrinterState)
def test_a_person_is_needed_where_nothing_comes_out_and_where_paper_ends(feed, printer, state):
    feed.note_status(FILE, state)
    assert printer().needs_person is (state not in ("ready", "unknown"))


def test_without_a_slip_no_number_is_given_only_where_the_centre_wants_it_so(feed, read, box):
    stop = replace(box.settings, when_not_printing="stop")
    assert not read(spool.gives_no_numbers, stop)  # unknown: nobody is sent away for what nobody knows
    feed.note_status(FILE, "offline")
    assert read(spool.gives_no_numbers, stop)
    assert not read(spool.gives_no_numbers, box.settings)
    feed.note_status(FILE, "paper_low")
    assert not read(spool.gives_no_numbers, stop)


def test_paper_is_counted_for_what_is_or_may_be_on_paper(put, feed, printer, clock):
    for outcome in (PRINTED, UNANSWERED, REFUSED, Printed(Outcome("failed", 0, is_hopeless=True), 90)):
        put()
        feed.report(feed.claim().id, outcome)
    assert printer(roll_length_m=1).left_mm == 1000 - 2 * 90


def test_a_new_roll_starts_the_count_anew_and_an_old_one_ends_at_nothing(
    put, feed, write, printer, box, clock
):
    for _ in range(12):
        put()
        feed.report(feed.claim().id, PRINTED)
    assert printer(roll_length_m=1).left_mm == 0
    write(spool.put_in_roll, Asked(clock(), STAFF), box.settings)
    assert printer(roll_length_m=1).left_mm == 1000
    assert printer(roll_length_m=0).left_mm is None


def test_staff_are_asked_for_a_roll_before_it_ends(put, feed, printer):
    assert not printer(roll_length_m=1, roll_low_m=0.9).is_low
    for _ in range(2):
        put()
        feed.report(feed.claim().id, PRINTED)
    assert printer(roll_length_m=1, roll_low_m=0.9).is_low


def test_a_printer_that_feels_the_end_of_its_roll_is_believed_rather_than_the_count(put, feed, printer):
    feed.note_status(FILE, "paper_low")
    feed.note_status(FILE, "ready")
    assert not printer(roll_length_m=1, roll_low_m=5).is_low
    feed.note_status(FILE, "paper_low")
    assert printer(roll_length_m=200, roll_low_m=0).is_low


@on_a_file
def test_counting_paper_reads_no_more_rows_than_a_roll_holds_slips(put, read, box, write):
    slip = {"job_id": put(), "to_status": "printed", "at": box.now(), "accepted": 0, "note": ""}
    rows = [slip | {"mm": SHORTEST_SLIP_MM if n % 2 else 0} for n in range(120)]
    write(lambda tx: tx.execute(sa.insert(print_change), rows))
    assert read(spool.paper_left_mm, replace(box.settings, roll_length_m=2)) == 2000 - 60 * SHORTEST_SLIP_MM
    assert read(spool.paper_left_mm, replace(box.settings, roll_length_m=1)) == 0
    seen: list[str] = []
    with box.database.read() as tx:
        tx.connection.dbapi_connection.set_trace_callback(seen.append)
        spool.paper_left_mm(tx, replace(box.settings, roll_length_m=1))
        tx.connection.dbapi_connection.set_trace_callback(None)
        plan = [str(row) for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {seen[-1]}")]
    assert re.search(rf"LIMIT\s+{1000 // SHORTEST_SLIP_MM}\b", seen[-1])
    assert any("ix_print_change_mm" in step for step in plan)
