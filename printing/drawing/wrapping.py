"""Where lines of Chinese and English may end.

Chinese breaks between any two characters, English between words; a closing mark (，。）) never opens a line
and one that opens (（《「) never ends one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

Measure = Callable[[str], int]  # dots that a piece of text takes

CLOSING = frozenset("，。、；：？！）》〉」』】〕”’…—～％,.;:?!)]}%·")
OPENING = frozenset("（《〈「『【〔“‘([{￥¥☐")  # a tick box stays with what it stands for
# Their ink stands in the left half of the square, so at a line's end the white half may hang over the edge.
_HALF_WHITE = frozenset("，。、；：！）》〉」』】〕")

_COUNTED = frozenset(
    "年月日号时点分秒岁人张份元楼层室栋件本次个天周小"
)  # 28日 is read at one glance, 28 and 日 are not
_ASIDE = re.compile("（[^（）]{1,4}）")  # (周六), (1份)


class _Piece(NamedTuple):
    """A part that stays together: its dots, and how many of them are white that need no room at an edge."""

    text: str
    width: int
    before: int
    after: int


def lines(text: str, width: int, measure: Measure) -> list[str]:
    """`text` cut into lines of at most `width` dots; a newline in it always starts a new one.

    A word wider than the line is cut between letters; a line break eats the spaces around it.
    """
    return _filled(_measured(text, measure), width, measure)


def balanced(text: str, width: int, measure: Measure) -> list[str]:
    """As `lines`, and no longer, with lines about equally long: no single character left over."""
    paragraphs = _measured(text, measure)
    best = _filled(paragraphs, width, measure)
    narrow, wide = max(width // max(1, len(best)), _widest(paragraphs)), width
    while len(best) > 1 and wide - narrow > 8:
        middle = (narrow + wide) // 2
        tried = _filled(paragraphs, middle, measure)
        if len(tried) <= len(best):
            best, wide = tried, middle
        else:
            narrow = middle
    return best


def beginning(text: str, width: int, rows: int, measure: Measure) -> tuple[list[str], str]:
    """The first lines of `text`, at most `rows`, and what follows them; they end before a word too wide."""
    pieces = [_piece(part, measure) for part in _parts(text.replace("\n", " "))]
    done: list[str] = []
    at = 0
    while at < len(pieces) and len(done) < rows:
        line, used, start = "", -pieces[at].before, at
        while at < len(pieces) and used + pieces[at].width - pieces[at].after <= width:
            line, used, at = line + pieces[at].text, used + pieces[at].width, at + 1
        if at == start:
            break
        done.append(line.strip())
    return done, "".join(piece.text for piece in pieces[at:])


def widest(text: str, measure: Measure) -> int:
    """Dots of the widest part of `text` that should stay together: a line narrower than it cuts a word."""
    return _widest(_measured(text, measure))


def _widest(paragraphs: list[list[_Piece]]) -> int:
    pieces = (piece for paragraph in paragraphs for piece in paragraph)
    return max((piece.width - piece.before - piece.after for piece in pieces), default=0)


def _measured(text: str, measure: Measure) -> list[list[_Piece]]:
    return [[_piece(part, measure) for part in _parts(paragraph)] for paragraph in text.split("\n")]


def _piece(part: str, measure: Measure) -> _Piece:
    whole, ink = measure(part), part.strip()
    trailing = measure(part[len(part.rstrip()) :])
    hanging = measure(ink[-1]) // 2 if ink and ink[-1] in _HALF_WHITE else 0
    return _Piece(part, whole, measure(part[: len(part) - len(part.lstrip())]), trailing + hanging)


def _filled(paragraphs: list[list[_Piece]], width: int, measure: Measure) -> list[str]:
    return [line for pieces in paragraphs for line in _paragraph(pieces, width, measure)]


def _paragraph(pieces: list[_Piece], width: int, measure: Measure) -> list[str]:
    done: list[str] = []
    line, used = "", 0
    for piece in pieces:
        if line and used + piece.width - piece.after <= width:
            line, used = line + piece.text, used + piece.width
            continue
        if line:
            done.append(line.rstrip())
        line, used = piece.text.lstrip(), piece.width - piece.before
        if used - piece.after > width:
            *cut, line = _cut(line, width, measure)
            done += cut
            used = measure(line)
    return [*done, line.rstrip()]


def _cut(word: str, width: int, measure: Measure) -> list[str]:
    """A word that no line can hold, cut between letters."""
    parts, used = [""], 0
    for character in word:
        wide = measure(character)
        if parts[-1] and used + wide > width and not (character in _HALF_WHITE and used + wide // 2 <= width):
            parts.append("")
            used = 0
        parts[-1] += character
        used += wide
    return parts


def _parts(text: str) -> Iterator[str]:
    """The smallest parts that stay together: a word or a Chinese character, with its marks and spaces."""
    together = {at for found in _ASIDE.finditer(text) for at in range(found.start() + 1, found.end())}
    start = 0
    for at in range(1, len(text)):
        if at not in together and _may_part(text[at - 1], text[at]):
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


def _may_part(before: str, after: str) -> bool:
    if after in CLOSING or before in OPENING or before == " ":
        return False
    if after in _COUNTED and before.isdigit():
        return False
    return after == " " or not (_is_letter(before) and _is_letter(after))


def _is_letter(character: str) -> bool:
    """Whether words are made of it: everything before the first CJK block counts, marks and digits too."""
    return character < "\u2e80" and character != " "
