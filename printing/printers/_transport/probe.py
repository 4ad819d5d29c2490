"""Finding out what a printer answers, question by question, without printing anything."""

from __future__ import annotations

import errno
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
    OSError when the line breaks, or what is there only repeats what it is sent.
    """

    def told(question: bytes, is_answered: Callable[[Answers], bool]) -> Answers:
        # a printer that does not know a question takes some of it for letters: ESC @ takes them back
        return split(line.ask(question + RESET, lambda heard: is_answered(split(heard)), within_s))

    states = _states(line, within_s)
    if line.echoes:
        raise OSError(errno.EPROTO, "it only repeats what it is sent, as no printer does")
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
    answers = {n: _state(line, n, within_s) for n in (1, 2, 3, 4)}
    return {n: state for n, state in answers.items() if state is not None}


def _state(line: Line, n: int, within_s: float) -> int | None:
    """The answer to one question, asked again when it came among other bytes or tells a fault."""
    state: int | None = None
    for _ in range(2):
        told = split(line.ask(ask_state(n), lambda heard: bool(split(heard).states), within_s))
        is_clean = len(told.states) == 1 and told.are_states_alone
        state = told.states[0] if is_clean else None
        if not told.states or (state is not None and status_of_states({n: state}) in CAN_PRINT):
            break
        line.settle(within_s / 10)
    return state
