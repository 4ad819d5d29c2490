"""What happens to a printed code in a pocket, and how often it is still read; see `script/codes`.

A code is cut out of its slip as printed, at twice the head's resolution, and worn: blurred (a scanner out of
focus, a thin ribbon), faded (thermal paper in the sun), creased (ink flaked off along a line), or rubbed
(ink gone in spots). zxing-cpp reads it, twenty times over, each time with other creases, spots and noise.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import cos, pi, sin
from pathlib import Path
from random import Random

import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from printing.canvas import paper_for
from printing.slips import draw
from tests.printing.specimens import USUAL

PAGE = Path(__file__).parent.parent.parent / "docs" / "codes.md"
DPI = 2 * 203
TRIES = 20
WHITE, BLACK = 235, 40
CREASE_MM = 0.3
MARGIN_MM = 4
NOISE = 24

LEARNT = """A wide module bears more than a high level: cards that are to last want the 80 mm roll. What stops
the reader is nearly always a crease through one of the three corner squares, which no level restores; with
those whole, the creases between them cost little, and level H takes more of them. A code that is not read is
typed, or the person is found by name."""

Wear = Callable[[Image.Image, float, Random], Image.Image]


def dots(mm: float) -> float:
    return mm * DPI / 25.4


@dataclass(frozen=True)
class Code:
    """A code on a slip: `kind` of slip, `level` of error correction, `width` of the roll in dots."""

    kind: str
    level: str
    width: int
    text: str
    picture: Image.Image


@cache
def code_of(kind: str, width: int) -> Code:
    """The code of a usual slip, cut out with a little paper around it, grey as a camera sees it."""
    slip = USUAL[kind]["zh"]
    ink = draw(slip, paper_for(width), "1234").convert("L")
    page = ImageOps.invert(ink).resize((ink.width * 2, ink.height * 2), Image.Resampling.NEAREST)
    edge = round(dots(MARGIN_MM))
    page = ImageOps.expand(page, edge, 255)  # the paper goes on beside what is printed
    (found,) = [one for one in zxingcpp.read_barcodes(page) if one.text == slip.qr]
    corners = (found.position.top_left, found.position.bottom_right)
    box = (corners[0].x - edge, corners[0].y - edge, corners[1].x + edge, corners[1].y + edge)
    grey = page.crop(box).point(lambda light: WHITE if light else BLACK)
    return Code(kind, found.ec_level, width, slip.qr, grey)


def blurred(paper: Image.Image, mm: float, chance: Random) -> Image.Image:
    """Out of focus: `mm` is the radius (standard deviation) of the blur on the paper."""
    return paper.filter(ImageFilter.GaussianBlur(dots(mm)))


def faded(paper: Image.Image, percent: float, chance: Random) -> Image.Image:
    """So much of the ink's darkness gone."""
    ink = (WHITE - BLACK) * (1 - percent / 100)
    return paper.point(lambda light: round(WHITE - ink * (WHITE - light) / (WHITE - BLACK)))


def creased(paper: Image.Image, count: float, chance: Random) -> Image.Image:
    """So many creases right across, each 0.3 mm wide, without ink."""
    worn, (width, height) = paper.copy(), paper.size
    pen = ImageDraw.Draw(worn)
    for _ in range(round(count)):
        angle = chance.uniform(0, pi)
        middle = (width * chance.uniform(0.25, 0.75), height * chance.uniform(0.25, 0.75))
        dx, dy = cos(angle) * width * 2, sin(angle) * width * 2
        line = (middle[0] - dx, middle[1] - dy, middle[0] + dx, middle[1] + dy)
        pen.line(line, fill=WHITE, width=round(dots(CREASE_MM)))
    return worn


