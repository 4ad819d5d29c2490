"""A hall with a register and events: each call is one transaction at the fixed clock's time."""

from datetime import date, time
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa

from kiosk import checkin, events, people
from kiosk.asked import Asked
from kiosk.checkin import tables
from tests.conftest import MORNING

DESK = 6
TODAY = date(2026, 11, 23)
assert MORNING.hour == 1, "09:00 in Shanghai"


class Desk:
    """A station and its scanner; verbs by name, each in its own transaction."""

    def __init__(self, box, clock):
        self.box, self.clock = box, clock
        self._names = count(1)

    def write(self, verb, *args, **kwargs):
        with self.box.database.write() as tx:
            return verb(tx, *args, **kwargs)

    def read(self, read, *args, **kwargs):
        with self.box.database.read() as tx:
            return read(tx, *args, **kwargs)

    def person(self, name=None, team_ids=()) -> int:
        n = next(self._names)
        return self.write(
            people.add_person, Asked(self.clock(), DESK), name or f"志愿者甲{n}", f"138{n:08d}", team_ids
        )

    def team(self, name="理发服务队") -> int:
        return self.write(people.add_team, Asked(self.clock(), DESK), name, people.TeamKind.TEAM, "")

    def card(self, person_id) -> str:
        person = self.read(people.person_of, person_id)
        return people.card_token(self.box.centre, person)

    def event(self, **said) -> int:
        """The id of today's day of a new event, 09:00 to 11:00 unless it says otherwise."""
        return self.read(self._today_of, self.event_id(**said))

    def event_id(self, **said) -> int:
        plain: dict[str, Any] = {
            "kind": events.EventKind.SHIFT, "title": "便民生活日", "place": "一楼大厅", "first_on": TODAY,
            "starts": time(9), "lasts_min": 120,
        }  # fmt: skip
        plan = events.EventPlan(**plain | said)
        return self.write(events.add_event, self.box.centre, Asked(self.clock(), DESK), plan)

    def _today_of(self, tx, event_id):
        found = events.today(tx, self.box.centre, self.clock(), "zh")
        return next(day.id for day in found if day.event_id == event_id)

    def scan(self, code, station="desk-1", nonce=None, staff_id=DESK, **how) -> checkin.Verdict:
        asked = Asked(self.clock(), staff_id, station, how.pop("lang", "zh"))
        form = checkin.ScanForm(nonce or f"nonce-{next(self._names)}", how.pop("event_day", None), **how)
        return self.write(checkin.scan, self.box.centre, asked, code, form)

    def register(self, event_day, **who) -> checkin.Registered:
        tap = who.pop("tap", f"tap-{next(self._names)}")
        asked = Asked(self.clock(), who.pop("staff_id", None), who.pop("station", ""))
        wanted = checkin.Registrant(**who)
        return self.write(checkin.register, self.box.centre, asked, event_day, tap, wanted)

    def undo(self, scan_id, reason="扫错了"):
        return self.write(
            checkin.undo_scan, self.box.centre, Asked(self.clock(), DESK, "desk-1"), scan_id, reason
        )

    def counts(self, event_day) -> tuple[int, int, int]:
        found = self.read(checkin.counts, event_day)
        return found.registered, found.signed_in, found.inside

    def rows(self, table=tables.scan):
        return self.read(sa.Connection.execute, sa.select(table).order_by(table.c.id)).all()

    def stays(self):
        return self.rows(tables.sign_in)


@pytest.fixture
def desk(box, clock) -> Desk:
    return Desk(box, clock)
