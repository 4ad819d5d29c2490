"""A poster for the hall 您说·我们办: what came in and what became of it, in letters for old eyes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

if TYPE_CHECKING:
    from printing.papers.a4 import Pages

_LEFT, _RIGHT, _BOTTOM = 20.0, 190.0, 272.0
_GAP = 5.0
_SAID, _DONE = 15, 19  # points, as large as three long sentences allow


@dataclass(frozen=True)
class OpenPoster:
    """A month's. `counts` are a word and how many; `done`, `cannot` what was said and what became of it."""

    kind: ClassVar[str] = "open_poster"

    centre: str
    month: str
    made_on: str
    counts: tuple[tuple[str, str], ...]
    done: tuple[tuple[str, str], ...]
    cannot: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, values: dict[str, Any]) -> Self:
        """The poster that `dataclasses.asdict` made plain."""
        pairs = {name: tuple(tuple(one) for one in values[name]) for name in ("counts", "done", "cannot")}
        return cls(**values | pairs)

    def pdf(self) -> bytes:
        """One page. Raises FontMissing."""
        from printing.papers.a4 import Pages

        pages = Pages(f"{self.centre} 您说·我们办 {self.month}", self.made_on)
        pages.add_page()
        y = self._counts(pages, self._head(pages))
        if self.done:
            y = self._told(pages, y, ("您说", "我们办"), self.done)
        if self.cannot:
            y = self._heading(pages, y, "还办不了的，和为什么")
            self._told(pages, y, ("您说", "为什么"), self.cannot)
        return pages.finished(f"{self.centre}　有话就说：自助机上点“我要说”，或者告诉工作人员")

    def _head(self, pages: Pages) -> float:
        from printing.papers.a4 import RED, SOFT, WIDTH

        with pages.part("H1"):
            pages.line_of("您说 · 我们办", (WIDTH / 2, 20), 44, bold=True, align="C", colour=RED)
        with pages.part("P"):
            pages.line_of(self.month, (WIDTH / 2, 41), 18, align="C", colour=SOFT)
        pages.rule(_LEFT, 52, _RIGHT, 0.9, RED)
        return 57.0

    def _counts(self, pages: Pages, y: float) -> float:
        from printing.papers.a4 import SOFT

        width = (_RIGHT - _LEFT) / max(1, len(self.counts))
        for place, (words, count) in enumerate(self.counts):
            middle = _LEFT + (place + 0.5) * width
            with pages.part("P"):
                pages.line_of(words, (middle, y), 15, align="C", colour=SOFT)
                pages.line_of(count, (middle, y + 8), 36, bold=True, align="C")
        return y + 30

    def _heading(self, pages: Pages, y: float, words: str) -> float:
        from printing.papers.a4 import HAIR, height_of

        pages.rule(_LEFT, y, _RIGHT, 0.4, HAIR)
        with pages.part("H2"):
            pages.line_of(words, (_LEFT, y + 3), 17, bold=True)
        return y + 4 + height_of(17)

    def _told(
        self, pages: Pages, y: float, heads: tuple[str, str], told: tuple[tuple[str, str], ...]
    ) -> float:
        from printing.papers.a4 import SOFT, height_of

        indent = 24.0
        for said, done in told:
            for head, words, points, bold in ((heads[0], said, _SAID, False), (heads[1], done, _DONE, True)):
                with pages.part("P"):
                    pages.line_of(head, (_LEFT, y + (points - 13) * 0.17), 13, colour=SOFT)
                    for line in pages.cut(words, _RIGHT - _LEFT - indent, points, bold):
                        pages.line_of(line, (_LEFT + indent, y), points, bold=bold)
                        y += height_of(points)
                y += 0.8
            y += _GAP
        return y
