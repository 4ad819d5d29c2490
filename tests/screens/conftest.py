import pytest
import sqlalchemy as sa

from kiosk.tickets.tables import ticket


@pytest.fixture
def hall_tickets(box):
    """All tickets that were written."""

    def read():
        with box.database.read() as tx:
            return tx.execute(sa.select(ticket)).mappings().all()

    return read
