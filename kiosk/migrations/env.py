"""How Alembic runs our migrations: on the connection it is given, in that connection's transaction."""

from alembic import context

from kiosk.database import metadata
from kiosk.migrations.rooms import load_tables

load_tables()
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
)
context.run_migrations()
