"""我要说 at the station, without a word typed: a picture, a place, how to be told; then the receipt."""

from datetime import timedelta
from typing import Any

from flask import redirect, render_template, request, session, url_for
from msgspec import Struct
from msgspec.structs import replace
from werkzeug.wrappers import Response as AnyResponse

from kiosk import concerns, spool
from kiosk.asked import Asked
from kiosk.clock import lasted
from kiosk.concerns import KIND_WORDS, Contact
from kiosk.database import Tx
from kiosk.screens.concerns import drafts
from kiosk.screens.concerns.receipt import due_said
from kiosk.screens.web.access import path_of_ours
from kiosk.screens.web.devices import VISIT, need_station, need_visit
from kiosk.screens.web.forms import is_digits, page_asked, tap, text, whole_or_none
from kiosk.screens.web.page import box, lang, new_tap, say
from kiosk.screens.web.screen import station
from kiosk.screens.web.ticket_form import station_here
from kiosk.words import Malformed, mark

screen = station(__name__)

MOST = 6
"""Choices on a page; they never scroll."""

UNCLEAR = 0
"""In an address: where it is nobody can say."""

TYPED = "typed"
"""The name in the visitor's cookie of the digits pressed."""

PHONE_DIGITS, TAIL_DIGITS = 11, 4

TITLES = (
    ("uncle", mark("大爷")),
    ("auntie", mark("大妈")),
    ("sir", mark("先生")),
    ("madam", mark("女士")),
)
"""What somebody is called who leaves four digits: nothing has to be typed."""

MOST_BYTES = 512 * 1024
"""Of a form with a voice in it."""

TAKES_NOTHING_IN = ("urgent", "outside")
"""Steps that end with a telephone number: what cannot wait, and what nobody here could read."""

ABOUT_SECRETARY = ".secretary"
"""Behind the code of a category that is about staff: it is about the secretary, and the street's."""

WAIT_FOR_SLIP = timedelta(seconds=2)


class Tile(Struct, frozen=True):
    """A choice, as `parts/tiles.html` draws it."""

    href: str
    icon: str
    name: str
    note: str = ""
    then: str = ""
    is_on: bool = False
    looks: str = " tile--third"


class Page(Struct, frozen=True):
    """Some of the choices: the page `number` of `count`, both counted as people do."""

    shown: tuple[Tile, ...]
    number: int
    count: int


def page_of(tiles: list[Tile], last: Tile | None = None) -> Page:
    """The page that is asked for; `last` stands on every page."""
    size = MOST - (last is not None)
    cut = [tiles[start : start + size] for start in range(0, len(tiles), size)] or [[]]
    number = min(page_asked(), len(cut) - 1)
    return Page((*cut[number], *([last] if last else [])), number + 1, len(cut))


@screen.get("/concerns/new")
def new() -> str:
    """The next step of what was chosen so far, which the address holds."""
    need_station()
    step = request.args.get("step", "")
    if step in TAKES_NOTHING_IN:
        return render_template(f"concerns/new/{step}.html")
    code = request.args.get("category", "")
    with box().database.read() as tx:
        if not code:
            return _what(tx)
        category = chosen(tx, code)
        place = whole_or_none("place", fields=request.args)
        if place is None and category.is_sealed:
            return _who(tx, category)
        if place is None and concerns.places(tx, lang()):
            return _where(tx, category)
        facts = {"category": category, "place_id": place or UNCLEAR, "tap": new_tap()}
        facts["place"] = concerns.place_name(tx, place or None, lang())
        other = concerns.alike(tx, category, place or None)
        back = _before_say(tx, category, place or None)
        has_slip = spool.has_printer(tx, box().settings)
    if step == "tail":
        titles = [(name, say(words)) for name, words in TITLES]
        return render_template("concerns/new/tail.html", digits=_digits(TAIL_DIGITS), titles=titles, **facts)
    if step == "phone":
        return render_template("concerns/new/phone.html", digits=_digits(PHONE_DIGITS), **facts)
    if step == "how":
        kept = drafts.kinds(category.code)
        facts["back"] = _before_how(category, place, kept)
        return render_template("concerns/new/how.html", kept=kept, has_slip=has_slip, **facts)
    kept = drafts.kinds(category.code)
    return render_template("concerns/new/say.html", other=other, back=back, kept=kept, **facts)


