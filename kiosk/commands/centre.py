"""`kiosk centre`: the centre's rules, taken from the settings file once more."""

import os
from pathlib import Path

import click

from kiosk import opening
from kiosk.asked import Asked
from kiosk.centre import open_centre
from kiosk.clock import system_clock
from kiosk.commands._alike import DATA, stop, stop_without
from kiosk.database import UnusableDatabase, has_file, open_database
from kiosk.database.joining import THE_CENTRES, refuse_others
from kiosk.settings import BadSettings, load
from kiosk.words import Refusal


@click.command()
@DATA
def centre(data: Path) -> None:
    """Have the whole centre do as this box's settings say: name, hours, days off, rules."""
    try:
        settings = load(data, os.environ)
        if not settings.database_url and not has_file(data):
            stop(f"{data} 里没有中心。There is no centre in {data}.")
        refuse_others(settings)
        database = open_database(data, settings.database_url)
    except BadSettings as wrong:
        stop(str(wrong))
    except UnusableDatabase as fault:
        stop_without(fault, settings)
    try:
        with database.write() as tx:
            opening.bring_settings(tx, open_centre(settings), Asked(system_clock()), settings)
    except Refusal as refusal:
        stop(
            f"{refusal.sentence} Nothing was changed: numbers were given today, and the time zone would make "
            "another day of it. Run this before the doors open."
        )
    finally:
        database.close()
    click.echo(
        "记下了，马上就用这些。Done, at every box.\n"
        + "\n".join(f"  {name} = {getattr(settings, name)!r}" for name in THE_CENTRES[1:])
    )
