"""The hours of a chat group: messages pasted at once, each a line with its category; no name is kept."""

from flask import render_template, request
from werkzeug.wrappers import Response

from kiosk import concerns
from kiosk.concerns import Category, Place, Said, Source
from kiosk.database import Tx
from kiosk.screens.web.access import asked
from kiosk.screens.web.forms import LONGEST_TAP, choice, done, tap, text, whole_or_none
from kiosk.screens.web.page import box, lang, new_tap, say, typed
from kiosk.screens.web.screen import staffed
from kiosk.staff import Role
from kiosk.words import Malformed, mark

screen = staffed(
    __name__,
    Role.CLERK,
    Role.DESK,
    Role.MANAGER,
    Role.GRID,
    Role.SECRETARY,
    menu=None,
    under="concerns.today",
    url_prefix="/s/wechat",
)

BY_LINES = (Source.WECHAT, Source.STAIRWELL)
"""What comes as lines: messages, and the notebook of a stairwell that is read out."""

KEYS = "1234567890"
"""The digit of each category, in the centre's order."""


class NothingPasted(Malformed):
    """There is no message in what was pasted."""

    sentence = mark("没有看到消息。请在微信里多选、复制，再粘贴到这里。")


@screen.get("")
def paste() -> str:
    """Where messages are pasted."""
    return render_template("intake/chat/paste.html", most=concerns.MOST_MESSAGES)


@screen.post("")
def sort() -> str:
    """Each message with the category and place that it sounds like. Nothing of it is kept yet."""
    with box().database.read() as tx:
        known, inside = _categories(tx), _places(tx)
    lines = "\n".join(typed(line) for line in request.form.get("pasted", "").splitlines())
    pasted = concerns.drafts_of(lines, list(known.values()), inside)
    if not pasted:
        raise NothingPasted
    digits = {one.code: key for key, one in known.items()}
    rows = [(number, one, digits.get(one.category, "")) for number, one in enumerate(pasted)]
    source, place = choice("source", BY_LINES), whole_or_none("place")
    return render_template(
        "intake/chat/sort.html", rows=rows, keys=known.items(), tap=new_tap(), source=source, place=place
    )


@screen.post("/take")
def take_in() -> Response:
    """Take in each line that has a digit; sent twice it is taken in once."""
    tapped, count = tap(), 0
    with box().database.write() as tx:
        known = _categories(tx)
        for number in range(concerns.MOST_MESSAGES):
            key = text(f"pick-{number}")
            if not key:
                continue
            if key not in known:
                raise concerns.UnknownCategory
            concerns.take_in(tx, box().centre, asked(), _said(number, known[key], tapped))
            count += 1
    return done(say(mark("记下了%(count)s件，小票在打。"), count=count), "concerns.today.today")


def _said(number: int, category: Category, tapped: str) -> Said:
    contact = concerns.contact_of(text(f"phone-{number}"))
    if contact is None:
        raise concerns.BadContact
    return Said(
        category.code, f"{tapped}-{number}"[-LONGEST_TAP:], choice("source", BY_LINES),
        whole_or_none(f"place-{number}") or None, about=text(f"about-{number}"), contact=contact,
    )  # fmt: skip


def _categories(tx: Tx) -> dict[str, Category]:
    return dict(zip(KEYS, concerns.categories(tx, lang()), strict=False))


def _places(tx: Tx) -> list[Place]:
    found = []
    for compound, inside in concerns.every_place(tx, lang()):
        found += [compound, *inside]
    return found
