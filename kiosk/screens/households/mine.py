"""我的网格: the households of the own grid by colour. Nobody else sees them, and no file leaves the box."""

from flask import g, render_template, request
from werkzeug.wrappers import Response

from kiosk import households
from kiosk.households import Noted
from kiosk.screens.web.access import asked
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import Draft, done, text, whole_or_none
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import MenuEntry, MenuGroup, staffed
from kiosk.staff import Role
from kiosk.words import Malformed, Refusal, mark

screen = staffed(
    __name__,
    Role.GRID,
    menu=MenuEntry(mark("我的网格"), mark("回到我的网格"), "house", "every", 36, MenuGroup.WORK),
    url_prefix="/households",
)
screen.shuts_admin_out = True

Answer = Response | tuple[str, int]


@screen.get("")
def every() -> str:
    """Every household with a colour, by building."""
    return _page(Draft({}))


def _page(draft: Draft, printed: str = "") -> str:
    today = box().centre.day(box().now())
    with box().database.read() as tx:
        found = households.households_of(tx, g.staff.id, today, lang())
        places = households.places_of(tx, g.staff.id, lang())
        colours = households.colours(tx)
    return render_template(
        "households/mine/every.html",
        households=found,
        places=places,
        colours=[(number, one) for number, one in colours.items() if not one.is_retired],
        draft=draft,
        printed=printed,
    )


@screen.post("")
def note() -> Answer:
    """Write down a household's colour, with its consent."""
    draft = Draft({name: request.form.get(name, "") for name in ("place", "door", "colour")})
    noted = Noted(
        whole_or_none("place") or 0,
        text("door"),
        whole_or_none("colour") or 0,
        bool(request.form.get("consent")),
    )
    try:
        with box().database.write() as tx:
            households.note_colour(tx, box().centre, asked(), noted)
    except (Refusal, Malformed) as refusal:
        field = FIELD_OF.get(type(refusal), "consent")
        return _page(draft.with_faults({field: words_of(refusal)})), status_of(refusal)
    return done(say(mark("记下了。明年这时候再问一次。")), ".every")


FIELD_OF: dict[type[Refusal], str] = {
    households.NotInYourGrid: "place",
    households.BadDoor: "door",
    households.UnknownColour: "colour",
}
"""Which field a refusal is about."""


@screen.post("/<int:household_id>/clear")
def clear(household_id: int) -> Response:
    """Forget a household's colour: it says so, or has moved."""
    with box().database.write() as tx:
        households.clear_colour(tx, asked(), household_id)
    return done(say(mark("去掉了。")), ".every")


@screen.post("/print")
def printing() -> str:
    """The list to be printed by the browser: with who printed it and when, which is noted."""
    now = box().now()
    with box().database.write() as tx:
        found = households.households_of(tx, g.staff.id, box().centre.day(now), lang())
        households.note_print(tx, asked(), [one.id for one in found])
    at = f"{box().centre.local(now):%Y-%m-%d %H:%M}"
    words = say(
        mark("%(name)s于%(at)s打印。只给本人走访用，不拍照、不发群，用完碎掉。"), name=g.staff.name, at=at
    )
    return _page(Draft({}), words)
