"""What slips begin and end with: the centre, a title or a number, and when it was printed."""

from __future__ import annotations

from printing.drawing import fonts
from printing.drawing.canvas import Paper
from printing.drawing.layout import Block, Rule, Space, Stack, beside, stack
from printing.drawing.lettering import Figure, Tag, text

LEAST_NUMBER = 120  # dots; read at arm's length without glasses
_STEP = 4  # dots from one size of a fitted line to the next


def head(centre: str, paper: Paper, mark: str = "") -> Stack:
    """The centre's name over a line, `mark` in white on black at its right; bare, only the mark."""
    room = paper.width_dots
    tag = Tag(mark, paper.small, solid=True) if mark else None
    left = room - tag.width if tag else room
    name = None if paper.is_bare else text(centre, paper.small, left - (16 if tag else 0), even=True)
    if name is None and tag is None:
        return Stack(())
    return stack(beside(name, left, tag), rule(paper))


def badge(is_reprint: bool, lang: str) -> str:
    """What marks a slip that was printed again; its first code is no longer good."""
    return ("Reprint" if lang == "en" else "补打") if is_reprint else ""


def title(words: str, paper: Paper) -> Block | None:
    """What the slip is, on one line where that is possible in letters no smaller than the lead."""
    size = fitting(words, paper.big, paper.lead, paper.width_dots)
    return text(words, size, paper.width_dots, "bold", even=True)


def number(figure: str, paper: Paper, room: int) -> Figure:
    """The number as large as `room` allows, but not under 120 dots, unless the paper itself is too narrow."""
    size = fitting(figure, paper.number, LEAST_NUMBER, room)
    if fonts.width(figure, size, "bold") > paper.width_dots:
        size = fitting(figure, LEAST_NUMBER, paper.lead, paper.width_dots)
    return Figure(figure, size, paper.small)


def rule(paper: Paper) -> Rule:
    """A line across, with the white of this way of setting around it."""
    return Rule(paper.width_dots, 6 + 2 * paper.gap)


def gap(paper: Paper, dots: int = 0) -> Space:
    """The white between two parts, `dots` wider."""
    return Space(paper.gap + dots)


def foot(printed: str, job: str, paper: Paper) -> Stack:
    """When it was printed, and the small number of the print job."""
    return stack(rule(paper), text(f"{printed}  #{job}", paper.small, paper.width_dots))


def fitting(line: str, most: int, least: int, room: int) -> int:
    """The largest size at which `line` in bold stays on one line of `room` dots; `least` if none does."""
    sizes = range(most, least, -_STEP)
    return next((size for size in sizes if fonts.width(line, size, "bold") <= room), least)
