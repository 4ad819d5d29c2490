"""Where every view of every screen is, worked out of the screens: a new one needs no word here."""

from collections.abc import Iterator
from functools import cache

from flask import Flask

from kiosk.screens import blueprints
from kiosk.screens.web.screen import Screen

NAMED = {
    "code": "A",
    "key": "nothing",
    "reason": "elder",
    "slug": "help",
    "verb": "call-next",
    "token": "1" * 24,
    "rest": "1" * 23,
    "move": "accept",
    "place": "station",
    "secret": "nothing",
    "name": "nothing",
    "ledger": "concerns",
}
"""What stands for a part of an address that is no number; a number is 1."""

BLUEPRINTS = {f"{wing.name}.{screen.name}": screen for wing in blueprints() for screen, _ in wing._blueprints}
SCREENS = {name: screen for name, screen in BLUEPRINTS.items() if isinstance(screen, Screen)}


def every_address(method: str = "GET", **named: str | int) -> Iterator[tuple[str, str]]:
    """Each view that answers `method`, as wing.screen.view, and where it is; `named` goes before NAMED."""
    app = _addressed()
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if method in (rule.methods or ()) and "." in rule.endpoint:
                values = {part: (NAMED | named).get(part, 1) for part in rule.arguments}
                address = rule.build(values)
                assert address
                yield rule.endpoint, address[1]


def every_rule(method: str) -> Iterator[str]:
    """Where the views that answer `method` are, with the names of the parts in <>."""
    return (rule.rule for rule in _addressed().url_map.iter_rules() if method in (rule.methods or ()))


@cache
def _addressed() -> Flask:
    app = Flask(__name__)
    for wing in blueprints():
        app.register_blueprint(wing)
    return app
