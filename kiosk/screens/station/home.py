"""The station's home: what most people come for, the groups, the letters, and whom to ask."""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

from flask import Response, make_response, redirect, render_template, request, url_for
from msgspec.structs import replace
from werkzeug.wrappers import Response as AnyResponse

from kiosk import services, speech, spool, tickets
from kiosk.database import Tx
from kiosk.screens.station.enrol import enrol_page, token_for_first
from kiosk.screens.station.parts.choices import (
    Choice,
    Page,
    at_rest,
    group_choice,
    is_long,
    page_of,
    pages,
    popular_choice,
    service_choice,
    width,
    with_ahead,
)
from kiosk.screens.station.parts.home_now import HomeNow, home_choices, home_now, is_catalogue_large
from kiosk.screens.station.parts.rest import centre_rest, services_page
from kiosk.screens.station.pleas import bell_here
from kiosk.screens.web.access import station_name
from kiosk.screens.web.devices import at_station, give_token, may_take
from kiosk.screens.web.forms import page_asked
from kiosk.screens.web.page import box, lang, new_tap
from kiosk.screens.web.polling import mark_of, renewed, version_seen
from kiosk.screens.web.screen import station
from kiosk.screens.web.ticket_form import shut

screen = station(__name__)

SHORT_NAME = 8
"""Characters of a name that is an example."""

OTHERS = "#"
"""The key of names that begin with a digit or a sign, or whose pinyin nobody knows."""


@screen.get("/")
def home() -> AnyResponse | str:
    """The services most asked for, then groups of services: six choices at most.

    A machine that nobody has let in asks for its code instead.
    """
    if not at_station():
        token = token_for_first()
        if token is not None:
            return give_token(make_response(_home()), token)
        if not may_take():
            return enrol_page()
    return _home()


def _home() -> str:
    station_name()
    with box().database.read() as tx:
        prints = spool.has_printer(tx, box().settings)
        return render_template("station/home/home.html", shown=_shown(tx), prints=prints)


def _shown(tx: Tx) -> HomeNow:
    return replace(home_now(tx), bell=bell_here())


@screen.get("/home/now")
def now() -> Response:
    """What changes on the home page when it shows something else than `v`, else 204.

    A station that was put out, or let in elsewhere, gets the page anew.
    """
    if not may_take():
        return renewed()
    with box().database.read() as tx:
        shown = _shown(tx)
    if version_seen() == shown.v:
        return Response(status=204)
    return make_response(render_template("station/home/polled.html", shown=shown))


@screen.get("/more")
def more() -> AnyResponse | str:
    """The groups that the home page has no room for, or where all have room the home page itself."""
    with box().database.read() as tx:
        _, *others = pages(home_choices(tx, services.groups(tx, lang())))
    if not others:
        return redirect(url_for(".home"), 303) if version_seen() is None else renewed()
    page, rest = page_of(tuple(others), page_asked()), centre_rest()
    if rest is not None:
        page = replace(page, shown=tuple(map(at_rest, page.shown)), rest=rest)
    return _unless_same(page) or render_template("station/home/more.html", page=page)


def _unless_same(page: Page) -> Response | None:
    """What a poll is told instead of the page: 204 while it is that of `v`.

    What stands above the choices is not swapped with them: where that differs, the page is loaded anew.
    """
    v = version_seen()
    if v is None:
        return None
    if v == mark_of(page):
        return Response(status=204)
    return None if request.args.get("rest") == str(mark_of(page.rest)) else renewed()


@screen.get("/ask")
def ask() -> str:
    """For who has not found what she came for: a number for advice, where there is one, or a person."""
    if not may_take():
        return enrol_page()
    station_name()
    now, centre = box().now(), box().centre
    with box().database.read() as tx:
        found = services.advice(tx, centre.settings.advice, lang(), centre.day(now))
        if found is not None and shut(tx, (found,)):
            found = None
        ahead = tickets.ahead_now(tx, centre, found.code, now) if found else 0
        said = " ".join(speech.ahead_clips(ahead, speech.language_of(lang())))
        return render_template(
            "station/home/ask.html", advice=found, ahead=ahead, ahead_said=said, tap=new_tap()
        )


