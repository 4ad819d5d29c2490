"""What to bring, a box to tick with a pen before each thing."""

from __future__ import annotations

from collections.abc import Sequence

from printing.drawing import fonts
from printing.drawing.canvas import Paper
from printing.drawing.layout import Block, Stack, beside, stack
from printing.drawing.lettering import Lines, text

_HALFWAY = 0.4  # ems between two things on a line


def checklist(heading: str, things: Sequence[str], paper: Paper) -> Stack | None:
    """`things` under `heading`, in the tighter ways more on a line; None when there are none.

    Blank ones are left out. Nothing else ever is: a list too long for the paper makes it longer.
    """
    wanted = _wanted(things)
    if not wanted:
        return None
    rows = _packed(wanted, paper) if paper.is_tight else _as_given(wanted, paper)
    return stack(text(heading, paper.small, paper.width_dots), *(_line(row, paper) for row in rows))


def running(heading: str, things: Sequence[str]) -> str:
    """The same as one text for the tightest way; empty when there are none."""
    ticked = [fonts.TICK + thing for thing in _wanted(things)]
    return " ".join([heading, *ticked]) if ticked else ""


def _wanted(things: Sequence[str]) -> list[str]:
    return [thing.strip() for thing in things if thing.strip()]


def _as_given(things: Sequence[str], paper: Paper) -> list[list[str]]:
    """One or two on a line: two short ones that follow one another share it."""
    half = paper.width_dots // 2
    rows: list[list[str]] = []
    for thing in things:
        before = rows[-1] if rows else []
        if len(before) == 1 and max(_reach(before[0], paper), _reach(thing, paper)) <= half:
            before.append(thing)
        else:
            rows.append([thing])
    return rows


def _packed(things: Sequence[str], paper: Paper) -> list[list[str]]:
    """A short thing moves up to the first line that has room left for it."""
    rows: list[list[str]] = []
    for thing in things:
        left = paper.width_dots - _reach(thing, paper) - round(_HALFWAY * paper.body)
        row = next((row for row in rows if len(row) == 1 and _reach(row[0], paper) <= left), None)
        if row is None:
            rows.append([thing])
        else:
            row.append(thing)
    return rows


def _line(row: Sequence[str], paper: Paper) -> Block:
    first, *rest = row
    if not rest:
        return _box(first, paper, paper.width_dots)
    room = paper.width_dots
    middle = max(room // 2, _reach(first, paper) + round(_HALFWAY * paper.body))
    start = min(middle, room - _reach(rest[0], paper))
    return beside(_box(first, paper, room), start, _box(rest[0], paper, room))


def _box(thing: str, paper: Paper, room: int) -> Block:
    """The box with the thing beside it, whose further lines stand under its first."""
    indent = fonts.advance(fonts.TICK, paper.body, "regular")
    words = text(thing, paper.body, room - indent)
    lines = words.lines if words else ()
    box = Lines((fonts.TICK, *("" for _ in lines[1:])), paper.body)
    return beside(box, indent, words)


def _reach(thing: str, paper: Paper) -> int:
    return fonts.advance(fonts.TICK, paper.body, "regular") + fonts.width(thing, paper.body, "regular")
