"""First letters of pinyin, for finding a service by them: 养老保险 is ylbx.

GB 2312 holds its 3755 common characters in the order of their pinyin, so where a character lies among them
tells its first letter: no dictionary of 30 MB for that. What it cannot know is named below; the rest is
mended by hand.
"""

import re
from bisect import bisect_right
from typing import Final

_FIRST: Final = (
    (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"), (0xB8C1, "g"),
    (0xB9FE, "h"), (0xBBF7, "j"), (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"), (0xC4C3, "n"), (0xC5B6, "o"),
    (0xC5BE, "p"), (0xC6DA, "q"), (0xC8BB, "r"), (0xC8F6, "s"), (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"),
    (0xD1B9, "y"), (0xD4D1, "z"),
)  # fmt: skip
"""The code of the first character of each letter: no syllable begins with i, u or v."""

_LAST: Final = 0xD7F9

_READINGS: Final = {
    # read otherwise in these words than where GB 2312 has the character
    "银行": "yh", "行业": "hy", "长者": "zz", "家长": "jz", "成长": "cz", "校长": "xz", "楼长": "lz",
    "组长": "zz", "调解": "tj", "调整": "tz", "会计": "kj", "重新": "cx", "给付": "jf",
    "供给": "gj", "音乐": "yy",
    # not among the common ones
    "殡": "b", "殓": "l", "鳏": "g", "褥": "r", "畸": "j", "嗣": "s", "邕": "y", "圳": "z", "婺": "w",
}  # fmt: skip
_PIECE: Final = re.compile("|".join(_READINGS) + "|.")

MOST: Final = 32


def initials_of(name: str) -> str:
    """The first letters of a name's pinyin, small; letters and digits are themselves."""
    return "".join(_of_piece(piece) for piece in _PIECE.findall(name))[:MOST]


def _of_piece(piece: str) -> str:
    if piece in _READINGS:
        return _READINGS[piece]
    if piece.isascii():
        return piece.lower() if piece.isalnum() else ""
    code = int.from_bytes(piece.encode("gb2312", "ignore"))
    if not _FIRST[0][0] <= code <= _LAST:
        return ""
    return _FIRST[bisect_right(_FIRST, code, key=lambda one: one[0]) - 1][1]
