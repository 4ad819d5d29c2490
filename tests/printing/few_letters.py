"""The machine's typefaces cut to a few letters: a paper takes 0.2 s of CPU, with 65,000 glyphs of each 2."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile, _TemporaryFileWrapper
from typing import IO

import pytest

from printing.drawing import fonts

UNUSED = ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx"]
"""Tables that no paper looks into."""


REGULAR, BOLD = "Few-Regular.otf", "Few-Bold.otf"
"""Named so that the second is found by the first, as a machine's are."""


def make_typefaces(folder: Path) -> None:
    """Both weights of the machine's typeface, with the letters that the program and its tests have."""
    root = Path(__file__).parents[2]
    texts = (
        path.read_text(encoding="utf-8")
        for name, kind in (
            ("kiosk", "*.py"),
            ("printing", "*.py"),
            ("templates", "*.html"),
            ("tests", "*.py"),
        )
        for path in (root / name).rglob(kind)
    )
    letters = "".join(sorted(set().union(*texts)))
    folder.mkdir()
    for weight, name in (("regular", REGULAR), ("bold", BOLD)):
        with (folder / name).open("wb") as file:
            _cut(fonts.face(weight), letters, file)


@cache
def cut(at: fonts.Face, letters: str) -> "_TemporaryFileWrapper[bytes]":
    """A file with the outlines of `letters` alone, as they are in the face `at`."""
    file = NamedTemporaryFile(prefix="linli-", suffix=".otf")  # noqa: SIM115 - gone with this process
    _cut(at, letters, file)
    file.flush()
    return file


def _cut(at: fonts.Face, letters: str, file: IO[bytes]) -> None:
    # here, and not where all that collect load it: 0.6 s
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(notdef_outline=True, recommended_glyphs=True, name_IDs=["*"], name_languages=["*"])
    options.drop_tables += UNUSED
    with TTFont(at.path, recalcTimestamp=False, fontNumber=at.place, lazy=True) as font:
        cutter = Subsetter(options)
        cutter.populate(text=letters)
        cutter.subset(font)
        font.save(file)


@contextmanager
def few(letters: str) -> Iterator[None]:
    """Within, papers embed the slips' own typefaces cut to `letters`; any other is read whole."""
    from printing.papers.a4 import Pages

    def embed(pages: Pages, family: str, style: str, at: fonts.Face) -> None:
        if at in (fonts.face("regular"), fonts.face("bold")):
            at = fonts.Face(cut(at, letters).name, 0)
        pages.add_font(family, style, at.path, collection_font_number=at.place)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pages, "_embed", embed)
        yield
