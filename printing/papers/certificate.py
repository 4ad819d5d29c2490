"""The certificate of hours 服务时长证明: who served, when, how long, at which events; a place for the seal.

It has the four parts that the ministries ask of such a paper (民发〔2015〕149号，《志愿服务记录与证明出具办法
（试行）》): the person, the service in hours, the issuing body with its seal, the number and the date. The
number of the identity card is left to be filled in by hand: this box does not keep it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from printing.drawing import lacking

if TYPE_CHECKING:
    from printing.papers.a4 import Pages

TITLE = "志愿服务时长证明"
_LEFT, _RIGHT, _TOP, _BOTTOM = 25.0, 185.0, 25.0, 272.0
_BODY = 13.0  # points
_CLOSING = 62.0  # mm that the seal and the signatures take
_COLUMNS = (("活动", 66.0), ("服务队", 46.0), ("次数", 16.0), ("服务时长", 32.0))


@dataclass(frozen=True)
class Served:
    """All of one event: how often the person came to it, and the confirmed minutes together."""

    event: str
    team: str
    times: int
    minutes: int


@dataclass(frozen=True)
class HoursCertificate:
    """One person's certificate for a span of days. Dates are the centre's, as in 2026-11-21."""

    kind: ClassVar[str] = "certificate"

    centre: str
    number: str
    name: str
    first_on: str
    last_on: str
    served: tuple[Served, ...]
    issued_on: str
    contact: str = ""

    @property
    def minutes(self) -> int:
        """The sum of all rows: the certificate cannot say two things."""
        return sum(row.minutes for row in self.served)

    @classmethod
    def of(cls, values: dict[str, Any]) -> Self:
        """The certificate that `dataclasses.asdict` made plain."""
        return cls(**values | {"served": tuple(Served(**row) for row in values["served"])})

    def pdf(self) -> bytes:
        """As many pages as the events need. Raises FontMissing."""
        from printing.papers.a4 import Pages

        pages = Pages(f"{TITLE} {self.number}", self.issued_on)
        pages.add_page()
        self._closing(pages, self._table(pages, self._opening(pages)))
        return pages.finished(f"编号 {self.number}　　第{{page}}页，共{{of}}页")

    def _opening(self, pages: Pages) -> float:
        from printing.papers.a4 import RED, WIDTH

        with pages.part("H1"):
            pages.line_of(TITLE, (WIDTH / 2, 28), 26, bold=True, align="C")
        pages.rule(_LEFT, 45, _RIGHT, 0.6, RED)
        with pages.part("P"):
            pages.line_of(f"编号：{self.number}", (_RIGHT, 48), 10.5, align="R")
        whole = f"姓　　名：{self.name}"
        size = pages.fitting(whole, _RIGHT - _LEFT, 13, 6, bold=True)
        with pages.part("P"):
            pages.line_of(whole, (_LEFT, 59), size, bold=True)
        with pages.part("P"):
            pages.line_of("证件类型：____________　　证件号码：________________________", (_LEFT, 68), _BODY)
            pages.line_of("证件号码由本人填写，本站不保存。", (_LEFT, 76), 9)
        if missing := lacking.note(
            "".join((self.name, *(row.event + row.team for row in self.served))), "zh"
        ):
            with pages.part("P"):
                pages.line_of(missing, (_LEFT, 81), 9)
        y = 86.0
        for paragraph in self._paragraphs():
            with pages.part("P"):
                y = pages.paragraph(paragraph, _LEFT, y, _RIGHT - _LEFT, _BODY)
        return y + 4

    def _paragraphs(self) -> tuple[str, ...]:
        return (
            f"兹证明{self.name}于{_long(self.first_on)}至{_long(self.last_on)}期间，在{self.centre}参加志愿服务，"
            f"经核实，服务时长共计{spoken(self.minutes)}（{self.minutes}分钟）。",
            "各项活动的服务时长如下：" if self.served else "这段时间里没有经核实的服务时长。",
        )

    def _table(self, pages: Pages, y: float) -> float:
        from printing.papers.table import Table

        if not self.served:
            return y
        rows = [(row.event, row.team, f"{row.times}", spoken(row.minutes)) for row in self.served]
        total = ("合计", "", f"{sum(row.times for row in self.served)}", spoken(self.minutes))
        return Table(_COLUMNS, _LEFT, _TOP, _BOTTOM).draw(pages, y, rows, total, _CLOSING)

    def _closing(self, pages: Pages, y: float) -> None:
        from printing.papers.a4 import HAIR, SOFT

        with pages.part("P"):
            pages.paragraph("特此证明。", _LEFT, y + 6, _RIGHT - _LEFT, _BODY)
        pages.ring(_RIGHT - 24, y + 31, 42, HAIR)
        with pages.part("P"):
            pages.line_of("（盖章处）", (_RIGHT - 24, y + 29), 9, align="C", colour=HAIR)
        lines = (
            f"证明单位：{self.centre}",
            f"出具日期：{_long(self.issued_on)}",
            f"联系方式：{self.contact or '________________'}",
            "负责人：____________　　经办人：____________",
        )
        for place, line in enumerate(lines):
            size = pages.fitting(line, _RIGHT - _LEFT - 48, 12, 7)
            with pages.part("P"):
                pages.line_of(line, (_LEFT, y + 20 + 8.5 * place), size)
        advice = "只计经核实的时长。涂改无效，盖章有效。"
        with pages.part("P"):
            pages.line_of(advice, (_LEFT, y + 56), 9, colour=SOFT)


def spoken(minutes: int) -> str:
    """Minutes as people say them: 750 is 12小时30分钟."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}小时{rest}分钟" if hours and rest else f"{hours}小时" if hours else f"{rest}分钟"


def _long(day: str) -> str:
    at = date.fromisoformat(day)
    return f"{at.year}年{at.month}月{at.day}日"
