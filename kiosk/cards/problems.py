"""By problem ("下水道堵了找谁"): what is it about, and whose cards help."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk import changes
from kiosk.asked import Asked
from kiosk.cards.reads import card_from, select_cards
from kiosk.cards.refusals import UnknownCard, UnknownProblem
from kiosk.cards.rules import KIND, PROBLEM, PROBLEMS, Problem, ProblemPlan
from kiosk.cards.tables import card_problem, contact_card, problem_card
from kiosk.words import Lang


def problems(tx: Connection, lang: Lang) -> tuple[Problem, ...]:
    """What residents can choose from, in its sequence; what nobody's card helps with is left out."""
    helping: dict[int, list[Any]] = {}
    shown = select_cards(lang).add_columns(problem_card.c.problem_id)
    joined = shown.join_from(contact_card, problem_card).order_by(None).order_by(problem_card.c.position)
    for *card, problem_id in tx.execute(joined):
        helping.setdefault(problem_id, []).append(card_from(card))
    name = _EN if lang == "en" else card_problem.c.zh
    listed = sa.select(card_problem.c.id, name, card_problem.c.icon)
    standing = listed.where(card_problem.c.retired_at.is_(None)).order_by(*_SEQUENCE)
    return tuple(
        Problem(number, name, icon, tuple(helping[number]))
        for number, name, icon in tx.execute(standing)
        if number in helping
    )


def problem_of(tx: Connection, problem_id: int, lang: Lang) -> Problem:
    """One of those that residents can choose. Raises UnknownProblem."""
    found = next((one for one in problems(tx, lang) if one.id == problem_id), None)
    if found is None:
        raise UnknownProblem
    return found


def problem_plan(tx: Connection, problem_id: int) -> ProblemPlan:
    """A problem as the office edits it. Raises UnknownProblem."""
    row = tx.execute(sa.select(card_problem).where(card_problem.c.id == problem_id)).one_or_none()
    if row is None:
        raise UnknownProblem
    return _plan(tx, row)


def problem_plans(tx: Connection) -> tuple[tuple[int, ProblemPlan], ...]:
    """Every problem by its id, the retired ones too, in their sequence."""
    return tuple((row.id, _plan(tx, row)) for row in tx.execute(sa.select(card_problem).order_by(*_SEQUENCE)))


def add_problem(tx: Connection, asked: Asked, plan: ProblemPlan) -> int:
    """Add a problem after the others; its id. Raises UnknownCard."""
    last: int = tx.execute(sa.select(sa.func.coalesce(sa.func.max(card_problem.c.position), 0))).scalar_one()
    values = {"zh": plan.zh, "en": plan.en, "icon": plan.icon, "position": last + 1}
    made = int(tx.execute(sa.insert(card_problem).values(values).returning(card_problem.c.id)).scalar_one())
    _write_cards(tx, made, plan.cards)
    _note(tx, asked, made, None, "add")
    return made


def edit_problem(tx: Connection, asked: Asked, problem_id: int, plan: ProblemPlan, seen: int) -> None:
    """Write an edited problem. Raises UnknownProblem, UnknownCard, ChangedMeanwhile."""
    problem_plan(tx, problem_id)
    changes.check_seen(tx, KIND, f"{PROBLEM}{problem_id}", seen)
    _write(tx, asked, problem_id, plan, "edit")


def retire_problem(tx: Connection, asked: Asked, problem_id: int, *, is_retired: bool) -> None:
    """Show a problem no longer, or again. Raises UnknownProblem."""
    before = problem_plan(tx, problem_id)
    plan = ProblemPlan(before.zh, before.en, before.icon, before.cards, is_retired)
    _write(tx, asked, problem_id, plan, "retire" if is_retired else "bring_back")


def move_problem(tx: Connection, asked: Asked, problem_id: int, by: int) -> None:
    """Let a problem change places with the one before (-1) or after it (1). Raises UnknownProblem."""
    standing = [one for one, plan in problem_plans(tx) if not plan.is_retired]
    if problem_id not in standing:
        raise UnknownProblem
    now = moved(standing, problem_id, by)
    if now != standing:
        arrange(tx, asked, card_problem, PROBLEMS, (standing, now))


