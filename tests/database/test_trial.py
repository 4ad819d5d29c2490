"""Whether the database can be written: real writes tell, and where none comes one is tried."""

import errno
import threading

import pytest
import sqlalchemy as sa

from kiosk.box import open_box
from kiosk.database import Database, UnusableDatabase, cannot_keep, commits, open_database, trial
from kiosk.database.joining import centre_fact
from kiosk.services.tables import counter
from tests.disks import Refusing


@pytest.fixture
def database(box):
    return box.database


@pytest.fixture
def refusing(database):
    return Refusing(database)


def write(database, number=1000):
    with database.write() as tx:
        tx.execute(sa.insert(counter).values(number=number))


def refused(database):
    with pytest.raises(sa.exc.DBAPIError) as caught:
        write(database)
    return caught.value


def trial_kept(database):
    with database.read() as tx:
        return tx.execute(sa.select(centre_fact.c.value).where(centre_fact.c.name == trial.TRIAL)).scalar()


def test_a_database_that_refuses_is_known_at_the_first_write_and_well_again_at_the_next(database, refusing):
    refusing.begin()
    assert cannot_keep(refused(database))
    assert database.trials.fault
    refusing.end()
    write(database)
    assert database.trials.fault is None


def test_where_nobody_writes_a_real_write_is_tried(database, refusing):
    assert database.trials.look(fresh_s=-1, wait_s=5) is None
    first = trial_kept(database)
    assert len(first) == 2 * trial.SIZE
    refusing.begin()
    assert database.trials.look(fresh_s=-1, wait_s=5)
    refusing.end()
    database.trials._known_at -= trial.RETRY_S  # that long ago
    assert database.trials.look(wait_s=5) is None
    assert trial_kept(database) != first


def test_a_trial_is_made_at_most_once_in_a_while(database, monkeypatch):
    tried = []

    def attempt(text):
        tried.append(text)
        return True

    monkeypatch.setattr(database.trials, "_attempt", attempt)
    database.trials._known_at -= 5
    for _ in range(9):
        database.trials.look(fresh_s=5, wait_s=5)
    assert len(tried) == 1


def test_where_somebody_has_just_written_none_is_made(database):
    before = trial_kept(database)
    write(database)
    database.trials.look(fresh_s=5, wait_s=5)
    assert trial_kept(database) == before


def test_a_trial_is_no_news(database):
    write(database)
    database.written.clear()
    with database.read() as tx:
        before = commits(tx)
    assert database.trials.now() is None
    with database.read() as tx:
        assert commits(tx) == before
    assert not database.written.is_set()


def test_a_trial_is_in_no_writers_way(database):
    with database.write():
        thread = threading.Thread(target=database.trials.now)
        thread.start()
        thread.join(2)
        assert not thread.is_alive()


def test_a_refusal_of_our_own_says_nothing_of_the_disk(database):
    write(database)
    with pytest.raises(sa.exc.IntegrityError):
        write(database)
    assert database.trials.fault is None


def test_a_disk_that_does_not_answer_is_a_fault_while_it_is_waited_for(monkeypatch):
    freed = threading.Event()
    trials = trial.WriteTrials(lambda _: freed.wait(5))
    assert trials.look(fresh_s=-1) is None
    monkeypatch.setattr(trial, "HANGS_S", 0.0)
    assert isinstance(trials.fault, TimeoutError)
    freed.set()


def test_a_full_disk_is_known_and_keeps_what_was_told(small_disk):
    database = open_database(small_disk.folder)
    write(database)
    small_disk.fill()
    for number in range(2, 2000):  # what the log has room for still fits
        try:
            write(database, number)
        except sa.exc.DBAPIError as fault:
            assert cannot_keep(fault)  # noqa: PT017 - how many fit is the file system's
            break
    assert database.trials.fault
    assert database.trials.now()
    with database.read() as tx:
        kept = tx.execute(sa.select(sa.func.count()).select_from(counter)).scalar_one()
    assert kept == number - 1
    small_disk.sweep()
    assert database.trials.now() is None
    write(database, number)
    database.close()


def test_a_read_only_folder_is_refused_with_a_sentence(small_disk):
    small_disk.become_read_only()
    with pytest.raises(UnusableDatabase, match=r"写不进去.*cannot be written"):
        open_database(small_disk.folder)


def test_a_box_whose_database_keeps_nothing_is_not_opened(box, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Database, "_try_to_keep", full)
    with pytest.raises(UnusableDatabase, match="full"):
        open_box(box.settings, box.clock)
