"""How a box joins its centre: alone on a file, or beside others on one PostgreSQL.

The centre's secret and its own settings (name, hours, rules) lie in a shared database: a slip of
one box opens at every other, and all keep the same hours. What belongs to a box stays in its folder.

A centre is a demo or a real one for life, on either: everybody knows the passwords of the demo.
"""

from kiosk.database.joining.boxes import (
    BOX_FILE,
    AnotherCentre,
    as_known,
    bring_settings,
    join,
    kind_of,
    refuse_another,
)
from kiosk.database.joining.demo_or_real import PUBLIC, OtherKind, is_public
from kiosk.database.joining.facts import IS_DEMO, THE_CENTRES, centre_fact
from kiosk.database.joining.secret_file import SECRET_BYTES, SECRET_FILE, is_whole_secret, written_once

__all__ = [
    "BOX_FILE",
    "IS_DEMO",
    "PUBLIC",
    "SECRET_BYTES",
    "SECRET_FILE",
    "THE_CENTRES",
    "AnotherCentre",
    "OtherKind",
    "as_known",
    "bring_settings",
    "centre_fact",
    "is_public",
    "is_whole_secret",
    "join",
    "kind_of",
    "refuse_another",
    "written_once",
]
