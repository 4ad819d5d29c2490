"""到期提醒: what runs out for whom, noted when it was done last; each with how it came out."""

from flask import g, render_template
from werkzeug.wrappers import Response as AnyResponse

from kiosk import concerns, kinds, services, tickets
from kiosk.concerns import Hand
from kiosk.database import Tx
from kiosk.kinds import NewDate, Way, WhatRunsOut
from kiosk.screens.web.access import asked
from kiosk.screens.web.forms import choice, day, done, tap, text, whole, whole_or_none
from kiosk.screens.web.page import box, new_tap, say
from kiosk.screens.web.screen import staffed
from kiosk.staff import NotAllowed, Role
from kiosk.words import mark

screen = staffed(
    __name__,
    Role.CLERK,
    Role.DESK,
    Role.MANAGER,
    Role.SECRETARY,
    menu=None,
    under="concerns.today",
    url_prefix="/s/dates",
)

screen.shuts_admin_out = True

WHAT_WORDS = {
    WhatRunsOut.PENSION: mark("养老资格认证"),
    WhatRunsOut.CARE: mark("上门服务档案"),
    WhatRunsOut.PAPER: mark("证件"),
}

WAY_WORDS = {
    Way.DATA: mark("数据比对通过"),
    Way.PHONE: mark("手机上办好了"),
    Way.HERE: mark("在中心办好了"),
    Way.HOME: mark("上门办好了"),
    Way.MOVED: mark("已经搬走"),
    Way.REFUSED: mark("本人不办"),
}


@screen.get("")
def every() -> str:
    """What runs out, the nearest first, and the form that notes one."""
    with box().database.read() as tx:
        found = kinds.dates(tx)
        ticket = _ticket_here(tx)
        is_lead = str(g.staff.role) in concerns.LEADS
        results = kinds.results(tx) if is_lead else ()
    return render_template(
        "kinds/dates/every.html",
        dates=found,
        what={str(kind): say(words) for kind, words in WHAT_WORDS.items()},
        months={str(kind): kind.months for kind in WHAT_WORDS},
        ways=[(str(way), say(words)) for way, words in WAY_WORDS.items()],
        today=box().centre.day(box().now()),
        ticket=ticket,
        results=results,
        tap=new_tap(),
    )


@screen.post("")
def add() -> AnyResponse:
    """Note when it was done last. Raises BadContact, BadDate."""
    contact = concerns.contact_of(text("phone"), text("name"))
    if contact is None:
        raise concerns.BadContact
    with box().database.write() as tx:
        kind = choice("kind", WhatRunsOut)
        months = whole_or_none("months") or WhatRunsOut(kind).months
        new = NewDate(
            WhatRunsOut(kind), contact, day("last_on"), months, tap(), whole_or_none("place") or None,
            _ticket_here(tx),
        )  # fmt: skip
        kinds.add_date(tx, box().centre, asked(), new)
    return done(say(mark("记下了，到期前60天、30天、7天提醒。")), ".every")


@screen.post("/of-visit")
def note_visit() -> AnyResponse:
    """For whom the visit was that has just ended at a counter. Raises NotCertified, BadContact, BadDate."""
    contact = concerns.contact_of(text("phone"), text("name"))
    if contact is None:
        raise concerns.BadContact
    with box().database.write() as tx:
        place, ticket_id = whole_or_none("place") or None, whole("ticket")
        due_on = kinds.note_visit(tx, box().centre, _hand(), ticket_id, contact, place)
        seat = _seat(tx)
    words = say(mark("记下了，下次到期是%(day)s。"), day=f"{due_on}")
    if seat is None:
        return done(words, ".every")
    return done(words, "hall.counter.counter", number=seat)


@screen.post("/results")
def ask_after() -> AnyResponse:
    """After which result of a visit the clerk is asked, as the secretary says. Raises UnknownResult."""
    if str(g.staff.role) not in concerns.LEADS:
        raise NotAllowed
    asks = choice("kind", ("", *WhatRunsOut))
    with box().database.write() as tx:
        kind = WhatRunsOut(asks) if asks else None
        kinds.set_result(tx, asked(), text("service"), text("result"), kind)
    return done(say(mark("改好了，窗口上马上就是这样。")), ".every")


@screen.post("/<int:due_id>")
def settle(due_id: int) -> AnyResponse:
    """How it came out: done begins anew from today. Raises UnknownDate, DateEnded."""
    way = Way(choice("way", Way))
    with box().database.write() as tx:
        due_on = kinds.settle_date(tx, box().centre, _hand(), due_id, way)
    if due_on is None:
        return done(say(mark("记下了，不再提醒，名字删了。")), ".every")
    return done(say(mark("记下了，下次到期是%(day)s。"), day=f"{due_on}"), ".every")


def _hand() -> Hand:
    return Hand(asked(), is_lead=str(g.staff.role) in concerns.LEADS)


def _seat(tx: Tx) -> int | None:
    """The counter of who notes it."""
    return next((one.number for one in services.seats(tx) if one.opened_by == g.staff.id), None)


def _ticket_here(tx: Tx) -> int | None:
    """The ticket before the counter of who notes it."""
    mine = _seat(tx)
    here = tickets.at_hand(tx, mine) if mine is not None else None
    return here.id if here else None
