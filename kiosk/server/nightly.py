"""Nightly jobs: closes each day once and keeps a backup, soon after midnight or at the next start.

By day they see that the disk still takes what is written when nobody writes.
"""

import gc
import logging
import threading
from collections.abc import Callable
from datetime import date, datetime
from time import monotonic

from kiosk import (
    backup,
    checkin,
    concerns,
    figures,
    households,
    kinds,
    people,
    pleas,
    ratings,
    speech,
    staff,
    tickets,
)
from kiosk.asked import Asked
from kiosk.box import Box
from kiosk.clock import EvenClock

log = logging.getLogger(__name__)

EVERY_S = 20.0
AFTER_FAULT_S = 3600.0
"""A backup that failed is tried again after this: a stick may have been plugged in, the disk swept."""


class NightlyJobs:
    """A thread that looks at the day twenty seconds apart. It survives every fault: the next look comes."""

    def __init__(self, box: Box) -> None:
        self._box = box
        self._closing = Closing(box)
        self._adding = AddingUp(box)
        self._not_before = 0.0
        self._is_told = False
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="nightly", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self, timeout_s: float) -> None:
        """End the watch; waits for a close that is under way."""
        self._leaving.set()
        self._thread.join(timeout_s)

    def _watch(self) -> None:
        while True:
            self._safely(self._closing.look)
            self._safely(self._adding.look)
            self._safely(lambda: forget_lists(self._box))
            self._safely(self._keep)
            self._safely(self._try_disk)
            if self._leaving.wait(EVERY_S):
                return

    def _safely(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Exception:
            log.exception("a nightly job failed, will retry")

    def _try_disk(self) -> None:
        fault = self._box.database.trials.look(wait_s=EVERY_S)
        if fault and not self._is_told:
            log.error("nothing can be written: %s", fault)
        self._is_told = fault is not None

    def _keep(self) -> None:
        if monotonic() < self._not_before or not backup.is_due(self._box):
            return
        try:
            backup.keep_day(self._box)
        except (backup.Refused, OSError) as fault:
            self._not_before = monotonic() + AFTER_FAULT_S
            log.error("no backup today: %s", fault)


class Closing:
    """Ends a day when the clock can be believed: it has run evenly, and no box writes of an earlier date."""

    def __init__(self, box: Box, clock: EvenClock | None = None) -> None:
        self._box = box
        self._clock = clock or EvenClock()
        self._day: date | None = None
        self._seen = 0

    def look(self) -> None:
        """Close what is over, if it is believed to be."""
        now, centre = self._box.now(), self._box.centre
        is_even = self._clock.look(now)
        with self._box.database.read() as tx:
            if centre.day(now) != self._day:
                self._day, self._seen = centre.day(now), tickets.version(tx)
            elif tickets.wrote_before(tx, self._seen, centre.day_start(now)):
                self._clock.doubt()
                self._seen, is_even = tickets.version(tx), False
        if is_even:
            close_days(self._box)


def close_days(box: Box) -> None:
    """Close what is over, if it was not yet; reads first, so that an idle look writes nothing."""
    now = box.now()
    with box.database.read() as tx:
        if tickets.is_day_closed(tx, box.centre, now):
            return
    with box.database.write() as tx:
        cancelled = tickets.close_day(tx, box.centre, now)
        checkin.close_events(tx, box.centre, now)
        staff.forget_addresses(tx, now, box.settings.scan_keep_days)
        speech.forget_recordings(tx, now)
        concerns.look_after(tx, box.centre, Asked(now))
        kinds.remind(tx, box.centre, Asked(now))
        households.lapse(tx, box.centre, Asked(now))
        if checkin.is_steady(tx, box.centre, now):
            concerns.forget(tx, Asked(now))
            kinds.forget(tx, Asked(now))
            concerns.wipe_old_files(tx, Asked(now), box.settings.folder)
        pleas.forget(tx, box.centre.day_start(now), box.settings.scan_keep_days)
        ratings.empty_words(tx, now - ratings.WORDS_KEPT)
    gc.collect()  # by day nobody does (running.YEARS)
    if cancelled:
        log.info("closed the day: %d tickets were still open", cancelled)


class AddingUp:
    """Adds up the days that are over, for figures: a few at a look, since a centre may have years of them."""

    DAYS = 20

    def __init__(self, box: Box) -> None:
        self._box = box
        self._done: date | None = None
        self._not_before = 0.0

    def look(self) -> None:
        """Add up what is due; once nothing is, wait for the next day."""
        box, now = self._box, self._box.now()
        today = box.centre.day(now)
        if self._done == today:
            return
        with box.database.read() as tx:
            is_ahead = figures.has_future_days(tx, today)
            is_closed = tickets.is_day_closed(tx, box.centre, now)
            due = figures.days_to_keep(tx, box.centre, now)
        if is_ahead:  # by a clock that was ahead: what it took for over was not
            with box.database.write() as tx:
                figures.forget_days(tx, today)
        for day in due[: self.DAYS]:
            with box.database.read() as tx:
                cells = figures.added_up(tx, box.centre, day, now)
            with box.database.write() as tx:
                figures.keep_day(tx, day, cells)
        if is_closed and not due and self._make_reports(today, now):
            self._done = today

    def _make_reports(self, today: date, now: datetime) -> bool:
        """On the first, or when the box runs again after it: the month that is over. Whether none is due."""
        with self._box.database.read() as tx:
            due = figures.periods_due(tx, self._box.settings.folder, today)
        if due and monotonic() < self._not_before:
            return False
        self._not_before = monotonic() + AFTER_FAULT_S
        for period in due:
            figures.keep_report(self._box, period, now)
            log.info("made the report of %s", period.name)
        return True


def forget_lists(box: Box) -> None:
    """Wipe out the names of lists that were uploaded and never confirmed."""
    now = box.now()
    with box.database.read() as tx:
        if not people.has_old_previews(tx, now):
            return
    with box.database.write() as tx:
        people.wipe_previews(tx, now)
