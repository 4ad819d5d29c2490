"""A receipt that was scanned at the station: the same page, in the frame of the touchscreen."""

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk import concerns
from kiosk.concerns import Solved
from kiosk.database import Tx
from kiosk.ratings import Source
from kiosk.screens.concerns import drafts
from kiosk.screens.concerns.receipt import (
    done_words,
    has_phone,
    rate,
    say_more,
    say_solved,
    shown_of,
    take_back,
)
from kiosk.screens.concerns.spoken import ink_page, take_ink, take_voice, voice_page
from kiosk.screens.web.devices import need_visit
from kiosk.screens.web.labels import GRADE_WORDS
from kiosk.screens.web.page import box
from kiosk.screens.web.screen import station

screen = station(__name__)


@screen.get("/concerns/slip/<token>")
def page(token: str) -> str:
    """Where the concern stands."""
    need_visit()
    drafts.drop()
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


@screen.get("/concerns/slip/<token>/more")
def ask_more(token: str) -> str:
    """How she wants to say more: aloud, in writing, or to whoever has it, on the telephone."""
    need_visit()
    kept = drafts.kinds(token)
    with box().database.read() as tx:
        shown = shown_of(tx, token)
        reach = has_phone(tx, token)
    return render_template("concerns/slip/more.html", shown=shown, kept=kept, has_phone=reach)


def _check_receipt(token: str) -> None:
    """Raise, before anything is said or written, what `concern_in` does for a code that is no receipt's."""
    need_visit()
    with box().database.read() as tx:
        concerns.concern_in(tx, box().centre, token)


@screen.get("/concerns/slip/<token>/voice")
def voice(token: str) -> Response:
    """Say it."""
    _check_receipt(token)
    back = url_for(".ask_more", token=token)
    return voice_page(url_for(".keep_voice", token=token), back, about=token, back=back)


@screen.post("/concerns/slip/<token>/voice")
def keep_voice(token: str) -> AnyResponse:
    """Keep what was said until it is sent. Raises BadVoice."""
    _check_receipt(token)
    take_voice(token)
    return redirect(url_for(".ask_more", token=token), 303)


@screen.get("/concerns/slip/<token>/ink")
def ink(token: str) -> str:
    """Write it."""
    _check_receipt(token)
    return ink_page(url_for(".keep_ink", token=token), about=token, back=url_for(".ask_more", token=token))


@screen.post("/concerns/slip/<token>/ink")
def keep_ink(token: str) -> AnyResponse:
    """Keep what was written until it is sent. Raises BadInk."""
    _check_receipt(token)
    take_ink(token)
    return redirect(url_for(".ask_more", token=token), 303)


@screen.post("/concerns/slip/<token>/more")
def more(token: str) -> AnyResponse:
    """There is more to say: what she said or wrote, or else somebody gets in touch."""
    need_visit()
    files = [one for kind in drafts.KINDS if (one := drafts.kept(kind, token)) is not None]
    done = say_more(token, files)
    drafts.drop()
    return redirect(url_for(".page", token=token, done=done), 303)


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
