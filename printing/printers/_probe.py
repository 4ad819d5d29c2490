"""Finding out what a printer answers, question by question, without printing anything."""

from __future__ import annotations

from collections.abc import Callable

from printing.answers import Answers, split
from printing.escpos import (
    ASK_AUTOMATIC,
    ASK_WHEN_READ,
    MAKER,
    MODEL,
    RESET,
    STOP_AUTOMATIC,
    ask_name,
    ask_state,
    ask_when_printed,
)
from printing.printers._known import Known
from printing.printers._line import Line

TAG = b"lnli"


def probe(line: Line, within_s: float) -> Known:
    """What the printer on `line` answers, waiting `within_s` seconds for each of nine answers.

    Raises OSError when the line breaks. The printer should be ready: with its cover open it answers DLE EOT
    alone.
    """

    def answers_to(question: bytes, is_answered: Callable[[Answers], bool]) -> Answers:
        # a printer that does not know a question takes some of it for letters: ESC @ takes them back
        heard = line.ask(question + RESET, lambda heard: is_answered(split(heard)), within_s)
        return split(heard)

    states = tuple(
        n
        for n in (1, 2, 3, 4)
        if split(line.ask(ask_state(n), lambda h: bool(split(h).states), within_s)).states
    )
    automatic = answers_to(ASK_AUTOMATIC + STOP_AUTOMATIC, lambda told: bool(told.automatic))
    names = [answers_to(ask_name(n), lambda told: bool(told.texts)).texts for n in (MAKER, MODEL)]
    return Known(
        states=states,
        automatic=bool(automatic.automatic),
        gs_r=bool(answers_to(ASK_WHEN_READ, lambda told: bool(told.papers)).papers),
        process_id=TAG in answers_to(ask_when_printed(TAG), lambda told: TAG in told.tags).tags,
        name=" ".join(text for told in names for text in told[:1]),
    )
