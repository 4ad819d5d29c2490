"""A slip as a picture before anything is printed: drawn in a process of its own, which has the typefaces.

`python -m printing.specimen` reads a task as JSON and writes a PNG; `picture_apart` starts it.
"""

from __future__ import annotations

import io
import json
import sys

from printing.subprocess_task import TookTooLong, lower_priority, run_module

LONGEST_S = 20


class NotDrawn(Exception):
    """The picture was not made: no typeface with Chinese, or it took too long."""


def picture_apart(
    kind: str, packed: str, font: str = "", width_dots: int = 576, *, large: bool = False
) -> bytes:
    """The slip of this kind that `printing.slips.pack` has packed, as a PNG on white.

    Raises NotDrawn, and TooManyTasks at once.
    """
    task = {"kind": kind, "packed": packed, "font": font, "width_dots": width_dots, "large": large}
    try:
        done = run_module("printing.specimen", given=json.dumps(task).encode(), longest_s=LONGEST_S)
    except TookTooLong as fault:
        raise NotDrawn(str(fault)) from fault
    if done.code or not done.out.startswith(b"\x89PNG"):
        raise NotDrawn(done.fault.strip().rpartition("\n")[2].partition(":")[0])
    return done.out


def main() -> int:
    """Draw what was asked for."""
    lower_priority()
    # imported here: the server starts this file, and has no use for what draws
    from PIL import ImageChops

    from printing.drawing import fonts
    from printing.drawing.canvas import paper_for
    from printing.slips import draw, unpack

    task = json.load(sys.stdin.buffer)
    if task["font"]:
        fonts.use(task["font"])
    paper = paper_for(task["width_dots"], task["large"])
    ink = draw(unpack(task["kind"], task["packed"]), paper, "0")
    file = io.BytesIO()
    ImageChops.invert(ink.convert("L")).save(file, "PNG", optimize=True)
    sys.stdout.buffer.write(file.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main())
