"""How a box joins its centre: alone on a file, or beside others on one PostgreSQL.

The centre's secret lies in a shared database: a slip of one box opens at every other. Its rules (name, hours,
what it may change by itself) lie in either. What belongs to a box stays in its folder.

A centre is a demo or a real one for life, on either: everybody knows the passwords of the demo.
"""

from kiosk.database.joining.boxes import (
    AnotherCentre,
    as_known,
    join,
    kind_of,
    left_over,
    refuse_another,
    refuse_others,
)
from kiosk.database.joining.demo_or_real import PUBLIC, OtherKind, is_public
from kiosk.database.joining.facts import IS_DEMO, THE_CENTRES, centre_fact, facts_of
from kiosk.database.joining.rules import (
    CLOSINGS,
    FIRST_MARK,
    RULES,
    SPECIAL_DAYS,
    are_older,
    rules_mark,
    rules_of,
    write_rules,
)
from kiosk.database.joining.secret_file import SECRET_BYTES, SECRET_FILE, is_whole_secret, written_once

__all__ = [
    "CLOSINGS",
    "FIRST_MARK",
    "IS_DEMO",
    "PUBLIC",
    "RULES",
    "SECRET_BYTES",
    "SECRET_FILE",
    "SPECIAL_DAYS",
    "THE_CENTRES",
    "AnotherCentre",
    "OtherKind",
    "are_older",
    "as_known",
    "centre_fact",
    "facts_of",
    "is_public",
    "is_whole_secret",
    "join",
    "kind_of",
    "left_over",
    "refuse_another",
    "refuse_others",
    "rules_mark",
    "rules_of",
    "write_rules",
    "written_once",
]
