"""The machine's typefaces cut to a few letters: a paper takes 0.2 s of CPU, with 65,000 glyphs of each 2."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from tempfile import NamedTemporaryFile, _TemporaryFileWrapper

import pytest

from printing.drawing import fonts

UNUSED = ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx"]
"""Tables that no paper looks into."""


@cache
def cut(at: fonts.Face, letters: str) -> "_TemporaryFileWrapper[bytes]":
    """A file with the outlines of `letters` alone, as they are in the face `at`."""
    # here, and not where all that collect load it: 0.6 s
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(notdef_outline=True, recommended_glyphs=True, name_IDs=["*"], name_languages=["*"])
    options.drop_tables += UNUSED
    file = NamedTemporaryFile(prefix="linli-", suffix=".otf")  # noqa: SIM115 - gone with this process
    with TTFont(at.path, recalcTimestamp=False, fontNumber=at.place, lazy=True) as font:
        cutter = Subsetter(options)
        cutter.populate(text=letters)
        cutter.subset(font)
        font.save(file)
    file.flush()
    return file


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
