"""Pleas on the pages of staff: they ring until one goes there; then it is closed, and can be looked up."""

from collections.abc import Callable
from datetime import timedelta

from flask import Response, g, make_response, redirect, render_template, request, url_for
from msgspec import Struct
from werkzeug.wrappers import Response as AnyResponse

from kiosk import pleas, services, staff
from kiosk.asked import Asked
from kiosk.clock import bounds, lasted
from kiosk.database import Tx, cannot_keep
from kiosk.screens.web.access import asked, page_before
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import choice
from kiosk.screens.web.labels import PLEA_WORDS, POST_WORDS, station_words, when
from kiosk.screens.web.page import box, say
from kiosk.screens.web.polling import mark_of, version_seen
from kiosk.screens.web.screen import staffed
from kiosk.words import Refusal, mark

screen = staffed(
    __name__,
    staff.Role.CLERK,
    staff.Role.DESK,
    staff.Role.MANAGER,
    staff.Role.VIEWER,
    menu=None,
    under="hall.overview",
)

OUTCOME_WORDS = {
    pleas.Outcome.SEEN: mark("看过了"),
    pleas.Outcome.NOBODY: mark("没有人，误按"),
    pleas.Outcome.WITHDRAWN: mark("居民说不用了"),
    pleas.Outcome.LAPSED: mark("没有人记下来"),
}
STAND_WORDS = {
    pleas.Stand.RINGING: mark("还没有人去"),
    pleas.Stand.COMING: mark("有人去了"),
    pleas.Stand.CLOSED: mark("处理过了"),
}
LISTED = timedelta(days=7)
"""How far back the list goes."""


class Shown(Struct, frozen=True):
    """A plea in the banner: what, where, whose number, since when; who goes, and whether that is oneself."""

    plea: pleas.Plea
    words: str
    where: str
    since: str
    goes: str
    is_mine: bool

    @property
    def rings(self) -> bool:
        """Whether nobody has said yet that they go."""
        return self.plea.stand == pleas.Stand.RINGING


class Bell(Struct, frozen=True):
    """What a page of staff shows and rings: the pleas, and the one that was just closed here, to open again.

    `fault` is why the last press was refused.
    """

    shown: tuple[Shown, ...] = ()
    undo: pleas.Plea | None = None
    fault: str = ""

    @property
    def v(self) -> int:
        """A number that differs when the banner does."""
        return mark_of((self.shown, self.undo, self.fault))

    @property
    def rings(self) -> str:
        """How it rings: unwell, help, soft (once), or "" when it does not."""
        ringing = [one.plea for one in self.shown if one.rings]
        if any(one.kind == pleas.Kind.UNWELL for one in ringing):
            return "unwell"
        if any(not one.is_quiet for one in ringing):
            return "help"
        return "soft" if ringing else ""


@screen.app_template_global()
def bell_now() -> Bell | None:
    """The bell for the page of staff that is shown; None where nobody is logged in whom it is for."""
    if g.get("staff") is None or not screen.is_for(g.staff.role):
        return None
    if "bell" not in g:  # the frame asks twice
        g.bell = _bell_or_none()
    found: Bell = g.bell
    return found


def _bell_or_none() -> Bell:
    try:
        with box().database.read() as tx:
            return _bell(tx)
    except Exception as fault:  # the page tells by itself that nothing can be read
        if not cannot_keep(fault):
            raise
        return Bell()


def _bell(tx: Tx, fault: str = "") -> Bell:
    found = pleas.cached_open(tx)
    after, _ = bounds(box().now(), pleas.UNDO_FOR)
    undo = pleas.closed_by(tx, g.staff.id, after)
    if undo is not None and any(one.station == undo.station for one in found):
        undo = None
    return Bell(tuple(_shown(tx, one) for one in found), undo, fault)


def _shown(tx: Tx, plea: pleas.Plea) -> Shown:
    is_mine = plea.answered_by == g.staff.id
    local = box().centre.local(plea.asked_at)
    return Shown(
        plea, say(PLEA_WORDS[plea.kind]), station_words(tx, plea), f"{local:%H:%M}", _goes(plea), is_mine
    )


