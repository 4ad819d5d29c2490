"""The look before saving: the station's own pages and a slip as they would be. Nothing of it is kept."""

import re
from datetime import date

from flask import render_template, request
from msgspec import Struct
from msgspec.structs import replace

from kiosk import services, tickets
from kiosk.asked import Asked
from kiosk.database import Tx
from kiosk.screens.web.downloads import keep_looked_at
from kiosk.screens.web.page import box, lang, say
from kiosk.services import Group, Service
from kiosk.words import mark

_SCRIPTS = re.compile(r"<script\b.*?</script>\n?", re.DOTALL)
Page = tuple[str, str, dict[str, object]]
"""What a page is called, the name of its template, and what that is given."""

AT_HOME = mark("自助机上的首页")
OF_GROUP = mark("自助机上的这一类")
INSIDE = mark("点进去看到的")
FIRST = mark("谁可以优先")


class Look(Struct, frozen=True):
    """Pages of the station as they would be, each with what it is, and the key of a slip (empty: none)."""

    pages: tuple[tuple[str, str], ...]
    slip: str


class OnlyLooking(Exception):
    """Takes back a write that was made to look at what would come of it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look


def look_at_service(tx: Tx, code: str) -> None:
    """Stop here when the form asks how a service looks that was just written. Raises OnlyLooking."""
    if not _is_asked():
        return
    shown, plan = _service(tx, code), services.listed_service(tx, code).plan
    tile = _group(tx, plan.group)
    own, agent = (services.materials(tx, code, lang(), agents=agents) for agents in (False, True))
    pages: list[Page] = [
        (OF_GROUP, "shown_card", {"group": tile, "services": _in_group(tx, plan.group), "service": shown}),
        (INSIDE, "shown_page", {"service": shown, "own": own, "agent": agent}),
    ]
    raise OnlyLooking(Look(_drawn([] if _is_hidden(shown) else pages), _slip(tx, shown)))


def look_at_group(tx: Tx, slug: str) -> None:
    """The same for a group: the home page, or the one after it where it stands, and its own page."""
    if not _is_asked():
        return
    inside, groups = _in_group(tx, slug), services.groups(tx, lang())
    if slug not in {one.slug for one in groups}:  # as soon as there is something in it
        groups = (*groups, _group(tx, slug))
    popular = services.popular_services(tx, lang(), _day())
    pages: list[Page] = [(AT_HOME, "shown_home", {"popular": popular, "groups": groups, "seen": slug})]
    if inside:
        pages.append((OF_GROUP, "shown_card", {"group": _group(tx, slug), "services": inside}))
    raise OnlyLooking(Look(_drawn(pages), _slip(tx, inside[0]) if inside else ""))


def look_at_priority(tx: Tx, code: str) -> None:
    """The same for a reason to go first: where it is chosen, and the slip of who has chosen it."""
    if not _is_asked():
        return
    offered = [one for one in services.all_services(tx, lang(), _day()) if not _is_hidden(one)]
    if not offered:
        raise OnlyLooking(Look((), ""))
    shown, reasons = _service(tx, offered[0].code), tickets.priorities(tx, lang())
    named = next((one.name for one in reasons if one.code == code), "")
    page = {"service": shown, "reasons": reasons}
    raise OnlyLooking(Look(_drawn([(FIRST, "shown_reasons", page)]), _slip(tx, shown, named)))


def _is_asked() -> bool:
    return "look" in request.form


def _is_hidden(service: Service) -> bool:
    return service.for_whom == services.ONLY_STAFF


def _service(tx: Tx, code: str) -> Service:
    return replace(services.service_of(tx, code, lang(), _day()), closed_reason="")


def _group(tx: Tx, slug: str) -> Group:
    plan = services.listed_group(tx, slug).plan
    name = plan.name_en if lang() == "en" and plan.name_en else plan.name
    return Group(slug, name, plan.icon, 0)


def _in_group(tx: Tx, slug: str) -> tuple[Service, ...]:
    """What stands on the page of a group today, open or not."""
    listed = services.every_service(tx, is_brief=True)
    codes = {one.code for one in listed if one.plan.group == slug and not one.retired_at}
    offered = services.all_services(tx, lang(), _day())
    return tuple(one for one in offered if one.code in codes and not _is_hidden(one))


def _day() -> date:
    return box().centre.day(box().now())


def _slip(tx: Tx, shown: Service, priority: str = "") -> str:
    own = services.materials(tx, shown.code, lang(), agents=False)
    by = Asked(box().now(), lang=lang())
    return keep_looked_at(tickets.specimen(box().centre, shown, own, by, priority))


def _drawn(pages: list[Page]) -> tuple[tuple[str, str], ...]:
    """Pages of the station as pictures of them: without what speaks, asks and moves there."""
    return tuple(
        (say(words), _SCRIPTS.sub("", render_template(f"catalogue/look/{name}.html", **values)))
        for words, name, values in pages
    )
