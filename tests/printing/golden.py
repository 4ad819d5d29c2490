"""The golden pictures: every usual slip on every paper, one bit deep. `script/goldens` draws them anew."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import product
from pathlib import Path

from PIL import Image, ImageOps, features

from printing.drawing import fonts
from printing.drawing.canvas import paper_for
from printing.slips import draw
from tests.printing.specimens import LANGS, NOTICE, SIZES, USUAL, WIDTHS

FOLDER = Path(__file__).parent / "golden"
DRAWN_WITH = FOLDER / "drawn-with.txt"
LOOKS = USUAL | {"noticed": {lang: replace(USUAL["ticket"][lang], notice=NOTICE[lang]) for lang in LANGS}}
"""Every usual slip, and a ticket's with a notice of the centre's at its foot."""
NAMES = [
    f"{kind}-{width}{'-large' if large else ''}-{lang}"
    for kind, width, large, lang in product(sorted(LOOKS), WIDTHS, SIZES, LANGS)
]


def drawn(name: str) -> Image.Image:
    """The slip of that name as it is drawn now, black on white."""
    kind, width, *large, lang = name.split("-")
    ink = draw(LOOKS[kind][lang], paper_for(int(width), bool(large)), "1234")
    return ImageOps.invert(ink.convert("L")).convert("1", dither=Image.Dither.NONE)


def kept(name: str) -> Image.Image:
    """The golden picture of that name."""
    with Image.open(FOLDER / f"{name}.png") as picture:
        return picture.convert("1")


def tools() -> str:
    """What decides how letters look: the font files and the library that rasterises them."""
    lines = sorted(
        f"{Path(path).name} {_hash(path)}" for path in {fonts.face(w).path for w in ("regular", "bold")}
    )
    return "\n".join([*lines, f"FreeType {features.version('freetype2')}", ""])


def renew() -> Iterator[str]:
    """Draw all of them anew; the names of those that differ from what was kept."""
    FOLDER.mkdir(exist_ok=True)
    for name in NAMES:
        path, picture = FOLDER / f"{name}.png", drawn(name)
        if not path.exists() or kept(name).tobytes() != picture.tobytes():
            picture.save(path, optimize=True)
            yield name
    for path in FOLDER.glob("*.png"):
        if path.stem not in NAMES:
            path.unlink()
            yield f"{path.stem} (gone)"
    DRAWN_WITH.write_text(tools(), encoding="utf-8")


def _hash(path: str) -> str:
    return sha256(Path(path).read_bytes()).hexdigest()


def main() -> int:
    """Renew the golden pictures and say which have changed; the exit code."""
    changed = list(renew())
    print("\n".join(changed) if changed else "every golden picture is as it was")
    if changed:
        print(f"look at each before you commit it: {FOLDER}", file=sys.stderr)
    return 0
