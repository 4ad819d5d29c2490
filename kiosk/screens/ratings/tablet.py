"""The tablet at a window: idle until a visit is finished there, then a minute for one of five faces."""

from flask import Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk import ratings, services
from kiosk.asked import Asked
from kiosk.database import Tx
from kiosk.devices import Kind, NotEnrolled
from kiosk.ratings import Said, Source, Stand
from kiosk.screens.ratings.callback import LENGTHS, contact_left, digits_so_far, step_asked
from kiosk.screens.web.devices import is_device
from kiosk.screens.web.forms import whole
from kiosk.screens.web.labels import GRADE_WORDS, chips_in_words
from kiosk.screens.web.page import box, lang
from kiosk.screens.web.polling import mark_of, version_seen
from kiosk.screens.web.screen import Frame, public

screen = public(__name__, Frame.PHONE)

SAID = {
    Stand.IDLE: "rate_idle",
    Stand.ASKING: "rate_ask",
    Stand.WHY: "rate_why",
    Stand.THANKED: "rate_thanks",
}
"""The sentence (kiosk.speech) of what the tablet does."""


@screen.get("/rate")
def choose() -> str:
    """At which window the tablet stands: a link for each. Raises NotEnrolled."""
    _need_tablet()
    with box().database.read() as tx:
        numbers = [one.number for one in services.counters(tx, lang())]
    return render_template("ratings/tablet/choose.html", numbers=numbers)


@screen.get("/counter/<int:number>/rate")
def tablet(number: int) -> str:
    """The page, for as long as the tablet hangs there. Raises NotEnrolled for any other machine."""
    _need_tablet()
    with box().database.read() as tx:
        if not any(one.number == number for one in services.counters(tx, lang())):
            raise services.UnknownCounter
        return render_template("ratings/tablet/tablet.html", **_shown(tx, number))


@screen.get("/counter/<int:number>/rate/now")
def now(number: int) -> Response:
    """What it asks when it is other than `v`, else 204."""
    _need_tablet()
    with box().database.read() as tx:
        shown = _shown(tx, number)
        if version_seen() == shown["v"]:
            return Response(status=204)
        return make_response(render_template("ratings/tablet/now.html", **shown))


@screen.post("/counter/<int:number>/rating")
def rate(number: int) -> AnyResponse:
    """A face. Raises NotEnrolled, NotByStaff, NothingToRate, AlreadyRated."""
    _need_tablet()
    grade = ratings.Grade(whole("grade", 5, 1))
    said = Said(tuple(request.form.getlist("criteria")))
    with box().database.write() as tx:
        asking = ratings.asked_at(tx, number, box().now())
        if asking.given is not None:
            raise ratings.AlreadyRated
        if asking.visit is None:
            raise ratings.NothingToRate
        face = ratings.Face(grade, Source.TABLET, said)
        ratings.rate(tx, box().centre, Asked(box().now()), asking.visit, face)
    return redirect(url_for(".tablet", number=number), 303)


@screen.post("/counter/<int:number>/rating/criteria")
def say_why(number: int) -> AnyResponse:
    """Chips beside the face that was just pressed; none means that nothing is to be said."""
    _need_tablet()
    with box().database.write() as tx:
        asking = ratings.asked_at(tx, number, box().now())
        if asking.visit is None or asking.given is None:
            raise ratings.NothingToRate
        said = Said(tuple(request.form.getlist("criteria")))
        ratings.say_more(tx, box().centre, Asked(box().now()), asking.visit.ticket_id, said)
        can_leave = ratings.can_leave_phone(tx, asking.visit.ticket_id)
    if can_leave:
        return redirect(url_for(".callback", number=number, of=asking.given.id), 303)
    return redirect(url_for(".tablet", number=number), 303)


@screen.get("/counter/<int:number>/rate/callback")
def callback(number: int) -> str | AnyResponse:
    """After a bad face `of`: whether to be called back, and the pad for it; over, it goes on to the tablet.

    It says nothing aloud: who sits at the window would hear what was pressed.
    """
    _need_tablet()
    step = step_asked()
    with box().database.read() as tx:
        try:
            visit = ratings.rated_at(tx, number, whole("of", fields=request.args), box().now())
        except ratings.NothingToRate:
            return redirect(url_for(".tablet", number=number), 303)
        can_leave = ratings.can_leave_phone(tx, visit.ticket_id)
    return render_template(
        "ratings/tablet/callback.html",
        number=number,
        of=whole("of", fields=request.args),
        step=step,
        most=LENGTHS.get(step, 0),
        digits=digits_so_far(step),
        left="" if can_leave else request.args.get("left", "tail"),
    )


@screen.post("/counter/<int:number>/rating/callback")
def leave_contact(number: int) -> AnyResponse:
    """A number beside the bad face `of`. Raises NothingToRate, BadContact, PhoneLeftAlready, NotByStaff."""
    _need_tablet()
    of, contact = whole("of"), contact_left()
    with box().database.write() as tx:
        visit = ratings.rated_at(tx, number, of, box().now())
        ratings.leave_contact(tx, box().centre, Asked(box().now()), visit.ticket_id, contact)
    left = "phone" if contact.phone else "tail"
    return redirect(url_for(".callback", number=number, of=of, left=left), 303)


def _need_tablet() -> None:
    """Nobody but an enrolled tablet, and no browser in which staff are logged in, as a clerk's is."""
    if not is_device(Kind.RATING):
        raise NotEnrolled
    if g.staff is not None and request.method == "POST":
        raise ratings.NotByStaff


def _shown(tx: Tx, number: int) -> dict[str, object]:
    asking = ratings.asked_at(tx, number, box().now())
    chips = ratings.chips_for(asking.given.grade) if asking.stand == Stand.WHY and asking.given else ()
    return {
        "number": number,
        "asking": asking,
        "said": SAID[asking.stand],
        "grades": GRADE_WORDS,
        "chips": chips_in_words(chips),
        "v": mark_of(asking),
    }
