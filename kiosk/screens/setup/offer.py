"""What the hall offers: how many counters, and which services, ticked by group."""

from flask import request
from werkzeug.wrappers import Response

from kiosk import setup
from kiosk.screens.setup._steps import go_on, note_done, step_page
from kiosk.screens.web.access import asked
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import Draft, Reading
from kiosk.screens.web.page import box, say
from kiosk.screens.web.screen import staffed
from kiosk.setup import MOST_COUNTERS, Step
from kiosk.staff import Role
from kiosk.words import Refusal, mark

screen = staffed(__name__, Role.ADMIN, menu=None, under="accounts.staff_accounts", url_prefix="/setup")

Answer = Response | str | tuple[str, int]
USUAL_COUNT = 4


@screen.get("/counters")
def counters() -> str:
    """How many there are."""
    with box().database.read() as tx:
        count = setup.counter_count(tx)
    return _counters(Draft({"count": str(count or USUAL_COUNT)}))


@screen.post("/counters")
def set_counters() -> Answer:
    """Have so many: 1 to that number."""
    reading = Reading(request.form)
    count = reading.whole("count", MOST_COUNTERS, 1)
    draft = Draft({"count": request.form.get("count", "")})
    if count is None:
        return _counters(draft.judged({"count": reading.faults.get("count", "number")})), 400
    try:
        with box().database.write() as tx:
            setup.set_counters(tx, asked(), count)
            note_done(tx, Step.COUNTERS)
    except Refusal as refusal:
        return _counters(draft.with_faults({"count": words_of(refusal)})), status_of(refusal)
    return go_on(Step.COUNTERS)


def _counters(draft: Draft) -> str:
    return step_page("setup/offer/counters.html", Step.COUNTERS, draft=draft, most=MOST_COUNTERS)


@screen.get("/services")
def services() -> str:
    """The starter catalogue, ticked as it is offered; all of it at first."""
    with box().database.read() as tx:
        is_done = Step.SERVICES in setup.done_steps(tx)
        ticked = setup.chosen(tx)
    return _services(ticked if is_done or ticked else _every_code())


@screen.post("/services")
def offer() -> Answer:
    """Offer what is ticked; a button of a group ticks or clears all of it, and nothing is written yet."""
    ticked = frozenset(request.form.getlist("service")) & _every_code()
    turned = request.form.get("turn", "")
    if turned:
        return _services(_turned(ticked, turned), turned=turned.partition(":")[2])
    if not ticked:
        return _services(ticked, say(mark("请至少勾一项。"))), 400
    try:
        with box().database.write() as tx:
            setup.offer(tx, asked(), ticked)
            note_done(tx, Step.SERVICES)
    except Refusal as refusal:
        return _services(ticked, words_of(refusal)), status_of(refusal)
    return go_on(Step.SERVICES)


def _turned(ticked: frozenset[str], turned: str) -> frozenset[str]:
    """`turned` is "all" or "none", a colon, and a group; without a group it is about all of them."""
    what, _, slug = turned.partition(":")
    of_group = {
        one.code for group in setup.starter_groups() if slug in ("", group.slug) for one in group.services
    }
    return ticked | of_group if what == "all" else ticked - of_group


def _every_code() -> frozenset[str]:
    return frozenset(one.code for group in setup.starter_groups() for one in group.services)


def _services(ticked: frozenset[str], fault: str = "", turned: str = "") -> str:
    return step_page(
        "setup/offer/services.html",
        Step.SERVICES,
        groups=setup.starter_groups(),
        ticked=ticked,
        fault=fault,
        turned=turned,
    )
