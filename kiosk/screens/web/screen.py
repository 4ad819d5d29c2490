"""What is known of a screen beside its views: for whom it is, its entry in the menu, its frame, the way back.

The menu of staff, the page of a refusal, where a log-in leads and the tests that visit every page read it.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from flask import Blueprint, Flask, current_app, request
from msgspec import Struct
from werkzeug.routing import Rule

from kiosk.staff import Role


class Frame(StrEnum):
    """Which frame a page has, and so the page of a refusal too."""

    STATION = "station"
    STAFF = "staff"
    PHONE = "phone"


class MenuGroup(StrEnum):
    """What the entries of the menu are about, in the menu's order."""

    WORK = "work"
    PEOPLE = "people"
    CENTRE = "centre"
    MANAGE = "manage"


class MenuEntry(Struct, frozen=True):
    """An entry of the menu of staff: `view` is what it opens, `place` its place in its group."""

    words: str
    back_words: str
    icon: str
    view: str
    place: int
    group: MenuGroup = MenuGroup.CENTRE


class LateRule(Rule):
    """An address whose builder is compiled when one is first built, not at the start.

    For 459 rules that was half of what making the application took, and a life builds a few dozen.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled = super()._compile_builder

        def built(rule: Rule, /, **values: Any) -> tuple[str, str]:
            builder = compiled(append_unknown).__get__(rule)
            setattr(rule, "_build_unknown" if append_unknown else "_build", builder)
            return builder(**values)  # type: ignore[no-any-return]

        return built


class Screen(Blueprint):
    """One screen: the blueprint of the file it is made in, called like that file.

    `roles` may see it, nobody else but an admin as a rule; without any it is for everybody. `menu` is None
    for a screen that another one leads to: `under` names that one, and is where one goes back to.
    """

    def __init__(
        self,
        module: str,
        frame: Frame,
        roles: tuple[Role, ...] = (),
        menu: MenuEntry | None = None,
        under: str = "",
        url_prefix: str | None = None,
    ) -> None:
        super().__init__(module.rpartition(".")[2], module, url_prefix=url_prefix)
        self.frame, self.roles, self.menu, self.under = frame, roles, menu, under

    is_own: bool = False
    """Whether it is about nobody but who is logged in: every role may change something there."""

    shuts_admin_out: bool = False
    """Whether it is about people whom an administrator has no business with."""

    def is_for(self, role: Role) -> bool:
        """Whether staff in this role may see it."""
        is_setting_up = role == Role.ADMIN and not self.shuts_admin_out
        return not self.roles or role in self.roles or is_setting_up

    def may_change(self, role: Role) -> bool:
        """Whether staff in this role may change something there."""
        return self.is_for(role) and (role != Role.VIEWER or self.is_own)


def station(module: str) -> Screen:
    """A screen of the touchscreen: nobody logs in."""
    return Screen(module, Frame.STATION)


def public(module: str, frame: Frame = Frame.STATION) -> Screen:
    """A screen that anybody may open from anywhere."""
    return Screen(module, frame)


def staffed(
    module: str, *roles: Role, menu: MenuEntry | None, under: str = "", url_prefix: str | None = None
) -> Screen:
    """A screen for staff. It has an entry in the menu, or says None and which screen it is under."""
    return Screen(module, Frame.STAFF, roles, menu, under, url_prefix)


class Place(Struct, frozen=True):
    """A screen's entry as an endpoint, for the menu and for the way back."""

    screen: Screen
    menu: MenuEntry
    endpoint: str


class MenuPart(Struct, frozen=True):
    """A group of the menu as somebody sees it. `is_folded`: its entries lie behind its name."""

    group: MenuGroup
    places: tuple[Place, ...]
    is_folded: bool


MOST_FLAT = 7
"""Entries that stand side by side on a screen of 1024 pixels; of more, all but the day's work is folded."""


def menu_of(role: Role) -> tuple[MenuPart, ...]:
    """The menu of staff in this role; a group of one entry is never folded."""
    mine = [place for place in places().values() if place.screen.is_for(role)]
    parts = []
    for group in MenuGroup:
        entries = tuple(place for place in mine if place.menu.group == group)
        folds = group != MenuGroup.WORK and len(entries) > 1 and len(mine) > MOST_FLAT
        if entries:
            parts.append(MenuPart(group, entries, folds))
    return tuple(parts)


HOMES = {
    Role.DESK: "desk.check_in",
    Role.CLERK: "hall.counter",
    Role.ADMIN: "hall.counter",
    Role.MANAGER: "hall.overview",
    Role.VIEWER: "hall.overview",
    Role.GRID: "concerns.today",
    Role.SECRETARY: "concerns.today",
    Role.STREET: "concerns.today",
}
"""Where staff in a role work: a log-in leads there, and so does the way back from what is not for them."""


def places() -> dict[str, Place]:
    """Every entry of the menu by the full name of its screen, in its order."""
    known: dict[str, Place] = current_app.extensions["places"]
    return known


def install_screens(app: Flask) -> None:
    """Put the menu in order, once all screens are known, and note which addresses are whose."""
    screens = {name: one for name, one in app.blueprints.items() if isinstance(one, Screen)}
    entries = [(one.menu, name, one) for name, one in screens.items() if one.menu]
    app.extensions["places"] = {
        name: Place(one, menu, f"{name}.{menu.view}")
        for menu, name, one in sorted(entries, key=lambda entry: entry[0].place)
    }
    app.extensions["staff_paths"] = frozenset(
        rule.rule.split("/")[1]
        for rule in app.url_map.iter_rules()
        if isinstance(one := screens.get(rule.endpoint.rpartition(".")[0]), Screen) and one.roles
    )


def may_open(endpoint: str, role: Role, *, changes: bool = False) -> bool:
    """Whether staff in a role may see the screen of this page, or change something there."""
    found = current_app.blueprints.get(endpoint.rpartition(".")[0])
    return isinstance(found, Screen) and (found.may_change(role) if changes else found.is_for(role))


def screen_here() -> Screen | None:
    """The screen that is asked; None for an address that is nobody's."""
    found = current_app.blueprints.get(request.blueprint or "")
    return found if isinstance(found, Screen) else None


def frame_here() -> Frame:
    """The frame of a refusal: the screen's own; of an address that is nobody's, that of its neighbours."""
    here = screen_here()
    if here is not None:
        return here.frame
    is_of_staff = request.path.split("/")[1] in current_app.extensions["staff_paths"]
    return Frame.STAFF if is_of_staff else Frame.STATION


def place_here() -> Place | None:
    """The screen's own entry of the menu, or that of the one it is under; None where it has neither."""
    here, known = screen_here(), places()
    return known.get(request.blueprint or "") or known.get(here.under if here else "")


def place_back(role: Role | None) -> Place:
    """Where to go on from a page of staff: the screen's own entry or that of the one it is under.

    Who may not see that goes back to work.
    """
    place = place_here()
    if place is not None and (role is None or place.screen.is_for(role)):
        return place
    return work_place(role or Role.CLERK)


def work_place(role: Role) -> Place:
    """Where staff in a role work."""
    return places()[HOMES[role]]
