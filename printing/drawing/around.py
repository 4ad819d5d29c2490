"""A code with what is to be known beside it: facts fill the column next to the code and go on below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from printing.drawing import fonts
from printing.drawing.canvas import Paper, line_height
from printing.drawing.layout import Beside, Block, QrBlock, Stack, beside, codes, stack
from printing.drawing.lettering import begun, narrowest, text

_LEAST_EMS = 4  # a column of fewer characters a line is no reading


class Words(NamedTuple):
    """Text in one size and weight; none is printed where `content` is blank."""

    content: str
    size: int
    weight: fonts.Weight = "regular"

    def within(self, room: int) -> Block | None:
        """The words cut to lines of `room` dots, about equally long."""
        return text(self.content, self.size, room, self.weight, even=True)


class Fact(NamedTuple):
    """Words that stay together: a label and what it names, or a sentence."""

    words: tuple[Words, ...]

    def within(self, room: int) -> Stack:
        """The fact as lines of `room` dots."""
        return stack(*(words.within(room) for words in self.words))

    @property
    def room(self) -> int:
        """The narrowest column that the fact can be read in."""
        said = [words for words in self.words if words.content.strip()]
        words = (max(narrowest(*each), _LEAST_EMS * each.size) for each in said)
        return max(words, default=0)


def fact(content: str, size: int, weight: fonts.Weight = "regular", label: str = "", small: int = 0) -> Fact:
    """A sentence, or with `label` in `small` letters a name and what it names; nothing without content."""
    named = (Words(label, small),) if label and content.strip() else ()
    return Fact((*named, Words(content, size, weight)))


def with_code(top: Block, code: str, facts: Sequence[Fact], bottom: Block, paper: Paper) -> Iterator[Block]:
    """Slips with `facts` around the `code` of that text, from large to small. Raises QrTooLong."""
    for each in codes(code, paper):
        yield stack(top, around(each, facts, paper.width_dots), bottom)


def around(code: QrBlock, facts: Sequence[Fact], room: int) -> Block:
    """The first of `facts` beside the code, as many as are no higher than it, and the others across `room`.

    Where no column is left that the first can be read in, the code stands alone under all of them.
    """
    left = room - code.height
    told = [each for each in facts if each.room]
    column = _column(told, left, code.height)
    below = [each.within(room) for each in told[len(column) :]]
    if not column:
        return stack(*below, Beside(((left // 2, code),)))
    return stack(beside(Stack(tuple(column)), left, code), *below)


def run_around(code: QrBlock, content: str, size: int, room: int) -> Block:
    """`content` as one text without a break that begins beside the code and goes on below it."""
    left, rows = room - code.height, code.height // line_height(size)
    column, rest = begun(content, size, left, rows if left >= _LEAST_EMS * size else 0)
    if column is None:
        return stack(text(content, size, room), Beside(((left // 2, code),)))
    return stack(beside(column, left, code), text(rest, size, room))


def _column(facts: Sequence[Fact], room: int, height: int) -> list[Stack]:
    column: list[Stack] = []
    for each in facts:
        if each.room > room:
            break
        height -= each.within(room).height
        if height < 0:
            break
        column.append(each.within(room))
    return column
