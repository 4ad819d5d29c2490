"""A living page of the design system: every part of templates/parts and every token, as pages show them."""

import re

from flask import flash, render_template
from msgspec import Struct

from kiosk.box import folder_beside
from kiosk.screens.design import samples
from kiosk.screens.web.page import say
from kiosk.screens.web.screen import MenuEntry, MenuGroup, staffed
from kiosk.staff import Role
from kiosk.words import mark

screen = staffed(
    __name__,
    Role.ADMIN,
    menu=MenuEntry(mark("零件"), mark("回到零件"), "layout-grid", "pages", 990, MenuGroup.MANAGE),
)

_TOKEN = re.compile(r"^\s*--([\w-]+):\s*([^;]+);", re.MULTILINE)


class Token(Struct, frozen=True):
    """A named value of tokens.css, as it stands there first."""

    name: str
    value: str

    @property
    def scale(self) -> str:
        """The scale it is a step of: space, round, page, station, board, colour; "" for what is no step."""
        first = self.name.partition("-")[0]
        if first in ("space", "round", "page", "station", "board"):
            return first
        return "colour" if self.value.startswith("#") else ""


def tokens() -> tuple[Token, ...]:
    """Every token, once each, in the order of tokens.css."""
    text = (folder_beside("static") / "css" / "tokens.css").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for name, value in _TOKEN.findall(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)):
        found.setdefault(name, " ".join(value.split()))
    return tuple(Token(name, value) for name, value in found.items())


@screen.get("/admin/parts")
def pages() -> str:
    """The parts of the pages that staff use."""
    flash(say(mark("改好了。")), "ok")
    return render_template("design/parts/pages.html", **samples.of_pages())


@screen.get("/admin/parts/tokens")
def steps() -> str:
    """Colours, letters, distances and corners."""
    return render_template("design/parts/tokens.html", tokens=tokens())


@screen.get("/admin/parts/window")
def counter() -> str:
    """The parts of a clerk's page."""
    return render_template("design/parts/counter.html", **samples.of_counter())


@screen.get("/admin/parts/station")
def station() -> str:
    """The parts of the touchscreen, in the modes and the language that its own tools switch."""
    return render_template("design/parts/station.html", tokens=tokens(), **samples.of_station())
