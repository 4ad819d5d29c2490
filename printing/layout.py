"""Blocks that a slip is built of: each knows its height before anything is drawn.

Knowing heights first lets a slip try a large QR code, see that the paper would get too long, and try the next
smaller one, without drawing any of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from printing import qr
from printing.canvas import Canvas, Paper


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

    @property
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

    @property
    def height(self) -> int:
        return max(block.height for _, block in self.parts)

    def paint(self, canvas: Canvas, x: int, y: int) -> None:
        for left, block in self.parts:
            block.paint(canvas, x + left, y + (self.height - block.height) // 2)


def stack(*blocks: Block | None) -> Stack:
    """`blocks` one under the other, without those that are None."""
    return Stack(tuple(block for block in blocks if block is not None))


def shortest(plans: Iterable[Block], longest: int) -> Block:
    """The first of `plans` that is at most `longest` rows high; if none is, the least high one.

    Paper is cheaper than a missing line: no plan ever drops content to fit. `plans` must not be empty.
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


def on_paper(block: Block, paper: Paper) -> Canvas:
    """`block` drawn on a piece of `paper` of just its height."""
    canvas = Canvas(paper.width_dots, block.height)
    block.paint(canvas, 0, 0)
    return canvas
