"""`kiosk centre`: the settings that all boxes on one database share."""

import os
from pathlib import Path

import click

from kiosk.commands._alike import DATA, stop, stop_without
from kiosk.database import UnusableDatabase, open_database
from kiosk.database.joining import THE_CENTRES, bring_settings
from kiosk.settings import BadSettings, load


@click.command()
@DATA
def centre(data: Path) -> None:
    """Have the whole centre do as this box's settings say: name, hours, days off, rules."""
    try:
        settings = load(data, os.environ)
        if not settings.database_url:
            stop("只有这一个站，设置就在 kiosk.toml 里。This box is the only one: its kiosk.toml is enough.")
        database = open_database(data, settings.database_url)
    except BadSettings as wrong:
        stop("\n".join(wrong.mistakes))
    except UnusableDatabase as fault:
        stop_without(fault, settings)
    try:
        bring_settings(database, settings)
    finally:
        database.close()
    click.echo(
        "记下了，每个站重新启动后就用这些。Done: every box has them after its next start.\n"
        + "\n".join(f"  {name} = {getattr(settings, name)!r}" for name in THE_CENTRES[1:])
    )
