"""Blocks that a slip is built of: each knows its height before anything is drawn.

Knowing heights first lets a slip try a large QR code, see that the paper would get too long, and try the next
smaller one, without drawing any of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from printing.drawing import qr
from printing.drawing.canvas import Canvas, Paper


class Block(Protocol):
    """Something `height` rows high that can draw itself with its top left corner anywhere."""

    @property
    def height(self) -> int: ...

    def paint(self, canvas: Canvas, x: int, y: int) -> None: ...


@dataclass(frozen=True)
class Space:
    """White rows."""

    height: int

    def paint(self, canvas: Canvas, x: int, y: int) -> None:
        """Nothing to draw."""


@dataclass(frozen=True)
class Rule:
    """A line across, `weight` dots thick, in the middle of `height` rows."""

    width: int
    height: int = 22
    weight: int = 3

    def paint(self, canvas: Canvas, x: int, y: int) -> None:
        canvas.bar(x, y + (self.height - self.weight) // 2, self.width, self.weight)


@dataclass(frozen=True)
class QrBlock:
    """A QR code."""

    code: qr.Code

    @property
    def height(self) -> int:
        return self.code.side

    def paint(self, canvas: Canvas, x: int, y: int) -> None:
        canvas.code(x, y, self.code)


@dataclass(frozen=True)
class Stack:
    """Blocks one under the other."""

    blocks: tuple[Block, ...]

    @cached_property
    def height(self) -> int:
        return sum(block.height for block in self.blocks)

    def paint(self, canvas: Canvas, x: int, y: int) -> None:
        for block in self.blocks:
            block.paint(canvas, x, y)
            y += block.height


@dataclass(frozen=True)
class Beside:
    """Blocks side by side, each with the dots it starts at, centred on one another."""

    parts: tuple[tuple[int, Block], ...]

    @cached_property
    def height(self) -> int:
        return max(block.height for _, block in self.parts)

    def paint(self, canvas: Canvas, x: int, y: int) -> None:
        for left, block in self.parts:
            block.paint(canvas, x + left, y + (self.height - block.height) // 2)


def stack(*blocks: Block | None) -> Stack:
    """`blocks` one under the other, without those that are None."""
    return Stack(tuple(block for block in blocks if block is not None))


def beside(left: Block | None, x: int, right: Block | None) -> Beside:
    """`left` at the edge and `right` from `x`, without whichever is None."""
    return Beside(tuple((at, block) for at, block in ((0, left), (x, right)) if block is not None))


def shortest(plans: Iterable[Block], longest: int) -> Block:
    """The first of `plans` that is at most `longest` rows high; if none is, the least high one.

    Paper is cheaper than a missing fact: a plan may leave out a courtesy to fit, never what one has to know.
    `plans` must not be empty.
    """
    best: Block | None = None
    for plan in plans:
        if plan.height <= longest:
            return plan
        if best is None or plan.height < best.height:
            best = plan
    if best is None:
        raise ValueError("no plan to choose from")
    return best


def codes(text: str, paper: Paper) -> Iterator[QrBlock]:
    """`text` as a code with the largest modules first. Raises QrTooLong when it fits `paper` in no size."""
    largest = qr.fitted(text, paper.width_dots, paper.module)
    for module in range(largest.module, qr.MIN_MODULE - 1, -1):
        yield QrBlock(largest._replace(module=module))
    if paper.is_tight:
        yield from (QrBlock(code) for code in qr.plainer(largest))


def on_paper(block: Block, paper: Paper) -> Canvas:
    """`block` drawn on a piece of `paper` of just its height."""
    canvas = Canvas(paper.width_dots, block.height)
    block.paint(canvas, 0, 0)
    return canvas
