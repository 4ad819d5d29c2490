"""The station: home, what to bring, the number. Everything an eighty-year-old touches first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import hypot
from typing import Any

from flask import Response, abort, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk import devices, notices, services, setup, speech, spool, tickets
from kiosk.clock import lasted
from kiosk.database import Tx
from kiosk.screens.station.choices import (
    REASON_ICONS,
    Choice,
    Page,
    at_rest,
    group_choice,
    is_long,
    page_of,
    pages,
    popular_choice,
    reason_choice,
    service_choice,
    with_ahead,
)
from kiosk.screens.station.enrol import enrol_page, token_for_first
from kiosk.screens.station.sign_in_result import KEPT
from kiosk.screens.station.visit import check_visit, end_visit, with_visit
from kiosk.screens.web.access import path_of_ours, station_name
from kiosk.screens.web.devices import at_station, for_everybody, give_token, may_take, most_a_minute
from kiosk.screens.web.errors import PROBLEM, Answer, station_problem
from kiosk.screens.web.forms import LONGEST_TAP, choice, page_asked
from kiosk.screens.web.labels import DAY_WORDS, when_next
from kiosk.screens.web.page import box, lang, new_tap, say
from kiosk.screens.web.polling import mark_of, renewed, version_seen
from kiosk.screens.web.screen import station
from kiosk.screens.web.ticket_form import read_tap, shut
from kiosk.words import LANGS, mark

screen = station(__name__)
screen.app_url_defaults(with_visit)

IS_ON = {"text": "large_text", "contrast": "high_contrast", "slow": "slow_voice", "low": "low_controls"}
"""What is said when a mode is switched on."""

MODES = tuple(IS_ON)
MM_PER_INCH = 25.4
NOTED = ("slow_noted", "staff_comes", "hearing_noted", "phone_noted", "reprinted")
"""What the number page says in letters too: not everybody hears it."""

WAIT_FOR_SLIP = timedelta(seconds=2)


@dataclass(frozen=True)
class PriorityChoice:
    """A reason to go first, what it is worth in words, and the clips that say so."""

    code: str
    name: str
    words: str
    then: str = ""


@dataclass(frozen=True)
class Wanted:
    """What the address of a service's page holds: for whom, and the reason to go first that was pressed.

    So it can be taken back, and lasts no longer than the page.
    """

    code: str
    for_someone_else: bool = False
    priority: str = ""

    def at(self, step: str = "", **changed: str | bool) -> str:
        """The address of the page, or of one of its STEPS, with what was `changed`."""
        return replace(self, **changed)._address(step=step or None)  # type: ignore[arg-type]

    def follow(self, v: int, tap: str, step: str = "", page: int = 0) -> str:
        """Where the page, or one of its STEPS, asks whether it differs from `v`; its press keeps its name."""
        return self._address(v=v, tap=tap, step=step or None, page=page or None)

    def _address(self, **more: str | int | None) -> str:
        asked: dict[str, Any] = {"for": "other" if self.for_someone_else else None}
        asked |= {"priority": self.priority or None, **more}
        return url_for("station.home.service", code=self.code, **asked)


STEPS = ("lacking", "priority")
"""Pages of a service beside its first: what is done when something is missing, and who may go first."""


LARGE = 24
"""Services that pages of groups still show at a glance; of more, one is also found by its first letter."""

MOST_POPULAR = 4
"""Services that stand on the home page themselves: two groups are always there too."""


@dataclass(frozen=True)
class HomeNow:
    """All of the home page that changes by itself; `has_more` when there are more groups than fit.

    `notice` is the one that stands here, empty without one; `said` the clips that are spoken. `resting` is
    why no numbers are given at all, empty while they are, and `begins` when they are next.
    """

    choices: tuple[Choice, ...]
    has_more: bool
    is_large: bool
    notice: str
    said: str
    resting: str = ""
    begins: str = ""

    @property
    def v(self) -> int:
        """A number that differs when the page does: opening and closing come by time alone."""
        return mark_of(self)


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
        return render_template("station/home/home.html", shown=_home_now(tx))


@screen.get("/home/now")
def now() -> Response:
    """What changes on the home page when it shows something else than `v`, else 204.

    A station that was put out, or let in elsewhere, gets the page anew.
    """
    if not may_take():
        return renewed()
    with box().database.read() as tx:
        shown = _home_now(tx)
    if version_seen() == shown.v:
        return Response(status=204)
    return make_response(render_template("station/home/now.html", shown=shown))


def _home_now(tx: Tx) -> HomeNow:
    groups = services.groups(tx, lang())
    first, *others = pages(_home_choices(tx, groups))
    is_large = bool(others) or _is_large(groups)
    now, centre = box().now(), box().centre
    resting = tickets.resting_text(centre, now, lang())
    today = "" if resting else tickets.today_text(centre, now, lang())
    words, said = (today, "") if today else _notice(tx, notices.shown_at(tx, notices.Place.STATION, now))
    if resting is None:
        return HomeNow(first, bool(others), is_large, words, f"home {said}".strip())
    why, opens = resting
    begins = say(mark("%(when)s开始"), when=when_next(opens)) if opens else ""
    said = " ".join(("resting", *_begins_said(opens), said)).strip()
    return HomeNow(tuple(map(at_rest, first)), bool(others), is_large, words, said, why, begins)


def _begins_said(opens: datetime | None) -> tuple[str, ...]:
    """The clips that say when numbers are given again: today, or by its weekday within a week."""
    days = (opens.date() - box().centre.day(box().now())).days if opens else len(DAY_WORDS)
    if opens is None or days >= len(DAY_WORDS):
        return ()
    language = speech.language_of(lang())
    at = speech.time_clips(opens.time(), opens.weekday() if days else None, language)
    return (*at, "begins") if language == "zh" else ("begins", *at)


def _notice(tx: Tx, found: tuple[notices.Notice, ...]) -> tuple[str, str]:
    """The one notice that stands, the first of them, and the clips that say it where there are any."""
    if not found:
        return "", ""
    words = found[0].words(lang())
    is_spoken = found[0].plan.is_spoken
    return words, " ".join(speech.said(tx, words, speech.language_of(lang()))) if is_spoken else ""


def _home_choices(tx: Tx, groups: tuple[services.Group, ...]) -> list[Choice]:
    popular = services.popular_services(tx, lang(), box().centre.day(box().now()))[:MOST_POPULAR]
    closed = shut(tx, popular)
    firsts = [popular_choice(one, closed.get(one.code, "")) for one in popular]
    today = box().centre.day(box().now())
    stopped = {one.group for one in box().centre.closings if one.on == today and one.group}
    no_more = say(mark("今天不再取号"))
    return [*firsts, *(group_choice(one, no_more if one.slug in stopped else "") for one in groups)]


@screen.get("/more")
def more() -> str | Response:
    """The groups that the home page has no room for; 204 while they are those of `v`."""
    with box().database.read() as tx:
        _, *others = pages(_home_choices(tx, services.groups(tx, lang())))
    page = page_of(tuple(others) or ((),), page_asked())
    if version_seen() == mark_of(page):
        return Response(status=204)
    return render_template("station/home/more.html", page=page)


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


@screen.get("/alive")
def alive() -> Response:
    """Nothing but an answer: whether the server is there, before a page is left for another."""
    return Response(status=204)


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
            page = _with_ahead(tx, service_page(listed, shut(tx, listed)))
    except services.UnknownService:
        if version_seen() is None:
            raise
        return renewed()
    if version_seen() == mark_of(page):
        return Response(status=204)
    return render_template("station/home/services.html", group=found, page=page)


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
        _page_with(every, url_for("station.home.service", code=seen))
        if seen
        else page_of(every, page_asked())
    )


@screen.app_template_global()
def home_page(
    popular: Iterable[services.Service], groups: Sequence[services.Group], seen: str
) -> tuple[HomeNow, Page | None]:
    """What the home page shows of these, for staff who look at it; and the page after it, where `seen` is."""
    first, *others = pages([*(popular_choice(one, "") for one in popular), *map(group_choice, groups)])
    shown = HomeNow(first, bool(others), bool(others) or _is_large(groups), "", "home")
    tile = url_for("station.home.services", group=seen)
    is_here = not others or tile in {one.href for one in first}
    return shown, None if is_here else _page_with(tuple(others), tile)


def _page_with(every: tuple[tuple[Choice, ...], ...], href: str) -> Page:
    return page_of(every, next((n for n, page in enumerate(every) if href in {one.href for one in page}), 0))


def _is_large(groups: Iterable[services.Group]) -> bool:
    return sum(group.count for group in groups) > LARGE


screen.add_app_template_global(mark_of)
screen.add_app_template_global(at_station)
screen.add_app_template_global(Wanted, "wanted_at")
screen.add_app_template_test(is_long, "long_name")


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
    notice, said = _notice(tx, notices.shown_at(tx, notices.Place.STATION, now, code, of_all=False))
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
        "station/home/service.html",
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
    return render_template(f"station/home/{step}.html", v=v, **facts)


def _tap() -> str:
    """The name of the press to come: that of the page that follows what changes, else a new one."""
    kept = request.args.get("tap", "") if version_seen() is not None else ""
    return kept if 0 < len(kept) <= LONGEST_TAP else new_tap()


def _wanted(code: str, reasons: list[PriorityChoice]) -> Wanted:
    """What the address asks; a reason that there is not is none."""
    priority = request.args.get("priority", "")
    known = priority if priority in {one.code for one in reasons} else ""
    return Wanted(code, request.args.get("for") == "other", known)


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


@screen.post("/tickets")
@for_everybody
def take() -> AnyResponse:
    """Take a ticket; pressing twice gives the same one."""
    if not at_station():
        return _take_by_phone()
    tap, now = read_tap(), box().now()
    staff_id = setup.claim_trial(box().database, tap.tap, now)
    if staff_id is not None:
        tap = replace(tap, staff_id=staff_id, another=True, is_trial=True)
    with box().database.write() as tx:
        taken = tickets.take(tx, box().centre, tap, lang(), now)
    if taken.already:
        session["already"] = taken.ticket_id
    return redirect(url_for(".taken", token=taken.token), 303)


def _take_by_phone() -> AnyResponse:
    """Where the centre lets phones: one number at a time for each, none while they are too many.

    Raises NotEnrolled, TooManyByPhone.
    """
    database, now = box().database, box().now()
    if not may_take():
        raise devices.NotEnrolled
    tap = replace(read_tap(), station=f"phone:{station_name()}", priority=None, another=False, by_phone=True)
    with database.write() as tx:
        is_rush = tickets.rush(tx, now, most_a_minute()) is not None  # told to staff by the one that made it
        taken = tickets.take(tx, box().centre, tap, lang(), now)
        if not taken.already:
            if is_rush:
                raise devices.TooManyByPhone
            devices.phone_taps_of(database).note(request.remote_addr or "", now)
    return redirect(url_for("public.phone.ticket", token=taken.token), 303)


@screen.get("/tickets/<token>")
def taken(token: str) -> str:
    """The number, as large as the screen allows, whatever the printer does."""
    with box().database.read() as tx:
        ticket = ticket_of(tx, token)
        state = print_state(spool.slip_state(tx, tickets.ticket_subject(ticket.id)))
        then = _said_after(tx, ticket)
    return render_template(
        "station/home/taken.html",
        ticket=ticket,
        said=_said_of(ticket, state),
        said_then=" ".join(then),
        already=session.pop("already", None) == ticket.id,
        news=(told := session.pop("told", "")),
        noted=speech.sentence(told, speech.language_of(lang())) if told in NOTED else "",
        estimate=tickets.estimate_text(ticket.estimate, lang()),
        must_wait=ticket.estimate is not None and ticket.estimate.high > 0,
        phone_url=box().centre.qr_text(ticket.token),
        print_state=state,
        next_tap=new_tap(),
    )


def ticket_of(tx: Tx, token: str) -> tickets.TicketView:
    """The ticket behind the code of an address. Raises VisitOver, and what `tickets.find_ticket` raises."""
    check_visit()
    return tickets.view_by_code(tx, box().centre, token, lang(), box().now())


def _said_of(ticket: tickets.TicketView, state: str) -> str:
    told = session.get("told", "")
    if told:
        return str(told)
    if session.get("already") == ticket.id:
        return "already"
    return "taken_without_slip" if state in ("failed", "off") else "taken"


def _said_after(tx: Tx, ticket: tickets.TicketView) -> tuple[str, ...]:
    """The clips that follow the number: how many are ahead, about how long, and where to wait."""
    language = speech.language_of(lang())
    if ticket.counter:
        return speech.counter_clips(ticket.counter, language)
    if ticket.status != tickets.Status.WAITING:
        return ()
    wait = speech.wait_clips(*_minutes(ticket.estimate), language)
    return (*speech.ahead_clips(ticket.ahead, language), *wait, *speech.said(tx, ticket.where, language))


def _minutes(estimate: tickets.Estimate | None) -> tuple[int, int]:
    return (estimate.low or estimate.high, estimate.high) if estimate else (0, 0)


@screen.get("/tickets/<token>/slip")
def slip_state(token: str) -> str:
    """Whether the slip is printed yet."""
    with box().database.read() as tx:
        ticket = ticket_of(tx, token)
        state = print_state(spool.slip_state(tx, tickets.ticket_subject(ticket.id)))
    return render_template("station/home/slip_state.html", ticket=ticket, print_state=state)


def print_state(job: tuple[spool.JobStatus, datetime] | None) -> str:
    """What the station says of a job: off, printing, printed or failed. Unconfirmed is not printed.

    Nobody is kept waiting for a printer: after WAIT_FOR_SLIP the number on the screen must do.
    """
    if job is None:
        return "off"
    status, written_at = job
    if status not in spool.FINAL:
        waited = lasted(written_at, box().now())
        return "printing" if waited is not None and waited <= WAIT_FOR_SLIP else "failed"
    return "printed" if status == spool.JobStatus.PRINTED else "failed"


@screen.post("/language")
@for_everybody
def language() -> AnyResponse:
    """中文 or English, for this visit."""
    session["lang"] = choice("lang", LANGS)
    return redirect(_back(), 303)


@screen.post("/comfort")
@for_everybody
def comfort() -> AnyResponse:
    """Switch large text, high contrast, slow voice or low controls on or off, for this visit."""
    mode = choice("mode", MODES)
    on = set(session.get("comfort", ())) ^ {mode}
    session["comfort"] = sorted(on)
    session["heard"] = IS_ON[mode] if mode in on else "as_before"
    return redirect(_back(), 303)


@screen.app_template_global()
def heard_once() -> str:
    """What the page says first, once: that a mode is on now."""
    return str(session.pop("heard", ""))


def _back() -> str:
    return path_of_ours(request.form.get("back", ""), url_for(".home"))


@screen.post("/leave")
@for_everybody
def leave() -> AnyResponse:
    """The visit is over: the station forgets it."""
    for name in ("lang", "comfort", "heard", "already", "printed", "told", KEPT, PROBLEM):
        session.pop(name, None)
    end_visit()
    return redirect(url_for(".home"), 303)


@screen.get("/problem")
def problem() -> AnyResponse | Answer:
    """Why a form that a script sent was refused; to whoever has sent none, the home page."""
    told = session.get(PROBLEM)
    return station_problem(told) if told else redirect(url_for(".home"), 303)


@screen.get("/panel/<place>.css")
def panel(place: str) -> Response:
    """The length of a millimetre on this panel: CSS pixels say nothing of size ("60 px" is 10 or 22 mm).

    The board fills its panel, which may have other pixels than were set: there it is a share of the width.
    """
    settings = box().settings
    if place == "board":
        width, height = settings.board_width_px, settings.board_height_px
        width_mm = settings.board_diagonal * MM_PER_INCH * width / hypot(width, height)
        css = f":root{{--mm:calc(100vw / {width_mm:.1f});--overscan:{settings.board_overscan / 100:g}}}\n"
    elif place == "station":
        width, height = settings.station_width_px, settings.station_height_px
        px = hypot(width, height) / (settings.station_diagonal * MM_PER_INCH)
        css = f":root{{--mm:{px:.4f}px}}\n"
    else:
        abort(404)
    return Response(css, mimetype="text/css", headers={"Cache-Control": "no-cache"})
