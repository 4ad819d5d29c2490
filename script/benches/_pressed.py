"""Pages of the station that no link leads to: what comes after a press, a wait or a scan.

What the people of the hall have to do for it is done here: a clerk calls, a secretary answers, paper ends.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time, timedelta
from itertools import count
from typing import Any, Final

import sqlalchemy as sa

from kiosk import cards, concerns, events, tickets
from kiosk.asked import Asked
from kiosk.box import Box, open_box
from kiosk.concerns.tables import concern
from kiosk.database import Tx
from kiosk.events.tables import event, event_day
from kiosk.settings import Settings
from kiosk.spool.tables import print_job
from kiosk.tickets.tables import ticket
from script.benches._centres import Centre
from script.benches._hall import Client, clerk_at

_presses = count()

PRESSED: Final = {
    "/events/1?more=1": "form:has([name=visitors]) button",
    "/events/1/register?together=2": "form:has([name=together]) button",
    "/events/1/sign-in?typed=4": "[data-person]",
    "/events/1/sign-out?typed=4": "[data-person]",
}
"""What is pressed on which page, for the answer that only a press leads to."""

WISHES: Final = ("slow", "staff", "hearing", "phone")
SECRETARY: Final = 2
SERVICE, ANOTHER = "A", "K"
WHOLE = "13800138000"
INK = str([[100, 100, 500, 500, 900, 100], [100, 900, 500, 700, 900, 900, 900, 100]]).replace(" ", "")


class Visitor:
    """Somebody at the panel: a window with a visit of its own, and the hall behind it."""

    def __init__(self, page: Any, centre: Centre) -> None:
        self.page, self.centre = page, centre

    def ask(self, address: str, **form: str) -> str:
        """Send a form; where it leads to, or nothing."""
        origin = self.centre.server.origin
        answer = self.page.context.request.post(
            origin + address, form=form, headers={"Origin": origin}, max_redirects=0
        )
        return str(answer.headers.get("location", ""))

    def show(self, address: str) -> None:
        """Load a page."""
        self.page.goto(self.centre.server.origin + address)

    def press(self, what: str) -> None:
        """Press something on the page; the next one is loaded afterwards."""
        self.page.wait_for_selector("html[data-takes-touches]")
        with self.page.expect_navigation():
            self.page.evaluate("what => document.querySelector(what).click()", what)

    def take(self, service: str = SERVICE, **form: str) -> str:
        """Take a number in this visit: where its page is."""
        tap = f"pressed-{next(_presses)}"
        return self.ask("/tickets", service=service, tap=tap, **({"another": "1"} | form))

    @contextmanager
    def behind(self) -> Iterator[Box]:
        """The same centre, as its own programs open it."""
        box = open_box(Settings(folder=self.centre.server.folder, is_demo=True))
        try:
            yield box
        finally:
            box.database.close()


def pressed(page: Any, centre: Centre) -> Iterator[str]:
    """Every such page: each is loaded while its name is given."""
    visitor = Visitor(page, centre)
    for kind in KINDS:
        yield from kind(visitor)


def _events(visitor: Visitor) -> Iterator[str]:
    for address, what in PRESSED.items():
        visitor.show(address)
        visitor.press(what)
        yield f"after {address}"
    for code in ("0" * 24, "nothing"):
        visitor.show(visitor.ask("/events/1/sign-in", code=code) or "/events/answer")
        yield f"a code of {len(code)} at an event"
    visitor.ask("/digits", digits="9999")
    for way in ("in", "out"):
        visitor.show(f"/events/1/sign-{way}?typed=4")
        yield f"nobody found to sign {way}"
    visitor.ask("/digits", digits="0101")


def _days(visitor: Visitor) -> Iterator[str]:
    """Days that are over, left, full, cancelled or to come: the page, and what a press there comes to."""
    with visitor.behind() as box, box.database.write() as tx:
        days = {title: _held(tx, box, title) for title in HELD}
    for title, day in days.items():
        visitor.show(f"/events/{day}")
        yield f"event {title}"
        visitor.show(f"/events/{day}?more=1")
        yield f"more of event {title}"
        for way, form in (("register", {"together": "1"}), ("sign-in", {"visitors": "1"})):
            at = f"/events/{day}/{way}"
            visitor.show(visitor.ask(at, nonce=f"press-{next(_presses)}", **form) or at)
            yield f"{way} at event {title}"


def _held(tx: Tx, box: Box, title: str) -> int:
    """The day of an event of this kind, held once; made the first time. When it is, HELD says."""
    found = tx.execute(
        sa.select(event_day.c.id).join_from(event_day, event).where(event.c.title == title)
    ).scalar()
    if found is not None:
        return int(found)
    kind, days, hour, lasts_min, capacity = HELD[title]
    on, asked = box.centre.day(box.now()) + timedelta(days=days), Asked(box.now(), SECRETARY)
    plan = events.EventPlan(
        kind, title, "一楼多功能活动室（从东门进）", on, time(hour), lasts_min, capacity=capacity,
        title_en=f"Neighbours meet: {kind}", place_en="Large activity room, ground floor, by the east gate",
        grace_min=0,
    )  # fmt: skip
    event_id = events.add_event(tx, box.centre, asked, plan)
    if title == "取消的活动":
        events.cancel_day(tx, box.centre, asked, event_id, on, "下大雪，改到下星期三下午两点，地点不变")
    day_id: int = events.need_day(tx, box.centre, event_id, on)
    return day_id


HELD: Final = {
    "早就结束的讲座": (events.EventKind.ACTIVITY, 0, 0, 5, None),
    "早就结束的值班": (events.EventKind.SHIFT, 0, 0, 5, None),
    "名额满了的手工课": (events.EventKind.ACTIVITY, 0, 0, 23 * 60 + 55, 1),
    "明天满了的手工课": (events.EventKind.ACTIVITY, 1, 9, 90, 1),
    "取消的活动": (events.EventKind.MEETING, 1, 9, 90, None),
}
"""Kind, days from today, hour, minutes and places of what the demo has none of."""


def _numbers(visitor: Visitor) -> Iterator[str]:
    """The number page: taken again, with wishes, without paper, called, missed, over."""
    mine = visitor.take(priority="elder")
    again = visitor.ask("/tickets", service=SERVICE, tap=f"pressed-{next(_presses)}")
    visitor.show(again)
    yield "a number that was taken already"
    for wish in WISHES:
        visitor.show(visitor.ask(_at(mine, "/help"), wish=wish, digits="4711"))
        yield f"a number with the wish {wish}"
    visitor.show(mine)
    yield "a number with all of them"
    visitor.show(_at(mine, "/help"))
    yield "help with all of them"
    for status in ("queued", "failed", "printed"):
        _paper(visitor, "ticket", status)
        visitor.show(mine)
        yield f"a number whose slip is {status}"
    for status in (tickets.Status.CALLED, tickets.Status.NO_SHOW, tickets.Status.HELD, tickets.Status.SERVED):
        with visitor.behind() as box, box.database.write() as tx:
            counter = 30 if status == tickets.Status.CALLED else None
            newest = tx.execute(sa.select(sa.func.max(ticket.c.id))).scalar()
            values = {"status": status, "counter_number": counter}
            tx.execute(sa.update(ticket).where(ticket.c.id == newest).values(values))
        for page in ("", "/help"):
            visitor.show(_at(mine, page))
            yield f"a number that is {status}{page}"


def _at(address: str, page: str, **asked: object) -> str:
    """Another page of the same number, in the same visit."""
    path, _, visit = address.partition("?")
    asks = "&".join([*([visit] if visit else []), *(f"{name}={value}" for name, value in asked.items())])
    return f"{path}{page}?{asks}"


def _paper(visitor: Visitor, kind: str, status: str) -> None:
    """Have the newest slip of its kind be so, with time enough for whoever waits for it."""
    with visitor.behind() as box, box.database.write() as tx:
        newest = tx.execute(
            sa.select(sa.func.max(print_job.c.id)).where(print_job.c.subject.like(f"{kind}%"))
        ).scalar()
        values = {"status": status, "created_at": box.now()}
        tx.execute(sa.update(print_job).where(print_job.c.id == newest).values(values))


def _lost(visitor: Visitor) -> Iterator[str]:
    """A lost slip looked for by digits: one is found, several, none."""
    visitor.ask(_at(visitor.take(), "/help"), wish="phone", digits="2580")
    visitor.ask("/digits", digits="2580")
    visitor.show("/lost?typed=4")
    yield "one lost number found"
    for _ in range(4):
        visitor.ask(_at(visitor.take(ANOTHER), "/help"), wish="phone", digits="2580")
    visitor.show("/lost?typed=4")
    yield "several lost numbers found"
    visitor.press(".tile--number")
    yield "a lost number that was touched"
    visitor.press(".press--main")
    yield "a lost number printed again"
    visitor.ask("/digits", digits="9999")
    visitor.show("/lost?typed=4")
    yield "no lost number found by its digits"
    visitor.show("/lost?service=H")
    yield "no lost number found of its service"


def _said(visitor: Visitor) -> Iterator[str]:
    """我要说: joined to what runs, with writing, with every digit; and what the paper does."""
    category, place = _running(visitor)
    about = f"category={category}&place={place}"
    visitor.show(f"/concerns/new?{about}")
    yield "something that others have said"
    visitor.show(visitor.ask("/concerns/new/ink", category=category, place=place, ink=INK))
    yield "something that was written"
    for step, digits in (("phone", WHOLE[:3]), ("phone", WHOLE), ("tail", WHOLE[:4])):
        visitor.ask("/concerns/digits", digits=digits)
        visitor.show(f"/concerns/new?{about}&step={step}&typed={len(digits)}")
        yield f"{len(digits)} digits for {step}"
    at = visitor.ask("/concerns", category=category, place=place, tap=f"pressed-{next(_presses)}")
    for status in ("queued", "failed", "printed"):
        _paper(visitor, "concern", status)
        visitor.show(at)
        yield f"a receipt that is {status}"


def _running(visitor: Visitor) -> tuple[str, str]:
    """What and where somebody works on something that others may join."""
    is_running = sa.and_(concern.c.state.in_(concerns.RUNNING), concern.c.place_id.is_not(None))
    with visitor.behind() as box, box.database.read() as tx:
        for row in tx.execute(sa.select(concern.c.category_code, concern.c.place_id).where(is_running)):
            about = concerns.category_of(tx, row.category_code, "zh")
            if concerns.alike(tx, about, row.place_id) is not None:
                return row.category_code, str(row.place_id)
    return "lights", "0"


def _receipts(visitor: Visitor) -> Iterator[str]:
    """A receipt of each state that the demo has, and what can be done with an answered one."""
    visit = visitor.take().partition("?")[2]
    with visitor.behind() as box, box.database.read() as tx:
        alike = (concern.c.state, concern.c.outcome, concern.c.solved)
        ids = tx.execute(sa.select(sa.func.max(concern.c.id)).group_by(*alike)).scalars().all()
        each = [concerns.concern_of(tx, box.centre, one, "zh") for one in ids]
    for one in each:
        visitor.show(f"/concerns/slip/{one.token}?{visit}")
        yield f"receipt {one.number}, {one.state} {one.outcome} {one.solved}"
        visitor.show(f"/concerns/slip/{one.token}?{visit}&done=said")
        yield f"receipt {one.number}, {one.state} {one.outcome} {one.solved}, more was said"
    token = answered(visitor)
    visitor.show(f"/concerns/slip/{token}?{visit}")
    yield "a receipt with a long answer"
    visitor.show(visitor.ask(f"/concerns/slip/{token}/answer?{visit}", solved="half"))
    yield "a receipt whose answer was half of it"
    visitor.show(visitor.ask(f"/concerns/slip/{token}/rating?{visit}", grade="2"))
    yield "a receipt whose answer was rated"


def answered(visitor: Visitor) -> str:
    """The code of something new that was answered."""
    at = visitor.ask("/concerns", category="lights", place="0", tap=f"pressed-{next(_presses)}")
    token = at.partition("?")[0].rpartition("/")[2]
    with visitor.behind() as box, box.database.write() as tx:
        number = concerns.concern_in(tx, box.centre, token)
        hand = concerns.Hand(Asked(box.now(), SECRETARY), is_lead=True)
        concerns.accept(tx, box.centre, hand, number)
        reply = concerns.Reply(concerns.Outcome.EXPLAINED, ANSWER)
        concerns.answer(tx, box.centre, hand, number, reply)
    return token


ANSWER: Final = "灯坏了是因为电线老化，已经请电工换了线，装了两盏新灯；下星期一再来看一遍。" * 7


def _rated(visitor: Visitor) -> Iterator[str]:
    """After a visit: which window, a bad face, why, whether to be called, and the thanks."""
    at = _over(visitor)
    visitor.show(_at(at, "/rate"))
    yield "a visit at two windows"
    visitor.show(_at(at, "/rate", counter=1))
    yield "a face for one of them"
    visitor.show(visitor.ask(_at(at, "/rate"), grade="1", counter="1"))
    yield "why"
    visitor.show(visitor.ask(_at(at, "/rate/criteria"), criteria=""))
    yield "to be called or not"
    for step, digits in (("tail", WHOLE[:4]), ("phone", WHOLE[:3]), ("phone", WHOLE)):
        visitor.ask("/digits", digits=digits)
        for typed in dict.fromkeys((0, len(digits))):
            visitor.show(_at(at, "/rate/callback", step=step, typed=typed))
            yield f"{typed} digits to be called, {step}"
    visitor.show(_at(at, "/rate", no=1))
    yield "thanks, not to be called"
    visitor.show(visitor.ask(_at(at, "/rate/callback"), phone=WHOLE))
    yield "thanks, to be called"


def _over(visitor: Visitor) -> str:
    """Where the page of a visit is that ended at two windows."""
    at = visitor.take(ANOTHER)
    number = _number_of(visitor)
    for counter in (1, 2):
        clerk = clerk_at(visitor.centre.server, counter)
        for verb in ("start", "finish"):
            clerk.post(f"/counter/{counter}/{verb}")  # whoever is there
        clerk.post(f"/counter/{counter}/call", ticket=number, now="1", reason="要快")
        if counter == 1:
            clerk.post(f"/counter/{counter}/start")
            clerk.post(f"/counter/{counter}/continue", service=SERVICE, place="front")
        else:
            for verb in ("start", "finish"):
                clerk.post(f"/counter/{counter}/{verb}")
    return at


def _number_of(visitor: Visitor) -> str:
    with visitor.behind() as box, box.database.read() as tx:
        return str(tx.execute(sa.select(sa.func.max(ticket.c.id))).scalar())


def _cards(visitor: Visitor) -> Iterator[str]:
    """Contact cards by what somebody comes with, and one that is being printed."""
    with visitor.behind() as box, box.database.write() as tx:
        known = {plan.zh for _, plan in cards.problem_plans(tx)}
        for one in cards.STARTER_PROBLEMS:
            if one.zh not in known:
                plan = cards.ProblemPlan(one.zh, one.en, one.icon, (1, 2, 3, 4))
                cards.add_problem(tx, Asked(box.now(), SECRETARY), plan)
    for address in ("/cards", "/cards/problems", "/cards/problems?page=1", "/cards/problems/1"):
        visitor.show(address)
        yield f"{address} with problems"
    visitor.show(visitor.ask("/cards/1/print", tap=f"pressed-{next(_presses)}"))
    yield "a card that is being printed"


def _helping(visitor: Visitor) -> Iterator[str]:
    """A volunteer's digits, wrong and right, and a number for somebody else."""
    code = visitor.centre.code
    visitor.ask("/assist", digits="000000" if code != "000000" else "111111")
    visitor.show("/assist")
    yield "/assist, wrong"
    visitor.ask("/assist", digits=code)
    for number in range(2):
        visitor.show(f"/assist?page={number}")
        yield f"/assist of services, {number}"
    visitor.ask("/assist/take", service=SERVICE, tap=f"pressed-{next(_presses)}")
    visitor.show("/assist")
    yield "/assist, one was taken"


