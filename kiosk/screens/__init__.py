"""The screens: the only place that knows Flask. One file a screen, found, not listed."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

from flask import Blueprint


def blueprints() -> Iterator[Blueprint]:
    """Every screen's blueprint; a file whose name begins with an underscore is no screen."""
    for found in walk_packages(__path__, f"{__name__}."):
        if not found.name.rpartition(".")[2].startswith("_"):
            screen = getattr(import_module(found.name), "screen", None)
            if screen is not None:
                yield screen
