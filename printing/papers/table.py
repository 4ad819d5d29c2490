"""A table with a line under every row, its title row again on every page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from printing.papers.a4 import HAIR, Pages, height_of

_PAD = 2.0


@dataclass(frozen=True)
class Table:
    """Columns with their titles and widths in mm, from `left`; rows go from `top` of a page to `bottom`."""

    columns: tuple[tuple[str, float], ...]
    left: float
    top: float
    bottom: float
    points: float = 10.5
    pad: float = _PAD

    def draw(
        self, pages: Pages, y: float, rows: Iterable[Sequence[str]], total: Sequence[str], after: float
    ) -> float:
        """Titles, `rows` and the `total` from the height `y` on; returns where the table ends.

        `after` are the mm that what follows needs: it is never parted from the total, which may be none, ().
        """
        with pages.part("Table"):
            y = self._told_row(pages, y, self._titles, "TH")
            for row in rows:
                y = self._told_row(pages, self._below_titles(pages, y, row), row)
            if not total:
                return y
            return self._told_row(pages, self._below_titles(pages, y, total, after), total, bold=True)

    @property
    def _titles(self) -> list[str]:
        return [title for title, _ in self.columns]

    def _below_titles(self, pages: Pages, y: float, row: Sequence[str], after: float = 0) -> float:
        """`y`, or under the titles of a new page where `row` and what comes `after` it do not fit."""
        if y + self._height(pages, row, True) + after <= self.bottom:
            return y
        pages.add_page()
        return self._row(pages, self.top, self._titles, bold=True)

    def _told_row(
        self, pages: Pages, y: float, row: Sequence[str], cell: str = "TD", bold: bool = False
    ) -> float:
        """One row that is read aloud; `cell` is TH for titles."""
        with pages.part("TR"):
            return self._row(pages, y, row, bold or cell == "TH", cell)

    def _cut(self, pages: Pages, row: Sequence[str], bold: bool) -> list[list[str]]:
        widths = [width - 2 * self.pad for _, width in self.columns]
        return [pages.cut(cell, width, self.points, bold) for cell, width in zip(row, widths, strict=True)]

    def _height(self, pages: Pages, row: Sequence[str], bold: bool) -> float:
        lines = max(len(lines) for lines in self._cut(pages, row, bold))
        return height_of(self.points, lines) + 2 * self.pad

    def _row(self, pages: Pages, y: float, row: Sequence[str], bold: bool = False, cell: str = "") -> float:
        """One row with the line under it; returns where the next begins. Without `cell` nobody hears it."""
        x = self.left
        for lines, (_, width) in zip(self._cut(pages, row, bold), self.columns, strict=True):
            with pages.part(cell) if cell else pages.silent():
                for place, line in enumerate(lines):
                    at = y + 1.3 * self.pad + height_of(self.points, place)
                    pages.line_of(line, (x + self.pad, at), self.points, bold=bold)
            x += width
        below = y + self._height(pages, row, bold)
        pages.rule(self.left, below, x, 0.5 if bold else 0.2, HAIR)
        return below