def creased_between(paper: Image.Image, count: float, chance: Random) -> Image.Image:
    """The same, with the three corner squares left whole."""
    worn, edge = creased(paper, count, chance), round(dots(MARGIN_MM))
    side = paper.width - 2 * edge
    square, far = round(side * 8 / 21), edge + side - round(side * 8 / 21)
    for x, y in ((edge, edge), (far, edge), (edge, far)):
        worn.paste(paper.crop((x, y, x + square, y + square)), (x, y))
    return worn


def rubbed(paper: Image.Image, percent: float, chance: Random) -> Image.Image:
    """Ink gone in round spots of 1 to 3 mm until they cover about so much of the code."""
    worn, edge = paper.copy(), round(dots(MARGIN_MM))
    pen, side = ImageDraw.Draw(worn), paper.width - 2 * edge
    covered = 0.0
    while covered < side * side * percent / 100:
        radius = dots(chance.uniform(0.5, 1.5))
        x, y = (edge + chance.uniform(0, side) for _ in "xy")
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=WHITE)
        covered += pi * radius * radius
    return worn


WEARS: tuple[tuple[str, Wear, str, tuple[float, ...]], ...] = (
    ("Blur, radius on the paper", blurred, "mm", (0.2, 0.3, 0.4, 0.5, 0.6)),
    ("Faded", faded, "%", (60, 75, 85, 90, 95)),
    ("Creases across the code", creased, "", (1, 2, 4, 6, 8)),
    ("Creases, corner squares whole", creased_between, "", (1, 2, 4, 6, 8)),
    ("Rubbed off", rubbed, "%", (1, 2, 5, 10, 15)),
)
CODES = (("ticket", 384), ("ticket", 576), ("volunteer_card", 384), ("volunteer_card", 576))


def reads(code: Code, wear: Wear, much: float, tries: int = TRIES) -> int:
    """How many of `tries` worn copies zxing-cpp still reads, as the code that it is."""
    return sum(_is_read(code, wear, much, seed) for seed in range(tries))


def _is_read(code: Code, wear: Wear, much: float, seed: int) -> bool:
    chance = Random(seed)
    worn = wear(code.picture, much, chance).rotate(
        chance.uniform(-8, 8), resample=Image.Resampling.BICUBIC, fillcolor=WHITE
    )
    return [one.text for one in zxingcpp.read_barcodes(_noisy(worn, chance))] == [code.text]


def _noisy(picture: Image.Image, chance: Random) -> Image.Image:
    noise = Image.frombytes("L", picture.size, chance.randbytes(picture.width * picture.height))
    weak = noise.point(lambda light: 128 + (light - 128) * NOISE // 255)
    return ImageChops.add(picture, weak, offset=-128)


def page() -> str:
    """docs/codes.md: what is read, in percent."""
    codes = [code_of(kind, width) for kind, width in CODES]
    head = [
        "# Worn codes",
        "",
        *_about(),
        "",
        "| | " + " | ".join(_title(code) for code in codes) + " |",
        "|---|" + "---|" * len(codes),
    ]
    lines = [
        f"| {name} {much:g}{unit and ' '}{unit} | "
        + " | ".join(f"{100 * reads(code, wear, much) // TRIES}" for code in codes)
        + " |"
        for name, wear, unit, levels in WEARS
        for much in levels
    ]
    return "\n".join([*head, *lines, ""])


def _about() -> list[str]:
    said = (__doc__ or "").split("\n\n")[1].strip()
    return [said, "", f"Percent of {TRIES} worn copies that are read. Written by `script/codes`.", "", LEARNT]


def _title(code: Code) -> str:
    roll = "58" if code.width == 384 else "80"
    side = (code.picture.width - 2 * dots(MARGIN_MM)) * 25.4 / DPI
    what = "ticket" if code.kind == "ticket" else "card"
    return f"{what}, level {code.level}, {roll} mm roll, {side:.0f} mm wide"


def main() -> int:
    """Write the table; the exit code."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"written: {PAGE.relative_to(PAGE.parent.parent)}", file=sys.stderr)
    return 0
