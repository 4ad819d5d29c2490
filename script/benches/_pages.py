"""Every page of a centre, found by its links as somebody finds them: of many alike, some."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qsl, urlsplit

from kiosk.screens.web.screen import Frame
from kiosk.staff import Role
from script.benches._centres import Centre
from script.benches._hall import Client
from tests.every_address import SCREENS, every_address

ALIKE = 10
"""Pages of one view that are looked at; every ninth service of a large centre has a long name."""

LINK = re.compile(r'<a[^>]*\shref="(/[^"#]*)"')
PAGE = "<!doctype html>"

ASKED = (
    "/services/B?for=other", "/services/B?step=lacking", "/services/B?step=priority&priority=elder",
    "/services/B?for=other&step=priority", "/lost?typed=2", "/lost?typed=4", "/letters?first=Y",
    "/concerns/new?step=urgent", "/concerns/new?category=lights&place=0",
    "/concerns/new?category=lights&place=0&step=phone", "/concerns/new?category=lights&place=0&step=tail",
    "/concerns/new?category=lights&place=0&step=tail&typed=4", "/concerns/new/voice?category=lights&place=0",
    "/concerns/new/ink?category=lights&place=0", "/events/1?more=1", "/events/1/sign-in?typed=4",
    "/events/1/sign-out?typed=4", "/events/1/register?together=2", "/nowhere",
)  # fmt: skip
"""Pages of the station that are another one when something is asked."""

ABSENT = ("/nowhere", "/t/1")
"""Pages that say that there is nothing."""

PUBLIC = ("admin", "demo-admin")

FRAMES = {"station": "css/station.css", "board": "css/board.css", "office": "css/office.css"}
"""What a page loads that stands in this frame; others are for a phone, or the tablet at a window."""

WHO = (Role.ADMIN, Role.MANAGER, Role.SECRETARY, Role.STREET, Role.GRID, Role.CLERK, Role.DESK, Role.VIEWER)
"""Whose pages are looked at: each by the first of them who may see it."""


class Seen:
    """Which pages were met: `ALIKE` of one shape at most, which is what an address has but its values."""

    def __init__(self) -> None:
        self._shapes: Counter[str] = Counter()
        self._met: set[str] = set()

    def is_new(self, address: str) -> bool:
        """Whether to look at this one too."""
        parts = urlsplit(address)
        names = " ".join(sorted(name for name, _ in parse_qsl(parts.query)))
        shape = f"{re.sub(r'/([A-Z]{1,2}|[0-9]+|[0-9a-f]{16,})(?=/|$)', '/*', parts.path)}?{names}"
        if address in self._met or self._shapes[shape] >= ALIKE:
            return False
        self._met.add(address)
        self._shapes[shape] += 1
        return True


def of_station(centre: Centre, lang: str) -> Iterator[str]:
    """Addresses of the station's pages, as a visitor finds them who presses every link."""
    visitor = Client(centre.server)
    visitor.post("/language", lang=lang)
    visitor.post("/digits", digits="0101")
    begin = ["/", "/enrol", "/assist", "/help", "/more", "/letters", *ASKED]
    for view, address in every_address(token=centre.rated or "1" * 24):
        if SCREENS[view.rpartition(".")[0]].frame == Frame.STATION:
            begin.append(address)
    for token in {ticket.rpartition("/")[2] for ticket in centre.tickets[1:3]}:
        begin += [f"/tickets/{token}", f"/tickets/{token}/help", f"/tickets/{token}/phone?typed=4"]
    if centre.receipt:
        at = f"/concerns/slip/{centre.receipt}"
        begin += [f"/concerns/taken/{centre.receipt}", at, f"{at}/withdraw"]
    yield from _crawled(visitor, begin, "station")


def of_staff(centre: Centre, lang: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Who and where: the pages of staff, by the first role that may see each."""
    met: set[str] = set()
    for name, password in _accounts(centre):
        client = Client(centre.server)
        client.post("/log-in", name=name, password=password)
        client.post("/language", lang=lang)
        for address in _crawled(client, [address for _, address in every_address()], "office"):
            if address not in met:
                met.add(address)
                yield (name, password), address


def of_phones(centre: Centre) -> Iterator[str]:
    """What a phone and the tablet at a window show."""
    begin = [address for _, address in every_address(token=centre.rated or "1" * 24)]
    begin += [ticket.replace("/tickets/", "/t/") for ticket in centre.tickets]
    begin += [f"/t/{centre.receipt}", f"/t/{centre.rated}/rating", "/t/1"]
    yield from _crawled(Client(centre.server), begin, "phone", follow=False)


def _accounts(centre: Centre) -> Iterator[tuple[str, str]]:
    """The administrator, and in the demo one account that takes every other role in turn."""
    yield centre.admin
    if centre.admin != PUBLIC:
        return
    for role in WHO[1:]:
        boss = Client(centre.server)  # anew: between two roles lie minutes, after which the server hangs up
        boss.post("/log-in", name=centre.admin[0], password=centre.admin[1])
        boss.post("/admin/staff/5/role", role=role)
        yield "clerk4", "demo-clerk"


def _crawled(client: Client, begin: list[str], frame: str, *, follow: bool = True) -> Iterator[str]:
    """Every page that is reached from the first ones and stands in this frame."""
    seen, left = Seen(), list(dict.fromkeys(begin))
    while left:
        address = left.pop(0)
        if "." in urlsplit(address).path or not seen.is_new(address):
            continue
        status, _, body = client.get(address)
        if not body.startswith(PAGE) or not (status == 200 or address in ABSENT):
            continue
        if follow:
            left += [unescape(href) for href in LINK.findall(body)]
        if next((name for name, sheet in FRAMES.items() if sheet in body), "phone") == frame:
            yield address
