"""Where the machine keeps typefaces, and what each of them can draw.

Pillow does not say whether a font has a character; but a missing one is always drawn as the font's own box,
so a character is there when its picture differs from that of a code point which no font has.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from PIL import ImageFont


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
MUST_SHOW = "叫号区"
_NOWHERE = "\U0010fffd"  # no font draws this code point, so its picture is the font's "missing" box
_PROBE = 24  # em dots that are enough to tell two characters apart
_SLANTED = ("italic", "oblique")


class Face(NamedTuple):
    """One typeface of a font file; a collection (.ttc) holds several, told apart by their `place`."""

    path: str
    place: int


@cache
def opened(at: Face, size: int) -> ImageFont.FreeTypeFont:
    """`at` with an em of `size` dots. Raises OSError for a file that is no font or has no such size."""
    from PIL import ImageFont

    return ImageFont.truetype(at.path, size, index=at.place, layout_engine=ImageFont.Layout.BASIC)


def in_file(path: str, weight: Weight) -> list[Face]:
    """The faces of the font file at `path` that may do for `weight`, best first."""
    return [Face(one, _simplified(one)) for one in _weights_of(path, weight) if Path(one).is_file()]


def on_this_machine(weight: Weight) -> list[Face]:
    """The faces for Chinese that fontconfig recommends and that lie in the usual places, best first."""
    asked = _told_by("fc-match", "--format=%{file}\n", f"{FAMILY}:{weight}:lang=zh-cn")
    recommended = [Face(path, _simplified(path)) for path in asked if Path(path).is_file()]
    return recommended + [face for path in KNOWN_PATHS for face in in_file(path, weight)]


def having(character: str, weight: Weight) -> Iterator[Face]:
    """Faces that have `character` according to fontconfig, upright ones of `weight` first."""
    asked = _told_by("fc-list", "--format=%{file}|%{index}\n", f":charset={ord(character):x}")
    places = (line.rpartition("|") for line in asked)
    # the upper half of an index tells the instance of a variable font, which Pillow does not want
    faces = {Face(path, int(place) & 0xFFFF) for path, _, place in places if place.isdigit()}
    yield from sorted(faces, key=lambda face: (_differs(face.path, weight), len(face.path), face))


def draws(at: Face, character: str) -> bool:
    """Whether `at` has a picture for `character` other than its box for what is missing.

    One wider than three characters, as ﷽ is in some fonts, counts as none: no column could hold it.
    """
    try:
        picture = _picture(at, character)
    except OSError:
        return False
    return picture != _box(at) and picture[1][0] <= 3 * _PROBE


def shows_chinese(at: Face) -> bool:
    """Whether the face draws Chinese, and not one box for all of it."""
    try:
        pictures = [_box(at), *(_picture(at, character) for character in MUST_SHOW)]
    except OSError:
        return False
    return len(set(pictures)) == len(pictures)


def _weights_of(path: str, weight: Weight) -> list[str]:
    """`path`, for bold after its sibling: NotoSansCJK-Regular.ttc lies beside NotoSansCJK-Bold.ttc."""
    bold = path.replace("-Regular.", "-Bold.").replace("msyh.", "msyhbd.")
    return [bold, path] if weight == "bold" else [path]


def _differs(path: str, weight: Weight) -> int:
    """How far a file's name is from upright and `weight`; only a name tells, and it need not be right."""
    name = Path(path).stem.lower()
    return 2 * any(word in name for word in _SLANTED) + (("bold" in name) != (weight == "bold"))


def _told_by(*words: str) -> list[str]:
    """The lines that a tool of fontconfig answers; none where there is no fontconfig."""
    try:
        answer = subprocess.run(words, capture_output=True, text=True, timeout=5, check=True)
    except (OSError, subprocess.SubprocessError):
        return []
    return answer.stdout.splitlines()


def _simplified(path: str) -> int:
    """Which face of a collection has the mainland's shapes; Noto's first one is Japanese."""
    for index in range(16):
        try:
            family = opened(Face(path, index), 16).getname()[0] or ""
        except OSError:
            break
        if " SC" in family and "Mono" not in family:
            return index
    return 0


def _picture(at: Face, character: str) -> tuple[bytes, tuple[int, int]]:
    mask = opened(at, _PROBE).getmask(character, mode="1")
    return bytes(mask), mask.size


@cache
def _box(at: Face) -> tuple[bytes, tuple[int, int]]:
    return _picture(at, _NOWHERE)
