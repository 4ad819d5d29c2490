"""Which typeface the slips are set in, and its glyphs as ready bitmaps.

Glyphs are rasterised once and kept: setting a line of Chinese costs FreeType 0.5 ms, pasting the same
glyphs 0.02 ms. All bitmaps are one bit deep from the start, because a thermal head has no grey and a
thresholded grey glyph loses its thin strokes.
"""

from __future__ import annotations

import subprocess
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import Image, ImageDraw, ImageFont

Weight = Literal["regular", "bold"]

FAMILY = "Noto Sans CJK SC"
# Where Debian, Fedora, Arch, Windows and macOS put a face that has simplified Chinese.
KNOWN_PATHS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "C:/Windows/Fonts/msyh.ttc",
    "/System/Library/Fonts/PingFang.ttc",
)
APT_LINE = "sudo apt-get install fonts-noto-cjk"
MUST_SHOW = "叫号区"
_UNASSIGNED = "\U0010fffd"  # no font draws this code point, so its picture is the font's "missing" box


class FontMissing(Exception):
    """No usable typeface with simplified Chinese; the message says what to install."""


class Face(NamedTuple):
    """One typeface of a font file; a collection (.ttc) holds several, told apart by their `place`."""

    path: str
    place: int


class Glyph(NamedTuple):
    """A rasterised character; `left` and `top` lead from the pen on the baseline to the bitmap's corner."""

    bitmap: Image.Image | None
    left: int
    top: int
    advance: int


class _Choice:
    """What `use` was told; None leaves the search to fontconfig and the known paths."""

    path: str | None = None


def use(path: str | Path | None) -> None:
    """Set all slips in the font file at `path`; None goes back to searching the machine.

    Raises FontMissing when the file cannot be read or draws Chinese as boxes.
    """
    _Choice.path = None if path is None else str(path)
    for kept in (face, _sized, glyph):
        kept.cache_clear()
    if path is not None:
        face("regular")


@cache
def face(weight: Weight) -> Face:
    """The typeface in use for `weight`; a font without its own bold answers with the regular one.

    Raises FontMissing with the one line that installs a font.
    """
    for found in _candidates(weight):
        if Path(found.path).is_file() and _shows_chinese(found):
            return found
    wanted = f"{_Choice.path} 不能显示中文。" if _Choice.path else "这台机器没有能显示中文的字体。"
    raise FontMissing(f"{wanted}请安装：{APT_LINE}")


@lru_cache(maxsize=4096)
def glyph(character: str, size: int, weight: Weight) -> Glyph:
    """`character` drawn `size` dots high (em) in `weight`, one bit deep. Raises FontMissing."""
    font = _sized(size, weight)
    advance = round(font.getlength(character, mode="1"))
    left, top, right, bottom = (round(edge) for edge in font.getbbox(character, mode="1", anchor="ls"))
    if right <= left or bottom <= top:
        return Glyph(None, 0, 0, advance)
    bitmap = Image.new("1", (right - left, bottom - top))
    pen = ImageDraw.Draw(bitmap)
    pen.fontmode = "1"
    pen.text((-left, -top), character, font=font, fill=1, anchor="ls")
    return Glyph(bitmap, left, top, advance)


def width(text: str, size: int, weight: Weight) -> int:
    """How many dots `text` takes on one line."""
    return sum(glyph(character, size, weight).advance for character in text)


def lacking(text: str) -> str:
    """The characters of `text` that the typeface in use would draw as empty boxes, each once, in order."""
    box = _picture(face("regular"), _UNASSIGNED)
    return "".join(c for c in dict.fromkeys(text) if not c.isspace() and _picture(face("regular"), c) == box)


@cache
def _sized(size: int, weight: Weight) -> ImageFont.FreeTypeFont:
    return _open(face(weight), size)


def _open(at: Face, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(at.path, size, index=at.place, layout_engine=ImageFont.Layout.BASIC)


def _candidates(weight: Weight) -> list[Face]:
    if _Choice.path is not None:
        paths = _weights_of(_Choice.path, weight)
    else:
        paths = [*_fontconfig(weight), *(w for known in KNOWN_PATHS for w in _weights_of(known, weight))]
    return [Face(path, _simplified(path)) for path in paths if Path(path).is_file()]


def _weights_of(path: str, weight: Weight) -> list[str]:
    """`path`, for bold after its sibling: NotoSansCJK-Regular.ttc lies beside NotoSansCJK-Bold.ttc."""
    bold = path.replace("-Regular.", "-Bold.").replace("msyh.", "msyhbd.")
    return [bold, path] if weight == "bold" else [path]


def _fontconfig(weight: Weight) -> list[str]:
    try:
        answer = subprocess.run(
            ["fc-match", "--format=%{file}", f"{FAMILY}:{weight}:lang=zh-cn"],  # noqa: S607 - found on PATH
            capture_output=True,
            text=True,
            timeout=5,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return []
    return [answer.stdout] if answer.stdout else []


def _simplified(path: str) -> int:
    """Which face of a collection has the mainland's shapes; Noto's first one is Japanese."""
    for index in range(16):
        try:
            family = _open(Face(path, index), 16).getname()[0] or ""
        except OSError:
            break
        if " SC" in family and "Mono" not in family:
            return index
    return 0


def _shows_chinese(at: Face) -> bool:
    try:
        pictures = [_picture(at, character) for character in (_UNASSIGNED, *MUST_SHOW)]
    except OSError:
        return False
    return len(set(pictures)) == len(pictures)


def _picture(at: Face, character: str) -> tuple[bytes, tuple[int, int]]:
    mask = _open(at, 24).getmask(character, mode="1")
    return bytes(mask), mask.size
