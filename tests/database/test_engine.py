"""The database, a file or a PostgreSQL: durable, one writer at a time, migrated."""

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing, suppress
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from kiosk.database import FILE, UtcTime, metadata, open_database
from kiosk.database.faults import GivenUp
from kiosk.people.tables import team
from kiosk.services.tables import counter
from tests.engines import on_a_file, types_differ


@pytest.fixture
def database(engine, tmp_path, request):
    url = ""
    if engine == "postgresql":
        furnishings = request.getfixturevalue("furnishings")
        server = furnishings("bare", lambda url: open_database(tmp_path, url).close())
        server.put_back()
        url = server.url
    opened = open_database(tmp_path, url)
    yield opened
    opened.close()


def test_the_migrations_make_just_the_tables_that_the_rooms_name(database):
    with database.read() as tx:
        opts = {"compare_type": types_differ, "compare_server_default": True}
        context = MigrationContext.configure(tx, opts=opts)
        differences = [d for d in compare_metadata(context, metadata) if "sqlite_sequence" not in str(d)]
    assert differences == []
    assert len(metadata.tables) > 10


@on_a_file
def test_a_second_start_finds_the_tables_up_to_date_without_alembic(tmp_path, database):
    database.close()
    code = (
        "import sys, pathlib, kiosk.database as database; database.open_database(pathlib.Path(sys.argv[1])); "
    )
    code += "print('alembic' in sys.modules)"
    command = [sys.executable, "-c", code, str(tmp_path)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "False"


@on_a_file
def test_the_file_is_written_through_to_the_disk(database):
    with database.read() as tx:
        assert tx.execute(sa.text("PRAGMA journal_mode")).scalar() == "wal"
        assert tx.execute(sa.text("PRAGMA synchronous")).scalar() == 2
        assert tx.execute(sa.text("PRAGMA foreign_keys")).scalar() == 1


def test_a_fault_tells_the_statement_and_no_value(database):
    with pytest.raises(sa.exc.DBAPIError) as fault, database.read() as tx:
        tx.execute(sa.text("SELECT * FROM nowhere WHERE name = :name"), {"name": "王小明"})
    assert "nowhere" in str(fault.value)
    assert "王小明" not in str(fault.value)


def test_a_commit_that_is_refused_leaves_the_next_write_possible(database):
    with database.write() as tx:
        tx.exec_driver_sql("CREATE TABLE a (id INTEGER PRIMARY KEY)")
        tx.exec_driver_sql("CREATE TABLE b (a INTEGER REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED)")
    with pytest.raises(sa.exc.IntegrityError), database.write() as tx:
        tx.exec_driver_sql("INSERT INTO b VALUES (7)")
    with database.write() as tx:
        tx.exec_driver_sql("INSERT INTO a VALUES (1)")
    with database.read() as tx:
        assert tx.exec_driver_sql("SELECT (SELECT count(*) FROM a), (SELECT count(*) FROM b)").one() == (1, 0)
    with database.write() as tx:
        tx.exec_driver_sql("DROP TABLE b")
        tx.exec_driver_sql("DROP TABLE a")


@on_a_file
def test_a_database_that_somebody_else_locks_is_a_fault_like_any_other(database, tmp_path):
    with database.write() as tx:
        tx.exec_driver_sql("PRAGMA busy_timeout=0")
    with closing(sqlite3.connect(tmp_path / FILE)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(sa.exc.OperationalError, match="locked"), database.write():
            pass
    with database.write() as tx:
        tx.exec_driver_sql("CREATE TABLE later (id INTEGER)")


def test_a_fault_inside_a_write_leaves_nothing_and_frees_the_lock(database):
    def broken_off():
        with database.write() as tx:
            tx.execute(sa.insert(counter).values(number=1))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    with database.write() as tx:
        tx.execute(sa.insert(counter).values(number=2))
    with database.read() as tx:
        assert tx.execute(sa.select(counter.c.number)).scalars().all() == [2]


def test_what_a_reader_writes_is_lost_or_refused(database):
    with suppress(sa.exc.InternalError), database.read() as tx:
        tx.execute(sa.insert(counter).values(number=1))
    with database.read() as tx:
        assert tx.execute(sa.select(counter)).all() == []


def test_a_reader_does_not_wait_for_a_writer(database):
    with database.write() as tx:
        tx.execute(sa.insert(counter).values(number=1))
        with database.read() as reader:
            assert reader.execute(sa.select(counter)).all() == []


def test_many_writers_lose_nothing(database):
    with database.write() as tx:
        tx.execute(sa.insert(counter).values(number=1, opened_by=0))

    def add():
        for _ in range(20):
            with database.write() as tx:
                seen = tx.execute(sa.select(counter.c.opened_by)).scalar_one()
                tx.execute(sa.update(counter).values(opened_by=seen + 1))

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with database.read() as tx:
        assert tx.execute(sa.select(counter.c.opened_by)).scalar() == 160


def numbers(database):
    with database.read() as tx:
        return tx.execute(sa.select(counter.c.number).order_by(counter.c.number)).scalars().all()


def add(database, number):
    with database.write() as tx:
        tx.execute(sa.insert(counter).values(number=number))


def test_writes_that_share_a_commit_are_seen_all_at_once(database):
    database.written.clear()
    with database.one_commit():
        add(database, 1)
        add(database, 2)
        with database.engine.connect() as other:
            assert other.execute(sa.select(counter)).all() == []
        assert not database.written.is_set()
    assert numbers(database) == [1, 2]
    assert database.written.is_set()


def test_reading_what_is_not_committed_yet_is_a_fault_in_the_tests(database):
    """A handler that shares a commit and reads what it wrote would be wrong only when the hall is full."""
    with database.one_commit():
        assert numbers(database) == []  # nothing written yet: nothing is missed
        with pytest.raises(RuntimeError, match="refused"), database.write():
            raise RuntimeError("refused")
        assert numbers(database) == []  # nor after a refusal
        add(database, 1)
        with pytest.raises(RuntimeError, match="does not see"):
            numbers(database)
        elsewhere = threading.Thread(target=numbers, args=(database,))
        elsewhere.start()
        elsewhere.join(30)
        assert not elsewhere.is_alive()
    assert numbers(database) == [1]


def test_a_fault_in_one_of_them_leaves_nothing_of_that_one(database):
    def broken_off():
        with database.write() as tx:
            tx.execute(sa.insert(counter).values(number=2))
            raise RuntimeError

    with database.one_commit():
        add(database, 1)
        with pytest.raises(RuntimeError):
            broken_off()
        with pytest.raises(sa.exc.IntegrityError):
            add(database, 1)
        add(database, 3)
    assert numbers(database) == [1, 3]


def test_a_fault_after_them_leaves_nothing_of_any_and_frees_the_lock(database):
    def broken_off():
        with database.one_commit():
            add(database, 1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    add(database, 2)
    assert numbers(database) == [2]


def test_what_the_database_gave_up_in_silence_is_not_taken_for_committed(database):
    def full():
        with database.write() as tx:
            tx.exec_driver_sql("ROLLBACK")  # as SQLite does by itself when the disk is full
            raise OSError("the disk is full")

    def given_up():
        with database.one_commit():
            add(database, 1)
            with pytest.raises(OSError, match="full"):
                full()
            with pytest.raises(sa.exc.DBAPIError, match=r"(?i)savepoint"):
                add(database, 2)

    with pytest.raises(sa.exc.DBAPIError, match=r"(?i)savepoint"):
        given_up()
    add(database, 3)
    assert numbers(database) == [3]


def test_a_transaction_that_was_given_up_in_silence_is_not_taken_for_committed(database):
    def silent():
        with database.write() as tx:
            tx.execute(sa.insert(counter).values(number=1))
            with suppress(sa.exc.DBAPIError):
                tx.exec_driver_sql("ROLLBACK" if database.is_file else "SELECT 1 / 0")

    with pytest.raises(GivenUp):
        silent()
    add(database, 2)
    assert numbers(database) == [2]


def test_another_thread_waits_until_the_shared_commit_is_made(database):
    with database.one_commit():
        other = threading.Thread(target=add, args=(database, 2))
        other.start()
        add(database, 1)
        other.join(0.1)
        assert other.is_alive()
    other.join(30)
    assert numbers(database) == [1, 2]


def test_a_commit_rings_the_bell(database):
    database.written.clear()
    with database.read():
        pass
    assert not database.written.is_set()
    with database.write() as tx:
        tx.execute(sa.insert(counter).values(number=1))
        assert not database.written.is_set()
    assert database.written.is_set()


def test_a_moment_comes_back_as_it_was_and_a_naive_one_is_a_fault(database):
    moment = datetime(2026, 11, 23, 1, 2, 3, 456789, tzinfo=UTC)
    with database.write() as tx:
        tx.execute(sa.insert(counter).values(number=1, opened_at=moment))
    with database.read() as tx:
        assert tx.execute(sa.select(counter.c.opened_at)).scalar() == moment
    with pytest.raises(ValueError, match="without a zone"):
        UtcTime().process_bind_param(datetime(2026, 1, 1), sa.create_engine("sqlite://").dialect)  # noqa: DTZ001


@on_a_file
def test_the_database_lies_in_its_folder(tmp_path, database):
    assert (tmp_path / FILE).is_file()


def test_a_failed_statement_never_says_what_it_was_given(database):
    def twice():
        with database.write() as tx:
            for _ in range(2):
                tx.execute(sa.insert(team).values(name="某某队", kind="team"))

    with pytest.raises(sa.exc.IntegrityError) as failed:
        twice()
    assert "某某队" not in str(failed.value)
