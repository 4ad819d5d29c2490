"""检查: a walk with its findings, a photo each; the sheet for whoever mends them, what is open."""

from datetime import timedelta

from flask import Response, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk import cards, concerns, kinds
from kiosk.concerns import Attached
from kiosk.database import Tx
from kiosk.kinds import Finding, Seen
from kiosk.screens.web.access import asked
from kiosk.screens.web.downloads import pdf
from kiosk.screens.web.forms import day, done, tap, text, whole_or_none
from kiosk.screens.web.labels import CONCERN_STATES
from kiosk.screens.web.page import box, lang, new_tap, say
from kiosk.screens.web.screen import staffed
from kiosk.staff import Role
from kiosk.words import mark
from printing.papers import Listing

screen = staffed(
    __name__,
    Role.CLERK,
    Role.DESK,
    Role.MANAGER,
    Role.GRID,
    Role.SECRETARY,
    menu=None,
    under="concerns.today",
    url_prefix="/s/patrols",
)

MOST_BYTES = 3_900_000
"""Of a form with a photo; the web server takes four million."""

COLUMNS = (
    (mark("编号"), 16.0), (mark("哪一类"), 22.0), (mark("问题"), 54.0), (mark("责任单位"), 28.0),
    (mark("要求"), 34.0), (mark("期限"), 26.0),
)  # fmt: skip


@screen.get("")
def patrols() -> str:
    """Every finding that is not struck off, and where a walk begins."""
    with box().database.read() as tx:
        rows = _seen(tx, kinds.findings_open(tx, lang()))
    today = box().centre.day(box().now())
    return render_template(
        "intake/patrols/patrols.html", rows=rows, states=CONCERN_STATES, today=today, tap=new_tap()
    )


@screen.post("")
def begin() -> AnyResponse:
    """Begin a walk at a place."""
    with box().database.write() as tx:
        patrol_id = kinds.begin_patrol(tx, asked(), whole_or_none("place") or None, tap())
    return redirect(url_for(".patrol", patrol_id=patrol_id), 303)


@screen.get("/<int:patrol_id>")
def patrol(patrol_id: int) -> str:
    """One walk: what was seen, and the form for the next finding."""
    with box().database.read() as tx:
        return render_template(
            "intake/patrols/patrol.html",
            patrol=kinds.patrol_of(tx, patrol_id, lang()),
            rows=_seen(tx, kinds.findings_of(tx, patrol_id, lang())),
            states=CONCERN_STATES,
            units=[one.post for one in cards.cards(tx, lang())],
            fix_on=box().centre.day(box().now()) + timedelta(days=kinds.FIX_DAYS),
        )


@screen.post("/<int:patrol_id>/findings")
def note(patrol_id: int) -> AnyResponse:
    """Write down what was seen. Raises BadFinding, BadPhoto, PhotoTooLarge: nothing is kept then."""
    request.max_content_length = MOST_BYTES
    photo = _photo()
    with box().database.write() as tx:
        fix_on = day("fix_on")
        seen = Seen(_category(tx), text("about"), text("unit"), text("demand"), fix_on, tap())
        taken = kinds.note_finding(tx, box().centre, asked(), patrol_id, seen)
        if photo is not None and not taken.already:
            concerns.keep_files(tx, asked(), box().settings.folder, taken.id, [photo])
    return done(say(mark("记下了，号是%(number)s。"), number=taken.number), ".patrol", patrol_id=patrol_id)


@screen.post("/<int:patrol_id>/findings/<int:concern_id>/photo")
def add_photo(patrol_id: int, concern_id: int) -> AnyResponse:
    """One more photo: how it looks when it is mended. Raises BadPhoto, PhotoTooLarge, UnknownConcern."""
    request.max_content_length = MOST_BYTES
    photo = _photo()
    if photo is None:
        raise concerns.BadPhoto
    with box().database.write() as tx:
        found = _seen(tx, kinds.findings_of(tx, patrol_id, lang()), acts=True)
        if concern_id not in {one.concern_id for one in found}:
            raise concerns.UnknownConcern
        concerns.keep_files(tx, asked(), box().settings.folder, concern_id, [photo])
    return done(say(mark("照片加上了。")), ".patrol", patrol_id=patrol_id)


@screen.get("/<int:patrol_id>/sheet.pdf")
def sheet(patrol_id: int) -> Response:
    """问题反馈单 of one walk, for whoever mends it."""
    with box().database.read() as tx:
        walked = kinds.patrol_of(tx, patrol_id, lang())
        rows = _seen(tx, kinds.findings_of(tx, patrol_id, lang()))
    when = f"{box().centre.local(walked.at):%Y-%m-%d %H:%M}"
    facts = tuple(one for one in (when, walked.place) if one)
    signed = (say(mark("检查人")), say(mark("责任单位签收")))
    return pdf(_listing(say(mark("问题反馈单")), facts, rows, signed), say(mark("问题反馈单")))


@screen.get("/list.pdf")
def listed() -> Response:
    """整改清单: all that is open."""
    with box().database.read() as tx:
        rows = _seen(tx, kinds.findings_open(tx, lang()))
    return pdf(_listing(say(mark("整改清单")), (), rows, ()), say(mark("整改清单")))


MOST = 200
"""Findings in a list at once."""


def _seen(tx: Tx, found: tuple[Finding, ...], *, acts: bool = False) -> tuple[Finding, ...]:
    """Those that whoever asks may read, or act on: a grid worker those of the own grid."""
    ids = [one.concern_id for one in found]
    seen = concerns.sights(tx, box().centre, asked(), str(g.staff.role), ids)
    may = [one for one in found if seen[one.concern_id].is_read]
    return tuple(one for one in may if seen[one.concern_id].may_act or not acts)[:MOST]


def _listing(
    title: str, facts: tuple[str, ...], rows: tuple[Finding, ...], signed: tuple[str, ...]
) -> Listing:
    shown = tuple(
        (
            one.number,
            one.category,
            f"{one.place} {one.about}".strip(),
            one.unit,
            one.demand,
            f"{one.fix_on} {say(CONCERN_STATES[one.state])}",
        )
        for one in rows
    )
    columns = tuple((say(words), width) for words, width in COLUMNS)
    today = f"{box().centre.day(box().now()):%Y-%m-%d}"
    return Listing(
        box().centre.name(lang()), title, facts, columns, shown, signed, today, g.staff.name, lang()
    )


def _photo() -> Attached | None:
    """The photo that came with the form, made small; None without one."""
    sent = request.files.get("photo")
    content = sent.read() if sent else b""
    if sent:
        sent.close()
    return concerns.photo_of(content) if content else None


def _category(tx: Tx) -> str:
    return concerns.category_of(tx, text("category"), lang()).code
