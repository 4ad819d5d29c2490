"""Codes: how many of twenty worn ones are still read, out of the bytes that are sent to the printer."""

from printing.slips import kinds
from script.benches._hall import say
from tests.printing.wear import WEARS, printed, read_of

WIDTHS = (576, 512, 384)
KINDS = ("ticket", "sign_in", "volunteer_card")


def run() -> None:
    """Print what each kind of slip bears on each paper; the ticket's code, level Q, is the reference."""
    for width in WIDTHS:
        borne = {kind: _borne(kind, width) for kind in KINDS}
        for kind in KINDS:
            say("codes", f"{kind} {width}: read of 20", borne[kind], {"ticket": borne["ticket"]})


def _borne(kind: str, width: int) -> dict[str, int]:
    paper = printed(kinds()[kind].sample(), width)
    return {
        f"{name} {step}": read_of(paper, wear, step)
        for name, (wear, steps) in WEARS.items()
        for step in steps
    }