def _goes(plea: pleas.Plea) -> str:
    if plea.stand != pleas.Stand.COMING:
        return ""
    if plea.counter is not None:
        return say(mark("%(number)s号窗口的人去了"), number=plea.counter)
    return say(mark("%(post)s去了"), post=say(POST_WORDS[staff.Role(plea.post)]))


@screen.get("/pleas/bell")
def bell() -> Response:
    """The banner when it is other than `v`, else 204."""
    with box().database.read() as tx:
        present = _bell(tx)
    if version_seen() == present.v:
        return Response(status=204)
    return make_response(render_template("hall/pleas/bell.html", bell=present))


@screen.post("/pleas/<int:plea_id>/answer")
def answer(plea_id: int) -> AnyResponse | tuple[str, int]:
    """我去: one person alone."""
    return _do(lambda tx, who: pleas.answer(tx, who, plea_id, str(g.staff.role), _my_counter(tx)))


@screen.post("/pleas/<int:plea_id>/give-back")
def give_back(plea_id: int) -> AnyResponse | tuple[str, int]:
    """She who said so cannot go: it rings again."""
    return _do(lambda tx, who: pleas.give_back(tx, who, plea_id))


@screen.post("/pleas/<int:plea_id>/close")
def close(plea_id: int) -> AnyResponse | tuple[str, int]:
    """Somebody was there."""
    outcome = choice("outcome", (pleas.Outcome.SEEN, pleas.Outcome.NOBODY))
    return _do(lambda tx, who: pleas.close(tx, who, plea_id, outcome))


@screen.post("/pleas/<int:plea_id>/reopen")
def reopen(plea_id: int) -> AnyResponse | tuple[str, int]:
    """It was closed by mistake."""
    return _do(lambda tx, who: pleas.reopen(tx, who, plea_id))


def _do(act: Callable[[Tx, Asked], None]) -> AnyResponse | tuple[str, int]:
    """Do it; a script gets the banner anew, whoever has none the page that she was on."""
    is_script = "HX-Request" in request.headers
    try:
        with box().database.write() as tx:
            act(tx, asked())
    except Refusal as refusal:
        if not is_script:
            raise
        with box().database.read() as tx:
            return render_template("hall/pleas/bell.html", bell=_bell(tx, words_of(refusal))), status_of(
                refusal
            )
    if not is_script:
        return redirect(page_before() or url_for("hall.overview.hall"), 303)
    with box().database.read() as tx:
        return render_template("hall/pleas/bell.html", bell=_bell(tx)), 200


def _my_counter(tx: Tx) -> int | None:
    return next((one.number for one in services.seats(tx) if one.opened_by == g.staff.id), None)


class Row(Struct, frozen=True):
    """A plea in the list: when, what and where it was, after how many seconds somebody went, and its end."""

    at: str
    words: str
    where: str
    waited_s: int | None
    who: str
    end: str


@screen.get("/pleas")
def every() -> str:
    """The pleas of the last days, and how long people waited."""
    since = box().now() - LISTED
    with box().database.read() as tx:
        names = staff.staff_names(tx)
        rows = tuple(_row(tx, one, names) for one in pleas.pleas_since(tx, since))
    return render_template("hall/pleas/every.html", rows=rows, days=LISTED.days)


def _row(tx: Tx, plea: pleas.Plea, names: dict[int, str]) -> Row:
    waited = lasted(plea.asked_at, plea.answered_at) if plea.answered_at else None
    return Row(
        when(box().centre.local(plea.asked_at)),
        say(PLEA_WORDS[plea.kind]),
        station_words(tx, plea),
        None if waited is None else int(waited.total_seconds()),
        names.get(plea.answered_by or 0, ""),
        say(OUTCOME_WORDS[pleas.Outcome(plea.outcome)]) if plea.outcome else say(STAND_WORDS[plea.stand]),
    )
