"""What happens to a printed code in a purse and before a camera: blur, fading, creases, worn-off spots."""

from collections.abc import Callable, Iterator
from math import cos, pi, sin
from random import Random
from typing import NamedTuple

import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from printing.drawing import qr
from printing.drawing.canvas import paper_for
from printing.escpos import encode
from printing.slips import Slip, draw
from tests.printing.paper import picture

TRIES = 20
WHITE = 225  # thermal paper is not white, and a camera sees no black
BLACK = 40
GRAIN = 6.0  # of the camera, in steps of grey
SEEN = 4  # dots of the camera for a module: a desk scanner a hand above the paper


class Code(NamedTuple):
    """Where a code stands: its corner, its side and a module in dots."""

    left: float
    top: float
    side: float
    module: float


Wear = Callable[[Image.Image, Code, float, Random], Image.Image]


def printed(slip: Slip, width: int) -> Image.Image:
    """The slip's code and what stands close to it, read back from the bytes sent, in the greys of paper."""
    sent = picture(encode(draw(slip, paper_for(width), "1234"))).point(lambda ink: WHITE if ink else BLACK)
    at = code_on(sent)
    around = 6 * at.module
    left, top = (max(0, round(edge - around)) for edge in (at.left, at.top))
    right, low = (round(edge + at.side + around) for edge in (at.left, at.top))
    return sent.crop((left, top, min(sent.width, right), min(sent.height, low)))


def code_on(paper: Image.Image) -> Code:
    """Where the one code of an unworn slip stands."""
    (code,) = zxingcpp.read_barcodes(paper)
    corner, side = code.position.top_left, code.position.bottom_right.x - code.position.top_left.x
    level = next(level for level in qr.TOUGH if level == code.ec_level)
    return Code(corner.x, corner.y, side, side / qr.modules(code.text, level))


def worn(paper: Image.Image, wear: Wear, much: float) -> Iterator[Image.Image]:
    """`paper` worn so much, in twenty different ways, each as a camera sees it."""
    at = code_on(paper)
    size = tuple(round(side / at.module * SEEN) for side in paper.size)
    for chance in range(TRIES):
        seen = wear(paper, at, much, Random(chance)).resize((size[0], size[1]), Image.Resampling.BOX)
        yield ImageChops.add(seen, Image.effect_noise(seen.size, GRAIN), offset=-128)


def is_read(seen: Image.Image) -> bool:
    """Whether a reader that is not ours finds the code."""
    return len(zxingcpp.read_barcodes(seen)) == 1


def blurred(paper: Image.Image, at: Code, modules: float, chance: Random) -> Image.Image:
    """Out of focus: a Gaussian whose radius is so many modules."""
    return paper.filter(ImageFilter.GaussianBlur(modules * at.module))


def faded(paper: Image.Image, at: Code, share: float, chance: Random) -> Image.Image:
    """Left in the sun: this share of the blackness is gone."""
    return paper.point(lambda grey: round(WHITE - (WHITE - grey) * (1 - share)))


def creased(paper: Image.Image, at: Code, folds: float, chance: Random) -> Image.Image:
    """Folded so often, across or along, as paper is put away; half a module comes off along a fold."""
    copy = paper.copy()
    pen = ImageDraw.Draw(copy)
    for fold in range(round(folds)):
        angle = (fold % 2) * pi / 2 + chance.uniform(-0.09, 0.09)
        x, y = (edge + at.side * chance.uniform(0.2, 0.8) for edge in (at.left, at.top))
        reach = (cos(angle) * at.side, sin(angle) * at.side)
        line = (x - reach[0], y - reach[1], x + reach[0], y + reach[1])
        pen.line(line, fill=WHITE, width=round(at.module / 2))
    return copy


def rubbed(paper: Image.Image, at: Code, share: float, chance: Random) -> Image.Image:
    """Rubbed off in one round spot of this share of the code, anywhere but on its three corner marks."""
    copy = paper.copy()
    radius = at.side * (share / pi) ** 0.5
    x, y = (edge + at.side * chance.uniform(0.55, 0.75) for edge in (at.left, at.top))
    ImageDraw.Draw(copy).ellipse((x - radius, y - radius, x + radius, y + radius), fill=WHITE)
    return copy


WEARS: dict[str, tuple[Wear, tuple[float, ...]]] = {
    "blur, modules": (blurred, (0.2, 0.3, 0.4, 0.5)),
    "faded": (faded, (0.6, 0.7, 0.8, 0.9)),
    "folds": (creased, (1, 2, 4, 6)),
    "rubbed off": (rubbed, (0.04, 0.08, 0.12, 0.16)),
}


def read_of(paper: Image.Image, wear: Wear, much: float) -> int:
    """How many of twenty are still read."""
    return sum(is_read(seen) for seen in worn(paper, wear, much))
