"""Staff take in what somebody says at the counter, the desk, on the telephone: a digit and Enter."""

from datetime import timedelta

from flask import g, redirect, render_template, request, url_for
from msgspec import Struct
from werkzeug.wrappers import Response

from kiosk import cards, concerns, kinds, services, tickets
from kiosk.concerns import SOURCE_WORDS, Category, Contact, Hand, Outcome, Reply, Said, Source, Told
from kiosk.database import Tx
from kiosk.screens.web.access import asked, path_of_ours
from kiosk.screens.web.forms import choice, done, tap, text, whole_or_none
from kiosk.screens.web.page import box, lang, new_tap, say
from kiosk.screens.web.screen import staffed
from kiosk.staff import Role
from kiosk.words import mark

screen = staffed(
    __name__, Role.CLERK, Role.DESK, Role.MANAGER, Role.GRID, Role.SECRETARY, menu=None,
    under="concerns.today",
)  # fmt: skip

KEYS = "1234567890"
"""The digit of each category, in the centre's order."""

BY_STAFF = (
    Source.COUNTER, Source.DESK, Source.CALL, Source.WECHAT, Source.DOOR, Source.STAIRWELL, Source.MEETING,
    Source.PATROL, Source.STREET, Source.HOTLINE,
)  # fmt: skip
"""Ways in which staff hear of a concern."""


class Form(Struct, frozen=True):
    """What the form offers: categories by their digits, places, and a name for the press to come."""

    keys: tuple[tuple[str, Category], ...]
    places: tuple[tuple[int, str], ...]
    sources: tuple[tuple[str, str], ...]
    whom: tuple[tuple[int, str], ...]
    tap: str


@screen.app_template_global()
def concern_form() -> Form:
    """The form, for its own page and for others that take something in."""
    with box().database.read() as tx:
        found = concerns.categories(tx, lang())
        places = tuple(_places(tx))
        whom = tuple((one.id, f"{one.post} {one.phone}".strip()) for one in cards.cards(tx, lang()))
    sources = tuple((str(one), say(SOURCE_WORDS[one])) for one in BY_STAFF)
    return Form(tuple(zip(KEYS, found, strict=False)), places, sources, whom, new_tap())


def _places(tx: Tx) -> list[tuple[int, str]]:
    found = []
    for compound, inside in concerns.every_place(tx, lang()):
        found.append((compound.id, compound.name))
        found += [(one.id, f"{compound.name} {one.name}") for one in inside]
    return found


@screen.get("/concerns/add")
def form() -> str:
    """The form as a page of its own; a counter's panel takes its form from the one for this `counter`."""
    return render_template("intake/add/add.html", counter=whole_or_none("counter", fields=request.args))


@screen.post("/concerns/add")
def take_in() -> Response:
    """Take it in; with a reply it is answered at once, in the same transaction."""
    back, counter = path_of_ours(request.form.get("back", ""), ""), whole_or_none("counter")
    with box().database.write() as tx:
        said = _said(tx)
        taken = concerns.take_in(tx, box().centre, asked(), said)
        if request.form.get("settle") and not taken.already:
            hand = Hand(asked(), is_lead=str(g.staff.role) in concerns.LEADS)
            told = Told.PHONE if said.source == Source.CALL else Told.HERE
            concerns.settle(
                tx, box().centre, hand, taken.id, Reply(Outcome.EXPLAINED, _reply(tx, said), told)
            )
    if counter is not None:
        return redirect(url_for("hall.counter.counter", number=counter, taken=taken.number), 303)
    if back:
        return redirect(f"{back}?taken={taken.number}", 303)
    return done(say(mark("记下了，号是%(number)s，小票在打。"), number=taken.number), "concerns.today.today")


def _reply(tx: Tx, said: Said) -> str:
    """What was answered at once: the words, or whom to ask, whose card is printed for who stands here.

    Raises UnknownCard.
    """
    card_id = whole_or_none("card")
    if card_id is None:
        return text("reply") or say(mark("当场答复了。"))
    whom = cards.card_of(tx, card_id, lang())
    if said.source != Source.CALL:
        cards.print_card(tx, box().centre, asked(), card_id, said.tap)
    return say(mark("这件事请找%(whom)s，电话%(phone)s。"), whom=whom.post, phone=whom.phone or "-")


def _said(tx: Tx) -> Said:
    contact = concerns.contact_of(text("phone"), text("name"))
    if contact is None:
        raise concerns.BadContact
    source, is_for_street = choice("source", BY_STAFF), bool(request.form.get("secretary"))
    door_card = whole_or_none("door_card") if source == Source.DOOR else None
    if door_card is not None:
        kinds.card_known(tx, door_card)
    return Said(
        category=_category(tx),
        tap=tap(),
        is_sealed=bool(request.form.get("sealed")),
        is_for_street=is_for_street,
        against=concerns.about_secretary(tx) if is_for_street else None,
        source=source,
        place_id=whole_or_none("place") or None,
        about=text("about"),
        contact=contact if contact.tail or contact.name else Contact(),
        source_ref=kinds.card_source(door_card) if door_card is not None else "",
        has_slip=door_card is None,
        written_ago=_written_ago(source),
        ticket_id=_ticket_here(tx) if source == Source.COUNTER else None,
    )


def _written_ago(source: str) -> timedelta | None:
    """How long a phone has kept an entry, by its own clock: a clock that is wrong is as wrong both times."""
    seconds = whole_or_none("kept_s") if source in (Source.DOOR, Source.STAIRWELL) else None
    return timedelta(seconds=seconds) if seconds is not None else None


def _category(tx: Tx) -> str:
    """The category of the digit that was pressed. Raises UnknownCategory."""
    found = dict(zip(KEYS, concerns.categories(tx, lang()), strict=False)).get(text("pick"))
    if found is None:
        raise concerns.UnknownCategory
    return found.code


def _ticket_here(tx: Tx) -> int | None:
    """The ticket before the counter where it is taken in, if who does so sits there."""
    counter = whole_or_none("counter")
    if not any(one.number == counter and one.opened_by == g.staff.id for one in services.seats(tx)):
        return None
    here = tickets.at_hand(tx, counter or 0)
    return here.id if here else None
