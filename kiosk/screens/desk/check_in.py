"""The desk: a scanner without a field, the answer large and in colour, how many are here, people by hand."""

from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from msgspec import Struct, field
from werkzeug.wrappers import Response as AnyResponse

from kiosk import checkin, events, people, staff
from kiosk.database import Tx
from kiosk.screens.desk.scan_form import (
    chosen_day,
    direction,
    happened_at,
    needed_day,
    nonce,
    wanted_day,
)
from kiosk.screens.desk.scan_result import ShownVerdict, shown
from kiosk.screens.web.access import asked_here
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import text, whole
from kiosk.screens.web.page import box, lang, new_tap
from kiosk.screens.web.screen import MenuEntry, MenuGroup, staffed
from kiosk.words import Malformed, Refusal, mark

screen = staffed(
    __name__,
    staff.Role.DESK,
    staff.Role.MANAGER,
    staff.Role.CLERK,
    menu=MenuEntry(mark("签到台"), mark("回到签到台"), "scan-line", "desk", 30, MenuGroup.WORK),
)

LONGEST_CODE = 2000

DIRECTIONS = {
    checkin.Direction.EITHER: mark("自动"),
    checkin.Direction.IN: mark("只签到"),
    checkin.Direction.OUT: mark("只签退"),
}


class NameMissing(Malformed):
    """A walk-in without a name; who leaves none is counted instead."""

    sentence = mark("请写一下怎么称呼。不想留名字的，按人数记就行。")


class Tally(Struct, frozen=True):
    """One of today's events and how many are there."""

    day: events.EventDay
    counts: checkin.Counts


class DeskNow(Struct, frozen=True):
    """What changes by itself. `v` differs whenever any of it does."""

    v: str
    chosen: events.EventDay | None
    tallies: tuple[Tally, ...]
    last: tuple[ShownVerdict, ...] = ()

    @property
    def is_of_today(self) -> bool:
        """False for a page left open overnight, after an event that ended by then."""
        if self.chosen is None or box().now() <= self.chosen.over_at:
            return True
        return self.chosen.on == box().centre.day(box().now())


class SearchResult(Struct, frozen=True):
    """People found for staff: of the register, and of today's lists; `fault` says why none were looked for.

    `titles` are of today's events, by the day's id.
    """

    text: str
    listed: tuple[people.Person, ...] = ()
    expected: tuple[checkin.Expected, ...] = ()
    titles: dict[int, str] = field(default_factory=dict)
    teams: tuple[people.Team, ...] = ()
    fault: str = ""

    def teams_of(self, person: people.Person) -> list[str]:
        """The names of a person's teams."""
        return [team.name for team in self.teams if team.id in person.team_ids]


@screen.get("/desk")
def desk() -> str:
    """The page for one of today's events, or for whatever a code is for."""
    return _page(chosen_day(request.args))


@screen.get("/desk/now")
def now() -> Response:
    """Counts and the last scans when something is newer than `v`, else 204."""
    chosen = chosen_day(request.args)
    with box().database.read() as tx:
        if checkin.desk_version(tx, box().centre, box().now(), chosen) == request.args.get("v"):
            return Response(status=204)
        shown_now = _with_last(tx, _now(tx, chosen))
    return make_response(render_template("desk/check_in/now.html", now=shown_now, event=chosen, **_words()))


@screen.post("/desk/scan")
def scan() -> Response:
    """Answer whatever was scanned: always 200, the verdict on the page and in X-Verdict."""
    at = box().now()
    code = "".join(request.form.get("code", "").split())[:LONGEST_CODE]
    with box().database.write() as tx:
        form = checkin.ScanForm(nonce(), wanted_day(), direction(), happened_at(at))
        verdict = checkin.scan(tx, box().centre, asked_here(), code, form)
    return _answer(verdict)


@screen.post("/desk/undo")
def undo() -> Response:
    """Take back a sign-in or sign-out of the last fifteen minutes, with a reason."""
    reason = text("reason")
    return _by_hand(lambda tx: checkin.undo_scan(tx, box().centre, asked_here(), whole("scan"), reason))


@screen.post("/desk/search")
def search() -> str:
    """People by name or phone, when asked and not while typing; a POST, so that no address holds a name."""
    wanted = text("text")
    chosen = chosen_day(request.form)
    with box().database.read() as tx:
        found = _found(tx, wanted)
    if not request.headers.get("HX-Request"):
        return _page(chosen, found)
    return render_template("desk/check_in/found.html", found=found, event=chosen, nonce=new_tap)


