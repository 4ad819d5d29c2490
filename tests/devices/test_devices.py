"""Letting devices in, and out again; who is known from memory."""

from threading import Barrier, Thread
from time import monotonic

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from kiosk import backup, devices
from kiosk.asked import Asked
from kiosk.box import open_box
from kiosk.centre import open_centre
from kiosk.database import FILE, MIGRATIONS, Database, open_database
from kiosk.devices import Kind, Way, known
from kiosk.devices.rules import MOST_CODES, MOST_WRONG, hash_of
from kiosk.devices.tables import device, device_change, enrolment_code
from kiosk.settings import Settings
from tests.engines import on_a_file


@pytest.fixture
def made(box, clock):
    """Make a code, as an admin does."""

    def made(kind=Kind.STATION, name="门口的"):
        with box.database.write() as tx:
            return devices.make_code(tx, box.centre, Asked(clock(), 1), kind, name)

    return made


@pytest.fixture
def given(box, clock):
    """Give a code at a machine."""

    def given(code, address="192.168.1.20"):
        with box.database.write() as tx:
            return devices.enrol(tx, box.centre, Asked(clock()), code, address)

    return given


def device_with(box, token):
    return devices.device_with(box.database, token)


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def rows(box, table):
    with box.database.read() as tx:
        return tx.execute(sa.select(table).order_by(table.c.id)).all()


def test_a_code_lets_in_one_device_of_its_kind_once(box, made, given):
    code = made(Kind.BOARD, "大厅的")
    let_in = given(code)
    found = device_with(box, let_in.token)
    assert (found.kind, found.name, found.way) == (Kind.BOARD, "大厅的", Way.CODE)
    assert given(code) is None


def test_a_code_may_be_typed_with_the_gap_that_it_was_shown_with(made, given):
    code = made()
    assert given(f"{code[:3]} {code[3:]}") is not None


def test_neither_code_nor_token_lies_in_the_database(box, made, given):
    code = made()
    let_in = given(code)
    kept = str([rows(box, table) for table in (device, enrolment_code, device_change)])
    assert code not in kept
    assert let_in.token not in kept
    assert hash_of(let_in.token) in kept
    (row,) = rows(box, enrolment_code)
    assert row.code_key != hash_of(code)


def test_a_code_is_dead_after_fifteen_minutes_and_so_is_one_of_a_clock_that_was_ahead(clock, made, given):
    code, other = made(), made()
    clock.forward(minutes=-30)
    assert given(other) is None
    clock.forward(minutes=30 + 16)
    assert given(code) is None


def test_a_code_is_dead_after_a_few_wrong_ones_from_wherever(box, made, given):
    code = made()
    for n in range(MOST_WRONG):
        assert given(wrong(code), f"10.0.0.{n}") is None
    assert given(code) is None
    assert [row.verb for row in rows(box, device_change)] == ["code", *["wrong"] * MOST_WRONG]


def test_what_is_no_code_at_all_counts_against_none(box, made, given):
    code = made()
    for text in ("", "12345", "1234567", "abcdef", "１２３４５６"):
        assert given(text) is None
    assert given(code) is not None


def test_only_so_many_codes_are_valid_at_a_time(clock, made):
    for _ in range(MOST_CODES):
        made()
    with pytest.raises(devices.TooManyCodes):
        made()
    clock.forward(minutes=16)
    made()


