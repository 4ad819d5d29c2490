"""What the boxes on one database know of their centre."""

import json
import secrets
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.database import metadata
from kiosk.database.joining.secret_file import SECRET_BYTES, SECRET_FILE
from kiosk.database.trial import TRIAL
from kiosk.settings import OF_THE_CENTRE, Settings

IS_DEMO = "is_demo"
SECRET = "secret"  # noqa: S105 - the name of a row
THE_CENTRES = (IS_DEMO, *OF_THE_CENTRE)
"""The settings that are the centre's, and the same at all its boxes; every other is a box's own."""

centre_fact = sa.Table(
    "centre_fact",
    metadata,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
"""What a centre is for life (IS_DEMO), its rules (JSON); on a shared database the secret (hexadecimal) too;
and the text of TRIAL.
"""


def facts_of(tx: Connection) -> dict[str, str]:
    """Every fact by its name; none where no centre has begun."""
    facts = sa.select(centre_fact).where(centre_fact.c.name != TRIAL)
    return {row.name: row.value for row in tx.execute(facts)}


def told(settings: Settings) -> dict[str, str]:
    """What a box brings into a shared database: its secret, a new one where it has none, and its settings."""
    path = settings.folder / SECRET_FILE
    secret = path.read_bytes() if path.exists() else secrets.token_bytes(SECRET_BYTES)
    return {SECRET: secret.hex()} | {name: json.dumps(getattr(settings, name)) for name in THE_CENTRES}


def write_facts(tx: Connection, facts: Mapping[str, str]) -> None:
    """Write them; none of these names may be there."""
    tx.execute(sa.insert(centre_fact), [{"name": name, "value": value} for name, value in facts.items()])
