"""A long catalogue by the first letter: of the pinyin, in English of the name. Big keys, no keyboard."""

from flask import Response, render_template, request

from kiosk import services
from kiosk.screens.station.choices import page_of, pages, service_choice, width
from kiosk.screens.station.enrol import enrol_page
from kiosk.screens.web.access import station_name
from kiosk.screens.web.devices import may_take
from kiosk.screens.web.forms import page_asked
from kiosk.screens.web.page import box, lang
from kiosk.screens.web.polling import mark_of, renewed, version_seen
from kiosk.screens.web.screen import station
from kiosk.screens.web.ticket_form import shut

screen = station(__name__)

SHORT_NAME = 8
"""Characters of a name that is an example."""

OTHERS = "#"
"""The key of names that begin with a digit or a sign, or whose pinyin nobody knows."""


@screen.get("/letters")
def letters() -> str | Response:
    """The keys; and with `first` the services that begin with it. 204 while they are those of `v`."""
    if not may_take():
        return enrol_page() if version_seen() is None else renewed()
    station_name()
    first, day = request.args.get("first", ""), box().centre.day(box().now())
    with box().database.read() as tx:
        every = [one for one in services.all_services(tx, lang(), day) if _is_at_station(one)]
        listed = tuple(one for one in every if first_letter(one) == first)
        closed = shut(tx, listed)
    if not listed:
        return renewed() if first and version_seen() is not None else _keys(every)
    found = pages(service_choice(one, closed.get(one.code, "")) for one in listed)
    page = page_of(found, page_asked())
    if version_seen() == mark_of(page):
        return Response(status=204)
    return render_template("station/letters/found.html", page=page, first=first, others=OTHERS)


def _keys(every: list[services.Service]) -> str | Response:
    keys = sorted({first_letter(one) for one in every}, key=lambda key: (key == OTHERS, key))
    v = mark_of(keys)
    if version_seen() == v:
        return Response(status=204)
    return render_template("station/letters/keys.html", keys=keys, others=OTHERS, v=v, **_example(every))


def first_letter(service: services.Service) -> str:
    """The key under which a service stands, in the visitor's language."""
    letters = service.name if lang() == "en" else service.initials or services.initials_of(service.name)
    letter = letters[:1].upper()
    return letter if letter.isascii() and letter.isalpha() else OTHERS


def _is_at_station(service: services.Service) -> bool:
    return not service.is_timed and service.for_whom != services.ONLY_STAFF


def _example(every: list[services.Service]) -> dict[str, str]:
    """A service whose name is short enough to be an example of how to look for one, and its letter."""
    found = next(
        (one for one in every if width(one.name) <= SHORT_NAME and first_letter(one) != OTHERS), None
    )
    return {"example": found.name, "example_letter": first_letter(found)} if found else {}
