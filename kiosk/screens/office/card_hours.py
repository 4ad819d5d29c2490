"""When somebody is there, as a form of a contact card holds it: days that are ticked, and two spans."""

from collections.abc import Collection, Mapping

from kiosk import cards
from kiosk.screens.web.forms import Reading

SPANS = (("from", "to"), ("from_2", "to_2"))
"""Two spans a day, before and after noon: names of fields."""


def ticked(week: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """A week as a form shows it: its spans by field, and its days, 1 for Monday."""
    hours = cards.hours_of(week)
    if hours is None:
        return {}, ()
    days = tuple(str(number) for number, periods in enumerate(hours.week, start=1) if periods)
    periods = next(periods for periods in hours.week if periods)
    values: dict[str, str] = {}
    for (start, end), period in zip(SPANS, periods, strict=False):
        values |= {start: f"{period.opens:%H:%M}", end: f"{period.closes:%H:%M}"}
    return values, days


def read_week(values: Mapping[str, str], days: Collection[str]) -> tuple[str, dict[str, str]]:
    """The week that a form holds, and what is wrong with it: codes by field. Nothing filled in is no week."""
    written, faults = _spans(values)
    chosen = [day for day in "1234567" if day in days]
    if chosen and not written:
        faults.setdefault("from", "time")
    if written and not chosen:
        faults["day"] = "choice"
    if faults or not written:
        return "", faults
    return "; ".join(f"{run} {' '.join(written)}" for run in _runs(chosen)), {}


def _spans(values: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
    reading, written, last = Reading(values), [], None
    for start, end in SPANS:
        if not (values.get(start) or values.get(end)):
            continue
        opens, closes = reading.clock(start), reading.clock(end)
        if opens is None or closes is None:
            continue
        if closes <= opens or (last is not None and opens <= last):
            reading.faults[end] = "order"
        last = closes
        written.append(f"{opens:%H:%M}-{closes:%H:%M}")
    return written, reading.faults


def _runs(days: list[str]) -> list[str]:
    """Days that follow one another as one: 1-5, 7."""
    runs: list[list[str]] = []
    for day in days:
        if runs and int(runs[-1][-1]) + 1 == int(day):
            runs[-1].append(day)
        else:
            runs.append([day])
    return [run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
