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

WITH_MICROPHONE = {
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=()",
    "Content-Security-Policy": f"{HEADERS['Content-Security-Policy']}; media-src 'self' blob:",
}
"""Of the one page that may hear, and let her hear it back."""


@screen.get("/concerns/new/voice")
def voice() -> Response:
    """Say yes, talk, hear it; again, or take it."""
    need_station()
    return voice_page(url_for(".keep_voice"), **_chosen())


def voice_page(address: str, back: str, code: str = "", place_id: int = 0) -> Response:
    """The page that hears, and sends what it heard to `address`; `code` is a category's, of a new concern."""
    ends = {"longest": LONGEST_S, "fewest": concerns.FEWEST_VOICE}
    shown = {"address": address, "back": back, "code": code, "place_id": place_id}
    page = make_response(render_template("concerns/spoken/voice.html", **ends, **shown))
    page.headers.update(WITH_MICROPHONE)
    return page


@screen.post("/concerns/new/voice")
def keep_voice() -> AnyResponse:
    """Keep what was said until it is taken in. Raises BadVoice."""
    need_station()
    take_voice()
    return _on()


def take_voice() -> None:
    """Keep the voice of a form for this visit. Raises BadVoice."""
    request.max_content_length = LIMIT
    sent = request.files.get("voice")
    drafts.keep(concerns.voice_of(sent.read() if sent else b""))


@screen.get("/concerns/new/ink")
def ink() -> str:
    """A pad to write on."""
    need_station()
    return ink_page(url_for(".keep_ink"), **_chosen())


def ink_page(address: str, back: str, code: str = "", place_id: int = 0) -> str:
    """The pad, which sends what was written to `address`."""
    shown = {"address": address, "back": back, "code": code, "place_id": place_id}
    return render_template("concerns/spoken/ink.html", **shown)


@screen.post("/concerns/new/ink")
def keep_ink() -> AnyResponse:
    """Keep what was written until it is taken in. Raises BadInk."""
    need_station()
    take_ink()
    return _on()


def take_ink() -> None:
    """Keep the writing of a form for this visit. Raises BadInk."""
    drafts.keep(concerns.ink_of(request.form.get("ink", "")))


def _chosen() -> dict[str, Any]:
    with box().database.read() as tx:
        category = chosen(tx, request.args.get("category", ""))
    place = whole_or_none("place", fields=request.args) or 0
    back = url_for("concerns.new.new", category=category.code, place=place)
    return {"back": back, "code": category.code, "place_id": place}


def _on() -> AnyResponse:
    code, place = text("category"), whole_or_none("place") or 0
    if not code:
        raise Malformed
    return redirect(url_for("concerns.new.new", category=code, place=place, step="how"), 303)
