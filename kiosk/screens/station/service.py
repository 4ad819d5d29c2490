"""A service at the station: what to bring, what is done when something is missing, who may go first."""

from collections.abc import Iterable
from typing import Any

from flask import Response, render_template, request, url_for
from msgspec import Struct
from msgspec.structs import replace

from kiosk import notices, services, speech, tickets
from kiosk.database import Tx
from kiosk.screens.station.enrol import enrol_page
from kiosk.screens.station.parts.choices import REASON_ICONS, Page, page_of, pages, reason_choice
from kiosk.screens.station.parts.home_now import notice_now
from kiosk.screens.web.access import path_of_ours, station_name
from kiosk.screens.web.devices import at_station, may_take
from kiosk.screens.web.forms import LONGEST_TAP, page_asked
from kiosk.screens.web.page import box, lang, new_tap, say
from kiosk.screens.web.polling import mark_of, renewed, version_seen
from kiosk.screens.web.screen import station
from kiosk.screens.web.ticket_form import shut
from kiosk.words import mark

screen = station(__name__)


class PriorityChoice(Struct, frozen=True):
    """A reason to go first, what it is worth in words, and the clips that say so."""

    code: str
    name: str
    words: str
    then: str = ""


class Wanted(Struct, frozen=True):
    """What the address of a service's page holds: for whom, and the reason to go first that was pressed.

    So it can be taken back, and lasts no longer than the page. `back` is the page of services that led
    here, else it was the home page.
    """

    code: str
    for_someone_else: bool = False
    priority: str = ""
    back: str = ""

    def at(self, step: str = "", **changed: str | bool) -> str:
        """The address of the page, or of one of its STEPS, with what was `changed`."""
        return replace(self, **changed)._address(step=step or None)

    def follow(self, v: int, tap: str, step: str = "", page: int = 0) -> str:
        """Where the page, or one of its STEPS, asks whether it differs from `v`; its press keeps its name."""
        return self._address(v=v, tap=tap, step=step or None, page=page or None)

    def _address(self, **more: str | int | None) -> str:
        asked: dict[str, Any] = {"for": "other" if self.for_someone_else else None}
        asked |= {"priority": self.priority or None, "back": self.back or None, **more}
        return url_for("station.service.service", code=self.code, **asked)


STEPS = ("lacking", "priority")
"""Pages of a service beside its first: what is done when something is missing, and who may go first."""


@screen.get("/services/<code>")
def service(code: str) -> str | Response:
    """What to bring, for oneself or for someone else, then the button that takes a number.

    Two more pages lie beside it (STEPS): ways out when something is missing, and the reasons to go first.
    204 while the office has changed nothing of what `v` shows; a service that is gone is told by a load.
    """
    if not may_take():  # before her question, not after it
        return enrol_page() if version_seen() is None else renewed()
    station_name()
    try:
        with box().database.read() as tx:
            return _service(tx, code)
    except services.UnknownService:
        if version_seen() is None:
            raise
        return renewed()


def _service(tx: Tx, code: str) -> str | Response:
    now, centre = box().now(), box().centre
    service = services.service_of(tx, code, lang(), centre.day(now))
    closed = shut(tx, (service,)).get(code, "")
    reasons = reason_choices(tickets.priorities(tx, lang())) if at_station() and not closed else []
    wanted = _wanted(code, reasons)
    facts: dict[str, Any] = {"service": service, "wanted": wanted, "priorities": reasons, "tap": _tap()}
    step = request.args.get("step")
    if step == "lacking" and not closed:
        return _followed("lacking", mark_of((service, wanted)), facts)
    if step == "priority" and reasons:
        page = reasons_page(wanted, reasons)
        return _followed("priority", mark_of(page), facts | {"page": page})
    if step in STEPS and version_seen() is not None:
        return renewed()  # no more numbers, or no more reasons: the service's own page says so
    notice, said = notice_now(tx, notices.shown_at(tx, notices.Place.STATION, now, code, of_all=False))
    shown = {
        "closed": closed,
        "own": services.materials(tx, code, lang(), agents=False),
        "agent": services.materials(tx, code, lang(), agents=True),
        "notice": notice,
        "said": said,
    }
    v = mark_of((service, reasons, shown))  # who is ahead is told once: a press must not fall into its swap
    if version_seen() == v:
        return Response(status=204)
    wait = tickets.wait_now(tx, centre, code, now, now)
    return render_template(
        "station/service/service.html",
        ahead=wait.ahead,
        ahead_said=" ".join(speech.ahead_clips(wait.ahead, speech.language_of(lang()))),
        estimate=tickets.estimate_text(wait.estimate, lang()),
        v=v,
        **shown,
        **facts,
    )


def _followed(step: str, v: int, facts: dict[str, Any]) -> str | Response:
    """One of the STEPS; 204 while it shows what `v` does."""
    if version_seen() == v:
        return Response(status=204)
    return render_template(f"station/service/{step}.html", v=v, **facts)


def _tap() -> str:
    """The name of the press to come: that of the page that follows what changes, else a new one."""
    kept = request.args.get("tap", "") if version_seen() is not None else ""
    return kept if 0 < len(kept) <= LONGEST_TAP else new_tap()


def _wanted(code: str, reasons: list[PriorityChoice]) -> Wanted:
    """What the address asks; a reason that there is not is none."""
    priority = request.args.get("priority", "")
    known = priority if priority in {one.code for one in reasons} else ""
    back = path_of_ours(request.args.get("back", ""), "")
    return Wanted(code, request.args.get("for") == "other", known, back)


@screen.app_template_global()
def reasons_page(wanted: Wanted, reasons: list[PriorityChoice]) -> Page:
    """The page of reasons to go first that is asked for; the last choice is none of them."""
    found = [
        replace(
            reason_choice(
                wanted.at(priority=one.code),
                REASON_ICONS.get(one.code, "medal"),
                one.name,
                one.words,
                one.then,
            ),
            is_on=one.code == wanted.priority,
        )
        for one in reasons
    ]
    none = reason_choice(wanted.at(priority=""), "arrow-left", say(mark("不用优先")))
    return page_of(pages([*found, none]), page_asked())


@screen.app_template_global()
def reason_choices(reasons: Iterable[tickets.Priority]) -> list[PriorityChoice]:
    """Each reason to go first with what it is worth."""
    words, language = mark("早到%(minutes)s分钟"), speech.language_of(lang())
    return [
        PriorityChoice(
            one.code,
            one.name,
            say(words, minutes=one.head_start_min),
            " ".join(speech.earlier_clips(one.head_start_min, language)),
        )
        for one in reasons
    ]


screen.add_app_template_global(Wanted, "wanted_at")
