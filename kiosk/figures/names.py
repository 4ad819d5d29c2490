"""What the keys of figures are called: services and groups that are retired too."""

from functools import cache
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import Connection

from kiosk import staff
from kiosk.database import in_lang
from kiosk.figures.rules import By
from kiosk.services.tables import service, service_group
from kiosk.tickets.tables import priority
from kiosk.words import Lang


@cache
def _names(by: By, lang: Lang) -> sa.Select[Any]:
    table, key = {
        By.SERVICE: (service, service.c.code),
        By.GROUP: (service_group, service_group.c.slug),
        By.PRIORITY: (priority, priority.c.code),
    }[by]
    return sa.select(key, in_lang(lang, table.c.name))


class Names(Struct, frozen=True):
    """The centre's own names by what they are of and by key."""

    known: dict[By, dict[str, str]]

    def of(self, by: By) -> dict[str, str]:
        """Those of one kind; empty for what the house has words for, like hours and counters."""
        return self.known.get(by, {})


def names_of(tx: Connection, lang: Lang) -> Names:
    """All of them in one language."""
    own: dict[By, dict[str, str]] = {
        by: {row[0]: row[1] for row in tx.execute(_names(by, lang))} for by in _OWN
    }
    clerks = {str(staff_id): name for staff_id, name in staff.staff_names(tx).items()}
    return Names(own | {By.CLERK: clerks})


_OWN = (By.SERVICE, By.GROUP, By.PRIORITY)
