"""The screens: the only place that knows Flask. A folder a wing, a file a screen, found, not listed."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from flask import Blueprint


def blueprints() -> Iterator[Blueprint]:
    """A blueprint a wing, in it those of its screens: `office.people` is `screens/office/people.py`."""
    for found in iter_modules(__path__, f"{__name__}."):
        screens = list(_screens_of(found.name))
        if screens:
            wing = Blueprint(found.name.rpartition(".")[2], found.name)
            for screen in screens:
                wing.register_blueprint(screen)
            yield wing


def _screens_of(wing: str) -> Iterator[Blueprint]:
    for found in iter_modules(import_module(wing).__path__, f"{wing}."):
        screen = getattr(import_module(found.name), "screen", None)
        if screen is not None:
            yield screen
