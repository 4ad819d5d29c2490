"""A chart on paper: standing columns with their values, a scale, and what each colour stands for."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from printing.papers.a4 import HAIR, INK, RED, SOFT, Colour, Pages, height_of

_COLOURS: tuple[Colour, ...] = (RED, (214, 186, 160))
_FOOT, _HEAD, _SCALE = 8.0, 9.0, 11.0
_MOST_VALUES, _MOST_LABELS = 26, 16


@dataclass(frozen=True)
class ChartPart:
    """What is drawn: `values` has a row for each of `names`, None where there is none."""

    title: str
    labels: tuple[str, ...]
    names: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]

    def draw(self, pages: Pages, left: float, top: float, width: float, height: float) -> None:
        """Fill a place of the page, in mm."""
        told = "；".join(
            f"{label} {name} {_shown(value)}"
            for name, row in zip(self.names, self.values, strict=True)
            for label, value in zip(self.labels, row, strict=True)
            if value is not None
        )
        with pages.part("P"):
            pages.line_of(self.title, (left, top), 12, bold=True)
        self._names(pages, left + width, top)
        with pages.part("Figure", f"{self.title}：{told}"[:2000]):
            self._columns(pages, left, top + _HEAD, width, height - _HEAD)

    def _names(self, pages: Pages, right: float, top: float) -> None:
        for name, colour in reversed(tuple(zip(self.names, _COLOURS, strict=False))):
            wide = pages.wide(name, 9)
            with pages.part("P"):
                pages.line_of(name, (right - wide, top + 1), 9, colour=SOFT)
            pages.bar(right - wide - 4.5, top + 1.4, 3, 3, colour)
            right -= wide + 10

    def _columns(self, pages: Pages, left: float, top: float, width: float, height: float) -> None:
        highest = max((value for row in self.values for value in row if value is not None), default=0)
        step = _step(highest)
        most = max(1, ceil(highest / step)) * step
        low = top + height - _FOOT
        high = low - top - 4
        for number in range(round(most / step) + 1):
            y = low - high * number * step / most
            pages.rule(left + _SCALE, y, left + width, 0.15, HAIR)
            pages.line_of(_shown(number * step), (left + _SCALE - 2, y - 1.8), 8, align="R", colour=SOFT)
        room = (width - _SCALE) / max(1, len(self.labels))
        wide = min(8.0, room * 0.8 / max(1, len(self.names)))
        has_values = len(self.labels) * len(self.names) <= _MOST_VALUES
        for place, label in enumerate(self.labels):
            middle = left + _SCALE + room * (place + 0.5)
            if place % (ceil(len(self.labels) / _MOST_LABELS) or 1) == 0:
                for line, words in enumerate(pages.cut(label, max(room - 1, 9), 7)[:2]):
                    under = low + 1 + height_of(7, line)
                    pages.line_of(words, (middle, under), 7, align="C", colour=INK)
            for number, row in enumerate(self.values):
                value = row[place]
                if value is None:
                    continue
                tall = high * value / most
                x = middle + (number - len(self.values) / 2) * wide
                pages.bar(x + 0.2, low - tall, wide - 0.4, tall, _COLOURS[number % len(_COLOURS)])
                if has_values:
                    above = low - tall - height_of(7) - 0.2
                    pages.line_of(_shown(value), (x + wide / 2, above), 7, align="C")


def _shown(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0") if value < 10 else f"{value:.0f}"


def _step(highest: float) -> float:
    size = 1
    while True:
        for step in (1, 2, 5, 10, 20, 25, 50):
            if highest <= 5 * step * size:
                return step * size
        size *= 100
