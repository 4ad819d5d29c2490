"""The list that a figure was counted from: numbers and times, no names."""

from functools import partial

from flask import render_template, request

from kiosk import figures, staff
from kiosk.figures import Wanted, words
from kiosk.screens.figures.asking import address, by_asked, list_address, span_asked
from kiosk.screens.web.forms import page_asked
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import staffed

screen = staffed(
    __name__,
    staff.Role.MANAGER,
    staff.Role.VIEWER,
    staff.Role.SECRETARY,
    staff.Role.STREET,
    menu=None,
    under="figures.figures",
)

MOST_PAGES = 100_000


@screen.get("/figures/list")
def cases() -> str:
    """The cases of one figure, a page of them. Raises figures.BadSpan, UnknownFigure, staff.NotAllowed."""
    span, by, figure = span_asked(), by_asked(), request.args.get("figure", "cases")
    key = request.args.get("key") if "key" in request.args else None
    number = min(page_asked(), MOST_PAGES)
    last = (number + 1) * figures.LINES
    with box().database.read() as tx:
        wanted = Wanted(span, figure, by, key)
        found = figures.listed(tx, box().centre, wanted, number * figures.LINES, box().now())
        names = figures.names_of(tx, lang())
    return render_template(
        "figures/lists/cases.html",
        found=found,
        span=span,
        figure_words=words.LIST_WORDS[figure],
        of=words.key_words(by, key, names.of(by), say) if key is not None else "",
        services=names.of(figures.By.SERVICE),
        written=partial(words.written, say=say),
        ends=words.END_WORDS,
        before=list_address(span, by, figure, key, number - 1) if number else "",
        after=list_address(span, by, figure, key, number + 1) if found.found > last else "",
        back=address(span, by, "figures.figures.page"),
    )
