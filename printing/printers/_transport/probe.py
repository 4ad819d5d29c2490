"""Finding out what a printer answers, question by question, without printing anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from printing.answers import CAN_PRINT, Answers, Status, split, status_of_automatic, status_of_states
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
from printing.printers._transport.known import Known
from printing.printers._transport.line import Line

TAG = b"lnli"


@dataclass(frozen=True)
class Probed:
    """What a printer answers, and how it was meanwhile: `known` is only a part while it cannot print."""

    known: Known
    status: Status


def probe(line: Line, within_s: float) -> Probed:
    """What the printer on `line` answers, waiting `within_s` seconds for each of nine answers.

    One that says that it cannot print now is asked no further: it would answer nothing until it can. Raises
    OSError when the line breaks.
    """

    def told(question: bytes, is_answered: Callable[[Answers], bool]) -> Answers:
        # a printer that does not know a question takes some of it for letters: ESC @ takes them back
        return split(line.ask(question + RESET, lambda heard: is_answered(split(heard)), within_s))

    states = _states(line, within_s)
    status = status_of_states(states)
    if status not in CAN_PRINT:
        return Probed(Known(tuple(states), gs_r=False), status)
    automatic = told(ASK_AUTOMATIC + STOP_AUTOMATIC, lambda told: bool(told.automatic)).automatic
    names = [told(ask_name(n), lambda told: bool(told.texts)).texts for n in (MAKER, MODEL)]
    known = Known(
        states=tuple(states),
        automatic=bool(automatic),
        gs_r=bool(told(ASK_WHEN_READ, lambda told: bool(told.papers)).papers),
        process_id=TAG in told(ask_when_printed(TAG), lambda told: TAG in told.tags).tags,
        name=" ".join(text for texts in names for text in texts[:1]),
    )
    return Probed(known, status if states else status_of_automatic(automatic))


def _states(line: Line, within_s: float) -> dict[int, int]:
    """The answers to DLE EOT, by number, asked one at a time: they do not say which question they answer."""
    answers = {}
    for n in (1, 2, 3, 4):
        heard = line.ask(ask_state(n), lambda heard: bool(split(heard).states), within_s)
        if states := split(heard).states:
            answers[n] = states[0]
    return answers
