"""Which typeface the slips are set in, and its glyphs as ready bitmaps.

Glyphs are rasterised once and kept: setting a line of Chinese costs FreeType 0.5 ms, pasting the same
glyphs 0.02 ms. All bitmaps are one bit deep from the start, because a thermal head has no grey and a
thresholded grey glyph loses its thin strokes. Widths are kept apart from bitmaps, because a slip that tries
several sizes measures them all and draws one.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from printing.drawing import typefaces
from printing.drawing.typefaces import Face as Face
from printing.drawing.typefaces import Weight as Weight

if TYPE_CHECKING:
    from PIL import Image, ImageFont


APT_LINE = "sudo apt-get install fonts-noto-cjk"
TICK = "☐"
"""The empty square of a checklist. Drawn here: Noto Sans CJK has none, and a pen needs it this large."""

STAND_IN = "〓"
"""Printed for a character that no typeface of the machine has; not □, which would be one more box to tick."""

_TICK_EMS = 1.1
_UNSEEN = ("Cc", "Cf", "Mn", "Me")  # controls, joiners, marks that no precomposed letter took in


class FontMissing(Exception):
    """No usable typeface with simplified Chinese; the message says what to install."""


class Glyph(NamedTuple):
    """A rasterised character; `left` and `top` lead from the pen on the baseline to the bitmap's corner."""

    bitmap: Image.Image | None
    left: int
    top: int


class _Choice:
    """What `use` was told; None leaves the search to fontconfig and the known paths."""

    path: str | None = None


def use(path: str | Path | None) -> None:
    """Set all slips in the font file at `path`; None goes back to searching the machine.

    Raises FontMissing when the file cannot be read or draws Chinese as boxes.
    """
    _Choice.path = None if path is None else str(path)
    for kept in (face, set_in, advance, glyph):
        kept.cache_clear()
    if path is not None:
        face("regular")


@cache
def face(weight: Weight) -> Face:
    """The typeface in use for `weight`; a font without its own bold answers with the regular one.

    Raises FontMissing with the one line that installs a font.
    """
    chosen = _Choice.path
    for found in typefaces.in_file(chosen, weight) if chosen else typefaces.on_this_machine(weight):
        if typefaces.shows_chinese(found):
            return found
    wanted = f"{chosen} 不能显示中文。" if chosen else "这台机器没有能显示中文的字体。"
    raise FontMissing(f"{wanted}请安装：{APT_LINE}")


@lru_cache(maxsize=8192)
def set_in(character: str, weight: Weight) -> Face | None:
    """The typeface that draws `character`: the one in use, else another of the machine; None if none does.

    A letter of private use means something else in every typeface, often a sign of a machine, so only the one
    in use counts: it may have been chosen for that letter. Raises FontMissing.
    """
    own = face(weight)
    if character.isspace() or typefaces.draws(own, character):
        return own
    if unicodedata.category(character) == "Co":
        return None
    others = typefaces.having(character, weight)
    return next((other for other in others if typefaces.draws(other, character)), None)


@lru_cache(maxsize=32768)
def advance(character: str, size: int, weight: Weight) -> int:
    """How many dots the pen moves on over `character`. Raises FontMissing."""
    if character == TICK:
        return round(size * _TICK_EMS)
    if unicodedata.category(character) in _UNSEEN:
        return 0
    font, shown = _font(character, size, weight)
    return round(font.getlength(shown, mode="1"))


@lru_cache(maxsize=4096)
def glyph(character: str, size: int, weight: Weight) -> Glyph:
    """`character` drawn `size` dots high (em) in `weight`, one bit deep. Raises FontMissing."""
    if character == TICK:
        return _tick(size)
    if unicodedata.category(character) in _UNSEEN:
        return Glyph(None, 0, 0)
    font, shown = _font(character, size, weight)
    left, top, right, bottom = (round(edge) for edge in font.getbbox(shown, mode="1", anchor="ls"))
    if right <= left or bottom <= top:
        return Glyph(None, 0, 0)
    from PIL import Image, ImageDraw

    bitmap = Image.new("1", (right - left, bottom - top))
    pen = ImageDraw.Draw(bitmap)
    pen.fontmode = "1"
    pen.text((-left, -top), shown, font=font, fill=1, anchor="ls")
    return Glyph(bitmap, left, top)


def width(text: str, size: int, weight: Weight) -> int:
    """How many dots `text` takes on one line."""
    return sum(advance(character, size, weight) for character in text)


def lacking(text: str) -> str:
    """The characters of `text` that the typeface in use does not have, each once, in order.

    Another typeface of the machine may still draw them: `undrawn` tells what none can. Raises FontMissing.
    """
    return "".join(c for c in _seen(text) if not typefaces.draws(face("regular"), c))


def undrawn(text: str) -> str:
    """The characters of `text` for which slips print 〓, each once, in order. Raises FontMissing."""
    return "".join(c for c in _seen(text) if set_in(c, "regular") is None)


def _seen(text: str) -> list[str]:
    return [
        character
        for character in dict.fromkeys(unicodedata.normalize("NFC", text))
        if not (character.isspace() or character == TICK or unicodedata.category(character) in _UNSEEN)
    ]


def _font(character: str, size: int, weight: Weight) -> tuple[ImageFont.FreeTypeFont, str]:
    found = set_in(character, weight)
    if found is None:
        return typefaces.opened(face(weight), size), STAND_IN
    return typefaces.opened(found, size), character


def _tick(size: int) -> Glyph:
    side = round(size * 0.8)
    from PIL import Image, ImageDraw

    bitmap = Image.new("1", (side, side))
    ImageDraw.Draw(bitmap).rounded_rectangle((0, 0, side - 1, side - 1), 3, outline=1, width=3)
    return Glyph(bitmap, 0, -round(size * 0.78))
