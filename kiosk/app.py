"""The web application: wires the box to its screens and does nothing else."""

import hmac
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

from flask import Flask
from flask_babel import Babel
from htmx_flask import Htmx
from jinja2 import StrictUndefined
from werkzeug.routing import IntegerConverter, Map

from kiosk import speech
from kiosk.box import Box, folder_beside
from kiosk.compiled import keep_compiled
from kiosk.screens import blueprints
from kiosk.screens.web.access import install_access
from kiosk.screens.web.devices import install_devices
from kiosk.screens.web.errors import install_errors
from kiosk.screens.web.forms import LARGEST, OurRequest, install_sent
from kiosk.screens.web.page import install_page, locale
from kiosk.screens.web.screen import LateRule, install_screens
from kiosk.screens.web.session import Cookies
from kiosk.screens.web.static_files import install_static_files
from kiosk.settings import Settings
from kiosk.sharing import KnownClients


class Small(IntegerConverter):
    """A number in an address that the database can hold; a larger one is an unknown address."""

    def __init__(self, url_map: Map, **options: Any) -> None:
        super().__init__(url_map, max=LARGEST, **options)


class Screens(Flask):
    """Flask, told what it need not find out."""

    url_rule_class = LateRule

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """A view as it is: none of ours is a coroutine. Asking that took 54 of a ticket's 2,157 calls."""
        return func


def create_app(box: Box) -> Flask:
    """The WSGI application of one box."""
    app = Screens(
        "kiosk",
        static_folder=None,  # install_static_files
        template_folder=str(folder_beside("templates")),
    )
    app.config.update(_config(box.settings, box.centre.secret))
    app.extensions["box"] = box
    speech.open_shelves(box.database.engine, box.settings.folder)
    app.session_interface = Cookies()
    app.jinja_env.undefined = StrictUndefined  # a name that a screen forgot is a fault, not an empty QR code
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Babel(app, locale_selector=locale, default_translation_directories=str(folder_beside("locale")))
    Htmx(app)
    app.request_class = OurRequest  # after htmx, whose own it extends
    install_static_files(app, folder_beside("static"))
    keep_compiled(app, box.settings.folder)
    install_access(app)
    install_devices(app)
    install_page(app)
    install_errors(app)
    install_sent(app)
    app.url_map.converters["int"] = Small
    for blueprint in blueprints():
        app.register_blueprint(blueprint)
    install_screens(app)
    app.wsgi_app = KnownClients(app.wsgi_app, box.settings.trusted_proxy)  # type: ignore[method-assign]
    return app


def _config(settings: Settings, secret: bytes) -> dict[str, object]:
    return {
        "SECRET_KEY": hmac.new(secret, b"cookies", sha256).digest(),
        "SESSION_COOKIE_NAME": "linli",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Strict",
        "SESSION_COOKIE_SECURE": settings.https_only,
        "SESSION_REFRESH_EACH_REQUEST": False,  # signing it anew each time cost 0.15 ms of every answer
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=16),
        "TRUSTED_HOSTS": settings.host_names(),
        "BABEL_DEFAULT_LOCALE": "zh_Hans_CN",
        "JSON_AS_ASCII": False,
    }
