"""The form of 取号, at the station and at a counter, and which services take nobody now."""

import re
from datetime import datetime

from flask import request, session

from kiosk import devices, services, tickets
from kiosk.database import Tx
from kiosk.screens.web.access import station_name
from kiosk.screens.web.devices import device_here
from kiosk.screens.web.errors import words_of
from kiosk.screens.web.forms import tap
from kiosk.screens.web.page import box
from kiosk.words import Malformed

LEFT = "left_at"
"""The cookie's name of when the visit before this one ended.

A cookie that each number changed had to be signed and checked anew: 0.3 ms of a ticket's 1.9.
"""


def shut(tx: Tx, listed: tuple[services.Service, ...]) -> dict[str, str]:
    """The services among `listed` that take nobody now, each with why in the visitor's language."""
    found = tickets.shut_services(tx, box().centre, listed, box().now())
    return {code: words_of(refusal) for code, refusal in found.items()}


def read_tap(staff_id: int | None = None) -> tickets.Tap:
    """The form of 取号. Raises Malformed when a field is missing or not as the form writes it."""
    form = request.form
    tail = form.get("phone_tail") or None
    if not form.get("service") or (tail and not re.fullmatch(r"[0-9]{4}", tail)):
        raise Malformed
    return tickets.Tap(
        service=form["service"],
        tap=tap(),
        station=station_here() if staff_id is None else "",
        priority=form.get("priority") or None,
        phone_tail=tail,
        for_someone_else=bool(form.get("for_someone_else")),
        another=bool(form.get("another")),
        staff_id=staff_id,
        left_at=_left_at(),
    )


def _left_at() -> datetime | None:
    told = session.get(LEFT)
    return datetime.fromisoformat(told) if told else None


def station_here() -> str:
    """The machine, where it is one of the centre's own: staff are told which one takes too many."""
    here = device_here()
    if here is None or here.way == devices.Way.BOX:  # any browser on the box may be that one
        return station_name()
    return devices.station_of(here.id)
