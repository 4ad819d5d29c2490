"""Hours of one day in a form: two spans of time, the second may be empty."""

from collections.abc import Iterable
from datetime import time

from kiosk import opening
from kiosk.opening_hours import Period
from kiosk.screens.web.forms import Reading

SPANS = (1, 2)
Spans = tuple[tuple[time, time], ...]


def span_names(day: str) -> tuple[str, ...]:
    """The names of a day's fields."""
    return tuple(f"{end}{day}_{number}" for number in SPANS for end in ("opens", "closes"))


def read_spans(reading: Reading, day: str) -> Spans:
    """A day's hours as they were filled in; what is wrong stands in the faults of `reading`."""
    spans = []
    for number in SPANS:
        names = f"opens{day}_{number}", f"closes{day}_{number}"
        spans.append(
            opening.Span(*(reading.clock(name) if reading.values.get(name) else None for name in names))
        )
    faulty = [name for name in span_names(day) if name in reading.faults]
    for (number, end), code in opening.span_faults(spans).items():
        if not faulty:  # what could not be read is no empty field
            reading.faults[f"{end}{day}_{number + 1}"] = code
    return tuple((one.opens, one.closes) for one in spans if one.opens and one.closes)


def written_spans(periods: Iterable[Period], day: str) -> dict[str, str]:
    """Hours as the fields hold them."""
    values = dict.fromkeys(span_names(day), "")
    for number, one in zip(SPANS, periods, strict=False):
        values |= {
            f"opens{day}_{number}": f"{one.opens:%H:%M}",
            f"closes{day}_{number}": f"{one.closes:%H:%M}",
        }
    return values


def periods_of(spans: Spans) -> tuple[Period, ...]:
    """The same as the centre keeps them."""
    return tuple(Period(*span) for span in spans)
