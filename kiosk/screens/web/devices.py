"""Which machine asks: one that staff have let in, the box itself, or somebody's own.

What changes something at the station (every POST of that wing) is for an enrolled station alone; a view that
is for everybody says so.
"""

import logging
import socket
from collections.abc import Callable
from datetime import timedelta
from ipaddress import ip_address
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request, session
from werkzeug.wrappers import Response as AnyResponse

from kiosk import devices
from kiosk.database.faults import in_short
from kiosk.devices import Kind, Known
from kiosk.screens.web.access import SAFE, is_the_box
from kiosk.screens.web.page import box
from kiosk.screens.web.session import give_cookie, sent_cookie
from kiosk.settings import machine_names
from kiosk.sharing import BY_PROXY, LISTENS_AT
from kiosk.words import Refusal, mark

log = logging.getLogger(__name__)

COOKIE = "linli_device"
KEPT = timedelta(days=400)
"""As long as Chromium keeps a cookie at most; given anew every hour that the device is there."""

VISIT = "visit"
"""The name of the visit in the station's cookie, and in the address of what only its visitor may see.

The first one after a browser was set up has none.
"""

HOME_NAMES = ("localhost", "127.0.0.1", "[::1]")
"""What only a browser at the box itself calls it."""

UNASKED: Any = object()
"""In the place of the device before somebody wants to know."""

View = TypeVar("View", bound=Callable[..., Any])


class SlipOver(Refusal):
    """The visit that this page belongs to has ended."""

    title = mark("上一位的已经办完了")
    sentence = mark("要看自己的事，请扫一下自己的小票或拍下的码。")


def install_devices(app: Flask) -> None:
    """Know the device that asks, refuse what is for stations alone, and keep the cookie fresh."""
    app.before_request(_refuse_others)
    app.after_request(_keep)


def for_everybody(view: View) -> View:
    """A view of the station's wing that changes something, but nothing of the centre's."""
    view.is_for_everybody = True  # type: ignore[attr-defined]
    return view


def device_here() -> Known | None:
    """The enrolled device that asks; None for any other machine."""
    found: Known | None = g.get("device", UNASKED)
    if found is UNASKED:
        found = g.device = _find()
    return found


def is_device(*kinds: Kind) -> bool:
    """Whether an enrolled device asks, of one of `kinds` if some are named.

    In the demo every browser on this machine counts as one of each.
    """
    if box().settings.is_demo and is_the_box():
        return True
    here = device_here()
    return here is not None and (not kinds or here.kind in kinds)


def at_station() -> bool:
    """Whether the touchscreen asks."""
    return is_device(Kind.STATION)


def may_take() -> bool:
    """Whether the machine that asks may take a number: a station, or a phone where the centre lets phones."""
    return at_station() or box().settings.phone_tickets


def most_a_minute() -> int:
    """How many numbers people can have tapped in a minute, at all stations together."""
    return box().settings.numbers_a_minute * max(1, devices.station_count(box().database))


def need_station() -> None:
    """Raise devices.NotEnrolled unless the touchscreen asks."""
    if not at_station():
        raise devices.NotEnrolled


def need_visit() -> None:
    """Raise NotEnrolled on any other machine, and SlipOver where the address belongs to another visit."""
    need_station()
    if not is_of_this_visit():
        raise SlipOver


def is_of_this_visit() -> bool:
    """Whether the address that is asked was made in the visit that lasts now."""
    return bool(request.args.get(VISIT, "") == session.get(VISIT, ""))


def is_box_itself() -> bool:
    """Whether a browser on this very machine asks, by a name that nobody else can ask by.

    A proxy on the box that adds no word of its own is given away by the name that people type, or by
    HTTP/1.0, which nginx speaks unless it is told and no browser does.
    """
    host = request.host
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return is_the_box() and name in HOME_NAMES and request.environ.get("SERVER_PROTOCOL") != "HTTP/1.0"


def reached_at() -> str:
    """Where another machine reaches this one: by "127.0.0.1" it would reach itself."""
    if box().settings.public_url:
        return box().settings.public_url.rstrip("/")
    if not is_box_itself() or is_shut_in():
        return request.host_url.rstrip("/")
    of_the_network = (name for name in machine_names() if name[0].isdigit() and not name.startswith("127."))
    return f"http://{next(of_the_network, machine_names()[0])}:{port_here()}"


def port_here() -> str:
    """The port by which this page was asked for."""
    port = request.host.rpartition(":")[2]
    return port if port.isdigit() else "80"


def is_shut_in() -> bool:
    """Whether no other machine reaches the server: it listens here alone, and nothing passes on to it."""
    settings, listens_at = box().settings, current_app.extensions.get(LISTENS_AT, "")
    if settings.public_url or settings.trusted_proxy or not is_box_itself():
        return False
    try:
        return bool(listens_at == "localhost" or ip_address(listens_at).is_loopback)
    except ValueError:
        return False


def _is_on_this_machine() -> bool:
    """The same by whatever address of this machine: a box that was set up before may open its own."""
    return is_box_itself() or (
        not (is_the_box() or request.environ.get(BY_PROXY)) and _is_own(request.remote_addr or "")
    )


def _is_own(address: str) -> bool:
    # only an address of this machine can be bound; nobody else can ask from one
    try:
        ip = ip_address(address)
        family = socket.AF_INET if ip.version == 4 else socket.AF_INET6
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((address, 0))
    except (OSError, ValueError):
        return False
    return not (ip.is_unspecified or ip.is_multicast)


def give_token(response: AnyResponse, token: str) -> AnyResponse:
    """Have the browser show `token` from now on."""
    give_cookie(response, COOKIE, token, int(KEPT.total_seconds()))
    return response


def _token() -> str:
    # a centre that goes over to https finds its devices by the cookie that they have
    return sent_cookie(COOKIE, or_plain=True)


def _find() -> Known | None:
    token, database = _token(), box().database
    found = devices.device_with(database, token) if token else None
    box_itself = devices.box_itself(database) if found is None else None
    if box_itself is not None and _is_on_this_machine():
        found = box_itself
    if found is not None:
        box().favoured.note(request.remote_addr or "")
    return found


def _refuse_others() -> None:
    if request.method in SAFE:
        return
    asked = request.endpoint or ""
    if not asked.startswith("station."):
        return
    view = current_app.view_functions[asked]
    if not getattr(view, "is_for_everybody", False):
        need_station()


def _keep(response: Response) -> Response:
    """Note that a device is there, seldom, and renew its cookie then; nothing of it may fail an answer."""
    if not _token() or request.method not in SAFE or request.endpoint == "static":
        return response
    try:
        _note_seen(response)
    except Exception as fault:
        log.warning("not noted that a device is there: %s", in_short(fault))
    return response


def _note_seen(response: Response) -> None:
    here, now, address = device_here(), box().now(), request.remote_addr or ""
    if here is None or not devices.meet(box().database, here, address, now):
        return
    with box().database.write() as tx:
        devices.note_seen(tx, here.id, address, now)
    if here.way != devices.Way.BOX and response.status_code < 500:
        give_token(response, _token())
