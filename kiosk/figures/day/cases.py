"""What a ticket's changes tell of each thing that somebody came for: a case. A ticket with two has two.

Pure: the changes are passed in. What was undone is left out.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from msgspec import Struct

from kiosk.clock import lasted
from kiosk.figures.rules import LONGEST_S, Channel, End
from kiosk.tickets import Estimate, Verb, VisitStep, standing_steps


class FigureStep(VisitStep, frozen=True):
    """A change of a ticket, and who made it."""

    staff_id: int | None = None


class TicketFacts(Struct, frozen=True):
    """What a ticket says of itself. `told_min` is the end of the range that was told, None when none was."""

    id: int
    number: str
    day: date
    channel: Channel
    priority: str
    lang: str
    for_someone_else: bool
    told_low_min: int | None
    told_high_min: int | None


class Case(Struct, frozen=True):
    """One thing that somebody came for: from coming into its line until it was done, or sent on.

    `place` counts those of one ticket from 1; `hour` is the hour of the wall clock when it came. Seconds are
    None for what did not happen, and for what a clock that was set makes unknown (`is_unsure`). `counter` and
    `staff_id` are the last that had it. `called_at` is the first call.
    """

    ticket: TicketFacts
    place: int
    service: str
    came_at: datetime
    hour: int
    called_at: datetime | None = None
    wait_s: int | None = None
    walk_s: int | None = None
    serve_s: int | None = None
    hold_s: int | None = None
    recalls: int = 0
    holds: int = 0
    misses: int = 0
    counter: int | None = None
    staff_id: int | None = None
    end: End = End.OPEN
    ended_at: datetime | None = None
    outcome: str = ""
    outcome_en: str = ""
    reason: str = ""
    way: str = ""
    is_unsure: bool = False

    @property
    def is_told(self) -> bool:
        """Whether a range was told for this wait, and it is over."""
        return self.place == 1 and self.ticket.told_high_min is not None and self.wait_s is not None

    @property
    def is_in_range(self) -> bool:
        """Whether the wait was no longer than what was told."""
        high = self.ticket.told_high_min
        if not self.is_told or self.wait_s is None or high is None:
            return False
        return Estimate(0, high).is_held(self.wait_s / 60)


class _Length:
    """Seconds that may come in pieces; of a piece that nobody knows the whole is unknown."""

    def __init__(self) -> None:
        self.seconds: int | None = None
        self.is_unsure = False

    def add(self, since: datetime | None, until: datetime) -> None:
        if since is None:
            return
        took = lasted(since, until)
        if took is None or took.total_seconds() > LONGEST_S:
            self.is_unsure = True
        else:
            self.seconds = (self.seconds or 0) + int(took.total_seconds())

    @property
    def known(self) -> int | None:
        return None if self.is_unsure else self.seconds


class _Story:
    """One case while its changes are read."""

    def __init__(self, place: int, step: FigureStep) -> None:
        self.place, self.service, self.came_at = place, step.service, step.at
        self.wait, self.walk, self.serve, self.hold = _Length(), _Length(), _Length(), _Length()
        self.called_at: datetime | None = None
        self.newest_call: datetime | None = None
        self.serving: datetime | None = None
        self.held: datetime | None = None
        self.recalls = self.holds = self.misses = 0
        self.counter: int | None = None
        self.staff_id: int | None = None
        self.end, self.last = End.OPEN, step

    def note(self, step: FigureStep) -> None:
        """Go on with one more change."""
        if step.verb in _AT_COUNTER:
            self.counter, self.staff_id = step.counter, step.staff_id
        acts = _ACTS.get(step.verb)
        if acts is not None:
            acts(self, step)

    def call(self, step: FigureStep) -> None:
        if self.called_at is None:
            self.wait.add(self.came_at, step.at)
            self.called_at = step.at
        self.end, self.newest_call = End.OPEN, step.at
        self._back(step)

    def recall(self, step: FigureStep) -> None:
        self.recalls += 1

    def start(self, step: FigureStep) -> None:
        self.walk.add(self.newest_call, step.at)
        self.serving = step.at

    def put_aside(self, step: FigureStep) -> None:
        self._stop(step)
        self.holds += 1
        self.held = step.at

    def resume(self, step: FigureStep) -> None:
        self._back(step)
        self.serving = step.at

    def rejoin(self, step: FigureStep) -> None:
        self._back(step)
        self.end = End.OPEN

    def miss(self, step: FigureStep) -> None:
        self.misses += 1
        self._over(step, End.MISSED)

    def finish(self, step: FigureStep) -> None:
        self._stop(step)
        self._over(step, End.SERVED)

    def transfer(self, step: FigureStep) -> None:
        self._stop(step)
        self._over(step, End.TRANSFERRED)

    def cancel(self, step: FigureStep) -> None:
        self._stop(step)
        self._over(step, End.LEFT)

    def close(self, step: FigureStep) -> None:
        self._stop(step)
        self._over(step, End.CLOSED)

    def reopen(self, step: FigureStep) -> None:
        self.end = End.OPEN

    def _stop(self, step: FigureStep) -> None:
        """Nobody works on it any more; a hold that went on until now is over."""
        self.serve.add(self.serving, step.at)
        self.serving = None
        self._back(step)

    def _back(self, step: FigureStep) -> None:
        self.hold.add(self.held, step.at)
        self.held = None

    def _over(self, step: FigureStep, end: End) -> None:
        self.end, self.last = end, step

    def told(self, ticket: TicketFacts, hour: int) -> Case:
        """What it came to."""
        lengths = (self.wait, self.walk, self.serve, self.hold)
        said = self.last.detail
        return Case(
            ticket, self.place, self.service, self.came_at, hour, self.called_at,
            self.wait.known, self.walk.known, self.serve.known, self.hold.known,
            self.recalls, self.holds, self.misses, self.counter, self.staff_id, self.end,
            self.last.at if self.end else None, said.outcome, said.outcome_en, said.reason, said.way,
            any(one.is_unsure for one in lengths),
        )  # fmt: skip


_ACTS: dict[str, Callable[[_Story, FigureStep], None]] = {
    Verb.CALL_NEXT: _Story.call,
    Verb.CALL: _Story.call,
    Verb.RECALL: _Story.recall,
    Verb.START: _Story.start,
    Verb.HOLD: _Story.put_aside,
    Verb.RESUME: _Story.resume,
    Verb.REJOIN: _Story.rejoin,
    Verb.NO_SHOW: _Story.miss,
    Verb.FINISH: _Story.finish,
    Verb.TRANSFER: _Story.transfer,
    Verb.CANCEL: _Story.cancel,
    Verb.CLOSE_DAY: _Story.close,
    Verb.REOPEN_DAY: _Story.reopen,
}
_AT_COUNTER = (Verb.CALL_NEXT, Verb.CALL, Verb.START, Verb.RESUME, Verb.FINISH)
_NEXT = (Verb.TRANSFER, Verb.CONTINUE, Verb.CONTINUE_HERE)
"""With them another case of the same ticket begins."""


def cases_of(
    ticket: TicketFacts, steps: Sequence[FigureStep], hour_of: Callable[[datetime], int]
) -> tuple[Case, ...]:
    """The cases of one ticket by its changes, the oldest first; `hour_of` reads the wall clock."""
    stories: list[_Story] = []
    for step in standing_steps(steps):
        if stories:
            stories[-1].note(step)
        if not stories or step.verb in _NEXT:
            stories.append(_Story(len(stories) + 1, step))
        if step.verb == Verb.CONTINUE_HERE:
            stories[-1].counter, stories[-1].staff_id = step.counter, step.staff_id
            stories[-1].serving = step.at
    return tuple(one.told(ticket, hour_of(one.came_at)) for one in stories)
