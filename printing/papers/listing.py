"""A list on A4: a title, what it is about, a table, and who signs: 问题反馈单, 整改清单, 通报."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from printing.drawing import lacking

if TYPE_CHECKING:
    from printing.papers.a4 import Pages

_LEFT, _RIGHT, _TOP, _BOTTOM = 15.0, 195.0, 20.0, 275.0
_CLOSING = 14.0  # mm that one line of signatures takes


@dataclass(frozen=True)
class Listing:
    """Rows under their titles, with widths in mm that add up to 180; `signed` are places for names.

    `made_on` is the centre's date as in 2026-11-21, `made_by` who had it made.
    """

    kind: ClassVar[str] = "listing"

    centre: str
    title: str
    facts: tuple[str, ...]
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]
    signed: tuple[str, ...]
    made_on: str
    made_by: str = ""
    lang: str = "zh"

    @classmethod
    def of(cls, values: dict[str, Any]) -> Self:
        """The list that `dataclasses.asdict` made plain."""
        columns = tuple((title, width) for title, width in values["columns"])
        rows = tuple(tuple(row) for row in values["rows"])
        plain = {"facts": tuple(values["facts"]), "signed": tuple(values["signed"])}
        return cls(**values | plain | {"columns": columns, "rows": rows})

    def pdf(self) -> bytes:
        """As many pages as the rows need. Raises FontMissing."""
        from printing.papers.a4 import Pages
        from printing.papers.table import Table

        is_english = self.lang == "en"
        pages = Pages(f"{self.centre} {self.title}", self.made_on, "en" if is_english else "zh-CN")
        pages.add_page()
        y = self._heading(pages)
        table = Table(self.columns, _LEFT, _TOP, _BOTTOM, 9.5)
        y = table.draw(pages, y, self.rows, (), 0)
        self._signatures(pages, y)
        foot = f"{self.made_on}  {self.made_by}".strip()
        return pages.finished(f"{foot}    {{page}}/{{of}}")

    def _heading(self, pages: Pages) -> float:
        from printing.papers.a4 import RED, WIDTH

        with pages.part("H1"):
            size = pages.fitting(self.title, _RIGHT - _LEFT, 20, 11, bold=True)
            pages.line_of(self.title, (WIDTH / 2, 22), size, bold=True, align="C")
        pages.rule(_LEFT, 34, _RIGHT, 0.6, RED)
        y = 38.0
        missing = lacking.note("".join("".join(row) for row in self.rows), self.lang)
        for fact in (self.centre, *self.facts, *([missing] if missing else [])):
            with pages.part("P"):
                pages.line_of(fact, (_LEFT, y), pages.fitting(fact, _RIGHT - _LEFT, 11, 7))
            y += 6.5
        return y + 3

    def _signatures(self, pages: Pages, y: float) -> None:
        if not self.signed:
            return
        if y + _CLOSING > _BOTTOM:
            pages.add_page()
            y = _TOP
        room = (_RIGHT - _LEFT) / len(self.signed)
        for place, who in enumerate(self.signed):
            with pages.part("P"):
                pages.line_of(f"{who}：____________", (_LEFT + place * room, y + 8), 10)
