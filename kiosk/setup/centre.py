"""What the first steps write: the centre's name, its week, and the card that is asked for most."""

from collections.abc import Mapping

from sqlalchemy import Connection

from kiosk import cards, opening
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.opening_hours import WEEK, parse_hours

LONGEST_NAME, LONGEST_NAME_EN = 30, 64


def name_faults(fields: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with a centre's names: codes by field. English may be empty: Chinese stands in."""
    faults = {}
    if not fields["name"]:
        faults["name"] = "empty"
    elif len(fields["name"]) > LONGEST_NAME:
        faults["name"] = "long"
    if len(fields["name_en"]) > LONGEST_NAME_EN:
        faults["name_en"] = "long"
    return faults


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


def write_first_card(tx: Connection, asked: Asked, fields: Mapping[str, str]) -> None:
    """Change the first card, or make it where there is none; its fields were checked."""
    first = next(iter(cards.cards(tx, "zh")), None)
    if first is None:
        cards.add_card(tx, asked, dict(fields))
    else:
        cards.edit_card(tx, asked, first.id, dict(fields))