@screen.post("/desk/sign-in")
def sign_in() -> Response:
    """Sign somebody in or out who was found by name, on the register or on today's list."""
    if "registration" in request.form:
        return _by_hand(_sign_in_registration)
    return _by_hand(
        lambda tx: checkin.sign_in_person(
            tx,
            box().centre,
            asked_here(),
            whole("person"),
            checkin.ScanForm(nonce(), needed_day(), direction()),
        )
    )


@screen.post("/desk/walk-in")
def walk_in() -> Response:
    """Put down somebody who came without a card: a name, four digits if they like, and signed in at once."""
    return _by_hand(_walk_in)


@screen.post("/desk/visitors")
def visitors() -> Response:
    """Count people who leave no name."""
    return _by_hand(
        lambda tx: checkin.sign_in_visitor(
            tx, box().centre, asked_here(), needed_day(), nonce(), visitors=whole("people")
        )
    )


@screen.post("/desk/clock")
def clock() -> AnyResponse:
    """Staff have set the box's clock right: scans are believed again."""
    with box().database.write() as tx:
        checkin.trust_clock(tx, asked_here())
    return redirect(url_for(".desk", event=wanted_day()), 303)


def _sign_in_registration(tx: Tx) -> checkin.Verdict:
    return checkin.sign_in_registration(
        tx, box().centre, asked_here(), whole("registration"), nonce(), direction()
    )


def _walk_in(tx: Tx) -> checkin.Verdict:
    name = text("name")
    if not name:
        raise NameMissing
    who = checkin.Registrant(name=name, phone_tail=text("tail"))
    _, verdict = checkin.walk_in(tx, box().centre, asked_here(), needed_day(), nonce(), who)
    return verdict


def _by_hand(act: Any) -> Response:
    try:
        with box().database.write() as tx:
            verdict = act(tx)
    except Refusal as refusal:
        return _refused(refusal)
    return _answer(verdict)


def _answer(verdict: checkin.Verdict) -> Response:
    response = make_response(_told(answer=shown(verdict)))
    response.headers["X-Verdict"] = verdict.word.value
    return response


def _refused(refusal: Refusal) -> Response:
    return make_response(_told(fault=words_of(refusal)), status_of(refusal))


def _told(answer: ShownVerdict | None = None, fault: str = "") -> str:
    """The panel alone for the page that asked; else a small page to scan on from, without JavaScript."""
    page = "desk/check_in/verdict.html" if request.headers.get("HX-Request") else "desk/check_in/answer.html"
    asked = {"event": wanted_day(), "direction": direction(), "nonce": new_tap}
    return render_template(page, answer=answer, fault=fault, **asked, **_words())


def _page(chosen: int | None, found: SearchResult | None = None) -> str:
    with box().database.read() as tx:
        present = _with_last(tx, _now(tx, chosen))
        days = tuple(one.day for one in (_now(tx, None) if chosen is not None else present).tallies)
    asked = {"event": chosen, "direction": checkin.Direction.EITHER, "nonce": new_tap}
    return render_template(
        "desk/check_in/check_in.html",
        now=present,
        days=days,
        found=found,
        answer=None,
        fault="",
        **asked,
        **_words(),
    )


def _words() -> dict[str, Any]:
    return {"directions": DIRECTIONS, "local": box().centre.local}


def _now(tx: Tx, chosen: int | None) -> DeskNow:
    """Counts of the chosen event, or of all of today's; without the last scans, which cost most."""
    at = box().now()
    if chosen is not None:
        days: tuple[events.EventDay, ...] = (events.day_of(tx, chosen, lang()),)
    else:
        days = events.today(tx, box().centre, at, lang())
    tallies = tuple(Tally(day, checkin.counts(tx, day.id)) for day in days if day.id is not None)
    if chosen is None:
        # a day that was cancelled stays for as long as somebody is there
        tallies = tuple(one for one in tallies if not one.day.cancelled or one.counts.inside)
    v = checkin.desk_version(tx, box().centre, at, chosen)
    return DeskNow(v, days[0] if chosen is not None else None, tallies)


def _with_last(tx: Tx, present: DeskNow) -> DeskNow:
    rows = checkin.last_scans(tx, box().centre, asked_here())
    return DeskNow(present.v, present.chosen, present.tallies, tuple(shown(row) for row in rows))


def _found(tx: Tx, wanted: str) -> SearchResult:
    titles = {day.id: day.title for day in events.today(tx, box().centre, box().now(), lang()) if day.id}
    try:
        return SearchResult(
            wanted,
            people.search(tx, wanted),
            checkin.find_expected(tx, list(titles), wanted),
            titles,
            people.teams(tx, everyone=True),
        )
    except people.TooShort as refusal:
        return SearchResult(wanted, fault=words_of(refusal))
