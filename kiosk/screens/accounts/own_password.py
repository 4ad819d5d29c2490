"""Everybody's own password: the page where it is chosen, and where a given one must be."""

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk import staff
from kiosk.database import Tx
from kiosk.screens.web.access import asked, is_stranger, is_the_box, log_in_here, log_out_here
from kiosk.screens.web.errors import note_wait, status_of, words_of
from kiosk.screens.web.forms import Draft
from kiosk.screens.web.page import box, say, work_address
from kiosk.screens.web.screen import MenuEntry, MenuGroup, staffed
from kiosk.words import Refusal, mark

screen = staffed(
    __name__,
    *staff.Role,
    menu=MenuEntry(mark("我的密码"), mark("回到我的密码"), "key-round", "form", 90, MenuGroup.MANAGE),
)
screen.is_own = True

Answer = Response | tuple[str, int]


class NotTwice(Refusal):
    """What was typed the second time is something else."""

    sentence = mark("两次写的不一样，请再写一次。")


@screen.get("/password")
def form() -> str:
    """The form; it says so when the password is a given one."""
    return _form(Draft({}))


@screen.post("/password")
def choose() -> Answer:
    """Put a new password in the place of the old one, whose other sessions end."""
    try:
        attempt, password = _chosen()

        def put(tx: Tx) -> None:
            staff.note_success(tx, attempt)
            staff.set_password(tx, asked(), g.staff.id, password)

        answer = log_in_here(g.staff.id, redirect(work_address(g.staff.role), 303), put)
    except Refusal as refusal:
        note_wait(refusal)
        status = 403 if isinstance(refusal, staff.WrongPassword) else status_of(refusal)
        return _form(Draft({}, {_field(refusal): words_of(refusal)})), status
    flash(say(mark("密码改好了。别处的登录都退出了。")), "ok")
    return answer


@screen.post("/password/log-out-everywhere")
def log_out_everywhere() -> Response:
    """End all sessions of one's own, this one too."""
    with box().database.write() as tx:
        staff.log_out_everywhere(tx, asked(), g.staff.id)
    return log_out_here(redirect(url_for("accounts.login.log_in"), 303))


def _chosen() -> tuple[staff.Attempt, staff.Password]:
    old, new = request.form.get("old", ""), request.form.get("new", "")
    if new != request.form.get("again", ""):
        raise NotTwice
    if new == old:
        raise staff.PasswordUnchanged
    with staff.turn(is_stranger=is_stranger()):
        with box().database.write() as tx:
            here, now = request.remote_addr or "", box().now()
            attempt = staff.begin_attempt(tx, g.staff.name, here, now, is_box=is_the_box())
        staff.check_password(attempt, old)
        with box().database.write() as tx:
            staff.note_success(tx, attempt)
    # a choice made to be hard to judge takes seconds, in which others log in
    staff.check_choice(new, (g.staff.name, box().centre.name("zh"), box().centre.name("en")))
    with staff.turn(is_stranger=is_stranger()):
        return attempt, staff.hashed(new)


def _field(refusal: Refusal) -> str:
    """Beside which field it is said."""
    if isinstance(refusal, staff.WrongPassword | staff.AskAgain):
        return "old"
    return "again" if isinstance(refusal, NotTwice) else "new"


def _form(draft: Draft) -> str:
    return render_template(
        "accounts/own_password/form.html",
        draft=draft,
        is_given=g.staff.has_given_password,
        least=staff.SHORTEST_PASSWORD,
    )
