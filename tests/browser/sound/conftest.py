"""Browsers that may make sound and that may not, before a server of static files only."""

import threading
from functools import partial
from http.server import ThreadingHTTPServer
from typing import ClassVar

import pytest

from tests.browser.sound.kit import STATIC, WATCH, Files


@pytest.fixture
def files():
    class Here(Files):
        address = ""
        told: ClassVar[list[str]] = []

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Here, directory=str(STATIC.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Here.address = f"http://127.0.0.1:{server.server_port}/"
    yield Here
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browsers(whole_chromium, launch):
    return {
        "allowing": whole_chromium,
        "blocking": launch("--autoplay-policy=document-user-activation-required"),
    }


@pytest.fixture
def open_page(browsers, files):
    pages, faults = [], []

    def open_(html, autoplay="allowing", scripts=()):
        files.page = html
        page = browsers[autoplay].new_page()
        pages.append(page)
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        for script in (WATCH, *scripts):
            page.add_init_script(script)
        page.goto(files.address)
        return page

    yield open_
    for page in pages:
        page.close()
    assert faults == []
