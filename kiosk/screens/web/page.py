"""What every page has: language, comfort, the centre's name and clock, icons and QR codes."""

import re
import secrets
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, cast

from flask import Flask, Response, current_app, g, session, url_for
from flask_babel import force_locale, gettext, ngettext
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape
from msgspec import Struct

from kiosk import people, setup, speech
from kiosk.box import Box, folder_beside
from kiosk.screens.web.screen import MenuGroup, menu_of, place_here, screen_here, work_place
from kiosk.staff import Role, Staff
from kiosk.words import LANGS, Lang, Own, mark
from printing.drawing.qr import matrix

GROUP_WORDS = {
    MenuGroup.PEOPLE: (mark("活动和人"), "users-round"),
    MenuGroup.CENTRE: (mark("中心"), "landmark"),
    MenuGroup.MANAGE: (mark("管理"), "wrench"),
}
"""What a folded group of the menu is called, and its icon."""

QUIET = 4  # modules; ISO/IEC 18004 asks for four


class Comfort(Struct, frozen=True):
    """How one visitor wants the station; forgotten when the visit ends."""

    text: str = "normal"
    contrast: str = "normal"
    slow: bool = False
    low: bool = False


def box() -> Box:
    """The box that this application serves."""
    found: Box = current_app.extensions["box"]
    return found


def lang() -> Lang:
    """The visitor's language; Chinese until they ask for English."""
    chosen = session.get("lang")
    return cast(Lang, chosen) if chosen in LANGS else "zh"


def locale() -> str:
    """The same for the catalogue."""
    return "en" if lang() == "en" else "zh_Hans_CN"


def comfort() -> Comfort:
    """What the visitor has switched on."""
    on = session.get("comfort", ())
    return Comfort(
        text="large" if "text" in on else "normal",
        contrast="high" if "contrast" in on else "normal",
        slow="slow" in on,
        low="low" in on,
    )


def install_page(app: Flask) -> None:
    """Give every template what it needs, and every answer its headers."""
    app.context_processor(_in_every_page)
    app.after_request(_with_headers)
    app.jinja_env.globals.update(icon=icon, qr_svg=qr_svg, own_voice=own_voice, speak=speak)
    translated: Any = app.jinja_env  # the i18n extension that Flask-Babel has added gives it the method
    translated.install_gettext_callables(_source_or_catalogue, _in_template_counted, newstyle=True)
    app.jinja_env.globals["_"] = _in_template


def _in_every_page() -> dict[str, Any]:
    here, spoken, member = box(), lang(), g.get("staff")
    centre = here.centre
    local = centre.local(here.now())
    return {
        "lang": spoken,
        "centre": centre.name(spoken),
        "is_demo": centre.settings.is_demo,
        "today": local,
        "clock_text": f"{local:%H:%M:%S}",
        "comfort": comfort(),
        "staff": member,
        "menu": menu_of(member.role) if member else (),
        "group_words": GROUP_WORDS,
        "screen_place": place_here() if member else None,
        "may_change": member is not None and _may_change(member),
        "idle_s": centre.settings.idle_s,
        "volume_now": volume_now,
        "is_kept": is_kept,
        "lacks_hall": _lacks_hall,
        "build": current_app.extensions["build"],
    }


def is_kept() -> bool:
    """Whether what is done now can be kept, as far as it is known."""
    return box().database.trials.look() is None


def work_address(role: Role) -> str:
    """Where staff in this role begin: at their work; an administrator of an empty hall at the setup."""
    if role == Role.ADMIN and not setup.is_furnished(box().database):
        return url_for("setup.begin.begin")
    return url_for(work_place(role).endpoint)


def _lacks_hall() -> bool:
    """Whether an administrator is to be led to the setup: the hall has no service, or no counter."""
    member = g.get("staff")
    return bool(member and member.role == Role.ADMIN) and not setup.is_furnished(box().database)


def _may_change(member: Staff) -> bool:
    """Whether who is logged in may do more here than look."""
    here = screen_here()
    return here is not None and here.may_change(member.role)


def own_voice(stems: str) -> str:
    """These clips, those that staff have recorded in their own voice replaced by it: stems between spaces."""
    return " ".join(speech.in_own_voice(box().database, stems.split(), speech.language_of(lang())))


