"""A desk that does things to concerns, each in a transaction of its own."""

import sqlalchemy as sa

from kiosk import concerns
from kiosk.asked import Asked
from kiosk.concerns import Hand, Outcome, Reply, Said

ONE, OTHER, LEAD = 2, 3, 1


class Desk:
    """Does things to concerns, each in its own transaction."""

    def __init__(self, box, clock) -> None:
        self.box, self.clock, self.taps = box, clock, 0

    def asked(self, staff_id=None) -> Asked:
        return Asked(self.clock(), staff_id, station="door")

    def take_in(self, category="lights", **more) -> concerns.TakenIn:
        self.taps += 1
        said = Said(category, more.pop("tap", f"tap-{self.taps}"), **more)
        with self.box.database.write() as tx:
            return concerns.take_in(tx, self.box.centre, self.asked(), said)

    def hand(self, staff_id=ONE) -> Hand:
        return Hand(self.asked(staff_id), is_lead=staff_id == LEAD)

    def do(self, verb, concern_id, *more, by=ONE, **named) -> None:
        centre = (self.box.centre,) if verb.__code__.co_varnames[1] == "centre" else ()
        with self.box.database.write() as tx:
            verb(tx, *centre, self.hand(by), concern_id, *more, **named)

    def resident(self, verb, concern_id, *more) -> None:
        with self.box.database.write() as tx:
            verb(tx, self.box.centre, self.asked(), concern_id, *more)

    def answer(self, concern_id, by=ONE) -> None:
        self.do(concerns.answer, concern_id, Reply(Outcome.SOLVED, "灯换好了"), by=by)

    def at(self, concern_id) -> concerns.Concern:
        with self.box.database.read() as tx:
            return concerns.concern_of(tx, self.box.centre, concern_id, "zh")

    def rows(self, table):
        with self.box.database.read() as tx:
            return tx.execute(sa.select(table).order_by(table.c.id)).all()
