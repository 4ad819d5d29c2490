"""说给我们听, 用手指写: a voice of a minute, or strokes of a finger; neither is turned into words."""

from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk import concerns
from kiosk.screens.concerns import drafts
from kiosk.screens.concerns.new import chosen
from kiosk.screens.web.devices import need_station
from kiosk.screens.web.forms import text, whole_or_none
from kiosk.screens.web.page import HEADERS, box
from kiosk.screens.web.screen import station
from kiosk.words import Malformed

screen = station(__name__)

LIMIT = 512 * 1024
"""Bytes that a voice may come in."""

LONGEST_S = 60

WIPED = "[]"
"""What the pad sends when everything on it was wiped off."""

WITH_MICROPHONE = {
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=()",
    "Content-Security-Policy": f"{HEADERS['Content-Security-Policy']}; media-src 'self' blob:",
}
"""Of the one page that may hear, and let her hear it back."""


@screen.get("/concerns/new/voice")
def voice() -> Response:
    """Say yes, talk, hear it; again, or take it."""
    need_station()
    asked = _chosen()
    on = _step("how", asked["code"], asked["place_id"])
    return voice_page(url_for(".keep_voice"), on, about=asked["code"], **asked)


def voice_page(
    address: str, on: str, *, about: str, back: str, code: str = "", place_id: int = 0
) -> Response:
    """The page that hears, and sends what it heard to `address`; `code` is a category's, of a new concern.

    What was said already about this (see `drafts`) can be kept as it is: then she goes `on`.
    """
    ends = {"longest": LONGEST_S, "fewest": concerns.FEWEST_VOICE}
    shown = {"address": address, "back": back, "code": code, "place_id": place_id}
    shown["on"] = on if drafts.kept("voice", about) else ""
    page = make_response(render_template("concerns/spoken/voice.html", **ends, **shown))
    page.headers.update(WITH_MICROPHONE)
    return page


@screen.post("/concerns/new/voice")
def keep_voice() -> AnyResponse:
    """Keep what was said until it is taken in. Raises BadVoice."""
    need_station()
    take_voice()
    return _on("how")


def take_voice(about: str = "") -> None:
    """Keep the voice of a form for this visit, else about the category that it names. Raises BadVoice."""
    request.max_content_length = LIMIT
    sent = request.files.get("voice")
    drafts.keep(concerns.voice_of(sent.read() if sent else b""), about or text("category"))


@screen.get("/concerns/new/ink")
def ink() -> str:
    """A pad to write on."""
    need_station()
    asked = _chosen()
    return ink_page(url_for(".keep_ink"), about=asked["code"], **asked)


def ink_page(address: str, *, about: str, back: str, code: str = "", place_id: int = 0) -> str:
    """The pad, which sends what was written to `address`; what was written about this already is on it."""
    shown = {"address": address, "back": back, "code": code, "place_id": place_id}
    kept = drafts.kept("ink", about)
    written = kept.content.decode() if kept else ""
    return render_template("concerns/spoken/ink.html", written=written, **shown)


@screen.post("/concerns/new/ink")
def keep_ink() -> AnyResponse:
    """Keep what was written until it is taken in. Raises BadInk."""
    need_station()
    return _on("how" if take_ink(text("category")) else None)


def take_ink(about: str) -> bool:
    """Keep the writing of a form for this visit; whether there is any. Raises BadInk.

    Where nothing was added to what was kept, it stays; where all of it was wiped off, it is forgotten.
    """
    ink = request.form.get("ink", "")
    if ink in ("", WIPED) and drafts.kept("ink", about):
        if ink == WIPED:
            drafts.drop("ink")
        return not ink
    drafts.keep(concerns.ink_of(ink), about)
    return True


def _chosen() -> dict[str, Any]:
    with box().database.read() as tx:
        category = chosen(tx, request.args.get("category", ""))
    place = whole_or_none("place", fields=request.args) or 0
    back = _step(None, category.code, place)
    return {"back": back, "code": category.code, "place_id": place}


def _on(step: str | None) -> AnyResponse:
    code, place = text("category"), whole_or_none("place") or 0
    if not code:
        raise Malformed
    return redirect(_step(step, code, place), 303)


def _step(step: str | None, code: str, place: int) -> str:
    """The address of a step of `concerns.new`: how to be told, or None for the question before it."""
    return url_for("concerns.new.new", category=code, place=place, step=step)
