"""意见簿: what was written on score sheets and in the book on the counter, and what became of it."""

from flask import g, render_template
from msgspec import Struct
from werkzeug.wrappers import Response as AnyResponse

from kiosk import concerns, staff, surveys
from kiosk.concerns import Said, Source
from kiosk.screens.web.access import asked
from kiosk.screens.web.forms import Draft, done, tap, text
from kiosk.screens.web.labels import CONCERN_STATES
from kiosk.screens.web.page import box, lang, new_tap, say
from kiosk.screens.web.screen import staffed
from kiosk.words import mark

screen = staffed(
    __name__, staff.Role.MANAGER, staff.Role.CLERK, staff.Role.DESK, staff.Role.GRID, staff.Role.SECRETARY,
    menu=None, under="concerns.today", url_prefix="/surveys/book",
)  # fmt: skip

INNER = "sheet"
"""What is written belongs to no kind of the kiosk's unless somebody picks one."""


class Entry(Struct, frozen=True):
    """A line of the book: what was written, as whoever reads may see it, and what became of it."""

    id: int
    number: str
    on: str
    where: str
    words: str
    state: str
    reply: str


@screen.get("")
def page() -> str:
    """The book: what is open first, then what was answered, with its answer."""
    return _page(Draft({}), new_tap())


@screen.post("")
def add() -> AnyResponse | tuple[str, int]:
    """Type in what somebody wrote in the book on the counter. What is wrong is told at its field."""
    sent_tap = tap()
    draft = Draft({name: text(name) for name in ("words", "phone", "category")})
    contact = concerns.contact_of(draft["phone"])
    faults = {} if draft["words"] else {"words": "empty"}
    if len(draft["words"]) > concerns.LONGEST_WORDS:
        faults["words"] = "long"
    if contact is None or (draft["phone"] and not contact.phone):
        faults["phone"] = "phone"
    if draft["category"] not in dict(_categories()):
        faults["category"] = "choice"
    if faults or contact is None:
        return _page(draft.judged(faults), sent_tap), 400
    said = Said(
        draft["category"], sent_tap, Source.SHEET, words=draft["words"], contact=contact, has_slip=False
    )
    with box().database.write() as tx:
        taken = concerns.take_in(tx, box().centre, asked(), said)
        if contact.phone:
            concerns.owe_contact(tx, box().centre, asked(), taken.id)
    return done(say(mark("记下了，号是%(number)s。"), number=taken.number), ".page")


def _categories() -> list[tuple[str, str]]:
    with box().database.read() as tx:
        offered = [(one.code, one.name) for one in concerns.categories(tx, lang())]
    return [(INNER, say(mark("意见、建议"))), *offered]


def _page(draft: Draft, sent_tap: str) -> str:
    with box().database.read() as tx:
        found = concerns.concerns_from(tx, box().centre, asked(), Source.SHEET)
        sheets = surveys.surveys(tx, lang())
    entries = [entry for one in found if (entry := _entry(one)) is not None]
    return render_template(
        "surveys/book/page.html", draft=draft, tap=sent_tap, entries=entries, sheets=sheets,
        categories=_categories(), most=concerns.LONGEST_WORDS,
    )  # fmt: skip


def _entry(one: concerns.Concern) -> Entry | None:
    seen = one.sight(str(g.staff.role), g.staff.id, box().centre.day_start(box().now()))
    if not seen.is_there or not seen.is_listed:
        return None
    return Entry(
        one.id, one.number, f"{box().centre.day(one.taken_at)}", one.about if seen.about else "",
        one.words if seen.words else "", say(CONCERN_STATES[one.state]), one.reply if seen.reply else "",
    )  # fmt: skip