def speak(*words: str, then: str = "") -> str:
    """For `data-speak`: the stems of the clips that say these words, between spaces; those of `then` follow.

    Empty where nothing says the first, a name: the writing stands alone. What else has no clip is left out.
    """
    name, *more = (str(one) for one in words)
    database, language = box().database, speech.language_of(lang())
    first = speech.said(database, name, language)
    if not first:
        return ""
    others = (stem for one in more for stem in speech.said(database, one, language))
    return " ".join((*first, *others, *then.split()))


def volume_now() -> int:
    """How loud station and board are by the centre's rules at this hour, percent."""
    local = box().centre.local(box().now())
    return box().settings.volume_at(local.time())


HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
    # a page belongs to the person before it: "back" must ask again, and nothing lies in a cache
    "Cache-Control": "no-store",
}
"""Of every answer that has no other of the name."""


def _with_headers(response: Response) -> Response:
    # on every answer: whatever a page polls with, it learns that it is older than the server
    response.headers.add("X-Build", current_app.extensions["build"])
    own = {name.lower() for name, _ in response.headers}
    # added, not set: setting looks through all the others, 0.03 ms of every answer
    for name, value in HEADERS.items():
        if name.lower() not in own:
            response.headers.add(name, value)
    return response


@lru_cache(maxsize=256)
def icon(name: str) -> Markup:
    """An icon of the vendored set as inline SVG, hidden from screen readers. Raises KeyError."""
    path = folder_beside("static") / "vendor" / "icons" / f"{name}.svg"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not path.is_file():
        raise KeyError(f"no icon is called {name!r}; package.json names the set")
    drawing = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL).strip()
    inner = drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")]
    return Markup(  # noqa: S704 - our own vendored file
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor"'
        ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">'
        f"{' '.join(inner.split())}</svg>"
    )


def qr_svg(text: str, label: str) -> Markup:
    """`text` as an inline SVG QR code (level Q) on white, with its quiet zone; `label` for screen readers."""
    rows = matrix(text)
    side = len(rows) + 2 * QUIET
    dark = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, is_dark in enumerate(row)
        if is_dark
    )
    return Markup(  # noqa: S704 - digits only, and the label escaped
        f'<svg class="qr" role="img" aria-label="{escape(label)}" viewBox="0 0 {side} {side}"'
        f' shape-rendering="crispEdges"><rect width="{side}" height="{side}" fill="#fff"/>'
        f'<path d="{dark}"/></svg>'
    )


def say(sentence: str, **facts: Any) -> str:
    """A marked sentence in the visitor's language."""
    words = _source_or_catalogue(sentence)
    return words % facts if facts else words


def meant(words: str, known: Iterable[str]) -> Own:
    """What staff have pressed or typed: a `known` sentence with its English, other words without."""
    with force_locale("en"):
        ours = [Own(sentence, str(gettext(sentence))) for sentence in known]
    return next((one for one in ours if words in (one.zh, one.en)), Own(words))


def _source_or_catalogue(sentence: str) -> str:
    # the source is Chinese: looking for its catalogue five times a page was 6 % of a phone's answer
    return sentence if lang() == "zh" else _english(sentence)


@lru_cache(maxsize=8192)
def _english(sentence: str) -> str:
    """What the catalogue says, which is read once: to find it anew was a seventh of an English page."""
    return str(gettext(sentence))


@pass_context
def _in_template(context: Context, sentence: str, **facts: Any) -> Markup:
    """What Jinja's own `_` gives, without its two calls in between: 0.7 ms of a counter's page of 10.

    The page knows its language; to ask the visitor's cookie for each sentence was 3 % of a station's page.
    """
    is_source = context.resolve_or_missing("lang") == "zh" or lang() == "zh"
    words = _marked_up(sentence if is_source else _english(sentence))
    return words % facts if "%" in words else words


@lru_cache(maxsize=8192)
def _marked_up(words: str) -> Markup:
    return Markup(words)  # noqa: S704 - ours, and its facts are escaped above


def _in_template_counted(one: str, many: str, count: int) -> str:
    return str(ngettext(one, many, count))


def typed(text: str) -> str:
    """What somebody typed, without what no key makes: control signs would reach paper and database."""
    return "".join(sign for sign in text if people.is_written(sign)).strip()


def new_tap() -> str:
    """A fresh name for one press of one button."""
    return secrets.token_hex(12)
