"""The visitor's cookie: Flask's own, but checked once, not at every tap that a station sends it with.

And what is true of every cookie: behind https it goes over https alone, to this very host.
"""

from datetime import UTC, datetime
from functools import cache, lru_cache
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Request, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from kiosk.clock import is_within

HOST_ONLY = "__Host-"
"""Begins a cookie that browsers take over https alone, for one host: no neighbour can plant it."""

BY_HTTPS = "linli.by_https"
"""Where the WSGI environment keeps whether a request came by https."""

RUNS_ON = "runs_on"
"""Whether at this browser a result calls the next too, as ticked last; it stays at the log-out."""

KEPT = 128
"""Cookies remembered, 1 KB each: a hall has twenty visitors, and each choice of theirs makes a new one."""


LONGEST_LIST = 4
"""Sentences that wait for the next page, or what a visitor has switched on (page.Comfort has four)."""


class Cookies(SecureCookieSessionInterface):
    """Reads a cookie as Flask does; a signature that was good is good until it is too old.

    Building the signer, checking and unpacking took 0.1 ms of every answer, a tenth of a ticket.
    """

    def __init__(self) -> None:
        self.get_signing_serializer = cache(super().get_signing_serializer)  # type: ignore[method-assign]
        self._checked = lru_cache(KEPT)(_checked)

    def get_cookie_name(self, app: Flask) -> str:
        """What it is called on the way it came."""
        return cookie_name(super().get_cookie_name(app))

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether it may go over https alone."""
        return is_https()

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """What the visitor has chosen, and who is logged in; empty when it is not ours or too old."""
        request.environ[BY_HTTPS] = _came_by_https(app, request)
        cookie, signer = request.cookies.get(self.get_cookie_name(app)), self.get_signing_serializer(app)
        if not cookie or signer is None:
            return self.session_class()
        try:
            chosen, signed_at = self._checked(signer, cookie)
        except BadSignature:
            return self.session_class()
        # one from the future was signed while the clock was wrong: it would hold until then
        is_good = is_within(signed_at, datetime.now(UTC), app.permanent_session_lifetime)
        return self.session_class(_own(chosen)) if is_good else self.session_class()


def _own(chosen: dict[str, Any]) -> dict[str, Any]:
    """A copy for one request: what is remembered belongs to every request that sends the cookie again.

    Of a list the end alone: what is to be told on the next page adds up where no page is asked for.
    """
    return {
        name: value[-LONGEST_LIST:] if isinstance(value, list) else value.copy() if isinstance(value, dict)
        else value for name, value in chosen.items()
    }  # fmt: skip


def _checked(signer: URLSafeTimedSerializer, cookie: str) -> tuple[dict[str, Any], datetime]:
    chosen, signed_at = signer.loads(cookie, return_timestamp=True)
    return chosen, signed_at


def is_https() -> bool:
    """Whether the browser that asks came by https, as it was found when its session was opened."""
    return bool(request.environ[BY_HTTPS])


def cookie_name(name: str) -> str:
    """What the cookie `name` is called on the way that this request came."""
    return HOST_ONLY + name if is_https() else name


def sent_cookie(name: str, *, or_plain: bool = False) -> str:
    """What the browser sent as `name`; with `or_plain` also what it was given before it came by https."""
    if "HTTP_COOKIE" not in request.environ:
        return ""  # a thousand phones have none
    sent = request.cookies
    return sent.get(cookie_name(name)) or (sent.get(name, "") if or_plain else "")


def give_cookie(response: Response, name: str, value: str, longest_s: int) -> None:
    """Have the browser keep `value` for `longest_s` seconds, out of reach of scripts and other sites."""
    response.set_cookie(
        cookie_name(name), value, longest_s, secure=is_https(), httponly=True, samesite="Strict", path="/"
    )


def take_cookie(response: Response, name: str) -> None:
    """Have the browser forget the cookie `name`."""
    give_cookie(response, name, "", 0)


def _came_by_https(app: Flask, request: Request) -> bool:
    """As the proxy tells or the setting says.

    A browser on the box itself asks without the proxy, by plain http: it must have its cookies too.
    """
    is_always = bool(app.config["SESSION_COOKIE_SECURE"])
    return request.is_secure or (is_always and not _is_this_machine(request))


def _is_this_machine(request: Request) -> bool:
    # not request.host: one that is no name of ours is refused later, with a page
    try:
        name = urlsplit(f"//{request.environ.get('HTTP_HOST', '')}").hostname or ""
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False
