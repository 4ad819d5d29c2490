"""A rating on paper, typed in by somebody whose visit it was not."""

from datetime import date

from flask import g, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk import concerns, ratings, staff, tickets
from kiosk.asked import Asked
from kiosk.ratings import Said, Source
from kiosk.screens.web.access import asked
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import Draft, Reading, done, text
from kiosk.screens.web.labels import CHIP_WORDS, GRADE_WORDS
from kiosk.screens.web.page import box, say
from kiosk.screens.web.screen import staffed
from kiosk.words import Refusal, mark

screen = staffed(
    __name__, staff.Role.MANAGER, staff.Role.CLERK, staff.Role.DESK, menu=None, under="hall.overview",
    url_prefix="/ratings/paper",
)  # fmt: skip

LONGEST_NUMBER = 8


class NoSuchNumber(Refusal):
    """No visit with this number was finished on that day."""

    sentence = mark("那一天没有办完过这个号。请看小票上的日期和号码。")


class NotThere(Refusal):
    """The visit was not at this window, or it was at several and none is named."""

    sentence = mark("这个号去过%(windows)s号窗口，请写评的是哪一个。")


@screen.get("")
def form() -> str:
    """The form: which number of which day, the grade, why."""
    return _form(Draft({"day": f"{box().centre.day(box().now())}"}))


@screen.post("")
def add() -> AnyResponse | tuple[str, int]:
    """Keep it. What is wrong is told at its field."""
    draft = Draft({name: text(name) for name in ("day", "number", "counter", "grade", "words", "phone")})
    reading = Reading(draft.values)
    day, grade = reading.day("day"), reading.whole("grade", 5, 1)
    counter = reading.whole("counter", 999, 1)
    if grade is None:
        reading.need("grade")
    number = draft["number"].upper()
    faults = {name: "choice" if name == "grade" else code for name, code in reading.faults.items()}
    if not 1 <= len(number) <= LONGEST_NUMBER:
        faults["number"] = "empty"
    if draft["phone"] and not concerns.is_phone(draft["phone"]):
        faults["phone"] = "phone"
    if faults or day is None or grade is None:
        return _form(draft.judged(faults)), 400
    said = Said(tuple(request.form.getlist("criteria")), draft["words"])
    face = ratings.Face(ratings.Grade(grade), Source.PAPER, said)
    try:
        _keep((day, number, counter), face, draft["phone"])
    except NotThere as refusal:
        return _form(draft.with_faults({"counter": words_of(refusal)})), status_of(refusal)
    except (NoSuchNumber, ratings.NotFinishedYet, ratings.AlreadyRated, ratings.NotByTheRated) as refusal:
        return _form(draft.with_faults({"number": words_of(refusal)})), status_of(refusal)
    return done(say(mark("%(number)s 的评价记好了。"), number=number), ".form")


def _keep(of: tuple[date, str, int | None], face: ratings.Face, phone: str) -> None:
    """Write what the paper says `of` the number of a day, at a window if one is named."""
    day, number, counter = of
    with box().database.write() as tx:
        ticket_id = tickets.ticket_numbered(tx, day, number)
        if ticket_id is None:
            raise NoSuchNumber
        visit = _meant(ratings.finishes(tx, ticket_id), counter)
        ratings.rate(tx, box().centre, asked(), visit, face)
        if phone and face.grade.is_bad:
            ratings.leave_phone(tx, box().centre, Asked(box().now()), ticket_id, phone)


def _meant(found: tuple[ratings.Finish, ...], counter: int | None) -> ratings.Finish:
    """The window that the paper is about. Raises NotThere, NotByTheRated (who served at any of them)."""
    if any(one.staff_id == g.staff.id for one in found):
        raise ratings.NotByTheRated
    meant = [one for one in found if counter in (None, one.counter)]
    if len(meant) != 1:
        raise NotThere(windows=say(mark("、")).join(str(one.counter) for one in found))
    return meant[0]


def _form(draft: Draft) -> str:
    return render_template(
        "ratings/paper/form.html", draft=draft, grades=GRADE_WORDS, chip_words=CHIP_WORDS,
        good=ratings.GOOD_CHIPS, bad=ratings.BAD_CHIPS, most=ratings.LONGEST_WORDS,
    )  # fmt: skip