def test_of_two_who_give_one_code_at_once_one_is_let_in(box, made, given):
    code, both, found = made(), Barrier(2), []

    def give():
        both.wait(5)
        found.append(given(code))

    threads = [Thread(target=give) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(one is None for one in found) == [False, True]
    assert len(rows(box, device)) == 1


def test_a_device_that_was_put_out_is_unknown_at_once(box, clock, made, given):
    let_in = given(made())
    assert device_with(box, let_in.token)
    with box.database.write() as tx:
        devices.revoke(tx, Asked(clock(), 1), let_in.id)
    assert device_with(box, let_in.token) is None
    with box.database.write() as tx:
        devices.revoke(tx, Asked(clock(), 1), let_in.id)  # twice is once
    assert [row.verb for row in rows(box, device_change)] == ["code", "enrol", "revoke"]
    with pytest.raises(devices.UnknownDevice), box.database.write() as tx:
        devices.revoke(tx, Asked(clock(), 1), 99)


def test_what_another_process_changes_is_known_a_quarter_of_a_second_later(
    box, clock, made, given, monkeypatch
):
    let_in = given(made())
    other = open_database(box.settings.folder, box.settings.database_url)
    at = [monotonic() + 10.0]
    monkeypatch.setattr(known, "monotonic", lambda: at[0])
    assert device_with(box, let_in.token)
    with other.write() as tx:
        devices.revoke(tx, Asked(clock()), let_in.id)
    known._memories[box.database.engine].doubted_until = 0.0
    assert device_with(box, let_in.token)
    at[0] += 0.26
    assert device_with(box, let_in.token) is None
    other.close()


def test_who_is_known_costs_no_question_to_the_database(box, made, given, monkeypatch):
    let_in = given(made())
    at = monotonic() + 10.0
    monkeypatch.setattr(known, "monotonic", lambda: at)
    assert device_with(box, let_in.token)
    monkeypatch.setattr(box.database, "read", None)
    assert device_with(box, let_in.token)
    assert device_with(box, "another") is None


def test_a_token_of_another_centre_opens_nothing(box, made, given):
    given(made())
    assert device_with(box, "x" * 43) is None
    assert device_with(box, hash_of("")) is None


def test_a_start_address_is_a_device_and_its_cookie_does_not_tell_it(box, clock):
    with box.database.write() as tx:
        let_in = devices.add_with_start(tx, Asked(clock(), 1), Kind.STATION, "本机")
    token = devices.start_token(let_in.token)
    assert device_with(box, token).way == Way.START
    assert device_with(box, let_in.token) is None


def test_the_first_browser_at_the_box_is_its_station_and_no_other_ever(box, clock, made, given):
    def first():
        with box.database.write() as tx:
            return devices.enrol_first(tx, Asked(clock()), "127.0.0.1")

    assert not devices.had_station(box.database)
    let_in = first()
    assert device_with(box, let_in.token).name == "本机"
    assert devices.had_station(box.database)
    assert first() is None
    with box.database.write() as tx:
        devices.revoke(tx, Asked(clock()), let_in.id)
    assert first() is None


def test_a_board_alone_does_not_keep_the_box_from_being_the_station(box, clock, made, given):
    given(made(Kind.BOARD))
    with box.database.write() as tx:
        assert devices.enrol_first(tx, Asked(clock()), "127.0.0.1") is not None


def test_where_devices_are_is_remembered_and_written_seldom(box, clock, made, given):
    one, two = given(made(), "192.168.1.20"), given(made(Kind.COUNTER), "192.168.1.30")
    found = device_with(box, one.token)
    assert devices.known_addresses(box.database, clock()) == {"192.168.1.20", "192.168.1.30"}
    assert not devices.meet(box.database, found, "192.168.1.20", clock())
    clock.forward(minutes=2)
    assert not devices.meet(box.database, found, "192.168.1.20", clock())
    assert devices.meet(box.database, found, "192.168.1.21", clock())
    assert not devices.meet(box.database, found, "192.168.1.20", clock())
    assert devices.known_addresses(box.database, clock()) == {"192.168.1.21", "192.168.1.30"}
    clock.forward(hours=2)
    assert devices.meet(box.database, found, "192.168.1.21", clock())
    clock.forward(days=4)
    assert devices.known_addresses(box.database, clock()) == frozenset()
    with box.database.write() as tx:
        devices.note_seen(tx, two.id, "192.168.1.31", clock())
    with box.database.read() as tx:
        assert [one.address for one in devices.devices(tx)] == ["192.168.1.31", "192.168.1.20"]


def test_an_address_waits_longer_after_each_wrong_code(clock):
    waits = devices.Waits()
    waited = []
    for _ in range(12):
        waits.note_wrong("10.0.0.9", clock())
        with pytest.raises(devices.TooSoon) as refused:
            waits.check("10.0.0.9", clock())
        waited.append(refused.value.facts["seconds"])
        waits.check("10.0.0.8", clock())
        clock.forward(seconds=waited[-1])
        waits.check("10.0.0.9", clock())
    assert waited == sorted(waited)
    assert waited[0] <= 3
    assert waited[-1] == 900
    clock.forward(hours=2)
    waits.note_wrong("10.0.0.9", clock())
    clock.forward(seconds=4)
    waits.check("10.0.0.9", clock())


def test_a_flood_of_addresses_is_not_remembered_for_ever(clock):
    waits = devices.Waits()
    for n in range(3000):
        waits.note_wrong(f"10.0.{n // 250}.{n % 250}", clock())
    assert len(waits._wrong) == 1000


def test_a_centre_that_was_brought_up_to_date_keeps_its_box_as_a_station(tmp_path, clock):
    old = Database(f"sqlite:///{tmp_path / FILE}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with old.write() as tx:
        config.attributes["connection"] = tx
        command.upgrade(config, "0010")
        tx.execute(sa.text(OLD_TICKET), {"at": clock().replace(tzinfo=None).isoformat(" ")})
    old.close()
    database = open_database(tmp_path)
    itself = devices.box_itself(database)
    assert itself is not None
    assert itself.kind == Kind.STATION
    assert devices.had_station(database)
    with database.write() as tx:
        devices.revoke(tx, Asked(clock(), 1), itself.id)
    assert devices.box_itself(database) is None
    database.close()


OLD_TICKET = (
    "INSERT INTO ticket (revision, service_day, number, service_code, status, taken_at, rank_at, tap,"
    " station, for_someone_else, calls)"
    " VALUES (0, '2026-11-20', 'A001', 'A', 'served', :at, :at, 't', '', 0, 0)"
)


@on_a_file
def test_a_restored_backup_knows_the_devices_of_its_day_and_no_code_of_it(box, clock, made, given, tmp_path):
    before, code = given(made()), made()
    kept = backup.make_backup(box.settings.folder, tmp_path / "kept.zip", clock())
    after = given(made(Kind.BOARD))
    clock.forward(minutes=20)
    (tmp_path / "new").mkdir()
    backup.restore(tmp_path / "new", kept, clock())
    restored = open_box(Settings(folder=tmp_path / "new", is_demo=True), clock)
    assert device_with(restored, before.token)
    assert device_with(restored, after.token) is None
    with restored.database.write() as tx:
        assert devices.enrol(tx, restored.centre, Asked(clock()), code) is None
    restored.database.close()


def test_a_new_centre_has_no_device(tmp_path):
    database = open_database(tmp_path)
    assert open_centre(Settings(folder=tmp_path)).secret
    assert devices.box_itself(database) is None
    assert not devices.had_station(database)
    database.close()
