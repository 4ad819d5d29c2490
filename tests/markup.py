"""A page as a tree: html5lib judges each shape of page once, and another one of it is read ten times as fast.

Two pages have one shape when they differ in words and values alone, which nothing in HTML depends on.
"""

import re
import sys
from functools import lru_cache
from hashlib import blake2b
from html import unescape
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, TreeBuilder

import html5lib
from html5lib._inputstream import invalid_unicode_re

DRAWING = re.compile(r"(<svg\b[^>]*(?<!/)>)\s*(?:<[^>]*>\s*)*?</svg>")
"""An icon: nothing but tags between its own."""

TAG = re.compile(
    r"""<(?:(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[^>"']|"[^"]*"|'[^']*')*)|!(?:doctype html))>""", re.I
)
ATTRIBUTE = re.compile(r"""([^\s=/]+)(?:="([^"]*)"|='([^']*)'|=([^\s"']+))?""")
VALUE = re.compile(r"""(?<!\btype)="[^"&<>]*\"""")
WORDS = re.compile(r">[^<&]*[^<&\s][^<&]*(?=<)")
FOREIGN = re.compile(f"[\\0\\r]|{invalid_unicode_re.pattern}")
"""Letters that no page may have, or that are not read as they stand."""
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
SVG = "{http://www.w3.org/2000/svg}"

_icons: set[str] = set()
"""Icons of pages that were right: they are read once, without them a page takes half the time."""


class Shapes:
    """Shapes of pages that html5lib has found right, and read as `quick` does.

    All processes of the tests keep them in one file: each judged 700 shapes anew, 15 s of its CPU.
    """

    def __init__(self, *rules: Path) -> None:
        self._rules = rules
        self._known: set[bytes] = set()
        self._file: Path | None = None
        self._read = 0

    def keep_in(self, folder: Path) -> None:
        """Share them with whoever judges by the same rules."""
        rules = b"".join(path.read_bytes() for path in self._rules)
        rules += f"{html5lib.__version__} {sys.version}".encode()
        self._file = folder / f"{blake2b(rules, digest_size=8).hexdigest()}.bin"
        self._file.touch()

    def has(self, shape: bytes) -> bool:
        """Whether it was found right by this process or another."""
        if shape not in self._known and self._file is not None:
            with self._file.open("rb") as file:
                file.seek(self._read)
                new = file.read()
            whole = len(new) // SIZE * SIZE
            self._known.update(new[at : at + SIZE] for at in range(0, whole, SIZE))
            self._read += whole
        return shape in self._known

    def add(self, shape: bytes) -> None:
        """It is right."""
        self._known.add(shape)
        if self._file is not None:
            with self._file.open("ab", buffering=0) as file:
                file.write(shape)


SIZE = 16
HERE = Path(__file__)
SHAPES = Shapes(HERE)
MADE_RIGHT = Shapes(HERE.parent / "browser" / "examiner.py", HERE.parent / "vendor" / "axe.min.js")
"""The make-ups of pages that the examiner of accessibility has found right."""


def is_fragment(text: str) -> bool:
    """Whether it is a part that a script puts into a page."""
    return "<html" not in text


def judged_right(text: str) -> None:
    """The page was found right in every way: its icons need not be read again."""
    _icons.update(found[0] for found in DRAWING.finditer(text) if " id=" not in found[0])


@lru_cache(maxsize=64)
def parsed(text: str) -> tuple[Element, list]:
    """The tree of a page, and what is no HTML in it."""
    text = DRAWING.sub(lambda found: f"{found[1]}</svg>" if found[0] in _icons else found[0], text)
    shape = blake2b(shape_of(text).encode("utf-8", "surrogatepass"), digest_size=SIZE).digest()
    found = quick(text)
    if found is not None and SHAPES.has(shape) and not FOREIGN.search(text):
        return found, []
    root, errors = thorough(text)
    if not errors and found is not None and alike(found, root):
        SHAPES.add(shape)
    return root, errors


def shape_of(text: str) -> str:
    """`text` without the words between its tags and the values in them, but for references and types."""
    return WORDS.sub(">x", VALUE.sub('=""', text))


def thorough(text: str) -> tuple[Element, list]:
    """The tree that a browser makes of it, and each of its faults: 5 to 30 ms."""
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    if not is_fragment(text):
        return parser.parse(text), parser.errors
    root = Element("html")  # a fragment lies in a body, as it will in the page
    fragment = parser.parseFragment(text)
    body = SubElement(root, "body")
    body.text = fragment.text
    body.extend(fragment)
    return root, parser.errors


class Unusual(Exception):
    """It leaves out what HTML lets one leave out, and is read by html5lib."""


def quick(text: str) -> Element | None:
    """The tree of a page whose every tag is ended; None for another."""
    tree, whole = _Tree(), not is_fragment(text)
    try:
        if not whole:
            tree.start("html", "")
            tree.start("body", "")
        at = 0
        for found in TAG.finditer(text):
            if found.start() > at:
                tree.words(text[at : found.start()])
            at = found.end()
            if found[2]:
                (tree.end if found[1] else tree.start)(found[2], found[3])
        tree.words(text[at:])
        return tree.close()
    except Unusual:
        return None


class _Tree:
    """A tree that grows with each tag."""

    def __init__(self) -> None:
        self.made = TreeBuilder()
        self.open: list[str] = []
        self.in_svg = 0
        self.last = ""

    def words(self, text: str) -> None:
        if "<" in text:
            raise Unusual
        if self.last in ("textarea", "pre"):
            text = text.removeprefix("\n")
        if self.last not in ("", "html"):  # what lies before the head is no part of the page
            self.made.data(unescape(text) if "&" in text else text)
        self.last = "words"

    def start(self, tag: str, rest: str) -> None:
        self.last = tag
        is_closed = rest.endswith("/")
        attributes = {
            name: unescape(double or single or bare) for name, double, single, bare in ATTRIBUTE.findall(rest)
        }
        if tag == "svg" or self.in_svg:
            tag = SVG + tag
            self.in_svg += not is_closed
        elif tag in VOID:
            is_closed = True
        self.made.start(tag, attributes)
        if is_closed:
            self.made.end(tag)
        else:
            self.open.append(tag)

    def end(self, tag: str, _: str) -> None:
        self.last = "end"
        if tag in ("body", "html"):
            return  # what follows still belongs to the body
        if self.in_svg:
            tag = SVG + tag
            self.in_svg -= 1
        if not self.open or self.open.pop() != tag:
            raise Unusual
        self.made.end(tag)

    def close(self) -> Element:
        if self.open != ["html", "body"]:
            raise Unusual
        for tag in ("body", "html"):
            self.made.end(tag)
        return self.made.close()


def alike(one: Element, other: Element) -> bool:
    """Whether two trees are the same."""
    return (
        one.tag == other.tag
        and one.attrib == other.attrib
        and (one.text or "") == (other.text or "")
        and (one.tail or "") == (other.tail or "")
        and len(one) == len(other)
        and all(alike(mine, theirs) for mine, theirs in zip(one, other, strict=True))
    )
