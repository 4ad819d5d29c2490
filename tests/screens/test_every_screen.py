"""What is true of every screen: its name, its entry in the menu, who may see it, and how it refuses."""

import re
from pathlib import Path

import pytest

from kiosk import staff
from kiosk.asked import Asked
from kiosk.screens.web.screen import Frame
from kiosk.staff import Role
from tests.every_address import BLUEPRINTS, SCREENS, every_address
from tests.visitor import Visitor

HOME = Path(__file__).parent.parent.parent
LOG_INS = {
    Role.ADMIN: "admin",
    Role.CLERK: "clerk1",
    Role.DESK: "desk",
    Role.MANAGER: "manager",
    Role.VIEWER: "viewer",
    Role.GRID: "grid",
    Role.SECRETARY: "secretary",
    Role.STREET: "street",
}
STAFFED = sorted(name for name, screen in SCREENS.items() if screen.roles)
ADDRESSES = {method: list(every_address(method)) for method in ("GET", "POST")}


def logged_in(app, role):
    member, box = Visitor(app), app.extensions["box"]
    with box.database.write() as tx:
        if LOG_INS[role] not in staff.staff_names(tx).values():
            kept = staff.hashed(f"demo-{role}", "scrypt:128:8:1")
            staff.add_staff(tx, Asked(box.now()), LOG_INS[role], role, kept)
    member.log_in(LOG_INS[role], f"demo-{role}")
    return member


def addresses(screen, method="GET"):
    """Where a screen's views are; whatever an address names is there only by chance."""
    return [address for view, address in ADDRESSES[method] if view.rpartition(".")[0] == screen]


def is_of_staff(page):
    return "css/office.css" in page.text and "data-idle-s" not in page.text


def test_every_screen_is_made_by_the_kit():
    assert len(SCREENS) >= 22
    assert set(BLUEPRINTS) == set(SCREENS)


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_called_like_its_file(name):
    wing, _, file = name.partition(".")
    assert SCREENS[name].import_name == f"kiosk.screens.{wing}.{file}"


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_has_its_templates_in_a_folder_and_its_tests_in_a_file_of_its_name(name):
    place = name.replace(".", "/")
    assert (HOME / "tests" / "screens" / place).with_name(f"test_{place.rpartition('/')[2]}.py").exists()
    source = (HOME / "kiosk" / "screens" / f"{place}.py").read_text(encoding="utf-8")
    elsewhere = [one for one in re.findall(r'"([a-z_/]+\.html)"', source) if not one.startswith(f"{place}/")]
    assert elsewhere == []


@pytest.mark.parametrize("name", STAFFED)
def test_a_screen_for_staff_has_an_entry_or_says_which_screen_leads_to_it(name):
    screen = SCREENS[name]
    assert screen.frame == Frame.STAFF
    assert (screen.menu is None) == bool(screen.under)
    if screen.under:
        above = SCREENS[screen.under]
        assert above.menu is not None
        assert set(screen.roles) <= {*above.roles, Role.ADMIN}


@pytest.mark.parametrize("role", LOG_INS)
def test_the_menu_offers_each_role_what_it_may_open_and_nothing_else(app, role):
    member = logged_in(app, role)
    page = member.get("/password")
    offered = [link.get("href") for link in page.all(".//nav[@class='head__tools']//a")]
    mine = [one for one in SCREENS.values() if one.menu and one.is_for(role)]
    assert len(offered) == len(mine) >= 1
    for address in offered:
        member.get(address)


def test_a_long_menu_is_folded_but_for_the_days_work_and_a_short_one_is_not(app):
    clerk, admin = logged_in(app, Role.CLERK).get("/printers"), logged_in(app, Role.ADMIN).get("/printers")
    assert clerk.all(".//details[@class='fold']") == []
    folded = admin.all(".//details[@class='fold']")
    assert len(folded) == 3
    assert [one.get("data-here") is not None for one in folded] == [False, False, True]
    flat = [link.get("href") for link in admin.all(".//nav[@class='head__tools']/a")]
    assert flat == ["/counter", "/hall", "/desk", "/concerns"]
    for page in (clerk, admin):
        assert [link.get("href") for link in page.all(".//a[@aria-current='page']")] == ["/printers"]


@pytest.mark.parametrize("name", STAFFED)
def test_a_page_of_staff_asks_a_stranger_to_log_in(app, visitor, name):
    for address in addresses(name):
        assert "/log-in?next=" in visitor.get(address, 303).headers["Location"]
    for address in addresses(name, "POST"):
        assert "/log-in?next=" in visitor.post(address, {}, 303).headers["Location"]


@pytest.mark.parametrize("role", [one for one in Role if one != Role.ADMIN])
def test_who_may_not_see_a_page_is_told_so_in_the_frame_of_staff_and_led_to_work(app, role):
    member, work = logged_in(app, role), set()
    for address in (at for name in STAFFED if not SCREENS[name].is_for(role) for at in addresses(name)):
        page = member.get(address, 403)
        assert is_of_staff(page), address
        work.add(page.all(".//p/a[@class='press press--main']")[0].get("href"))
    for address in work:
        member.get(address)


@pytest.mark.parametrize("wing", sorted({name.partition(".")[0] for name in STAFFED}))
def test_every_refusal_of_a_staff_screen_shows_the_frame_of_staff(app, wing):
    admin = logged_in(app, Role.ADMIN)
    foreign = {"Origin": "http://evil.example"}
    names = [name for name in STAFFED if name.partition(".")[0] == wing]
    for address in (at for name in names for at in addresses(name, "POST")):
        page = admin.post(address, {}, 403, headers=foreign)
        assert is_of_staff(page), address
    for address in (at for name in names for at in addresses(name)):
        assert is_of_staff(admin.get(f"{address}/nowhere", 404)), address
        wrong_method = admin.client.delete(address, headers=admin.headers)
        assert wrong_method.status_code == 405
        assert "css/office.css" in wrong_method.text, address


def test_an_address_that_is_nobodys_shows_residents_their_own_frame(visitor):
    assert "data-idle-s" in visitor.get("/nowhere", 404).text
