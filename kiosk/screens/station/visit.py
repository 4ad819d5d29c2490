"""Whose page it is: an address that shows a number belongs to the visit that came by it, and so do the digits
that were pressed, which stand in no address. And how the station looks and speaks for that visit alone.

So "back", a swipe or an address in the history shows the next visitor nothing of the one before.
"""

import secrets
from math import hypot
from typing import Any

from flask import Response, abort, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.screens.station.parts.sign_in_result import KEPT as ANSWER
from kiosk.screens.web.access import path_of_ours
from kiosk.screens.web.devices import VISIT, for_everybody, is_of_this_visit
from kiosk.screens.web.errors import PROBLEM, Answer, station_problem
from kiosk.screens.web.forms import choice
from kiosk.screens.web.page import box
from kiosk.screens.web.screen import station
from kiosk.screens.web.ticket_form import LEFT
from kiosk.words import LANGS, Refusal, mark

screen = station(__name__)

TYPED = "typed"
"""The cookie's name of the digits that were pressed, and the address's of how many they are."""


ASSISTING, ASSIST_DIGITS = "assisting", "assist_digits"
"""The cookie's names of the day for which a volunteer was let in, and of the digits pressed so far."""


class VisitOver(Refusal):
    """The visit that this page belongs to has ended."""

    title = mark("上一位的已经办完了")
    sentence = mark("要看自己的号，请扫一下小票或拍下的码，或者回首页找一找。")


def with_visit(endpoint: str, values: dict[str, Any]) -> None:
    """For Flask's `url_defaults`: name the visit in an address of the station that shows something of it."""
    if (
        endpoint.startswith(("station.", "concerns.slip.", "ratings.slip."))
        and values.get("token")
        and session.get(VISIT)
    ):
        values.setdefault(VISIT, session[VISIT])


def check_visit() -> None:
    """Raise VisitOver when the address that is asked belongs to another visit."""
    if not is_of_this_visit():
        raise VisitOver


def end_visit() -> None:
    """From now on the addresses of this visit are over, and its digits forgotten."""
    for name in (TYPED, ASSISTING, ASSIST_DIGITS, "assisted", "assist_wrong"):
        session.pop(name, None)
    session[LEFT] = box().now().isoformat()  # whoever comes next is held up by no double tap of this visit
    session[VISIT] = secrets.token_hex(4)


IS_ON = {"text": "large_text", "contrast": "high_contrast", "slow": "slow_voice", "low": "low_controls"}
"""What is said when a mode is switched on."""

IS_OFF = {
    "text": "text_as_before",
    "contrast": "contrast_as_before",
    "slow": "voice_as_before",
    "low": "low_as_before",
}
"""And when it is switched off again: another may still be on."""

MODES = tuple(IS_ON)

MM_PER_INCH = 25.4


LANGUAGE = "language"
"""What is said, in the new language, before the page's own sentence."""


@screen.post("/language")
@for_everybody
def language() -> AnyResponse:
    """中文 or English, for this visit."""
    session["lang"] = choice("lang", LANGS)
    session["heard"] = LANGUAGE
    return redirect(_back(), 303)


@screen.post("/comfort")
@for_everybody
def comfort() -> AnyResponse:
    """Switch large text, high contrast, slow voice or low controls on or off, for this visit."""
    mode = choice("mode", MODES)
    on = set(session.get("comfort", ())) ^ {mode}
    session["comfort"] = sorted(on)
    session["heard"] = IS_ON[mode] if mode in on else IS_OFF[mode]
    return redirect(_back(), 303)


@screen.app_template_global()
def heard_once() -> str:
    """What the page says first, once: that a mode is on or off now, or which language is spoken."""
    return str(session.pop("heard", ""))


def _back() -> str:
    return path_of_ours(request.form.get("back", ""), url_for("station.home.home"))


@screen.post("/leave")
@for_everybody
def leave() -> AnyResponse:
    """The visit is over: the station forgets it."""
    for name in ("lang", "comfort", "heard", "already", "printed", "told", ANSWER, PROBLEM):
        session.pop(name, None)
    end_visit()
    return redirect(url_for("station.home.home"), 303)


@screen.get("/alive")
def alive() -> Response:
    """Nothing but an answer: whether the server is there, before a page is left for another."""
    return Response(status=204)


@screen.get("/problem")
def problem() -> AnyResponse | Answer:
    """Why a form that a script sent was refused; to whoever has sent none, the home page."""
    told = session.get(PROBLEM)
    return station_problem(told) if told else redirect(url_for("station.home.home"), 303)


@screen.get("/panel/<place>.css")
def panel(place: str) -> Response:
    """The length of a millimetre on this panel: CSS pixels say nothing of size ("60 px" is 10 or 22 mm).

    The board fills its panel, which may have other pixels than were set: there it is a share of the width.
    """
    settings = box().settings
    if place == "board":
        width, height = settings.board_width_px, settings.board_height_px
        width_mm = settings.board_diagonal * MM_PER_INCH * width / hypot(width, height)
        css = f":root{{--mm:calc(100vw / {width_mm:.1f});--overscan:{settings.board_overscan / 100:g}}}\n"
    elif place == "station":
        width, height = settings.station_width_px, settings.station_height_px
        px = hypot(width, height) / (settings.station_diagonal * MM_PER_INCH)
        css = f":root{{--mm:{px:.4f}px}}\n"
    else:
        abort(404)
    return Response(css, mimetype="text/css", headers={"Cache-Control": "no-cache"})


screen.app_url_defaults(with_visit)
