"""A proxy on the box speaks for others: it is not the touchscreen, and believed where the centre says so."""

from dataclasses import replace

import pytest
from flask import request
from msgspec import structs

from kiosk.app import create_app
from kiosk.screens.web.access import is_the_box


@pytest.fixture
def asking(box):
    """Ask an application that trusts `proxy`; who it takes the client for."""

    def asked(peer, *, proxy="", **headers):
        settings = replace(box.settings, trusted_proxy=proxy)
        app = create_app(replace(box, begun=structs.replace(box.centre, settings=settings)))
        app.add_url_rule(
            "/who",
            view_func=lambda: [
                request.remote_addr,
                is_the_box(),
                request.is_secure,
                "X-Forwarded-Host" in request.headers,
            ],
        )
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return app.test_client().get("/who", headers=named, environ_base={"REMOTE_ADDR": peer}).json

    return asked


def test_a_laptop_behind_a_proxy_on_the_box_is_never_the_touchscreen(asking):
    assert asking("127.0.0.1") == ["127.0.0.1", True, False, False]
    told = {"X_Forwarded_For": "192.168.1.20", "X_Forwarded_Proto": "https", "X_Forwarded_Host": "evil"}
    assert asking("127.0.0.1", **told) == ["127.0.0.1", False, False, False]
    assert asking("127.0.0.1", proxy="127.0.0.1", **told) == ["192.168.1.20", False, True, False]


def test_nobody_else_is_believed(asking):
    told = {"X_Forwarded_For": "127.0.0.1", "X_Forwarded_Proto": "https"}
    assert asking("192.168.1.20", proxy="127.0.0.1", **told) == ["192.168.1.20", False, False, False]
