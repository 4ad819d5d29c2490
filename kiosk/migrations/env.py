"""How Alembic runs our migrations: on the connection it is given, in that connection's transaction."""

from alembic import context

from kiosk.cards.tables import contact_card
from kiosk.database import metadata
from kiosk.events.tables import event
from kiosk.people.tables import person
from kiosk.services.tables import service
from kiosk.spool.tables import print_job
from kiosk.staff.tables import staff
from kiosk.tickets.tables import ticket

ALL = (contact_card, event, person, service, print_job, staff, ticket)
"""One table of each room: importing them fills `metadata`."""

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
)
context.run_migrations()
