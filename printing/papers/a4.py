"""The A4 page and the pen: millimetres from the top left, letters in points, the typeface of the slips.

Only the letters that a paper uses go into its file, about 15 KB instead of 17 MB.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Literal

from fpdf import FPDF
from fpdf.prefs import ViewerPreferences

from printing.drawing import fonts, qr, wrapping
from printing.papers.structure import Part, Structure, spoken

WIDTH, HEIGHT = 210.0, 297.0
LEADING = 1.35
INK = (26, 26, 26)
SOFT = (95, 95, 95)
RED = (178, 34, 34)
HAIR = (190, 190, 190)

Colour = tuple[int, int, int]
Align = Literal["L", "C", "R"]

_MM = 25.4 / 72  # millimetres in a point
_EMBEDDED = (".ttf", ".otf", ".ttc", ".otc")
_OWN = "linli"  # the family of the slips' own typeface
_ASCENT = 0.88  # of the em above the baseline, as in printing.drawing.lettering

# its subsetter reports each table that it drops, on every paper
logging.getLogger("fontTools").setLevel(logging.ERROR)


class Pages(FPDF):
    """A document of A4 pages, upright or `lying`. `made_on` is its date, as in 2026-11-21.

    What is drawn inside a `part` is heard by whoever has the file read aloud; the rest is ornament.
    """

    def __init__(self, title: str, made_on: str, lang: str = "zh-CN", *, lying: bool = False) -> None:
        super().__init__(orientation="landscape" if lying else "portrait", format="A4", unit="mm")
        self._across, self._down = (HEIGHT, WIDTH) if lying else (WIDTH, HEIGHT)
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.set_title(title)
        self.set_lang(lang)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.struct_builder: Structure = Structure()
        # the day and not the moment: the same paper drawn twice is the same file
        self.set_creation_date(datetime.fromisoformat(made_on).replace(tzinfo=UTC))
        self._others: dict[fonts.Face, str] = {}
        weights: tuple[tuple[str, fonts.Weight], ...] = (("", "regular"), ("B", "bold"))
        for style, weight in weights:
            self._embed(_OWN, style, fonts.face(weight))

    def finished(self, foot: str = "") -> bytes:
        """The file; `foot` goes to the bottom of each page, "{page}" and "{of}" in it are numbers."""
        for page in range(1, self.pages_count + 1 if foot else 1):
            self.page = page
            words = foot.format(page=page, of=self.pages_count)
            self.line_of(words, (self._across / 2, self._down - 15), 9, align="C", colour=SOFT)
        return bytes(self.output())

    def part(self, kind: str, alt: str = "", lang: str = "") -> AbstractContextManager[None]:
        """A part of the page, as in `structure.Part`; parts may lie in each other."""
        return self.struct_builder.opened(Part(kind, alt, lang), self.page)

    def silent(self) -> AbstractContextManager[None]:
        """What is drawn until the end is not read aloud, whichever part is open."""
        return self.struct_builder.silent()

    @contextmanager
    def marked(self) -> Iterator[None]:
        """What is drawn until the end belongs to the open part, or is ornament."""
        before, place = self.struct_builder.mark(self.page)
        if place >= 0:
            self.pages[self.page].struct_parents = place
        self._out(before)
        yield
        self._out("EMC")

    def line_of(
        self,
        text: str,
        at: tuple[float, float],
        points: float,
        *,
        bold: bool = False,
        align: Align = "L",
        colour: Colour = INK,
    ) -> None:
        """One line `at` x, its left end, its middle or its right, and y, the height its letters begin at."""
        x, y = at
        left = x - {"L": 0.0, "C": 0.5, "R": 1.0}[align] * self.wide(text, points, bold)
        self.set_text_color(*colour)
        with self.marked():
            for family, run in self._runs(text):
                self.set_font(family or _OWN, "B" if bold else "", points)
                left += self._set(run, family, left, y + _ASCENT * points * _MM)

    def _set(self, run: str, family: str, x: float, baseline: float) -> float:
        """Draw letters of one typeface; returns their width. Those of none are drawn as 〓."""
        shown = _drawn(run, family)
        if shown != run:
            self._out(spoken(run))
        self.text(x, baseline, shown)
        if shown != run:
            self._out("EMC")
        return self.get_string_width(shown)

    def wide(self, text: str, points: float, bold: bool = False) -> float:
        """How many millimetres `text` takes on one line."""
        total = 0.0
        for family, run in self._runs(text):
            self.set_font(family or _OWN, "B" if bold else "", points)
            total += self.get_string_width(_drawn(run, family))
        return total

    def cut(self, text: str, room: float, points: float, bold: bool = False) -> list[str]:
        """`text` as lines of at most `room` millimetres, broken as Chinese is."""
        return wrapping.lines(text, round(100 * room), self._measure(points, bold))

    def _measure(self, points: float, bold: bool = False) -> wrapping.Measure:
        return lambda piece: round(100 * self.wide(piece, points, bold))

    def fitting(self, text: str, room: float, most: int, least: int, bold: bool = False) -> int:
        """The largest size in points at which `text` stays on one line of `room`; `least` if none does."""
        sizes = range(most, least, -1)
        return next((size for size in sizes if self.wide(text, size, bold) <= room), least)

    def paragraph(self, text: str, x: float, y: float, room: float, points: float) -> float:
        """A paragraph that begins two characters in; returns where the next one begins."""
        indent = 2 * points * _MM
        (first, *_), rest = wrapping.beginning(text, round(100 * (room - indent)), 1, self._measure(points))
        self.line_of(first, (x + indent, y), points)
        for line in self.cut(rest, room, points) if rest else []:
            y += height_of(points) * 1.3
            self.line_of(line, (x, y), points)
        return y + height_of(points) * 1.3

    def rule(self, left: float, y: float, right: float, width: float, colour: Colour) -> None:
        """A line across, `width` millimetres thick."""
        self.stroke((left, y), (right, y), width, colour)

    def stroke(
        self, start: tuple[float, float], end: tuple[float, float], width: float, colour: Colour
    ) -> None:
        """A line from point to point, `width` millimetres thick."""
        self.set_draw_color(*colour)
        self.set_line_width(width)
        with self.silent(), self.marked():
            self.line(*start, *end)

    def bar(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """A rectangle full of `colour`."""
        self.set_fill_color(*colour)
        with self.silent(), self.marked():
            self.rect(x, y, width, height, style="F")

    def ring(self, x: float, y: float, across: float, colour: Colour) -> None:
        """A dashed circle around the point `x`, `y`."""
        self.set_draw_color(*colour)
        self.set_line_width(0.3)
        self.set_dash_pattern(dash=1, gap=1)
        with self.silent(), self.marked():
            self.ellipse(x - across / 2, y - across / 2, across, across, style="D")
        self.set_dash_pattern()

    def code(self, text: str, at: tuple[float, float], side: float, alt: str) -> None:
        """A QR code of level H, `side` millimetres with its quiet zone; `alt` says what it is."""
        count = qr.modules(text, "H")
        with self.part("Figure", alt), self.marked():
            self.image(qr.picture(qr.Code(text, "H", count, 8)).point(_inverted), *at, side, side)

    def _runs(self, text: str) -> Iterator[tuple[str, str]]:
        """`text` cut where the typeface changes: rare characters come from another, or from none ("")."""
        for family, run in groupby(text, self._family):
            yield family, "".join(run)

    def _family(self, character: str) -> str:
        """The typeface that has `character`, made ready; empty when there is none that can be embedded."""
        at = fonts.set_in(character, "regular")
        if at == fonts.face("regular"):
            return _OWN
        if at is None or Path(at.path).suffix.lower() not in _EMBEDDED:
            return ""
        if at not in self._others:
            self._others[at] = f"other{len(self._others)}"
            self._embed(self._others[at], "", at)
            self._embed(self._others[at], "B", at)
        return self._others[at]

    def _embed(self, family: str, style: str, at: fonts.Face) -> None:
        self.add_font(family, style, at.path, collection_font_number=at.place)


def _drawn(run: str, family: str) -> str:
    return run if family else fonts.STAND_IN * len(run)


def _inverted(value: int) -> int:
    return 0 if value else 255


def height_of(points: float, lines: int = 1) -> float:
    """Millimetres that `lines` of text take."""
    return lines * points * _MM * LEADING