def put_back_problem(tx: Connection, asked: Asked, change: changes.Change) -> None:
    """Undo a change of one problem: one that was added is retired. Checked before by the caller."""
    problem_id = int(change.noted.key.removeprefix(PROBLEM))
    now = problem_plan(tx, problem_id)
    facts = change.noted.before
    if facts is None:
        plan = ProblemPlan(now.zh, now.en, now.icon, now.cards, is_retired=True)
    else:
        cards = tuple(facts["cards"])
        plan = ProblemPlan(facts["zh"], facts["en"], facts["icon"], cards, facts["retired"])
    _write(tx, asked, problem_id, plan, "undo", change.id)


def moved(ids: list[int], one: int, by: int) -> list[int]:
    """The ids with this one a place further; as they are at an end."""
    at = ids.index(one)
    to = at + by
    if not 0 <= to < len(ids):
        return ids
    now = list(ids)
    now[at], now[to] = now[to], now[at]
    return now


def arrange(
    tx: Connection,
    asked: Asked,
    table: sa.Table,
    key: str,
    ids: tuple[Sequence[int], Sequence[int]],
    undoes: int | None = None,
) -> None:
    """Write the sequence of cards or problems: `ids` as it was and as it is to be."""
    was, now = ids
    for position, one in enumerate(now):
        tx.execute(sa.update(table).where(table.c.id == one).values(position=position))
    verb = "move" if undoes is None else "undo"
    before, after = {"ids": list(was)}, {"ids": list(now)}
    changes.note(tx, asked, changes.Noted(KIND, key, "", verb, before, after, undoes))


_SEQUENCE = (card_problem.c.position, card_problem.c.id)
_EN = sa.func.coalesce(sa.func.nullif(card_problem.c.en, ""), card_problem.c.zh)


def _plan(tx: Connection, row: Any) -> ProblemPlan:
    helping = sa.select(problem_card.c.card_id).where(problem_card.c.problem_id == row.id)
    cards = tuple(tx.execute(helping.order_by(problem_card.c.position)).scalars())
    return ProblemPlan(row.zh, row.en, row.icon, cards, row.retired_at is not None)


def _write(
    tx: Connection, asked: Asked, problem_id: int, plan: ProblemPlan, verb: str, undoes: int | None = None
) -> None:
    before = problem_plan(tx, problem_id)
    if plan == before and undoes is None:
        return
    values: dict[str, Any] = {"zh": plan.zh, "en": plan.en, "icon": plan.icon}
    if plan.is_retired != before.is_retired:
        values["retired_at"] = asked.now if plan.is_retired else None
    tx.execute(sa.update(card_problem).where(card_problem.c.id == problem_id).values(values))
    if plan.cards != before.cards:
        tx.execute(sa.delete(problem_card).where(problem_card.c.problem_id == problem_id))
        _write_cards(tx, problem_id, plan.cards)
    _note(tx, asked, problem_id, before, verb, undoes)


def _write_cards(tx: Connection, problem_id: int, cards: tuple[int, ...]) -> None:
    known = set(tx.execute(sa.select(contact_card.c.id).where(contact_card.c.id.in_(cards))).scalars())
    if known != set(cards):
        raise UnknownCard
    rows = [
        {"problem_id": problem_id, "card_id": card, "position": at}
        for at, card in enumerate(dict.fromkeys(cards))
    ]
    tx.execute(sa.insert(problem_card), rows)


def _note(
    tx: Connection,
    asked: Asked,
    problem_id: int,
    before: ProblemPlan | None,
    verb: str,
    undoes: int | None = None,
) -> None:
    after = problem_plan(tx, problem_id)
    was = None if before is None else _facts(before)
    key = f"{PROBLEM}{problem_id}"
    changes.note(tx, asked, changes.Noted(KIND, key, after.zh, verb, was, _facts(after), undoes))


def _facts(plan: ProblemPlan) -> dict[str, Any]:
    return {
        "zh": plan.zh,
        "en": plan.en,
        "icon": plan.icon,
        "cards": list(plan.cards),
        "retired": plan.is_retired,
    }
