"""Verbs without a screen: each call is one transaction at the fixed clock's time."""

import json
from itertools import count

import pytest
import sqlalchemy as sa

from kiosk import services, tickets
from kiosk.asked import Asked
from kiosk.spool.tables import print_job
from kiosk.tickets.tables import change

CLERK = 2


class Hall:
    """A centre whose counters are open; verbs by name, each in its own transaction."""

    def __init__(self, box, clock):
        self.box, self.clock = box, clock
        self._taps = count()
        with box.database.write() as tx:
            for number in (1, 2, 3, 4):
                services.open_counter(tx, Asked(clock(), CLERK), number)

    def write(self, verb, *args):
        with self.box.database.write() as tx:
            return verb(tx, *args)

    def read(self, read, *args):
        with self.box.database.read() as tx:
            return read(tx, *args)

    def take(self, service="A", **fields) -> int:
        fields = {"tap": f"tap-{next(self._taps)}"} | fields
        return self.write(
            tickets.take, self.box.centre, tickets.Tap(service, **fields), "zh", self.clock()
        ).ticket_id

    def view(self, ticket_id: int) -> tickets.TicketView:
        return self.read(tickets.ticket_view, self.box.centre, ticket_id, "zh", self.clock())

    def call_next(self, counter=1) -> int:
        return self.write(tickets.call_next, self.box.centre, Asked(self.clock(), CLERK), counter)

    def do(self, verb, counter=1, **kwargs):
        with self.box.database.write() as tx:
            return verb(tx, Asked(self.clock(), CLERK), counter, **kwargs)

    def slips(self) -> list[tuple[str, dict]]:
        with self.box.database.read() as tx:
            rows = tx.execute(print_job.select().order_by(print_job.c.id)).all()
        return [(row.kind, json.loads(row.slip)) for row in rows]

    def no_show(self, counter=1):
        return self.write(tickets.mark_no_show, self.box.centre, Asked(self.clock(), CLERK), counter)

    def serve(self, counter=1) -> int:
        ticket_id = self.call_next(counter)
        self.do(tickets.start, counter)
        self.do(tickets.finish, counter)
        return ticket_id

    def serve_new(self) -> int:
        ticket_id = self.take("A")
        assert self.serve() == ticket_id
        return ticket_id

    def changes(self, ticket_id: int) -> list[tuple]:
        query = sa.select(change.c.verb, change.c.from_status, change.c.to_status, change.c.counter_number)
        return [
            tuple(row)
            for row in self.read(
                sa.Connection.execute, query.where(change.c.ticket_id == ticket_id).order_by(change.c.id)
            )
        ]

    def board(self, since=None) -> tickets.BoardNow:
        return self.read(tickets.board_now, self.box.centre, since, self.clock(), "zh")


@pytest.fixture
def hall(box, clock) -> Hall:
    return Hall(box, clock)
