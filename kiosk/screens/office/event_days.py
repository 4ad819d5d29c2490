"""One day of an event: how many came, its places, and at a meeting the points that were raised."""

from flask import render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk import checkin, events, kinds, staff
from kiosk.screens.web.access import asked
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import Draft, done, tap, text, whole_or_none
from kiosk.screens.web.labels import CONCERN_STATES
from kiosk.screens.web.page import box, lang, new_tap, say
from kiosk.screens.web.screen import staffed
from kiosk.words import Malformed, Refusal, mark

screen = staffed(
    __name__,
    staff.Role.DESK,
    staff.Role.MANAGER,
    menu=None,
    under="office.events",
    url_prefix="/admin/events/days",
)

Answer = AnyResponse | tuple[str, int]


class BadPlaces(Malformed):
    """Places that are no number."""

    sentence = mark("名额请填1到10000的整数，不限就空着。")


@screen.get("/<int:day_id>")
def day(day_id: int) -> str:
    """The day as it stands."""
    return _page(day_id)


@screen.post("/<int:day_id>/places")
def set_places(day_id: int) -> Answer:
    """Change the places of this day alone; who is in stays in."""
    try:
        places = whole_or_none("capacity")
        with box().database.write() as tx:
            events.set_capacity(tx, asked(), day_id, places)
    except (Malformed, events.BadEvent):
        typed = Draft({"capacity": text("capacity")}, {"capacity": words_of(BadPlaces())})
        return _page(day_id, places=typed), 400
    return _back_to(day_id, say(mark("名额改好了。")))


@screen.post("/<int:day_id>/points")
def raise_point(day_id: int) -> Answer:
    """Write down what somebody raised, in their own words."""
    tapped = tap()
    try:
        with box().database.write() as tx:
            events.raise_meeting_point(tx, asked(), day_id, text("text"), text("raised_by"), tap=tapped)
    except events.EmptyMeetingPoint as refusal:
        return _page(day_id, refusal), status_of(refusal)
    return _back_to(day_id, say(mark("记下了。")))


@screen.post("/<int:day_id>/points/<int:point_id>/concern")
def take_in(day_id: int, point_id: int) -> Answer:
    """Make a concern of a point: pressed twice it is the same one. Raises UnknownPoint."""
    with box().database.write() as tx:
        taken = kinds.take_point_in(tx, box().centre, asked(), day_id, point_id)
    return _back_to(day_id, say(mark("记下了，号是%(number)s，小票在打。"), number=taken.number))


def _page(day_id: int, refusal: Refusal | None = None, places: Draft | None = None) -> str:
    with box().database.read() as tx:
        held = events.day_of(tx, day_id, lang())
        points = events.meeting_points(tx, day_id)
        return render_template(
            "office/event_days/event_day.html",
            day=held,
            when=events.when_text(box().centre, held, lang()),
            counts=checkin.counts(tx, day_id),
            expected=checkin.expected(tx, [day_id]) if held.cancelled else (),
            points=points,
            made=kinds.made_from_points(tx, [one.id for one in points]),
            last_time=kinds.points_of_last_time(tx, day_id),
            states=CONCERN_STATES,
            places=places,
            is_meeting=held.kind == events.EventKind.MEETING,
            problem=words_of(refusal) if refusal else "",
            typed_text=request.form.get("text", "") if refusal else "",
            tap=new_tap(),
        )


def _back_to(day_id: int, words: str) -> AnyResponse:
    return done(words, ".day", day_id=day_id)
