"""The report as people see it: a table for the terminal, and a picture of the waits by hour."""

from collections.abc import Sequence
from math import ceil
from pathlib import Path
from unicodedata import east_asian_width

from PIL import Image, ImageDraw, ImageFont

from kiosk.simulation.run import Report
from kiosk.simulation.waits import Hour
from printing.drawing import fonts

HEADINGS = ("时段 Hour", "取号 Taken", "叫到 Called", "中位 Median", "九成 p90", "最长 Longest")

SIZE = (1000, 560)
LEFT, TOP, RIGHT, BOTTOM = 80, 100, 970, 490
PAPER, INK, FAINT = "#ffffff", "#1d2733", "#d5dbe1"
MEDIAN, P90 = "#1f5fa8", "#e08a1e"
STEPS_MIN = (5, 10, 15, 20, 30, 60, 120, 240)
MOST_LINES = 6


def table(report: Report) -> str:
    """The hours as lines, waits in minutes; below, who was overtaken and how the told ranges held."""
    rows = [HEADINGS, *(_cells(f"{hour.hour:02}:00", hour) for hour in report.hours)]
    rows.append(_cells("全天 Day", report.whole))
    widths = [max(_wide(row[place]) for row in rows) for place in range(len(HEADINGS))]
    lines = [
        "  ".join(" " * (width - _wide(cell)) + cell for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
    return "\n".join(
        [f"等候时间，分钟 Waits in minutes · 窗口 Counters: {report.counters}", *lines, *_below(report)]
    )


def _below(report: Report) -> tuple[str, ...]:
    figures, past = report.figures, report.overtaking
    held = f"{100 * figures.held / figures.told:.0f} %" if figures.told else "–"
    return (
        f"办完 Served {figures.served} · 过号 Missed {figures.missed} · 取消 Cancelled {figures.left}",
        f"被优先的人超过 Overtaken by priority: {past.people} · 最多 At most {past.longest_min:.1f} min"
        f" · 超出提前量 Beyond the head start: {past.beyond}",
        f"告知了时间 Told a range: {figures.told} · 没有超过 Held: {held}",
    )


def _cells(name: str, hour: Hour) -> tuple[str, ...]:
    waits = (hour.median_min, hour.p90_min, hour.longest_min)
    told = ("–" if minutes is None else f"{minutes:.1f}" for minutes in waits)
    return (name, str(hour.arrivals), str(hour.called), *told)


def _wide(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def draw(report: Report, path: Path) -> None:
    """Write the median and p90 wait of each hour as a PNG of 1000×560. Raises fonts.FontMissing, OSError."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    pen.text((LEFT, 24), "等候时间（分钟） Waiting time, minutes", font=_font(26), fill=INK)
    _legend(pen)
    top = _scale(pen, max((hour.p90_min or 0 for hour in report.hours), default=0))
    _bars(pen, report.hours, top)
    pen.text(((LEFT + RIGHT) // 2, 532), "取号时间 Hour of arrival", font=_font(20), fill=INK, anchor="mm")
    image.save(path, "PNG")


def _font(size: int) -> ImageFont.FreeTypeFont:
    face = fonts.face("regular")
    return ImageFont.truetype(face.path, size, index=face.place)


def _legend(pen: ImageDraw.ImageDraw) -> None:
    for x, colour, words in ((600, MEDIAN, "中位 Median"), (780, P90, "九成以内 p90")):
        pen.rectangle((x, 32, x + 20, 52), fill=colour)
        pen.text((x + 30, 42), words, font=_font(20), fill=INK, anchor="lm")


def _scale(pen: ImageDraw.ImageDraw, highest_min: float) -> int:
    """Draw the lines of the scale; returns the minutes at its top."""
    step = next((step for step in STEPS_MIN if highest_min <= step * MOST_LINES), STEPS_MIN[-1])
    top = max(1, ceil(highest_min / step)) * step
    for minutes in range(0, top + 1, step):
        y = _height(minutes, top)
        pen.line((LEFT, y, RIGHT, y), fill=INK if minutes == 0 else FAINT, width=1)
        pen.text((LEFT - 12, y), str(minutes), font=_font(20), fill=INK, anchor="rm")
    return top


def _bars(pen: ImageDraw.ImageDraw, hours: Sequence[Hour], top: int) -> None:
    room = (RIGHT - LEFT) / max(1, len(hours))
    wide = room * 0.36
    for place, hour in enumerate(hours):
        middle = LEFT + room * (place + 0.5)
        for left, colour, minutes in ((middle - wide, MEDIAN, hour.median_min), (middle, P90, hour.p90_min)):
            if minutes is None:
                continue
            y = _height(minutes, top)
            pen.rectangle((left + 1, y, left + wide - 1, BOTTOM), fill=colour)
            pen.text((left + wide / 2, y - 4), f"{minutes:.0f}", font=_font(17), fill=INK, anchor="mb")
        pen.text((middle, BOTTOM + 8), f"{hour.hour}:00", font=_font(18), fill=INK, anchor="mt")


def _height(minutes: float, top: int) -> float:
    return BOTTOM - (BOTTOM - TOP) * minutes / top
