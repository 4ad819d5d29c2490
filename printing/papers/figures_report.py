"""The report of a month or a year 服务统计: what changed, figures, three charts, a ledger of services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

if TYPE_CHECKING:
    from printing.papers.a4 import Pages

_LEFT, _RIGHT, _TOP, _BOTTOM = 20.0, 190.0, 20.0, 274.0
_BODY = 11.5  # points
_CHART = 78.0  # mm of a chart, three on a page


@dataclass(frozen=True)
class ReportChart:
    """A chart of the report; `values` has a row for each of `names`, None where there is none."""

    title: str
    labels: tuple[str, ...]
    names: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]


@dataclass(frozen=True)
class FiguresReport:
    """A report, all of it words: `lines` are a figure's name, what it was, and what it was before.

    `ledger` has a row for each service under `heads`, `total` is the last. Dates are the centre's.
    """

    kind: ClassVar[str] = "figures_report"

    centre: str
    title: str
    first_on: str
    last_on: str
    made_on: str
    before: str
    paragraph: str
    lines: tuple[tuple[str, str, str], ...]
    charts: tuple[ReportChart, ...]
    heads: tuple[str, ...]
    ledger: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, values: dict[str, Any]) -> Self:
        """The report that `dataclasses.asdict` made plain."""
        charts = tuple(
            ReportChart(
                one["title"],
                tuple(one["labels"]),
                tuple(one["names"]),
                tuple(tuple(row) for row in one["values"]),
            )
            for one in values["charts"]
        )
        plain = {name: tuple(tuple(row) for row in values[name]) for name in ("lines", "ledger")}
        plain |= {name: tuple(values[name]) for name in ("heads", "total", "notes")}
        return cls(**values | plain | {"charts": charts})

    def pdf(self) -> bytes:
        """Three pages, or more for many services. Raises FontMissing."""
        from printing.papers.a4 import Pages

        pages = Pages(f"{self.centre} {self.title}", self.made_on)
        pages.add_page()
        self._figures(pages, self._changed(pages, self._letterhead(pages)))
        if any(chart.labels for chart in self.charts):
            pages.add_page()
            self._charts(pages)
        pages.add_page()
        self._ledger(pages)
        return pages.finished(f"{self.centre}　{self.title}　　第{{page}}页，共{{of}}页")

    def _letterhead(self, pages: Pages) -> float:
        from printing.papers.a4 import RED, SOFT, WIDTH

        with pages.part("P"):
            size = pages.fitting(self.centre, _RIGHT - _LEFT, 14, 8, bold=True)
            pages.line_of(self.centre, (WIDTH / 2, 17), size, bold=True, align="C", colour=RED)
        with pages.part("H1"):
            pages.line_of(self.title, (WIDTH / 2, 26), 23, bold=True, align="C")
        pages.rule(_LEFT, 40, _RIGHT, 0.7, RED)
        pages.rule(_LEFT, 41.2, _RIGHT, 0.2, RED)
        with pages.part("P"):
            pages.line_of(f"{_long(self.first_on)}至{_long(self.last_on)}", (_LEFT, 44), 10, colour=SOFT)
            pages.line_of(f"制表：{_long(self.made_on)}", (_RIGHT, 44), 10, align="R", colour=SOFT)
        return 52.0

    def _changed(self, pages: Pages, y: float) -> float:
        with pages.part("H2"):
            pages.line_of("情况", (_LEFT, y), 13, bold=True)
        with pages.part("P"):
            y = pages.paragraph(self.paragraph, _LEFT, y + 8, _RIGHT - _LEFT, _BODY)
        return y + 3

    def _figures(self, pages: Pages, y: float) -> float:
        from printing.papers.table import Table

        columns = (("项目", 86.0), ("本期", 42.0), (self.before, 42.0))
        return Table(columns, _LEFT, _TOP, _BOTTOM, 9).draw(pages, y, self.lines, (), 0)

    def _charts(self, pages: Pages) -> None:
        from printing.papers.chart import ChartPart

        for place, one in enumerate(self.charts[:3]):
            part = ChartPart(one.title, one.labels, one.names, one.values)
            part.draw(pages, _LEFT, _TOP + place * (_CHART + 6), _RIGHT - _LEFT, _CHART)

    def _ledger(self, pages: Pages) -> None:
        from printing.papers.table import Table

        with pages.part("H2"):
            pages.line_of("各项业务台账", (_LEFT, _TOP), 13, bold=True)
        first = 52.0
        rest = (_RIGHT - _LEFT - first) / max(1, len(self.heads) - 1)
        columns = tuple((head, rest if place else first) for place, head in enumerate(self.heads))
        room = 8.0 * len(self.notes)
        y = Table(columns, _LEFT, _TOP, _BOTTOM, 9).draw(pages, _TOP + 9, self.ledger, self.total, room)
        for note in self.notes:
            with pages.part("P"):
                y = pages.paragraph(note, _LEFT, y + 2, _RIGHT - _LEFT, 9)


def _long(day: str) -> str:
    at = date.fromisoformat(day)
    return f"{at.year}年{at.month}月{at.day}日"
