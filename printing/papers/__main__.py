"""Draws one paper: a task comes in as JSON, a PDF goes out. `printing.papers.drawn_apart` starts it."""

from __future__ import annotations

import json
import sys
from typing import get_args

from printing.drawing import fonts
from printing.papers import NO_FONT, Paper, drawn
from printing.subprocess_task import lower_priority

KINDS: tuple[type[Paper], ...] = get_args(Paper)


def main() -> int:
    """Draw what was ordered; the exit code: 0 drawn, NO_FONT when no typeface has Chinese."""
    lower_priority()
    task = json.load(sys.stdin.buffer)
    made_of = next(kind for kind in KINDS if kind.kind == task["kind"])
    try:
        if task["font"]:
            fonts.use(task["font"])
        sys.stdout.buffer.write(drawn(made_of.of(task["paper"])))
    except fonts.FontMissing as fault:
        print(fault, end="", file=sys.stderr)
        return NO_FONT
    return 0


if __name__ == "__main__":
    sys.exit(main())