def _called(visitor: Visitor) -> Iterator[str]:
    """Somebody is called for, comes, and is not needed."""
    clerk = Client(visitor.centre.server)
    clerk.post("/log-in", name="clerk1", password="demo-clerk")  # noqa: S106 - the demo's
    for kind in ("unwell", "help"):
        visitor.ask("/help", kind=kind)
        (ringing,) = set(re.findall(r"/pleas/(\d+)/answer", clerk.get("/pleas")[2]))
        visitor.show("/help")
        yield f"called for {kind}"
        clerk.post(f"/pleas/{ringing}/answer")
        visitor.show("/help")
        yield f"called for {kind}, somebody comes"
        clerk.post(f"/pleas/{ringing}/close", outcome="seen")
        visitor.show("/help")
        yield f"called for {kind}, somebody was there"


def _refused(visitor: Visitor) -> Iterator[str]:
    """What is refused: a wrong code at a machine that nobody has let in, and what cannot be read."""
    for address, form in REFUSED.items():
        visitor.show("/")
        with visitor.page.expect_navigation():
            visitor.page.evaluate(SEND, [address, form])
        yield f"refused at {address} {' '.join(form.values())}"


REFUSED: Final = {
    "/enrol": {"code": "000000"},
    "/slips/scan": {"code": "nothing"},
    "/tickets": {"service": "nothing", "tap": "nothing"},
}

SEND: Final = """([address, form]) => {
  const sent = document.createElement('form');
  Object.assign(sent, { method: 'post', action: address });
  for (const [name, value] of Object.entries(form)) {
    sent.append(Object.assign(document.createElement('input'), { name, value }));
  }
  document.body.append(sent);
  sent.submit();
}"""

KINDS: Final = (
    _events,
    _days,
    _helping,
    _numbers,
    _lost,
    _said,
    _receipts,
    _rated,
    _cards,
    _called,
    _refused,
)
