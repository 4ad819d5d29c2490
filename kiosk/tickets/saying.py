"""What clerks say of a visit: a note that stays with it, and the details of a step."""

import sqlalchemy as sa
from msgspec.structs import asdict
from sqlalchemy import Connection

from kiosk import services
from kiosk.asked import Asked
from kiosk.tickets.refusals import BadOutcome, WrongStatus
from kiosk.tickets.rules import LIVE, Verb
from kiosk.tickets.tables import visit_detail
from kiosk.tickets.transition import By, Step, find, note_change
from kiosk.tickets.visit import Detail, Ended
from kiosk.words import NO_WORDS, Own

LONGEST_NOTE = 200
LONGEST_REASON = 40


def write_detail(tx: Connection, change_id: int, detail: Detail) -> None:
    """Write what was said of a change, beside it; nothing where nothing was said."""
    if detail:
        tx.execute(sa.insert(visit_detail).values(change_id=change_id, **asdict(detail)))


def detail_of(tx: Connection, service_code: str, ended: Ended) -> Detail:
    """What is written of the end of a visit to this service. Raises BadOutcome for what it does not list."""
    note = ended.note.strip()[:LONGEST_NOTE]
    if not ended.outcome and not ended.way:
        return Detail(reason=ended.reason.strip()[:LONGEST_REASON], note=note)
    asked = services.outcomes_of(tx, service_code)
    result, reason = _result_of(asked, ended)
    way = _meant(ended.way, asked.ways) if ended.way else NO_WORDS
    words = result.words if result else NO_WORDS
    return Detail(words.zh, words.en, reason.zh, reason.en, way.zh, way.en, note)


def _result_of(asked: services.Outcomes, ended: Ended) -> tuple[services.Outcome | None, Own]:
    if not ended.outcome:
        return None, Own(ended.reason.strip()[:LONGEST_REASON])
    every = {one.words: one for one in asked.results}
    said, _, behind = ended.outcome.partition("：")
    whole = next((words for words in every if ended.outcome in (words.zh, words.en)), None)
    result = every[whole or _meant(said, tuple(every))]
    why = (ended.reason if whole else ended.reason or behind).strip()[:LONGEST_REASON]
    listed = next((one for one in result.reasons if _is(why, one)), Own(why))
    return result, listed


def _meant(typed: str, offered: tuple[Own, ...]) -> Own:
    found = next((words for words in offered if _is(typed, words)), None)
    if found is None:
        raise BadOutcome
    return found


def _is(typed: str, words: Own) -> bool:
    return typed.strip().casefold() in {words.zh.casefold(), words.en.casefold()} - {""}


def note_visit(tx: Connection, asked: Asked, counter: int, ticket_id: int, text: str) -> None:
    """Leave a note with a visit that is not over, for whoever serves it next; "" takes it away.

    Raises UnknownTicket, WrongStatus and what `services.check_counter` raises.
    """
    services.check_counter(tx, counter, asked.staff_id)
    at = find(tx, ticket_id)
    if at.status not in LIVE:
        raise WrongStatus(number=at.number, status=at.status)
    step = Step(Verb.NOTE, at.status, "", at.service_code, "")
    change_id = note_change(tx, at, By.of(asked, counter), step)
    detail = Detail(note=text.strip()[:LONGEST_NOTE])
    tx.execute(sa.insert(visit_detail).values(change_id=change_id, **asdict(detail)))
