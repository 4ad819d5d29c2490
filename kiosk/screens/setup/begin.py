"""The first page of a new centre: until it has an administrator, every other page leads here."""

import logging

from flask import g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from kiosk import concerns, setup, staff, tickets
from kiosk.asked import Asked
from kiosk.database import Tx
from kiosk.screens.setup._steps import STEP_WORDS, first_open
from kiosk.screens.web.access import is_stranger, log_in_here
from kiosk.screens.web.devices import is_box_itself
from kiosk.screens.web.errors import note_wait, status_of, words_of
from kiosk.screens.web.forms import Draft, text
from kiosk.screens.web.page import box, lang
from kiosk.screens.web.screen import Frame, Screen
from kiosk.words import Refusal

log = logging.getLogger(__name__)

screen = Screen(__name__, Frame.STAFF)

GIVEN = "setup"
"""Where the visit keeps that this browser has given the code."""

ALWAYS = ("setup.begin.", "public.health.", "station.visit.language", "static")
"""What a centre without an administrator answers; everything else leads to the first page."""

Answer = Response | str | tuple[str, int]


@screen.before_app_request
def lead() -> Response | None:
    """Lead every page of a centre that has no administrator to the first one."""
    if not _is_new() or (request.endpoint or "").startswith(ALWAYS):
        return None
    if "HX-Request" in request.headers:  # no page within a page
        return Response(status=204, headers={"HX-Refresh": "true"})
    return redirect(url_for("setup.begin.begin"), 303)


def _is_new() -> bool:
    return not box().settings.is_demo and not setup.is_begun(box().database)


@screen.get("/setup")
def begin() -> Answer:
    """The code, then the administrator; afterwards the list of steps, for administrators."""
    if _is_new():
        return _admin_form() if _has_given_code() else _code_form()
    if g.staff is None:
        return redirect(url_for("accounts.login.log_in", next=url_for(".begin")), 303)
    if g.staff.role != staff.Role.ADMIN:
        raise staff.NotAllowed
    with box().database.read() as tx:
        done, takers = setup.done_steps(tx), concerns.takers(tx)
        lacks = {"priorities": not tickets.every_priority(tx), "places": not concerns.place_plans(tx)}
    return render_template(
        "setup/begin/steps.html",
        steps=STEP_WORDS,
        done=done,
        next_step=first_open(done),
        step=None,
        takers=takers,
        lacks=lacks,
    )


@screen.post("/setup/code")
def give_code() -> Answer:
    """Six digits that stand on the console and on the screen of the box."""
    _refuse_begun()
    try:
        session[GIVEN] = setup.code_of(box().database).check(request.form.get("code", "")[:20])
    except Refusal as refusal:
        log.warning("a wrong setup code from %s", request.remote_addr)
        return _code_form(words_of(refusal)), status_of(refusal)
    return redirect(url_for(".begin"), 303)


@screen.post("/setup/new-code")
def new_code() -> Response:
    """Another code in the place of one that was tried too often; at the box alone."""
    _refuse_begun()
    if not is_box_itself():
        raise setup.NotAtTheBox
    code = setup.code_of(box().database)
    code.renew()
    log.warning("setup code: %s", code.shown)
    return redirect(url_for(".begin"), 303)


@screen.post("/setup/admin")
def make_admin() -> Answer:
    """Open the first account, and log it in here."""
    _refuse_begun()
    if not _has_given_code():
        return redirect(url_for(".begin"), 303)
    name, password = text("name"), request.form.get("password", "")
    draft = Draft({"name": name, "password": password})
    if not staff.is_a_name(name):
        draft = draft.with_faults({"name": words_of(staff.NameUnfit(most=staff.LONGEST_NAME))})
    try:
        staff.check_choice(password, (name, box().centre.name("zh"), box().centre.name("en")))
        staff_id = 0 if draft.faults else _made_admin(name, password)
    except Refusal as refusal:
        note_wait(refusal)
        is_name = isinstance(refusal, staff.NameTaken)
        wrong = draft.with_faults({"name" if is_name else "password": words_of(refusal)})
        return _admin_form(wrong), status_of(refusal)
    if draft.faults:
        return _admin_form(draft), 409
    session.pop(GIVEN, None)
    return log_in_here(staff_id, redirect(url_for(".begin"), 303), _nothing_first)


def _made_admin(name: str, password: str) -> int:
    with staff.turn(is_stranger=is_stranger()):
        kept = staff.hashed(password)
    with box().database.write() as tx:
        return setup.make_admin(tx, Asked(box().now(), lang=lang()), name, kept)


def _nothing_first(_: Tx) -> None:
    """The account was made just now."""


def _refuse_begun() -> None:
    if not _is_new():
        raise setup.BegunAlready


def _has_given_code() -> bool:
    return session.get(GIVEN) == setup.code_of(box().database).key


def _code_form(fault: str = "") -> str:
    code = setup.code_of(box().database)
    return render_template(
        "setup/begin/code.html",
        fault=fault,
        shown=code.shown if is_box_itself() else "",
        is_spent=code.is_spent,
        is_at_box=is_box_itself(),
        count=setup.CODE_DIGITS,
    )


def _admin_form(draft: Draft | None = None) -> str:
    return render_template(
        "setup/begin/admin.html",
        draft=draft or Draft({"name": "admin", "password": staff.made_password()}),
        least=staff.SHORTEST_PASSWORD,
    )
