"""Who may change what: every form of every screen of staff, as each role."""

import pytest
import sqlalchemy as sa

from kiosk import staff
from kiosk.asked import Asked
from kiosk.database import metadata
from kiosk.staff import Role
from kiosk.staff.tables import staff_session
from tests.every_address import SCREENS, every_address
from tests.visitor import Visitor

EVERYBODY = frozenset(Role)
OFFICE = frozenset((Role.ADMIN, Role.MANAGER, Role.DESK))
HALL = frozenset((Role.ADMIN, Role.MANAGER, Role.CLERK))
LEADS = frozenset((Role.ADMIN, Role.MANAGER, Role.SECRETARY))

MAY_CHANGE = {
    "accounts.own_password": EVERYBODY,
    "ratings.mine": {Role.ADMIN, Role.CLERK, Role.DESK},
    "ratings.paper": {Role.ADMIN, Role.MANAGER, Role.CLERK, Role.DESK},
    "ratings.reports": LEADS,
    "surveys.results": LEADS,
    "surveys.book": HALL | {Role.DESK, Role.GRID, Role.SECRETARY},
    "surveys.office": LEADS,
    "surveys.paper": HALL | {Role.DESK, Role.GRID, Role.SECRETARY},
    "ratings.complaints": HALL | {Role.DESK, Role.SECRETARY},
    "accounts.staff_accounts": {Role.ADMIN},
    "catalogue.counters": {Role.ADMIN},
    "catalogue.file": {Role.ADMIN},
    "catalogue.groups": {Role.ADMIN},
    "catalogue.priorities": {Role.ADMIN},
    "catalogue.services": {Role.ADMIN},
    "concerns.categories": LEADS,
    "concerns.routing": LEADS,
    "intake.add": HALL | {Role.DESK, Role.GRID, Role.SECRETARY},
    "concerns.one": HALL | {Role.DESK, Role.GRID, Role.SECRETARY, Role.STREET},
    "concerns.today": HALL | {Role.DESK, Role.GRID, Role.SECRETARY, Role.STREET},
    "intake.door": HALL | {Role.DESK, Role.GRID, Role.SECRETARY},
    "intake.door_cards": HALL | {Role.DESK, Role.GRID, Role.SECRETARY},
    "intake.patrols": HALL | {Role.DESK, Role.GRID, Role.SECRETARY},
    "kinds.batches": HALL | {Role.DESK, Role.GRID, Role.SECRETARY, Role.STREET},
    "kinds.cases": HALL | {Role.DESK, Role.GRID, Role.SECRETARY},
    "kinds.dates": {Role.MANAGER, Role.CLERK, Role.DESK, Role.SECRETARY},
    "kinds.hopes": HALL | {Role.DESK, Role.GRID, Role.SECRETARY},
    "intake.slips": HALL | {Role.DESK, Role.GRID, Role.SECRETARY},
    "intake.calls": HALL | {Role.DESK, Role.GRID, Role.SECRETARY},
    "intake.chat": HALL | {Role.DESK, Role.GRID, Role.SECRETARY},
    "centre.card_problems": {Role.ADMIN, Role.MANAGER},
    "centre.notices": {Role.ADMIN, Role.MANAGER},
    "centre.opening": {Role.ADMIN, Role.MANAGER},
    "centre.opening_days": {Role.ADMIN},
    "centre.opening_holidays": {Role.ADMIN},
    "centre.opening_week": {Role.ADMIN},
    "centre.rules": {Role.ADMIN},
    "centre.changes": {Role.ADMIN, Role.MANAGER},
    "design.parts": {Role.ADMIN},
    "desk.check_in": HALL | {Role.DESK},
    "figures.figures": LEADS | {Role.STREET},
    "figures.lists": LEADS | {Role.STREET},
    "figures.reports": LEADS | {Role.STREET},
    "figures.opinions": LEADS | {Role.STREET},
    "figures.hall": HALL | {Role.DESK, Role.SECRETARY},
    "figures.ledgers": LEADS,
    "hall.alert": HALL | {Role.DESK},
    "hall.counter": HALL,
    "hall.devices": {Role.ADMIN},
    "hall.manage": {Role.ADMIN, Role.MANAGER},
    "hall.overview": HALL | {Role.DESK},
    "hall.pleas": HALL | {Role.DESK},
    "hall.print_jobs": HALL | {Role.DESK},
    "households.mine": {Role.GRID},
    "households.colours": LEADS,
    "office.contact_cards": {Role.ADMIN, Role.MANAGER},
    "office.event_days": OFFICE,
    "office.events": OFFICE,
    "office.people": OFFICE,
    "office.people_import": OFFICE,
    "office.printer": {Role.ADMIN},
    "office.teams": OFFICE,
    "office.volunteer_hours": OFFICE,
    "setup.centre": {Role.ADMIN},
    "setup.machines": {Role.ADMIN},
    "setup.offer": {Role.ADMIN},
    "setup.people": {Role.ADMIN},
    "setup.printer": {Role.ADMIN},
    "setup.trial": {Role.ADMIN},
    "voice.clips": {Role.ADMIN, Role.MANAGER},
}
MAY_CHANGE_THERE = {
    "concerns.today.find": {Role.STREET},
    "concerns.today.merge_alike": {Role.MANAGER, Role.SECRETARY},
    "hall.overview.reopen_day": HALL,
    "hall.overview.close_service": HALL,
    "hall.overview.reopen_service": HALL,
    "kinds.dates.ask_after": {Role.MANAGER, Role.SECRETARY},
    "kinds.hopes.confirm": OFFICE | {Role.SECRETARY},
}
"""Forms that are for fewer than their screen."""

