"""Accounts: each change one row, and never a centre without somebody who can open them."""

import threading

import pytest
import sqlalchemy as sa

from kiosk import staff
from kiosk.asked import Asked
from kiosk.staff import Role
from kiosk.staff.tables import staff_change

ADMIN, CLERK, NOBODY = 1, 2, 99
KEPT = staff.Password("scrypt:128:8:1$salt$00")


@pytest.fixture
def do(box, clock):
    """Does one thing in a transaction of its own, as the admin."""

    def do(act, *facts):
        with box.database.write() as tx:
            return act(tx, Asked(clock(), ADMIN), *facts)

    return do


@pytest.fixture
def account(box):
    def account(staff_id):
        with box.database.read() as tx:
            return staff.account_of(tx, staff_id)

    return account


@pytest.fixture
def done(box):
    """What was done since the demo was furnished."""

    def done():
        with box.database.read() as tx:
            rows = tx.execute(sa.select(staff_change).order_by(staff_change.c.id)).all()
        return [(row.staff_id, row.by_staff_id, row.what, row.role) for row in rows[6:]]

    return done


@pytest.mark.parametrize(
    "name", ["", " ", "two words", "tab\there", "x" * 33, "nul\x00", "a\n", "a\u3000b", "kai😀"]
)
def test_a_name_is_one_word(do, name):
    with pytest.raises(staff.NameUnfit):
        do(staff.add_staff, name, Role.CLERK, KEPT)


@pytest.mark.parametrize("name", ["三号窗口", "chuangkou", "x" * 32, "o'neil", "-"])
def test_any_word_is_a_name_and_is_given_once(do, account, name):
    staff_id = do(staff.add_staff, name, Role.CLERK, KEPT)
    assert (account(staff_id).name, account(staff_id).logged_in_at) == (name, None)
    with pytest.raises(staff.NameTaken):
        do(staff.add_staff, name, Role.DESK, KEPT)


def test_what_is_done_is_a_row_and_what_changes_nothing_is_none(do, done):
    do(staff.set_role, CLERK, Role.MANAGER)
    do(staff.set_role, CLERK, Role.MANAGER)
    do(staff.disable, CLERK)
    do(staff.disable, CLERK)
    do(staff.enable, CLERK)
    do(staff.enable, CLERK)
    do(staff.set_password, CLERK, staff.Password("h", is_given=True))
    do(staff.set_password, CLERK, staff.Password("h"))
    do(staff.log_out_everywhere, CLERK)
    assert done() == [
        (CLERK, ADMIN, "role", "manager"),
        (CLERK, ADMIN, "disabled", None),
        (CLERK, ADMIN, "enabled", None),
        (CLERK, ADMIN, "password_given", None),
        (CLERK, ADMIN, "password_chosen", None),
        (CLERK, ADMIN, "logged_out", None),
    ]


def test_the_changes_of_an_account_are_told_newest_first_with_who(do, box, clock):
    do(staff.disable, CLERK)
    with box.database.write() as tx:
        staff.enable(tx, Asked(clock()), CLERK)
        told = staff.changes_of(tx, CLERK)
    assert [(one.what, one.by, one.role) for one in told] == [
        ("enabled", "", None),
        ("disabled", "admin", None),
        ("added", "", Role.CLERK),
    ]


@pytest.mark.parametrize(
    ("act", "facts"),
    [
        (staff.set_password, (KEPT,)),
        (staff.set_role, (Role.CLERK,)),
        (staff.set_role, (Role.ADMIN,)),
        (staff.disable, ()),
        (staff.enable, ()),
        (staff.log_out_everywhere, ()),
    ],
)
def test_an_account_that_nobody_has_is_unknown(do, act, facts):
    with pytest.raises(staff.UnknownStaff):
        do(act, NOBODY, *facts)


def test_a_centre_always_has_an_admin_who_can_log_in(do, account, done):
    do(staff.set_role, CLERK, Role.ADMIN)
    do(staff.disable, ADMIN)
    for act, facts in ((staff.disable, ()), (staff.set_role, (Role.VIEWER,))):
        with pytest.raises(staff.LastAdmin):
            do(act, CLERK, *facts)
    assert account(CLERK).is_enabled
    do(staff.set_role, CLERK, Role.ADMIN)
    do(staff.enable, ADMIN)
    do(staff.disable, CLERK)
    do(staff.set_role, CLERK, Role.VIEWER)  # one that is closed leaves nobody without
    assert len(done()) == 5


def test_two_admins_who_close_each_other_at_once_leave_one(do, box, clock, account):
    do(staff.set_role, CLERK, Role.ADMIN)
    both = threading.Barrier(2)

    def close(mine, other):
        both.wait()
        try:
            with box.database.write() as tx:
                staff.disable(tx, Asked(clock(), mine), other)
        except staff.LastAdmin:
            pass

    threads = [threading.Thread(target=close, args=pair) for pair in ((ADMIN, CLERK), (CLERK, ADMIN))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert sorted((account(ADMIN).is_enabled, account(CLERK).is_enabled)) == [False, True]


@pytest.mark.parametrize("why", ["password", "role", "disabled", "everywhere"])
def test_what_ends_a_session_is_every_change_of_who_one_is(do, box, clock, why):
    with box.database.write() as tx:
        token = staff.begin_session(tx, CLERK, "10.0.0.5", clock())
    act, facts = {
        "password": (staff.set_password, (KEPT,)),
        "role": (staff.set_role, (Role.DESK,)),
        "disabled": (staff.disable, ()),
        "everywhere": (staff.log_out_everywhere, ()),
    }[why]
    do(act, CLERK, *facts)
    if why == "disabled":
        do(staff.enable, CLERK)
    with box.database.read() as tx:
        assert staff.session_of(tx, token, clock()) is None