def _before_say(tx: Tx, category: concerns.Category, place_id: int | None) -> str:
    """The question before the last one, on the page of its choices that what was chosen stands on."""
    if category.is_sealed:
        return url_for(".new", category=category.code.removesuffix(ABOUT_SECRETARY))
    if not (compounds := concerns.every_place(tx, lang())):
        return _before_where(tx, category)
    for compound, buildings in compounds:
        inside = None if len(compounds) == 1 else compound.id
        if buildings and place_id == compound.id:
            return url_for(".new", category=category.code, inside=inside)
        if place_id in (found := [one.id for one in buildings]):
            page = _page_with(place_id, found)
            return url_for(".new", category=category.code, inside=inside, page=page)
    page = _page_with(place_id, [compound.id for compound, _ in compounds])
    return url_for(".new", category=category.code, page=page)


def _page_with(place_id: int | None, found: list[int]) -> int | None:
    """The page of choices that a place stands on, as addresses have it: None is the first."""
    return found.index(place_id) // (MOST - 1) or None if place_id in found else None


def _before_how(category: concerns.Category, place: int | None, kept: dict[str, bool]) -> str:
    """What she said or wrote, to do it again; else the question whether there is more to say."""
    asked: dict[str, Any] = {"category": category.code, "place": place or UNCLEAR}
    if kept["voice"] or kept["ink"]:
        return url_for(f"concerns.spoken.{'voice' if kept['voice'] else 'ink'}", **asked)
    return url_for(".new", **asked)


def _before_where(tx: Tx, category: concerns.Category) -> str:
    """The pictures, on the page that has this one; what cannot wait stands before them."""
    codes = [one.code for one in concerns.categories(tx, lang())]
    page = (codes.index(category.code) + 1) // MOST if category.code in codes else 0
    return url_for(".new", page=page or None)


def chosen(tx: Tx, code: str) -> concerns.Category:
    """The category that is asked for; about the secretary it is one of its own. Raises UnknownCategory."""
    category = concerns.category_of(tx, code.removesuffix(ABOUT_SECRETARY), lang())
    if category.is_sealed and code.endswith(ABOUT_SECRETARY):
        return replace(category, code=code, name=say(mark("书记的事")))
    return category


def _who(tx: Tx, category: concerns.Category) -> str:
    """About staff it is asked whom it is about, and not where: who has it depends on that."""
    code = category.code.removesuffix(ABOUT_SECRETARY)
    ways = {name: url_for(".new", category=f"{code}{name}", place=UNCLEAR) for name in ("", ABOUT_SECRETARY)}
    if not concerns.has_street(tx):
        ways[ABOUT_SECRETARY] = url_for(".new", step="outside")
    others = Tile(ways[""], "users-round", say(mark("别的工作人员")), say(mark("书记和主管看")))
    own = Tile(ways[ABOUT_SECRETARY], "user-round", say(mark("书记")), say(mark("街道看，书记看不到")))
    back = _before_where(tx, category)
    return render_template("concerns/new/who.html", category=category, page=page_of([others, own]), back=back)


def _what(tx: Tx) -> str:
    """The pictures; what cannot wait stands first."""
    urgent = Tile(
        url_for(".new", step="urgent"),
        "triangle-alert",
        say(mark("有危险")),
        looks=" tile--third tile--first",
    )
    own = [
        Tile(url_for(".new", category=one.code), one.icon, one.name)
        for one in concerns.categories(tx, lang())
    ]
    return render_template("concerns/new/what.html", page=page_of([urgent, *own]))


def _where(tx: Tx, category: concerns.Category) -> str:
    """The compounds, or the buildings of one; a centre with one compound shows its buildings at once."""
    inside = whole_or_none("inside", fields=request.args)
    found = concerns.places(tx, lang(), inside)
    if inside is None and len(found) == 1 and (buildings := concerns.places(tx, lang(), found[0].id)):
        found = buildings
    tiles = []
    for one in found:
        has_more = inside is None and one.parent_id is None and concerns.places(tx, lang(), one.id)
        asked: dict[str, Any] = {"inside": one.id} if has_more else {"place": one.id}
        tiles.append(Tile(url_for(".new", category=category.code, **asked), "building-2", one.name))
    unclear = Tile(
        url_for(".new", category=category.code, place=inside or UNCLEAR), "circle-help", say(mark("不清楚"))
    )
    return render_template(
        "concerns/new/where.html",
        category=category,
        page=page_of(tiles, unclear),
        inside=inside,
        back=_before_where(tx, category) if inside is None else _before_buildings(tx, category, inside),
    )


def _before_buildings(tx: Tx, category: concerns.Category, inside: int) -> str:
    """The compounds, on the page that has this one."""
    page = _page_with(inside, [one.id for one in concerns.places(tx, lang())])
    return url_for(".new", category=category.code, page=page)


