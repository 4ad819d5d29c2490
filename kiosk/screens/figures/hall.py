"""您说·我们办: sentences for the hall, written by one of staff and released by another, and their poster."""

import re
from datetime import date

from flask import Response, g, render_template, request
from msgspec import Struct
from werkzeug.wrappers import Response as AnyResponse

from kiosk import figures, openness, staff
from kiosk.figures import opinions
from kiosk.openness import Plan, Sentence, Stand, Tells
from kiosk.screens.web.access import asked
from kiosk.screens.web.downloads import pdf
from kiosk.screens.web.forms import choice, done, text, whole
from kiosk.screens.web.labels import when
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import staffed
from kiosk.staff import Role
from kiosk.words import mark
from printing.papers import OpenPoster

screen = staffed(
    __name__,
    Role.CLERK,
    Role.DESK,
    Role.MANAGER,
    Role.SECRETARY,
    menu=None,
    under="concerns.today",
    url_prefix="/concerns/hall",
)

TELLS_WORDS = {Tells.DONE: mark("办了"), Tells.CANNOT: mark("办不了")}
STAND_WORDS = {
    Stand.WRITTEN: mark("等另一个人放行"),
    Stand.RELEASED: mark("大厅看得见"),
    Stand.DOWN: mark("撤下了"),
}


class Row(Struct, frozen=True):
    """A sentence as the list shows it."""

    told: Sentence
    tells: str
    stand: str
    at: str
    who: str
    may_release: bool
    may_take_down: bool


@screen.get("")
def every() -> str:
    """What the hall knows of this month, what is to be released, and of what one may write."""
    with box().database.read() as tx:
        month = opinions.month_told(tx, box().centre, _today(), box().now())
        names = staff.staff_names(tx)
        rows = [_row(one, names) for one in openness.sentences(tx)]
        # what staff wrote of a concern is no matter of who only sets up
        offered = openness.offers(tx, lang()) if g.staff.role != Role.ADMIN else ()
    return render_template(
        "figures/hall/every.html",
        month=month,
        rows=rows,
        offered=offered,
        tells=[(one.value, say(words)) for one, words in TELLS_WORDS.items()],
        longest=(openness.LONGEST_SAID, openness.LONGEST_DONE),
    )


def _today() -> date:
    return box().centre.day(box().now())


def _row(one: Sentence, names: dict[int, str]) -> Row:
    is_waiting = one.stand == Stand.WRITTEN
    return Row(
        one,
        say(TELLS_WORDS[one.tells]),
        say(STAND_WORDS[one.stand]),
        when(box().centre.local(one.at)),
        names.get(one.staff_id, ""),
        is_waiting and one.staff_id != g.staff.id,
        one.stand != Stand.DOWN,
    )


@screen.post("")
def write() -> AnyResponse:
    """Write one. Raises what `openness.write` raises."""
    plan = Plan(whole("concern"), choice("tells", Tells), text("said"), text("done"))
    with box().database.write() as tx:
        openness.write(tx, asked(), plan)
    return done(say(mark("写好了，请另一个人看过放行。")), ".every")


@screen.post("/<int:sentence_id>/release")
def release(sentence_id: int) -> AnyResponse:
    """Let the hall see it. Raises what `openness.release` raises."""
    with box().database.write() as tx:
        openness.release(tx, asked(), sentence_id)
    return done(say(mark("放行了，大厅看得见了。")), ".every")


@screen.post("/<int:sentence_id>/down")
def down(sentence_id: int) -> AnyResponse:
    """Take it down for good. Raises UnknownSentence."""
    with box().database.write() as tx:
        openness.take_down(tx, asked(), sentence_id)
    return done(say(mark("撤下了。")), ".every")


@screen.get("/poster.pdf")
def poster() -> Response:
    """The poster of a month, this one unless `month` says another. Raises figures.NoReport."""
    first = _month()
    with box().database.read() as tx:
        told = opinions.month_told(tx, box().centre, first, box().now())
    return pdf(_poster(told), f"您说·我们办 {first:%Y-%m}")


def _month() -> date:
    written = request.args.get("month", "")
    if not written:
        return _today().replace(day=1)
    if not re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", written, re.ASCII):
        raise figures.NoReport
    return date(int(written[:4]), int(written[5:]), 1)


def _poster(told: opinions.Month) -> OpenPoster:
    return OpenPoster(
        centre=box().centre.name("zh"),
        month=f"{told.first.year}年{told.first.month}月",
        made_on=_today().isoformat(),
        counts=(
            ("收到", str(told.taken)),
            ("答复了", str(told.answered)),
            ("居民说解决了", str(told.solved)),
        ),
        done=tuple((one.said, one.done) for one in told.done),
        cannot=tuple((one.said, one.done) for one in told.cannot),
    )
