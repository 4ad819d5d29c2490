"""A ledger 台账: a wide table on A4 that lies, its titles again on every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

if TYPE_CHECKING:
    from printing.papers.a4 import Pages

_LEFT, _RIGHT, _TOP, _BOTTOM = 10.0, 287.0, 14.0, 190.0
_MANY = 14  # columns, of which the letters are smaller


@dataclass(frozen=True)
class LedgerSheet:
    """A ledger, all of it words. `heads` are titles and the shares of the page that their columns take."""

    kind: ClassVar[str] = "ledger_sheet"

    centre: str
    title: str
    first_on: str
    last_on: str
    made_on: str
    made_by: str
    heads: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()

    @classmethod
    def of(cls, values: dict[str, Any]) -> Self:
        """The ledger that `dataclasses.asdict` made plain."""
        plain: dict[str, Any] = {
            name: tuple(tuple(one) for one in values[name]) for name in ("heads", "rows")
        }
        return cls(**values | plain | {"total": tuple(values["total"])})

    def pdf(self) -> bytes:
        """As many pages as it takes. Raises FontMissing."""
        from printing.papers.a4 import Pages
        from printing.papers.table import Table

        pages = Pages(f"{self.centre} {self.title}", self.made_on, lying=True)
        pages.add_page()
        y = self._head(pages)
        points, pad = (6.5, 0.9) if len(self.heads) > _MANY else (9, 1.5)
        table = Table(self._columns, _LEFT, _TOP, _BOTTOM, points, pad)
        y = table.draw(pages, y, self.rows, self.total, 0)
        if not self.rows:
            with pages.part("P"):
                pages.line_of("这些天没有", (_LEFT + 2, y + 3), 10)
        by = f"　{self.made_by}打印" if self.made_by else ""
        return pages.finished(f"{self.centre}　{self.title}　{self.made_on}{by}　第{{page}}页，共{{of}}页")

    @property
    def _columns(self) -> tuple[tuple[str, float], ...]:
        whole = sum(share for _, share in self.heads)
        return tuple((title, share * (_RIGHT - _LEFT) / whole) for title, share in self.heads)

    def _head(self, pages: Pages) -> float:
        from printing.papers.a4 import RED, SOFT

        with pages.part("H1"):
            pages.line_of(
                f"{self.centre}　{self.title}", ((_LEFT + _RIGHT) / 2, 12), 16, bold=True, align="C"
            )
        with pages.part("P"):
            said = f"{self.first_on} 至 {self.last_on}　共{len(self.rows)}行"
            pages.line_of(said, ((_LEFT + _RIGHT) / 2, 20), 9, align="C", colour=SOFT)
        pages.rule(_LEFT, 26, _RIGHT, 0.5, RED)
        return 27.0
