"""Which colours households can have, and what each means here: the centre names them."""

from flask import render_template, request
from msgspec.structs import asdict, replace
from werkzeug.wrappers import Response

from kiosk import households
from kiosk.households import Colour, Swatch
from kiosk.screens.households.words import SWATCH_WORDS
from kiosk.screens.web.access import asked
from kiosk.screens.web.forms import Draft, done, text
from kiosk.screens.web.page import box, say
from kiosk.screens.web.screen import MenuEntry, staffed
from kiosk.staff import Role
from kiosk.words import mark

screen = staffed(
    __name__,
    Role.MANAGER,
    Role.SECRETARY,
    menu=MenuEntry(mark("住户的颜色"), mark("回到住户的颜色"), "house", "every", 15),
    url_prefix="/admin/colours",
)

Answer = Response | tuple[str, int]


@screen.get("")
def every() -> str:
    """Every colour; never which household has one."""
    return _page(Draft({"swatch": Swatch.RED}))


def _page(draft: Draft) -> str:
    with box().database.read() as tx:
        known = households.colours(tx)
    return render_template(
        "households/colours/every.html",
        colours=known,
        draft=draft,
        swatches=[(str(one), say(words)) for one, words in SWATCH_WORDS.items()],
    )


@screen.post("")
def add() -> Answer:
    """Add a colour, or show what is wrong. Raises SevenAlready."""
    colour = _read()
    draft = Draft(asdict(colour)).judged(households.colour_faults(colour))
    if draft.faults:
        return _page(draft), 400
    with box().database.write() as tx:
        households.add_colour(tx, asked(), colour)
    return done(say(mark("加上了，网格员已经能选。")), ".every")


def _read() -> Colour:
    return Colour(text("name"), text("meaning"), request.form.get("swatch", ""))


@screen.post("/<int:colour_id>")
def edit(colour_id: int) -> Answer:
    """Write an edited colour. Raises UnknownColour."""
    colour = _read()
    faults = households.colour_faults(colour)
    if faults:
        return _page(Draft(asdict(colour)).judged(faults)), 400
    with box().database.write() as tx:
        known = households.colours(tx).get(colour_id)
        if known is None:
            raise households.UnknownColour
        households.edit_colour(tx, asked(), colour_id, replace(colour, is_retired=known.is_retired))
    return done(say(mark("改好了。")), ".every")


@screen.post("/<int:colour_id>/retire")
def retire(colour_id: int) -> Response:
    """Choose it no longer. Raises UnknownColour."""
    with box().database.write() as tx:
        households.retire_colour(tx, asked(), colour_id, is_retired=True)
    return done(say(mark("停用了，不能再选；已经记了的还在。")), ".every")


@screen.post("/<int:colour_id>/bring-back")
def bring_back(colour_id: int) -> Response:
    """Choose it again. Raises UnknownColour, SevenAlready."""
    with box().database.write() as tx:
        households.retire_colour(tx, asked(), colour_id, is_retired=False)
    return done(say(mark("恢复了。")), ".every")
