"""The living page of the design system shows every part and every token, in both languages and each mode."""

import re
from pathlib import Path

import pytest
from jinja2.runtime import Macro

from tests.visitor import Visitor

HOME = Path(__file__).parents[3]
PARTS = HOME / "templates" / "parts"
SHEETS = ("/admin/parts", "/admin/parts/window", "/admin/parts/station", "/admin/parts/tokens")


@pytest.fixture
def admin(app):
    admin = Visitor(app)
    admin.log_in("admin", "demo-admin")
    return admin


@pytest.fixture
def shown(app, admin, monkeypatch):
    """The parts that all sheets together show: files that are included, and (file, macro) of those called."""
    files: set[str] = set()
    macros: set[tuple[str, str]] = set()
    call, get = Macro._invoke, app.jinja_env.get_template

    def called(macro, arguments, autoescape):
        macros.add((Path(macro._func.__code__.co_filename).name, macro.name))
        return call(macro, arguments, autoescape)

    def included(name, *more, **how):
        files.add(Path(str(name)).name)
        return get(name, *more, **how)

    monkeypatch.setattr(Macro, "_invoke", called)
    monkeypatch.setattr(app.jinja_env, "get_template", included)
    for address in SHEETS:
        admin.get(address)
    return files, macros


def test_every_part_is_shown_and_every_macro_of_it(shown):
    files, macros = shown
    texts = {path.name: path.read_text(encoding="utf-8") for path in PARTS.glob("*.html")}
    # what pages extend is a page without its words, no part of one
    there = {name: text for name, text in texts.items() if "{% extends" not in text}
    assert set(there) - files == set()
    every = {(file, name) for file, text in there.items() for name in re.findall(r"{%-? macro (\w+)", text)}
    assert len(every) > 50
    assert every - macros == set()


def test_every_token_is_shown(admin):
    there = set(re.findall(r"^\s*--([\w-]+):", (HOME / "static/css/tokens.css").read_text(), re.MULTILINE))
    page = admin.get("/admin/parts/tokens")
    assert {one.get("data-token") for one in page.with_attribute("data-token")} == there


def test_the_stations_own_tools_switch_language_and_modes_there(admin):
    admin.post("/language", {"lang": "en", "back": "/admin/parts/station"})
    admin.post("/comfort", {"mode": "contrast", "back": "/admin/parts/station"})
    page = admin.get("/admin/parts/station")
    assert page.heading() == "Parts: kiosk"
    assert page.attribute("data-contrast") == "high"
    for address in SHEETS:
        assert admin.get(address).heading().startswith("Parts: ")


def test_nothing_that_is_shown_can_be_pressed(admin):
    for address in SHEETS[:3]:
        for part in admin.get(address).with_attribute("data-part"):
            (body,) = [one for one in part if one.get("class") == "part__body"]
            assert body.get("inert") is not None


def test_it_is_for_administrators_alone(app):
    clerk = Visitor(app)
    clerk.log_in("clerk1", "demo-clerk")
    for address in SHEETS:
        clerk.get(address, 403)
