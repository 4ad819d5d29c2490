"""What the parts of a page are, for whoever has a PDF read aloud: headings, paragraphs, tables, pictures.

The PDF library knows pictures alone, in one row below the document, so its tree is grown here; the
library writes it out as it would its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from fpdf.structure_tree import StructElem, StructureTreeBuilder
from fpdf.syntax import PDFArray, PDFObject, PDFString

_ABOUT_COLUMN = "<< /O /Table /Scope /Column >>"  # what a title of a table stands over


@dataclass(frozen=True)
class Part:
    """A kind of part by its name in ISO 32000 (H1, P, Table, TR, TH, TD, Sect, Figure).

    `alt` says what a picture shows; `lang` is the language of a part in another one than the paper's.
    """

    kind: str
    alt: str = ""
    lang: str = ""


class Structure(StructureTreeBuilder):
    """The tree of one document; `opened` parts lie in each other."""

    def __init__(self) -> None:
        super().__init__()
        self.doc_struct_elem.k = _Document(self.doc_struct_elem)
        self._open: list[StructElem | None] = []
        self._used: Counter[int] = Counter()

    @contextmanager
    def opened(self, part: Part, page: int) -> Iterator[None]:
        """What is drawn until the end belongs to a new part, and that to the one that is open."""
        above = self._open[-1] if self._open else None
        element = _Element(part, above or self.doc_struct_elem, page)
        if above:
            above.k.append(element)
        self.doc_struct_elem.k.append(element)
        self._open.append(element)
        yield
        self._open.pop()

    @contextmanager
    def silent(self) -> Iterator[None]:
        """What is drawn until the end belongs to no part: lines, and what stands on each page again."""
        self._open.append(None)
        yield
        self._open.pop()

    def mark(self, page: int) -> tuple[str, int]:
        """What to write before a piece of the open part, and the place of `page` in the tree; -1 if none."""
        element = self._open[-1] if self._open else None
        if element is None:
            return "/Artifact BMC", -1
        number = self._used[page]
        self._used[page] += 1
        place = self.spid_per_page_number.setdefault(page, len(self.spid_per_page_number))
        element.k.append(number)
        self.struct_tree_root.parent_tree.nums[place].append(element)
        return f"{element.s} <</MCID {number}>> BDC", place


def spoken(text: str) -> str:
    """What to write before signs that stand for the letters of `text`: each is read as 𮯰（U+2EBF0）.

    With its number, because some readers (pdfium, of Chromium) leave a letter out that lies so far behind.
    """
    numbered = "".join(f"{letter}（U+{ord(letter):04X}）" for letter in text)
    return f"/Span <</ActualText {PDFString(numbered).serialize()}>> BDC"


class _Element(StructElem):
    def __init__(self, part: Part, parent: PDFObject, page: int) -> None:
        super().__init__(f"/{part.kind}", parent, [], page, alt=part.alt or None)
        self.lang = PDFString(part.lang) if part.lang else None
        self.a = _ABOUT_COLUMN if part.kind == "TH" else None


class _Document(PDFArray):
    """All parts, since the library writes what lies here; as its own the document names the uppermost."""

    def __init__(self, document: StructElem) -> None:
        super().__init__()
        self._document = document

    def serialize(self, *args: Any, **kwargs: Any) -> str:
        """The parts that lie in no other."""
        return PDFArray(part for part in self if part.p is self._document).serialize(*args, **kwargs)
