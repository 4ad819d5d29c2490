"""What the first steps write: the centre's name, its week, and the card that is asked for most."""

from collections.abc import Mapping

from sqlalchemy import Connection

from kiosk import cards, opening
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.opening_hours import WEEK, parse_hours
from kiosk.signs import text_faults

LONGEST_NAME, LONGEST_NAME_EN = 30, 64


def name_faults(fields: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with a centre's names: codes by field. English may be empty: Chinese stands in."""
    faults = text_faults(fields, {"name": LONGEST_NAME, "name_en": LONGEST_NAME_EN})
    return faults if fields["name"] else faults | {"name": "empty"}


def write_name(tx: Connection, centre: Centre, asked: Asked, fields: Mapping[str, str]) -> None:
    """Call the centre so from now on; without English it has its Chinese name there.

    A `time_zone` among the fields holds from now on too. Raises opening.DayBegun, opening.DayIsOver.
    """
    names = {"centre_name": fields["name"], "centre_name_en": fields["name_en"] or fields["name"]}
    zone = {"time_zone": fields["time_zone"]} if "time_zone" in fields else {}
    opening.set_rules(tx, centre, asked, names | zone)


def write_week(tx: Connection, centre: Centre, asked: Asked, week: str) -> None:
    """Be open so from now on; `week` as `parse_hours` reads it, empty for always."""
    days = tuple(tuple((one.opens, one.closes) for one in day) for day in parse_hours(week).week)
    now = centre.as_of(tx).settings
    plan = opening.Week(days or ((),) * WEEK, now.numbers_early_min, now.last_ticket_min)
    opening.set_week(tx, centre, asked, plan)


def write_first_card(tx: Connection, asked: Asked, fields: Mapping[str, str]) -> int:
    """Change the first card, or make it where there is none; its fields were checked. Returns its id."""
    first = next(iter(cards.cards(tx, "zh")), None)
    if first is None:
        return cards.add_card(tx, asked, dict(fields))
    cards.edit_card(tx, asked, first.id, dict(fields))
    return first.id


def chosen_problems(tx: Connection) -> frozenset[str]:
    """The problems of the list to start from that residents can choose."""
    starters = {one.zh for one in cards.STARTER_PROBLEMS}
    return frozenset(plan.zh for _, plan in cards.problem_plans(tx) if not plan.is_retired) & starters


def offer_problems(tx: Connection, asked: Asked, card_id: int, chosen: frozenset[str]) -> None:
    """Lead residents who come with what is `chosen` of that list to this card; what is not, is retired.

    A problem that is there already keeps whom it leads to.
    """
    there = {plan.zh: (number, plan.is_retired) for number, plan in cards.problem_plans(tx)}
    for one in cards.STARTER_PROBLEMS:
        if one.zh not in there:
            if one.zh in chosen:
                cards.add_problem(tx, asked, cards.ProblemPlan(one.zh, one.en, one.icon, (card_id,)))
            continue
        number, is_retired = there[one.zh]
        if is_retired == (one.zh in chosen):
            cards.retire_problem(tx, asked, number, is_retired=not is_retired)
