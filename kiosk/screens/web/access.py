"""Who may ask: our own pages only, staff where staff is needed."""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from msgspec.structs import replace
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from kiosk import staff
from kiosk.asked import Asked
from kiosk.database import Tx, cannot_keep
from kiosk.screens.web.page import box, lang
from kiosk.screens.web.screen import place_back, screen_here
from kiosk.screens.web.session import give_cookie, sent_cookie, take_cookie
from kiosk.sharing import IS_BOX

SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
STAFF_COOKIE = "linli_staff"
OWN_PASSWORD = "accounts.own_password.form"  # noqa: S105 - the page where one is chosen
View = Callable[..., Any]


def install_access(app: Flask) -> None:
    """Refuse what another site's page sent, before anything reads the form."""
    app.before_request(_know_staff)  # first: who is refused is shown the frame that is theirs
    app.before_request(_refuse_foreign)
    app.before_request(_let_in)


def _refuse_foreign() -> None:
    asked = request.environ
    if asked["REQUEST_METHOD"] not in SAFE and not is_ours(
        asked.get("HTTP_SEC_FETCH_SITE"), asked.get("HTTP_ORIGIN"), request.host
    ):
        abort(403)


def is_ours(fetch_site: str | None, origin: str | None, host: str) -> bool:
    """Whether a request that changes something came from one of our own pages.

    Browsers send Sec-Fetch-Site on https and localhost, and Origin everywhere; on a plain-http LAN only
    Origin. One of the two is required, and none may speak of another site.
    """
    if fetch_site is None and origin is None:
        return False
    return fetch_site in (None, "same-origin") and (origin is None or origin.partition("://")[2] == host)


def is_the_box() -> bool:
    """Whether a browser on the box itself asks: not a proxy there that speaks for somebody else.

    `request.remote_addr` is the client's true address, as far as a proxy can be believed.
    """
    return bool(request.environ.get(IS_BOX))


def is_stranger() -> bool:
    """Whether neither an enrolled device nor staff were seen lately where this request comes from."""
    return not is_the_box() and (request.remote_addr or "") not in box().favoured


def _know_staff() -> None:
    known, token = None, _token()
    if token and request.endpoint != "static":  # a file is the same for everybody
        with box().database.read() as tx:
            known = staff.session_of(tx, token, box().now())
    g.staff_session, g.staff = known, known.staff if known else None
    if known is not None:
        box().favoured.note(request.remote_addr or "")


def log_in_here(staff_id: int, response: Response, first: Callable[[Tx], None]) -> Response:
    """Give this browser a session of its own; the one that it had is over, whoever had planted it.

    `first` is done in the same transaction: no password is changed between its being right and the session.
    """
    now = box().now()
    with box().database.write() as tx:
        first(tx)
        if _token():
            staff.end_session(tx, _token(), staff.Ended.AGAIN, now)
        token = staff.begin_session(tx, staff_id, request.remote_addr or "", now)
    give_cookie(response, STAFF_COOKIE, token, int(staff.LONGEST.total_seconds()))
    return response


def log_out_here(response: Response) -> Response:
    """End the session of this browser: a copy of its cookie opens nothing either."""
    if _token():
        with box().database.write() as tx:
            staff.end_session(tx, _token(), staff.Ended.LOG_OUT, box().now())
    take_cookie(response, STAFF_COOKIE)
    return response


def _token() -> str:
    return sent_cookie(STAFF_COOKIE)


def _let_in() -> Response | None:
    """Only staff whom the screen is for; others are sent to the log-in. Raises staff.NotAllowed."""
    here = screen_here()
    if here is None or not here.roles:
        return None
    if g.staff is None:
        return _log_in_first()
    is_allowed = here.is_for if request.method in SAFE else here.may_change
    if not is_allowed(g.staff.role):
        raise staff.NotAllowed
    _note_use()
    return redirect(url_for(OWN_PASSWORD), 303) if g.staff.has_given_password and not here.is_own else None


def _note_use() -> None:
    """Note that somebody is here. A page that asks by itself, all evening, tells nothing."""
    now = box().now()
    if _is_poll() or not g.staff_session.is_to_note(now):
        return
    try:
        with box().database.write() as tx:
            staff.note_use(tx, g.staff_session, now)
    except Exception as fault:  # on a full disk staff still see their pages, which say so
        if not cannot_keep(fault):
            raise


def _is_poll() -> bool:
    return request.method in SAFE and "HX-Request" in request.headers


def needs(*roles: staff.Role) -> Callable[[View], View]:
    """A view of a staff screen for fewer roles than the screen; an admin may do everything."""

    def guarded(view: View) -> View:
        @wraps(view)
        def asked(*args: Any, **kwargs: Any) -> Any:
            if g.staff.role not in (*roles, staff.Role.ADMIN):
                raise staff.NotAllowed
            return view(*args, **kwargs)

        return asked

    return guarded


def _log_in_first() -> Response:
    if _is_poll():  # no log-in within a page: the page loads itself anew and is led there
        return Response(status=204, headers={"HX-Refresh": "true"})
    came_from = request.full_path if request.method in SAFE else url_for(place_back(None).endpoint)
    return redirect(url_for("accounts.login.log_in", next=came_from), 303)


def station_name() -> str:
    """The terminal's own random name, kept in its cookie: the guard time asks who tapped."""
    if "station" not in session:
        session["station"] = secrets.token_hex(8)
        session.permanent = True
    return str(session["station"])


def asked() -> Asked:
    """The staff member who is logged in, now."""
    return Asked(box().now(), g.staff.id, lang=lang())


def asked_here() -> Asked:
    """The same at this desk: a scanner held over a code is known by its terminal."""
    return replace(asked(), station=station_name())


def asked_by_resident() -> Asked:
    """Whoever stands at this station, also where staff are logged in."""
    return Asked(box().now(), station=station_name(), lang=lang())


def page_before() -> str:
    """The page of ours that a form was on, as the browser tells it; "" where there is none to go back to."""
    try:
        came = urlsplit(request.referrer or "")
        current_app.url_map.bind("").match(came.path, method="GET")
    except (ValueError, HTTPException):  # "http://[" is none; the answer to a form, nobody can open again
        return ""
    if came.netloc != request.host:
        return ""
    return path_of_ours(f"{came.path}?{came.query}" if came.query else came.path, "")


def path_of_ours(address: str, otherwise: str) -> str:
    """`address` when it is a path on this box, else `otherwise`: a form never sends a visitor elsewhere."""
    is_path = address.startswith("/") and not address.startswith("//") and "\\" not in address
    return address if is_path and address.isprintable() else otherwise