def _digits(most: int) -> str:
    """The digits pressed so far on this page's pad."""
    count = whole_or_none(TYPED, most, fields=request.args) or 0
    return str(session.get(TYPED, ""))[:count]


@screen.post("/concerns/digits")
def keep_digits() -> AnyResponse:
    """A key of the pad of eleven: the digits are kept with the visit, the address tells how many."""
    need_station()
    digits = request.form.get("digits", "")
    if digits and not (is_digits(digits) and len(digits) <= PHONE_DIGITS):
        raise Malformed
    session[TYPED] = digits
    back = path_of_ours(request.form.get("back", ""), url_for(".new"))
    return redirect(f"{back}{'&' if '?' in back else '?'}{TYPED}={len(digits)}", 303)


@screen.post("/concerns")
def take_in() -> AnyResponse:
    """Take it in; pressed twice it is the same one."""
    need_station()
    request.max_content_length = MOST_BYTES
    said, files = _said(), _files()
    with box().database.write() as tx:
        if said.is_for_street:
            said = replace(said, against=concerns.about_secretary(tx))
        taken = concerns.take_in(tx, box().centre, _asked(), said)
        if not taken.already:
            concerns.keep_files(tx, _asked(), box().settings.folder, taken.id, files)
            if (other := whole_or_none("also")) is not None:
                concerns.also_me(tx, _asked(), taken.id, other)
    session.pop(TYPED, None)
    drafts.drop()
    return redirect(url_for(".taken", token=taken.token, visit=session.get(VISIT)), 303)


def _files() -> list[concerns.Attached]:
    """What was said or written: with the form, or on a page before it. Raises BadVoice, BadInk."""
    voice, ink, about = request.files.get("voice"), request.form.get("ink", ""), text("category")
    found = [
        concerns.voice_of(voice.read()) if voice else drafts.kept("voice", about),
        concerns.ink_of(ink) if ink else drafts.kept("ink", about),
    ]
    return [one for one in found if one is not None]


def _asked() -> Asked:
    return Asked(box().now(), station=station_here(), lang=lang())


def _said() -> concerns.Said:
    names = dict(TITLES)
    title = request.form.get("title", "")
    contact = concerns.contact_of(text("phone"), names.get(title, ""))
    if contact is None:
        raise concerns.BadContact
    place, code = whole_or_none("place"), text("category")
    return concerns.Said(
        category=code.removesuffix(ABOUT_SECRETARY),
        is_for_street=code.endswith(ABOUT_SECRETARY),
        tap=tap(),
        place_id=place or None,
        words=text("words"),
        contact=contact if contact.tail else Contact(),
    )


@screen.get("/concerns/taken/<token>")
def taken(token: str) -> str:
    """The number, the day of the answer, and the code: whatever the printer does."""
    need_visit()
    with box().database.read() as tx:
        concern = _by_receipt(tx, token)
        state = _print_state(tx, concern.id)
    due = concerns.due_text(box().centre, concern.due, lang())
    return render_template(
        "concerns/new/taken.html",
        concern=concern,
        kind=say(KIND_WORDS[concern.kind]),
        due=due,
        due_said=due_said(concern.due),
        phone_url=box().centre.qr_text(concern.token),
        opens_on_phone=bool(box().settings.public_url),
        print_state=state,
        visit=session.get(VISIT),
    )


@screen.get("/concerns/taken/<token>/slip")
def slip_state(token: str) -> str:
    """Whether the receipt is printed yet."""
    need_visit()
    with box().database.read() as tx:
        concern = _by_receipt(tx, token)
        state = _print_state(tx, concern.id)
    return render_template(
        "concerns/new/slip_state.html", concern=concern, print_state=state, visit=session.get(VISIT)
    )


def _by_receipt(tx: Tx, token: str) -> concerns.Concern:
    return concerns.concern_of(tx, box().centre, concerns.concern_in(tx, box().centre, token), lang())


def _print_state(tx: Tx, concern_id: int) -> str:
    """What the station says of the receipt: off, printing, printed or failed."""
    job = spool.slip_state(tx, concerns.concern_subject(concern_id))
    if job is None:
        return "off"
    status, written_at = job
    if status in spool.FINAL:
        return "printed" if status == spool.JobStatus.PRINTED else "failed"
    waited = lasted(written_at, box().now())
    return "printing" if waited is not None and waited <= WAIT_FOR_SLIP else "failed"
