"""Letters that no typeface of the machine has: 〓 on paper, and a sentence that says which to write in.

A name is never changed: whoever prints it is told before, and whoever holds the paper sees what is missing.
`python -m printing.drawing.lacking [FONT]` reads text and writes those letters; `undrawn_apart` starts it.
"""

from __future__ import annotations

import sys
from functools import lru_cache

from printing.drawing import fonts
from printing.subprocess_task import TookTooLong, lower_priority, run_module

LONGEST_S = 20

_ON_PAPER = {
    "zh": "〓是本机字体里没有的字（{}），请用笔写上。",
    "en": "〓 stands for a character that no typeface here has ({}): please write it in.",
}


def note(text: str, lang: str) -> str:
    """The sentence that goes on paper with `text`; empty when every letter is drawn. Raises FontMissing."""
    letters = fonts.undrawn(text)
    separator = ", " if lang == "en" else "、"
    named = separator.join(number(letter) for letter in letters)
    return _ON_PAPER.get(lang, _ON_PAPER["zh"]).format(named) if letters else ""


def number(letter: str) -> str:
    """A letter by its number: U+2EBF0."""
    return f"U+{ord(letter):04X}"


def undrawn_apart(text: str, font: str = "") -> str:
    """As `fonts.undrawn`, in a process of its own: typefaces take 20 MB that a server can spare.

    Letters of GBK are in each typeface that has Chinese, so it is hardly ever started. What it found is kept
    until the server starts again, as a printer process keeps its typefaces. Empty where no typeface is found
    at all: that is told when something is printed.
    """
    rare = "".join(sorted({letter for letter in text if not _is_common(letter)}))
    return _asked(rare, font) if rare else ""


@lru_cache(maxsize=64)
def _asked(letters: str, font: str) -> str:
    given = letters.encode(errors="surrogatepass")
    try:
        done = run_module(
            "printing.drawing.lacking", *filter(None, (font,)), given=given, longest_s=LONGEST_S
        )
    except TookTooLong:
        return ""
    return done.out.decode(errors="surrogatepass") if not done.code else ""


def _is_common(letter: str) -> bool:
    try:
        return bool(letter.encode("gbk"))
    except UnicodeEncodeError:
        return False


def main() -> int:
    """Write those letters of the input that cannot be drawn; 1 when no typeface is found."""
    lower_priority()
    try:
        if len(sys.argv) > 1:
            fonts.use(sys.argv[1])
        text = sys.stdin.buffer.read().decode(errors="surrogatepass")
        sys.stdout.buffer.write(fonts.undrawn(text).encode(errors="surrogatepass"))
    except fonts.FontMissing:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
