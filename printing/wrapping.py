"""Where lines of Chinese and English may end.

Chinese breaks between any two characters, English between words; a closing mark (，。）) never opens a line
and one that opens (（《「) never ends one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

Measure = Callable[[str], int]  # dots that a piece of text takes

CLOSING = frozenset("，。、；：？！）》〉」』】〕”’…—～％,.;:?!)]}%·")
OPENING = frozenset("（《〈「『【〔“‘([{￥¥")
# Their ink stands in the left half of the square, so at a line's end the white half may hang over the edge.
_HALF_WHITE = frozenset("，。、；：！）》〉」』】〕")


def lines(text: str, width: int, measure: Measure) -> list[str]:
    """`text` cut into lines of at most `width` dots; a newline in it always starts a new one.

    A word wider than the line is cut between letters; a line break eats the spaces around it.
    """
    return [line for paragraph in text.split("\n") for line in _paragraph(paragraph, width, measure)]


def balanced(text: str, width: int, measure: Measure) -> list[str]:
    """As `lines`, and no longer, with lines about equally long: no single character left over."""
    best = lines(text, width, measure)
    narrow, wide = width // max(1, len(best)), width
    while len(best) > 1 and wide - narrow > 8:
        middle = (narrow + wide) // 2
        tried = lines(text, middle, measure)
        if len(tried) <= len(best):
            best, wide = tried, middle
        else:
            narrow = middle
    return best


def _paragraph(text: str, width: int, measure: Measure) -> list[str]:
    done: list[str] = []
    line = ""
    for piece in _pieces(text):
        if _reach(line + piece, measure) <= width:
            line = line + piece if line else piece.lstrip()
            continue
        if line:
            done.append(line.rstrip())
        *cut, line = _cut(piece.lstrip(), width, measure)
        done += cut
    return [*done, line.rstrip()]


def _reach(line: str, measure: Measure) -> int:
    """How far the ink of `line` reaches."""
    line = line.rstrip()
    hanging = measure(line[-1]) // 2 if line and line[-1] in _HALF_WHITE else 0
    return measure(line) - hanging


def _cut(piece: str, width: int, measure: Measure) -> list[str]:
    """A piece that no line can hold, cut between letters."""
    parts = [""]
    for character in piece:
        if parts[-1] and _reach(parts[-1] + character, measure) > width:
            parts.append("")
        parts[-1] += character
    return parts


def _pieces(text: str) -> Iterator[str]:
    """The smallest parts that stay together: a word or a Chinese character, with its marks and spaces."""
    piece = ""
    for character in text:
        if piece and _may_part(piece[-1], character):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _may_part(before: str, after: str) -> bool:
    if after in CLOSING or before in OPENING or before == " ":
        return False
    return after == " " or not (_is_letter(before) and _is_letter(after))


def _is_letter(character: str) -> bool:
    """Whether words are made of it: everything before the first CJK block counts, marks and digits too."""
    return character < "\u2e80" and character != " "
