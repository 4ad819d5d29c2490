"""The figures of what residents said, each with its definition under it and the list it was counted from."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from flask import g, render_template, request, url_for
from msgspec import Struct
from msgspec.structs import asdict

from kiosk import concerns, figures, ratings, staff
from kiosk.database import Tx
from kiosk.figures import Span, opinions
from kiosk.screens.figures.asking import span_asked
from kiosk.screens.web.errors import words_of
from kiosk.screens.web.forms import choice, page_asked, whole_or_none
from kiosk.screens.web.labels import when
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import staffed
from kiosk.words import Malformed, mark

screen = staffed(
    __name__,
    staff.Role.MANAGER,
    staff.Role.VIEWER,
    staff.Role.SECRETARY,
    staff.Role.STREET,
    menu=None,
    under="figures.figures",
)

LINES, MOST_PAGES = 50, 100_000
PARTS = ("all", "hits", "missed")


class Asked(NamedTuple):
    """What somebody asks: which days, which concerns, told apart by what."""

    span: Span
    only: opinions.Only
    by: opinions.Group

    def address(self, view: str = ".page", **more: Any) -> str:
        """Where its answer is."""
        told = {"from": self.span.first, "to": self.span.last, "by": self.by.value}
        told |= {name: value for name, value in asdict(self.only).items() if value}
        return url_for(view, **(told | more))


class Line(Struct, frozen=True):
    """A figure in words: its share as it may be told, its definition, and where its lists are."""

    name: opinions.Name
    words: str
    definition: str
    share: ratings.Share
    lists: dict[str, str]


class Row(Struct, frozen=True):
    """One category, place or source: the shares of its figures, and where all of it is."""

    words: str
    shares: tuple[ratings.Share, ...]
    taken: int


def _asked() -> Asked:
    """Raises Malformed."""
    by = choice("by", opinions.Group, request.args) if request.args.get("by") else opinions.Group.CATEGORY
    place = whole_or_none("place", fields=request.args)
    only = opinions.Only(request.args.get("category", ""), place, request.args.get("source", ""))
    return Asked(span_asked(), only, by)


@screen.get("/figures/concerns")
def page() -> str | tuple[str, int]:
    """The figures of some days, and the same by category, place or source."""
    try:
        asked = _asked()
    except Malformed as fault:
        today = box().centre.day(box().now())
        asked = Asked(Span(today, today), opinions.Only(), opinions.Group.CATEGORY)
        return _page(asked, words_of(fault)), 400
    return _page(asked)


def _page(asked: Asked, problem: str = "") -> str:
    with box().database.read() as tx:
        found = opinions.opinions_of(tx, box().centre, asked, box().now())
        names = opinions.names_of(tx, asked.by, lang(), say)
        offered = {by: opinions.names_of(tx, by, lang(), say) for by in opinions.Group}
        oldest = opinions.oldest_of(tx, box().centre, asked.only, lang())
    return render_template(
        "figures/opinions/page.html",
        problem=problem,
        asked=asked,
        span=asked.span,
        lines=[_line(name, found.whole.figures[name], asked) for name in opinions.Name],
        counts=[_count(name, found.whole.counts[name], asked) for name in opinions.Count],
        rows=[
            Row(
                names.get(row.key, row.key),
                tuple(_share(row.figures[name]) for name in IN_ROWS),
                len(row.counts[opinions.Count.TAKEN]),
            )
            for row in found.rows
        ],
        columns=[say(opinions.words.NAMES[name]) for name in IN_ROWS],
        head=say(opinions.words.HEADS[asked.by]),
        groups=[(one.value, say(words)) for one, words in opinions.words.GROUPS.items()],
        offered=offered,
        shortcuts=_shortcuts(asked),
        oldest=[_oldest(one) for one in oldest],
        sees_ratings=g.staff.role not in (staff.Role.VIEWER, staff.Role.STREET),
    )


IN_ROWS = (
    opinions.Name.CLOSED,
    opinions.Name.IN_TIME,
    opinions.Name.SOLVED,
    opinions.Name.CONTENT,
    opinions.Name.REOPENED,
)
"""Figures that stand in the table too; the others are told of all."""


def _share(counted: opinions.Counted) -> ratings.Share:
    return ratings.Share(len(counted.hits), len(counted.of))


def _line(name: opinions.Name, counted: opinions.Counted, asked: Asked) -> Line:
    lists = {part: asked.address(".cases", figure=name.value, part=part) for part in PARTS}
    words = opinions.words
    return Line(name, say(words.NAMES[name]), say(words.DEFINITIONS[name]), _share(counted), lists)


def _count(name: opinions.Count, ids: tuple[int, ...], asked: Asked) -> tuple[opinions.Count, str, int, str]:
    return name, say(opinions.words.COUNTS[name]), len(ids), asked.address(".cases", figure=name.value)


def _oldest(one: concerns.Concern) -> tuple[str, str, str, str]:
    return one.number, _words(one), when(box().centre.local(one.taken_at)), _link(one)


def _words(one: concerns.Concern) -> str:
    """Kind and place, as far as whoever looks may know them."""
    seen = _sight(one)
    if one.is_sealed and not seen.is_there:
        return say(mark("封存的，这里看不到"))
    return f"{one.category} {one.place}".strip() if seen.is_there and seen.place else one.category


def _shortcuts(asked: Asked) -> list[tuple[str, str, bool]]:
    today = box().centre.day(box().now())
    month, before = today.replace(day=1), figures.month_before(today)
    quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    known = (
        (mark("本月"), Span(month, today)),
        (mark("上月"), before),
        (mark("本季度"), Span(quarter, today)),
        (mark("上季度"), Span(_quarter_before(quarter), quarter - timedelta(days=1))),
        (mark("今年"), Span(date(today.year, 1, 1), today)),
    )
    return [(say(words), asked._replace(span=span).address(), span == asked.span) for words, span in known]


def _quarter_before(quarter: date) -> date:
    last = quarter - timedelta(days=1)
    return last.replace(month=last.month - 2, day=1)


@screen.get("/figures/concerns/list")
def cases() -> str:
    """What a figure was counted from: `part` all, those that count as good, or the others.

    Raises Malformed, figures.UnknownFigure.
    """
    asked, part = _asked(), request.args.get("part", "all")
    written = request.args.get("figure", "")
    if written not in opinions.words.EVERY or part not in PARTS:
        raise figures.UnknownFigure
    with box().database.read() as tx:
        found = opinions.opinions_of(tx, box().centre, asked, box().now()).whole
        ids, good = _ids(found, written, part)
        number = min(page_asked(), MOST_PAGES)
        shown = [_case(tx, one, good) for one in ids[number * LINES : (number + 1) * LINES]]
    more = {"figure": written, "part": part}
    return render_template(
        "figures/opinions/cases.html",
        asked=asked,
        span=asked.span,
        words=say(opinions.words.EVERY[written]),
        part=part,
        is_figure=written in tuple(opinions.Name),
        cases=shown,
        count=len(ids),
        before=asked.address(".cases", **more, page=number - 1) if number else "",
        after=asked.address(".cases", **more, page=number + 1) if len(ids) > (number + 1) * LINES else "",
    )


def _ids(found: opinions.Told, written: str, part: str) -> tuple[list[int], set[int]]:
    """The ids of a list, once each, and those that count as good."""
    if written in tuple(opinions.Count):
        return list(dict.fromkeys(found.counts[opinions.Count(written)])), set()
    counted = found.figures[opinions.Name(written)]
    ids = {"all": counted.of, "hits": counted.hits, "missed": counted.missed}[part]
    return list(dict.fromkeys(ids)), set(counted.hits)


class Case(Struct, frozen=True):
    """A concern in the list; of one that is sealed nothing but its number."""

    number: str
    words: str
    taken: str
    due: str
    state: str
    is_good: bool
    address: str


def _case(tx: Tx, concern_id: int, good: set[int]) -> Case:
    one = concerns.concern_of(tx, box().centre, concern_id, lang())
    is_good = concern_id in good
    if one.is_sealed and not _sight(one).is_there:
        return Case(one.number, _words(one), "", "", "", is_good, "")
    return Case(
        one.number,
        _words(one),
        when(box().centre.local(one.taken_at)),
        concerns.due_text(box().centre, one.due, lang()),
        say(concerns.STATE_WORDS[one.state]),
        is_good,
        _link(one),
    )


def _sight(one: concerns.Concern) -> concerns.Sight:
    return one.sight(str(g.staff.role), g.staff.id, box().centre.day_start(box().now()))


def _link(one: concerns.Concern) -> str:
    """The concern's own page; "" for who may not open it."""
    if g.staff.role == staff.Role.VIEWER or not _sight(one).is_there:
        return ""
    return url_for("concerns.one.page", concern_id=one.id)
