"""The centre's rules: its name, its hours and what it may change by itself in the browser, without a restart.

They are rows of `centre_fact`. Whoever changes one writes another mark with it, so that to know whether the
rules at hand are the present ones takes a look at one row.
"""

import json
import secrets
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from kiosk.database import commits
from kiosk.database.dialects import insert_for
from kiosk.database.joining.facts import centre_fact
from kiosk.database.prepared import Prepared
from kiosk.settings import OF_THE_CENTRE, Settings

MARK = "rules_mark"
FIRST_MARK = "0"
"""Until somebody changes something the rules are those of the settings that the centre began with."""

SPECIAL_DAYS, CLOSINGS = "special_days", "closings"
RULES = OF_THE_CENTRE
"""The settings that are taken over from `kiosk.toml` once, and then changed in the browser."""

_written: WeakKeyDictionary[Engine, int] = WeakKeyDictionary()

_MARK = Prepared(sa.select(centre_fact.c.value).where(centre_fact.c.name == MARK))
_RULES = sa.select(centre_fact.c.name, centre_fact.c.value).where(
    centre_fact.c.name.in_((*RULES, SPECIAL_DAYS, CLOSINGS))
)


def rules_mark(tx: Connection) -> str:
    """Another text after each change of a rule."""
    row = _MARK.first(tx, {})
    return FIRST_MARK if row is None else row.value


def rules_of(tx: Connection) -> dict[str, Any]:
    """Every rule by its name, as plain JSON."""
    return {row.name: json.loads(row.value) for row in tx.execute(_RULES)}


def write_rules(tx: Connection, rules: Mapping[str, Any]) -> None:
    """Change these rules, for all boxes of the centre from the next transaction on."""
    values = {name: json.dumps(rule, ensure_ascii=False) for name, rule in rules.items()}
    values[MARK] = secrets.token_hex(6)
    insert = insert_for(tx.dialect.name, centre_fact)
    kept = insert.on_conflict_do_update(index_elements=["name"], set_={"value": insert.excluded.value})
    tx.execute(kept, [{"name": name, "value": value} for name, value in values.items()])
    _written[tx.engine] = commits(tx)


def are_older(engine: Engine, known_after: int) -> bool:
    """Whether this process has begun to change the rules since its commit of the number `known_after`."""
    return known_after <= _written.get(engine, -1)


def lacks_rules(known: Mapping[str, str]) -> bool:
    """Whether the facts that are `known` lack a rule: at a centre's first start, and after an upgrade."""
    return not known.keys() >= {MARK, *RULES}


def take_over(tx: Connection, settings: Settings, known: Mapping[str, str]) -> dict[str, str]:
    """Begin the rules with those of `settings`, but for those among the facts that are `known`; what is new.

    Once in a rule's life: at the centre's first start, or at the first that knows the rule.
    """
    begun = {name: json.dumps(getattr(settings, name)) for name in RULES} | {MARK: FIRST_MARK}
    new = {name: value for name, value in begun.items() if name not in known}
    if new:
        tx.execute(sa.insert(centre_fact), [{"name": name, "value": value} for name, value in new.items()])
    return new
