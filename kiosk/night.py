"""The night watch: closes each day once, soon after midnight or at the first start after it."""

import logging
import threading

from kiosk import events, tickets
from kiosk.box import Box

log = logging.getLogger(__name__)

EVERY_S = 20.0


class NightWatch:
    """A thread that looks at the day twenty seconds apart. It survives every fault: the next look comes."""

    def __init__(self, box: Box) -> None:
        self._box = box
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="night", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self, timeout_s: float) -> None:
        """End the watch; waits for a close that is under way."""
        self._leaving.set()
        self._thread.join(timeout_s)

    def _watch(self) -> None:
        while True:
            try:
                close_days(self._box)
            except Exception:
                log.exception("the day could not be closed; the next look comes")
            if self._leaving.wait(EVERY_S):
                return


def close_days(box: Box) -> None:
    """Close what is over, if it was not yet; reads first, so that an idle look writes nothing."""
    now = box.now()
    with box.database.read() as tx:
        if tickets.is_day_closed(tx, box.centre, now):
            return
    with box.database.write() as tx:
        cancelled = tickets.close_day(tx, box.centre, now)
        events.close_events(tx, box.centre, now)
    if cancelled:
        log.info("closed the day: %d tickets were still open", cancelled)