@screen.get("/services", endpoint="services")
def group_page() -> str | Response:
    """One group's services, at a machine that may give a number for one; 204 while they are those of `v`.

    A group that is gone is told by a load of the page.
    """
    if not may_take():
        return enrol_page() if version_seen() is None else renewed()
    day, slug = box().centre.day(box().now()), request.args.get("group", "")
    try:
        with box().database.read() as tx:
            found, listed = services.group_services(tx, slug, lang(), day)
            page = _leading_back(services_page(listed, shut(tx, listed), page_asked()), group=slug)
            page = _with_ahead(tx, page)
    except services.UnknownService:
        if version_seen() is None:
            raise
        return renewed()
    return _unless_same(page) or render_template(
        "station/home/services.html", group=found, page=page, led_from=_page_of_group(slug)
    )


def _page_of_group(slug: str) -> str:
    """The page on which the group stands: the home page, or one of those that the home page leads to."""
    tile = url_for("station.home.services", group=slug)
    with box().database.read() as tx:
        _, *others = pages(home_choices(tx, services.groups(tx, lang())))
    for number, shown in enumerate(others):
        if tile in {one.href for one in shown}:
            return url_for(".more", page=number or None)
    return url_for(".home")


def _leading_back(page: Page, group: str | None = None, first: str | None = None) -> Page:
    """The same page of services; each of them leads back to it."""
    here = url_for(request.endpoint or ".home", page=page.number - 1 or None, group=group, first=first)
    shown = (replace(one, href=f"{one.href}?{urlencode({'back': here})}") for one in page.shown)
    return replace(page, shown=tuple(shown))


def _with_ahead(tx: Tx, page: Page) -> Page:
    """The same page, each service with how many are ahead of who takes a number now."""
    now, language = box().now(), speech.language_of(lang())
    shown = []
    for one in page.shown:
        ahead = tickets.ahead_now(tx, box().centre, one.code, now)
        shown.append(with_ahead(one, ahead, " ".join(speech.ahead_clips(ahead, language))))
    return replace(page, shown=tuple(shown))


@screen.app_template_global()
def service_page(listed: Iterable[services.Service], closed: Mapping[str, str], seen: str = "") -> Page:
    """The page of these services that is asked for; or, where staff look at it, the one with `seen`."""
    every = pages(service_choice(one, closed.get(one.code, "")) for one in listed)
    return (
        _page_with(every, url_for("station.service.service", code=seen))
        if seen
        else page_of(every, page_asked())
    )


@screen.app_template_global()
def home_page(
    popular: Iterable[services.Service], groups: Sequence[services.Group], seen: str
) -> tuple[HomeNow, Page | None]:
    """What the home page shows of these, for staff who look at it; and the page after it, where `seen` is."""
    first, *others = pages([*(popular_choice(one, "") for one in popular), *map(group_choice, groups)])
    shown = HomeNow(first, bool(others), bool(others) or is_catalogue_large(groups), "", "home")
    tile = url_for("station.home.services", group=seen)
    is_here = not others or tile in {one.href for one in first}
    return shown, None if is_here else _page_with(tuple(others), tile)


def _page_with(every: tuple[tuple[Choice, ...], ...], href: str) -> Page:
    return page_of(every, next((n for n, page in enumerate(every) if href in {one.href for one in page}), 0))


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
    page = _leading_back(services_page(listed, closed, page_asked()), first=first)
    return _unless_same(page) or render_template(
        "station/home/letter.html", page=page, first=first, others=OTHERS
    )


def _keys(every: list[services.Service]) -> str | Response:
    keys = sorted({first_letter(one) for one in every}, key=lambda key: (key == OTHERS, key))
    v = mark_of(keys)
    if version_seen() == v:
        return Response(status=204)
    return render_template("station/home/keys.html", keys=keys, others=OTHERS, v=v, **_example(every))


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


screen.add_app_template_global(mark_of)
screen.add_app_template_global(at_station)
screen.add_app_template_test(is_long, "long_name")
