"""A score sheet on A4: a poster with its code where phones reach the centre, and the sheet on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

if TYPE_CHECKING:
    from printing.papers.a4 import Pages

_LEFT, _RIGHT = 20.0, 190.0
_WHOLE = _RIGHT - _LEFT
_CODE = 110.0  # mm; read from three metres away, across a table of a canteen
_FIRST, _GRADE = 35.0, 27.0
_LINE = 11.0  # mm between the lines to write on
_BOX = "□"


class _Words(NamedTuple):
    title: str
    ask: str
    scan: str
    once: str
    code: str
    how: str
    criterion: str
    more: str
    phone: str
    date: str
    back: str


_WORDS = {
    "zh": _Words(
        title="满意度评分表",
        ask="请您评一评",
        scan="用手机扫一扫，评哪项都行",
        once="一部手机一个季度一次，不用留名字",
        code="{}的评分表二维码",
        how="每一行在一个格里打勾，不想评的空着。是谁填的，不用写。",
        criterion="评的是",
        more="还想说什么，写在这里：",
        phone="想让我们回电话，留个号码（可以不留）：",
        date="日期：",
        back="填好请放进意见箱，或者交给工作人员。",
    ),
    "en": _Words(
        title="Score sheet",
        ask="What do you think?",
        scan="Scan it and score what you like",
        once="Once a phone a quarter, no name",
        code="QR code of the score sheet of {}",
        how="One tick in each row; leave out what you like. No name is needed.",
        criterion="What",
        more="Anything else, in your own words:",
        phone="To be called back, a number (you need not):",
        date="Date:",
        back="Put it into the box, or give it to the staff.",
    ),
}


@dataclass(frozen=True)
class SurveySheet:
    """A place's sheet. `grades` are the five words, the best first; without `qr` there is no poster."""

    kind: ClassVar[str] = "survey_sheet"

    centre: str
    place: str
    criteria: tuple[str, ...]
    grades: tuple[str, ...]
    qr: str
    made_on: str
    lang: str = "zh"

    @classmethod
    def of(cls, values: dict[str, Any]) -> Self:
        """The sheet that `dataclasses.asdict` made plain."""
        plain = {"criteria": tuple(values["criteria"]), "grades": tuple(values["grades"])}
        return cls(**values | plain)

    def pdf(self) -> bytes:
        """The poster, if any, and the sheet. Raises FontMissing."""
        from printing.papers.a4 import Pages

        words = _WORDS.get(self.lang, _WORDS["zh"])
        title = f"{self.place} {words.title}"
        pages = Pages(title, self.made_on, "en" if self.lang == "en" else "zh-CN")
        if self.qr:
            pages.add_page()
            with pages.part("Sect"):
                self._poster(pages, words)
        pages.add_page()
        with pages.part("Sect"):
            self._sheet(pages, words)
        return pages.finished()

    def _poster(self, pages: Pages, words: _Words) -> None:
        from printing.papers.a4 import RED, SOFT, WIDTH

        middle = WIDTH / 2
        with pages.part("P"):
            size = pages.fitting(self.centre, _WHOLE, 18, 10)
            pages.line_of(self.centre, (middle, 25), size, align="C", colour=SOFT)
        with pages.part("H1"):
            size = pages.fitting(self.place, _WHOLE, 60, 24, bold=True)
            pages.line_of(self.place, (middle, 42), size, bold=True, align="C")
        with pages.part("P"):
            pages.line_of(words.ask, (middle, 74), 34, bold=True, align="C", colour=RED)
        pages.code(self.qr, (middle - _CODE / 2, 98), _CODE, words.code.format(self.place))
        for text, y, points in ((words.scan, 216, 24), (words.once, 232, 18), (self.qr, 246, 14)):
            with pages.part("P"):
                size = pages.fitting(text, _WHOLE, points, 9)
                pages.line_of(text, (middle, y), size, align="C")

    def _sheet(self, pages: Pages, words: _Words) -> None:
        from printing.papers.a4 import HEIGHT, SOFT, height_of
        from printing.papers.table import Table

        with pages.part("P"):
            size = pages.fitting(self.centre, _WHOLE, 12, 8)
            pages.line_of(self.centre, (_LEFT, 18), size, colour=SOFT)
        title = f"{self.place} {words.title}"
        with pages.part("H1"):
            size = pages.fitting(title, _WHOLE, 24, 12, bold=True)
            pages.line_of(title, (_LEFT, 26), size, bold=True)
        with pages.part("P"):
            pages.line_of(words.how, (_LEFT, 40), pages.fitting(words.how, _WHOLE, 13, 8))
        columns = ((words.criterion, _FIRST), *((grade, _GRADE) for grade in self.grades))
        rows = [(one, *(_BOX for _ in self.grades)) for one in self.criteria]
        y = Table(columns, _LEFT, 50, HEIGHT - 40, points=13).draw(pages, 50, rows, (), 0)
        y = self._lines(pages, words.more, y + 8, 5)
        y = self._lines(pages, words.phone, y + 4, 1)
        with pages.part("P"):
            pages.line_of(words.date, (_LEFT, y + 4), 13)
        with pages.part("P"):
            pages.line_of(words.back, (_LEFT, y + 8 + height_of(13)), 13, colour=SOFT)

    def _lines(self, pages: Pages, words: str, y: float, count: int) -> float:
        """What is asked, and lines to write on; returns where they end."""
        from printing.papers.a4 import HAIR

        with pages.part("P"):
            pages.line_of(words, (_LEFT, y), 13)
        y += 6
        for _ in range(count):
            y += _LINE
            pages.rule(_LEFT, y, _RIGHT, 0.2, HAIR)
        return y
