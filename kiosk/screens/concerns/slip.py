"""A receipt that was scanned at the station: the same page, in the frame of the touchscreen."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.concerns import Solved
from kiosk.database import Tx
from kiosk.ratings import Source
from kiosk.screens.concerns.receipt import done_words, rate, say_more, say_solved, shown_of, take_back
from kiosk.screens.web.devices import need_visit
from kiosk.screens.web.labels import GRADE_WORDS
from kiosk.screens.web.page import box
from kiosk.screens.web.screen import station

screen = station(__name__)


@screen.get("/concerns/slip/<token>")
def page(token: str) -> str:
    """Where the concern stands."""
    need_visit()
    with box().database.read() as tx:
        return _page(tx, token)


def _page(tx: Tx, token: str) -> str:
    shown = shown_of(tx, token)
    has_just_said = request.args.get("done") in tuple(Solved)
    return render_template(
        "concerns/slip/slip.html",
        shown=shown,
        done=done_words(),
        grades=GRADE_WORDS,
        asks_how=has_just_said and shown.may_rate and not shown.may_answer,
    )


@screen.post("/concerns/slip/<token>/answer")
def answer(token: str) -> AnyResponse:
    """解决了, 一半, 没有."""
    need_visit()
    return redirect(url_for(".page", token=token, done=say_solved(token)), 303)


@screen.post("/concerns/slip/<token>/more")
def more(token: str) -> AnyResponse:
    """There is more to say: somebody gets in touch."""
    need_visit()
    return redirect(url_for(".page", token=token, done=say_more(token)), 303)


@screen.post("/concerns/slip/<token>/rating")
def rating(token: str) -> AnyResponse:
    """A face for the answer."""
    need_visit()
    return redirect(url_for(".page", token=token, done=rate(token, Source.STATION)), 303)


@screen.get("/concerns/slip/<token>/withdraw")
def ask_withdraw(token: str) -> str:
    """Whether it is really to be taken back."""
    need_visit()
    with box().database.read() as tx:
        return render_template("concerns/slip/sure.html", shown=shown_of(tx, token))


@screen.post("/concerns/slip/<token>/withdraw")
def withdraw(token: str) -> AnyResponse:
    """撤回."""
    need_visit()
    return redirect(url_for(".page", token=token, done=take_back(token)), 303)
