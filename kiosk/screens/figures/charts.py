"""Charts as plain shapes, which a template draws as SVG: no library and no script."""

from collections.abc import Sequence
from math import ceil

from msgspec import Struct

WIDTH, HEIGHT = 560, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 8, 26, 34
_STEPS = (1, 2, 5, 10, 20, 30, 50, 60)
_LINES = 5
_MOST_LABELS, _MOST_VALUES = 11, 11
_ROW, _NAME = 40, 190


class Series(Struct, frozen=True):
    """What one colour stands for, and its values; None where there is none."""

    name: str
    values: Sequence[float | None]


class Bar(Struct, frozen=True):
    """A rectangle of a series, and where its value stands."""

    series: int
    x: float
    y: float
    width: float
    height: float
    text: str
    text_x: float
    text_y: float


class Label(Struct, frozen=True):
    """A word at a place; `line` is the far end of the line that it stands at."""

    x: float
    y: float
    text: str


class Chart(Struct, frozen=True):
    """All that is drawn, in units of its view box. `is_lying`: bars go from left to right."""

    width: int
    height: int
    names: tuple[str, ...]
    bars: tuple[Bar, ...]
    lines: tuple[Label, ...]
    labels: tuple[Label, ...]
    is_lying: bool


def columns(labels: Sequence[str], series: Sequence[Series]) -> Chart:
    """Standing columns, those of one label side by side: for hours, weekdays, days."""
    top = _top(series)
    room = (WIDTH - _LEFT - _RIGHT) / max(1, len(labels))
    wide = min(36.0, room * 0.8 / max(1, len(series)))
    high = HEIGHT - _TOP - _BOTTOM
    bars = []
    for number, one in enumerate(series):
        for place, value in enumerate(one.values):
            if value is None:
                continue
            middle = _LEFT + room * (place + 0.5)
            x = middle + (number - len(series) / 2) * wide
            tall = high * value / top
            y = HEIGHT - _BOTTOM - tall
            said = shown(value) if len(labels) * len(series) <= _MOST_VALUES * 2 else ""
            bars.append(
                Bar(number, _r(x + 1), _r(y), _r(wide - 2), _r(tall), said, _r(x + wide / 2), _r(y - 5))
            )
    lines = tuple(
        Label(_LEFT, _r(HEIGHT - _BOTTOM - high * value / top), shown(value)) for value in _scale(top)
    )
    every = ceil(len(labels) / _MOST_LABELS) or 1
    written = tuple(
        Label(_r(_LEFT + room * (place + 0.5)), HEIGHT - 10, text)
        for place, text in enumerate(labels)
        if place % every == 0
    )
    return Chart(WIDTH, HEIGHT, tuple(one.name for one in series), tuple(bars), lines, written, False)


def lying(labels: Sequence[str], series: Sequence[Series]) -> Chart:
    """Bars from left to right, for names: services, counters."""
    top = _top(series)
    across = WIDTH - _NAME - 56
    bars, written = [], []
    thick = (_ROW - 8) / max(1, len(series))
    for place, text in enumerate(labels):
        above = 6 + place * _ROW
        written.append(Label(_NAME - 10, _r(above + _ROW / 2 + 1), text))
        for number, one in enumerate(series):
            value = one.values[place]
            if value is None:
                continue
            y = above + number * thick
            long = across * value / top
            text_x, text_y = _NAME + long + 6, y + thick / 2 + 5
            bars.append(
                Bar(number, _NAME, _r(y), _r(long), _r(thick - 1), shown(value), _r(text_x), _r(text_y))
            )
    return Chart(
        WIDTH, 12 + _ROW * max(1, len(labels)), tuple(one.name for one in series), tuple(bars), (),
        tuple(written), True,
    )  # fmt: skip


def shown(value: float) -> str:
    """A number as it is written in charts: whole, or with one place below ten."""
    return f"{value:.1f}".removesuffix(".0") if value < 10 else f"{value:.0f}"


def _top(series: Sequence[Series]) -> float:
    highest = max((value for one in series for value in one.values if value is not None), default=0.0)
    step = _step(highest)
    return max(1, ceil(highest / step)) * step


def _step(highest: float) -> float:
    size = 1
    while True:
        for step in _STEPS:
            if highest <= step * size * _LINES:
                return step * size
        size *= 100


def _scale(top: float) -> list[float]:
    step = _step(top)
    return [step * number for number in range(int(top / step) + 1)]


def _r(value: float) -> float:
    return round(value, 1)
