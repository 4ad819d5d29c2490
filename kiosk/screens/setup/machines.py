"""The machines: the touchscreen and the television, let in by six digits."""

from flask import url_for
from werkzeug.wrappers import Response

from kiosk import devices
from kiosk.devices import Kind
from kiosk.screens.setup._steps import go_on, note_done, step_page
from kiosk.screens.web.access import asked
from kiosk.screens.web.devices import is_box_itself, is_shut_in, reached_at
from kiosk.screens.web.forms import choice
from kiosk.screens.web.labels import DEVICE_WORDS
from kiosk.screens.web.page import box, say
from kiosk.screens.web.screen import staffed
from kiosk.setup import Step
from kiosk.staff import Role

screen = staffed(__name__, Role.ADMIN, menu=None, under="accounts.staff_accounts", url_prefix="/setup")

Answer = Response | str | tuple[str, int]
HERE = (Kind.STATION, Kind.BOARD, Kind.COUNTER)
"""What a new hall needs."""


@screen.get("/devices", endpoint="devices")
def device_list() -> str:
    """What is let in, and how to let in what is not."""
    return _devices()


@screen.post("/devices")
def let_in() -> Answer:
    """Six digits for a machine, shown once; or go on."""
    kind = choice("kind", (*HERE, "done"))
    if kind == "done":
        with box().database.write() as tx:
            note_done(tx, Step.DEVICES)
        return go_on(Step.DEVICES)
    with box().database.write() as tx:
        code = devices.make_code(tx, box().centre, asked(), Kind(kind), say(DEVICE_WORDS[Kind(kind)]))
    return _devices(code, kind)


def _devices(code: str = "", kind: str = "") -> str:
    with box().database.read() as tx:
        every = [one for one in devices.devices(tx) if one.revoked_at is None]
    return step_page(
        "setup/machines/devices.html",
        Step.DEVICES,
        kinds={one: DEVICE_WORDS[one] for one in HERE},
        places={Kind.STATION: "/", Kind.BOARD: "/board", Kind.COUNTER: "/counter"},
        every=every,
        code=code,
        kind=kind,
        address=f"{reached_at()}{url_for('station.enrol.enrol')}",
        is_shut_in=is_shut_in(),
        is_at_box=is_box_itself(),
    )