OF_STAFF = {name for name, screen in SCREENS.items() if screen.roles}
FORMS = [(view, at) for view, at in every_address("POST") if view.rpartition(".")[0] in OF_STAFF]
NOTED_OF_ITSELF = {"staff_session", "log_in_attempt"}


@pytest.fixture
def as_role(app, box, clock):
    """Logs somebody in who has this role."""

    def as_role(role: Role) -> Visitor:
        member, name = Visitor(app), f"a-{role}"
        with box.database.write() as tx:
            if name not in staff.staff_names(tx).values():
                kept = staff.hashed("demo-password", "scrypt:128:8:1")
                staff.add_staff(tx, Asked(clock()), name, role, kept)
        member.log_in(name, "demo-password")
        return member

    return as_role


def is_in(box) -> bool:
    """Whether who logged in last still is."""
    last = sa.select(staff_session.c.ended_at).order_by(staff_session.c.id.desc()).limit(1)
    with box.database.read() as tx:
        return tx.execute(last).scalar_one() is None


def test_the_table_has_a_line_for_every_screen_of_staff():
    assert set(MAY_CHANGE) == OF_STAFF
    assert len(FORMS) > 50


@pytest.mark.parametrize("role", Role)
def test_each_role_may_change_what_the_table_says_and_nothing_else(as_role, box, role):
    member = as_role(role)
    wrong = []
    for view, address in FORMS:
        may = role in MAY_CHANGE_THERE.get(view, MAY_CHANGE[view.rpartition(".")[0]])
        answer = member.client.post(address, data={}, headers=member.headers)
        if (answer.status_code != 403) is not may or answer.status_code >= 500:
            wrong.append((view, answer.status_code))
        if not is_in(box):  # the form was one that logs out
            member = as_role(role)
    assert wrong == []


def test_a_viewer_who_sends_every_form_has_changed_nothing(as_role, box):
    viewer = as_role(Role.VIEWER)
    before = everything(box)
    for view, address in FORMS:
        if not view.startswith("accounts.own_password"):
            form = {"reason": "x", "name": "x", "role": "admin", "minutes": "1", "tap": "x", "service": "A"}
            viewer.post(address, form, 403)
    assert everything(box) == before


def test_a_viewer_sees_the_hall_without_a_button_and_nothing_of_residents(as_role, visitor):
    visitor.take()
    viewer = as_role(Role.VIEWER)
    page = viewer.get("/hall")
    actions = {form.get("action") for form in page.all(".//form[@method='post']")}
    assert actions == {"/language", "/log-out"}
    for address in ("/counter", "/desk", "/admin/people", "/admin/staff", "/hall/lost", "/printers"):
        viewer.get(address, 403)


def test_a_manager_does_the_days_work_and_sets_nothing_up(as_role):
    manager = as_role(Role.MANAGER)
    for address in ("/hall", "/admin/cards", "/admin/events", "/admin/people", "/admin/hours", "/printers"):
        manager.get(address)
    for address in ("/admin/staff", "/admin/staff/new", "/admin/staff/1", "/admin/printer"):
        manager.get(address, 403)


def everything(box):
    with box.database.read() as tx:
        return {
            name: tx.execute(sa.select(table)).all()
            for name, table in metadata.tables.items()
            if name not in NOTED_OF_ITSELF
        }
